import type { ExplanationMethod, ExplanationPlan } from '../src/core/explain/explanation.ts';
import type { ContributionTotals } from './contribution-totals.ts';
import { type InJson, inJson } from './discrimination-sections.ts';

/** How the judged rows were explained, and which features matter most. */
export interface ExplainSection {
  readonly method: ExplanationMethod;
  readonly space: ExplanationPlan['space'];
  readonly isLogOdds: boolean;
  readonly exact: boolean;
  readonly covers: ExplanationPlan['covers'];
  readonly background: InJson<ExplanationPlan['background']>;
  readonly class: string | null;
  /** The model's margin speaks for the other class: base and contributions are negated. */
  readonly negated: boolean;
  readonly base: number | null;
  /** Judged rows that have an explained value. */
  readonly rows: number;
  /** The greatest mean absolute contribution first; equal ones in the model's order. */
  readonly features: readonly ExplainedFeature[];
  readonly maxAdditivityError: number | null;
  readonly engine: string;
  /** Names of the file's columns after `row` and `base`. */
  readonly order: readonly string[];
}

interface ExplainedFeature {
  readonly name: string;
  /** The column of the table that feeds it. */
  readonly column: string;
  readonly meanAbs: number | null;
  readonly mean: number | null;
  /** Of `mean`, where contributions are sampled. */
  readonly standardError: number | null;
}

/** As the model names it; a feature that the file does not name is known by the column that feeds it. */
export function shownName({ name, column }: ExplanationPlan['features'][number]): string {
  return /^column \d+$/.test(name) ? column : name;
}

/** The section `explain` of the document. */
export function explainSection(plan: ExplanationPlan, totals: ContributionTotals): ExplainSection {
  const features = plan.features.map((feature, j) => ({
    ...{ name: shownName(feature), column: feature.column },
    ...{ meanAbs: totals.meanAbsolute(j), mean: totals.mean(j), standardError: totals.standardError(j) },
  }));
  const { method, space, isLogOdds, covers, background, className, engine } = plan;
  return {
    ...{ method, space, isLogOdds, exact: totals.isExact, covers },
    background: inJson(background),
    class: className,
    negated: plan.sign === -1,
    base: inJson(plan.baseValue),
    rows: totals.rowCount,
    features: inJson(features.toSorted((a, b) => b.meanAbs - a.meanAbs)),
    maxAdditivityError: inJson(totals.maxAdditivityError),
    engine,
    order: plan.features.map(shownName),
  };
}

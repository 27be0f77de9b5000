import type { ExplanationMethod, ExplanationPlan } from '../src/core/explain/explanation.ts';
import { openPair } from '../src/core/explain/order-stability.ts';
import { DEFAULT_SAMPLING } from '../src/core/explain/permutation-shap.ts';
import type { ContributionTotals } from './contribution-totals.ts';
import { type InJson, inJson } from './discrimination-sections.ts';

/** How the judged rows were explained, and which features matter most. */
export interface ExplainSection {
  readonly method: ExplanationMethod;
  readonly space: ExplanationPlan['space'];
  readonly isLogOdds: boolean;
  readonly exact: boolean;
  /** What sampling came to; null where nothing was sampled. */
  readonly sampling: SamplingSection | null;
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
  /** Of `meanAbs` and of `mean`, where contributions are estimates. */
  readonly standardError: number | null;
}

interface SamplingSection {
  /** Answers that were asked of the model. */
  readonly predictions: number;
  /** Rows are sampled in blocks: how many of them had every coalition asked for, ended with a settled order, or at the budget. */
  readonly blocks: { readonly enumerated: number; readonly stable: number; readonly budget: number };
  /** The first two neighbours among the top five features whose order over all rows is open; null when it is settled. */
  readonly open: readonly [string, string] | null;
  /** Of a row's contribution, as a share of the top feature's `meanAbs`; null where contributions are exact. */
  readonly relativeError: { readonly largest: number | null; readonly median: number | null } | null;
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
    ...{ method, space, isLogOdds, exact: totals.isExact, sampling: samplingSection(plan, totals), covers },
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

function samplingSection({ features }: ExplanationPlan, totals: ContributionTotals): SamplingSection | null {
  if (totals.sampling === null) return null;
  const { largestError, medianError, sampling } = totals;
  const means = Float64Array.from(features, (_, j) => totals.meanAbsolute(j));
  const errors = Float64Array.from(features, (_, j) => totals.standardError(j) ?? 0);
  const open = totals.isExact ? null : openPair(means, errors, DEFAULT_SAMPLING);
  const top = Math.max(...means);
  return {
    ...sampling,
    open: open === null ? null : [shownName(features[open[0]]!), shownName(features[open[1]]!)],
    relativeError:
      medianError === null ? null : inJson({ largest: largestError / top, median: medianError / top }),
  };
}

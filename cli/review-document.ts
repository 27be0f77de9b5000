/** The JSON document that `review` prints: see docs/review.md, field by field. Undefined numbers are null. */
import type { Metrics } from '../src/core/metrics/metrics.ts';
import type { ModelFormat } from '../src/core/model/signature.ts';
import type { FormComparison } from '../src/core/parity/form-comparison.ts';
import type { GateReport } from '../src/core/parity/gate-report.ts';
import type { ModelCheck } from '../src/core/sanity/model-check.ts';
import type { Notice, ValueCount } from '../src/core/table/summary.ts';
import type { SplitDefinition, TargetDefinition } from '../src/core/table/target.ts';
import type { CalibrationSection, GainsSection, RecalibrationSection } from './discrimination-sections.ts';
import type { ExplainSection } from './explain-section.ts';
import type { ImpactSection } from './impact-section.ts';
import type { ScenarioSection } from './scenario-section.ts';
import type { DecisionSection, StrategySection } from './strategy-section.ts';
import type { BaseRateSection, BootstrapSection } from './uncertainty-section.ts';

/** Raised when a field changes its meaning or goes; new fields and sections do not raise it. */
export const SCHEMA_VERSION = 1;

/** How the scores came about. `parity` says whether the engine that scored is the format's own reference. */
export interface ModelSection {
  readonly format: ModelFormat | 'score-column';
  readonly name: string;
  readonly sha256: string | null;
  readonly engine: string | null;
  /**
   * `kernel`: the tree kernel scored all rows, after the parity gate let it; `reference`: the format's own engine did;
   * null for a score column.
   */
  readonly parity: GateReport['engine'] | null;
  /** What the parity gate found; null for a score column. */
  readonly gate: Pick<GateReport, 'rows' | 'maxDifference' | 'flipped' | 'tolerance' | 'reason'> | null;
  readonly scoreOutput: string;
  readonly inputs: readonly {
    readonly feature: string;
    readonly column: string | null;
    readonly how: string;
  }[];
}

export interface ReviewDocument {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly warnings: readonly string[];
  /** Data rows in the file. */
  readonly rows: number;
  /** Rows of the split that were left out because of their label. */
  readonly excluded: number;
  readonly excludedValues: readonly ValueCount[];
  readonly data: { readonly name: string; readonly sha256: string };
  readonly target: TargetDefinition;
  readonly split: (SplitDefinition & { readonly outside: number; readonly baseRate: BaseRateSection }) | null;
  readonly model: ModelSection;
  readonly metrics: { readonly [Name in keyof Metrics]: number | null };
  /** Of the scores that were judged: recalibrated ones with `--recalibrate`. */
  readonly calibration: CalibrationSection;
  /** null without `--recalibrate`. */
  readonly recalibration: RecalibrationSection | null;
  readonly gains: GainsSection;
  readonly scenario: ScenarioSection | null;
  readonly strategies: readonly StrategySection[];
  /** The decision at `--threshold`; null without it. */
  readonly decision: DecisionSection | null;
  /** How the intervals of the strategies came about; null with `--bootstrap 0`. */
  readonly bootstrap: BootstrapSection | null;
  /** What the judged rows promise at `--threshold`, else at the page's own; null without a scenario. */
  readonly impact: ImpactSection | null;
  /** The sanity checks of the model, in the order of the model page; null for a score column. */
  readonly checks: readonly CheckSection[] | null;
  /** The second form of the model of `--against-model` or `--against-column`, beside the judged one; null without. */
  readonly comparison: ComparisonSection | null;
  /** How the judged rows are explained; only there with `--shap` or `--explain`. */
  readonly explain?: ExplainSection;
}

/** `left` is what is judged, `right` the other form. */
export type ComparisonSection = Omit<FormComparison, 'points'>;

/** A check without the figures behind it, which its finding states as far as they matter. */
export type CheckSection = Omit<ModelCheck, 'evidence'>;

/** NaN and the infinities have no JSON form: they are null. */
function definedOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** `code: message`, with the column where there is one that the message does not name. */
export function warningText({ code, message, line }: Notice): string {
  return line === undefined ? `${code}: ${message}` : `${code}: ${message} (line ${line})`;
}

/** The metrics with undefined ones as null. */
export function metricsSection(metrics: Metrics): ReviewDocument['metrics'] {
  const entries = Object.entries(metrics).map(([name, value]) => [name, definedOrNull(value)]);
  return Object.fromEntries(entries) as ReviewDocument['metrics'];
}

export function checkSection({ evidence: _, ...check }: ModelCheck): CheckSection {
  return check;
}

/** What a check objects to, as a warning each; what could not be checked is none. */
export function checkNotices(checks: readonly ModelCheck[]): Notice[] {
  return checks
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')
    .map(({ title, finding }) => ({ code: 'model-check', message: `${title}: ${finding}` }));
}

/** A comparison without the rows of its picture; what is undefined there is null. */
export function comparisonSection({ points: _, ...comparison }: FormComparison): ComparisonSection {
  return comparison;
}

/** What is said instead of a cause when the two are models of their own. */
export function otherModelNotice(comparison: FormComparison): Notice {
  const { left, right, differing, rows, maxDifference, rankCorrelation } = comparison;
  const message = `${left} and ${right} are different models, not two forms of one: what is inside differs, and the rank correlation is ${rankCorrelation.toFixed(3)}. Their scores differ on ${differing} of ${rows} rows, by up to ${maxDifference.toPrecision(3)}.`;
  return { code: 'different-models', message, count: differing };
}

/** The likeliest cause of a difference, as a warning; none when the forms are equal. */
export function differenceNotices(comparison: FormComparison): Notice[] {
  const { verdict, left, right, differing, rows, maxDifference, causes } = comparison;
  if (verdict === 'equal') return [];
  const why = [...causes.map(({ explanation }) => explanation), ...causes.map(({ advice }) => advice)]
    .map((sentence) => ` ${sentence}`)
    .join('');
  const message = `${left} and ${right} differ on ${differing} of ${rows} rows, by up to ${maxDifference.toPrecision(3)}.${why}`;
  return [{ code: 'forms-differ', message, count: differing }];
}

/** How the contributions were computed: what a reader needs to trust them, and to compute them again. */
import type { ExplanationPlan, GlobalExplanation } from '../../../core/explain/explanation.ts';
import type { Notice } from '../../../core/table/summary.ts';
import { formatCount, formatCountOf, formatRowsPerSecond, formatValue } from '../../../design/format.ts';
import { backgroundText, methodNames, unitText } from '../words.ts';
import { samplingEnd } from './sampling-words.ts';

export interface FactLine {
  readonly name: string;
  readonly value: string;
}

/** A result with what its run says of itself. */
export interface ComputedFacts
  extends Pick<
    GlobalExplanation,
    'plan' | 'rowCount' | 'standardErrors' | 'sampling' | 'maxAdditivityError'
  > {
  /** Null while it is not known. */
  readonly rowsPerSecond: number | null;
  /** It came from this browser's storage. */
  readonly isRestored: boolean;
  /** The threshold in force as the page writes it. */
  readonly threshold: string;
  /** About the run, not the figures: no room to keep them. */
  readonly notices: readonly Notice[];
}

/** One line under the picture's title: "Exact path-dependent SHAP of trees; covers from the model; 4,454 rows". */
export function computedCaption({ plan, rowCount, standardErrors, threshold }: ComputedFacts): string {
  const { covers, background } = plan;
  const method = methodNames[plan.method];
  return [
    capital(plan.isExact ? `exact ${method}` : method),
    ...(covers === null ? [] : [`covers ${coversText(covers)}`]),
    ...(background === null ? [] : [`background of ${backgroundText(background, threshold)}`]),
    formatCountOf(rowCount, 'explained row'),
    ...(standardErrors === null ? [] : ['± one standard error']),
  ].join('; ');
}

/** The same in full, one line a subject. */
export function computedLines(facts: ComputedFacts): readonly FactLine[] {
  const { plan, rowCount, sampling, maxAdditivityError, threshold } = facts;
  const { covers, background, className } = plan;
  const speed = speedText(facts);
  return [
    { name: 'Method', value: capital(methodNames[plan.method]) },
    { name: 'Exactness', value: sampling === null ? 'exact but for rounding' : samplingEnd(sampling, plan) },
    ...(covers === null ? [] : [{ name: 'Covers', value: coversText(covers) }]),
    ...(background === null ? [] : [{ name: 'Background', value: backgroundText(background, threshold) }]),
    { name: 'Space', value: spaceText(plan) },
    ...(className === null ? [] : [{ name: 'Positive class', value: className }]),
    { name: 'Base value', value: baseText(plan) },
    { name: 'Rows explained', value: formatCount(rowCount) },
    { name: 'Largest additivity error', value: errorText(maxAdditivityError) },
    ...(speed === null ? [] : [{ name: 'Speed', value: speed }]),
    { name: 'Engine', value: plan.engine },
  ];
}

function coversText(covers: NonNullable<ExplanationPlan['covers']>): string {
  if (covers.source === 'reference-rows') return `from ${formatCountOf(covers.rows, 'reference row')}`;
  return covers.kind === 'count' ? 'from the model' : 'from the model, sums of hessians';
}

function spaceText(plan: ExplanationPlan): string {
  return plan.space === 'score' ? 'score, as the model returns it' : `${unitText(plan)}, before the link`;
}

/** A score has no unit. */
function baseText(plan: ExplanationPlan): string {
  const value = formatValue(plan.baseValue);
  return plan.isLogOdds && plan.space === 'margin' ? `${value} log-odds` : value;
}

/** Two digits are enough to see that it is rounding: "3.6e−15", and 0. */
function errorText(error: number): string {
  if (error === 0 || error >= 1e-3) return formatValue(error);
  return error.toExponential(1).replace('-', '\u2212');
}

/** Null while the rows are being explained: an end has a speed, a part has none yet. */
function speedText({ rowsPerSecond, isRestored }: ComputedFacts): string | null {
  if (isRestored) return 'kept by this browser, not computed again';
  return rowsPerSecond === null ? null : formatRowsPerSecond(rowsPerSecond);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

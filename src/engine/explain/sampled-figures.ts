/** What global figures by sampling say of themselves, and whether they need more rounds. */
import type { ContributionSums, GlobalExplanation, SamplingOutcome } from '../../core/explain/explanation.ts';
import { openPair } from '../../core/explain/order-stability.ts';
import { DEFAULT_SAMPLING } from '../../core/explain/permutation-shap.ts';
import { addedSums, meanErrors, type SampledSums } from '../../core/explain/sampled-sums.ts';

/** Answers of the model that may be spent on global figures, beside those of a first round. */
const MOST_ANSWERS = 1_000_000;

/** Sums over some of the rows, and what their errors are made of. */
export interface SampledPart extends Pick<ContributionSums, 'rowCount' | 'absolute'> {
  readonly sampled: SampledSums;
}

/**
 * Errors of mean |φ| over all parts together, why sampling ends here, and which order is left open over all rows that the
 * explained ones stand for; null when it is to go on with twice as many rounds: the order of the top features is open by the
 * errors of the draws, and the answers are not spent.
 *
 * @param parts     one or more, in the order of their rows
 * @param drawnFrom how many rows the explained ones stand for
 * @param spent     answers of earlier rounds, whose work was done anew
 */
export function sampledFigures(
  parts: readonly SampledPart[],
  drawnFrom: number,
  spent: number,
): Pick<GlobalExplanation, 'standardErrors' | 'sampling'> | null {
  const whole = parts.reduce(together);
  const { rowCount, sampled } = whole;
  const predictions = spent + sampled.predictions;
  const end = samplingEnd(whole, predictions);
  if (end === null) return null;
  const standardErrors = rowCount === 0 ? null : meanErrors(whole, sampled, drawnFrom);
  const open = standardErrors === null ? null : openOrder(whole, standardErrors);
  return { standardErrors, sampling: { end, predictions, open } };
}

function together(one: SampledPart, other: SampledPart): SampledPart {
  return {
    rowCount: one.rowCount + other.rowCount,
    absolute: one.absolute.map((sum, feature) => sum + other.absolute[feature]!),
    sampled: addedSums(one.sampled, other.sampled),
  };
}

function samplingEnd(whole: SampledPart, predictions: number): SamplingOutcome['end'] | null {
  const { rowCount, sampled } = whole;
  if (sampled.isExact) return 'enumerated';
  const errors = sampled.draws.map((sum) => Math.sqrt(sum) / rowCount);
  if (openOrder(whole, errors) === null) return 'stable';
  return predictions + 2 * sampled.predictions > MOST_ANSWERS ? 'budget' : null;
}

/** No order is open where nothing is known: no row has a score, or no background row. */
function openOrder({ absolute, rowCount }: SampledPart, errors: Float64Array): SamplingOutcome['open'] {
  const means = absolute.map((sum) => sum / rowCount);
  return means.some(Number.isNaN) ? null : openPair(means, errors, DEFAULT_SAMPLING);
}

/** What global figures by sampling say of themselves, and whether they need more rounds. */
import type { ContributionSums, GlobalExplanation, GlobalSampling } from '../core/explain/explanation.ts';
import { openPair } from '../core/explain/order-stability.ts';
import { DEFAULT_SAMPLING } from '../core/explain/permutation-shap.ts';
import { meanErrors, type SampledSums } from '../core/explain/sampled-sums.ts';

/** Answers of the model that may be spent on global figures, beside those of a first round. */
const MOST_ANSWERS = 1_000_000;

type Sums = Pick<ContributionSums, 'rowCount' | 'absolute'>;

/**
 * Why sampling of all rows together ends here; null when it is to go on with twice as many rounds: the order of mean |φ| of
 * the top features is open by the errors of the draws, and the answers are not spent.
 *
 * @param spent answers so far, those of rounds that were done anew among them
 */
export function samplingEnd(sums: Sums, sampled: SampledSums, spent: number): GlobalSampling['end'] | null {
  if (sampled.isExact) return 'enumerated';
  if (
    meanOrder(
      sums,
      sampled.draws.map(Math.sqrt).map((error) => error / sums.rowCount),
    ) === null
  )
    return 'stable';
  return spent + 2 * sampled.predictions > MOST_ANSWERS ? 'budget' : null;
}

/**
 * Errors of the means, and which order they leave open over all rows that the explained ones stand for.
 *
 * @param drawnFrom how many rows they stand for
 */
export function sampledFigures(
  sums: Sums,
  sampled: SampledSums,
  drawnFrom: number,
  { end, predictions }: Omit<GlobalSampling, 'open'>,
): Pick<GlobalExplanation, 'standardErrors' | 'sampling'> {
  const standardErrors = sums.rowCount === 0 ? null : meanErrors(sums, sampled, drawnFrom);
  const open = standardErrors === null ? null : meanOrder(sums, standardErrors);
  return { standardErrors, sampling: { end, predictions, open } };
}

/** No order is open where nothing is known: no row has a score, or no background row. */
function meanOrder({ absolute, rowCount }: Sums, errors: Float64Array): GlobalSampling['open'] {
  const means = absolute.map((sum) => sum / rowCount);
  return means.some(Number.isNaN) ? null : openPair(means, errors, DEFAULT_SAMPLING);
}

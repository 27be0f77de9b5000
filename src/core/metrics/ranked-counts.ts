import { inSlices, type Sliced } from '../sliced.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';

/** The part of ranked scores that knows scores and outcomes, and no money: distinct falling scores with running counts. */
export type RankedCounts = Pick<RankedScores, 'threshold' | 'tp' | 'fp'>;

/** True when there are scores and all lie in [0, 1]. O(1) */
export function areProbabilities({ threshold }: RankedCounts): boolean {
  return threshold.length > 0 && threshold[0]! <= 1 && threshold.at(-1)! >= 0;
}

/** Rows that have a score. O(1) */
export function scoredRows({ tp, fp }: RankedCounts): number {
  return (tp.at(-1) ?? 0) + (fp.at(-1) ?? 0);
}

/** Calls `visit` on every distinct score, falling, with the rows at exactly that score by outcome. Yields progress in scores. */
export function* overScores(
  { threshold, tp, fp }: RankedCounts,
  visit: (score: number, positives: number, negatives: number) => void,
): Sliced<void> {
  yield* inSlices(threshold.length, (start, end) => {
    let positivesAbove = start > 0 ? tp[start - 1]! : 0;
    let negativesAbove = start > 0 ? fp[start - 1]! : 0;
    for (let i = start; i < end; i++) {
      visit(threshold[i]!, tp[i]! - positivesAbove, fp[i]! - negativesAbove);
      positivesAbove = tp[i]!;
      negativesAbove = fp[i]!;
    }
  });
}

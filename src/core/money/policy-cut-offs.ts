import { DataError } from '../errors.ts';

/** Raw scores of the judged rows, and the scores that they were judged by: the same array without recalibration. */
export interface RawAndJudged {
  readonly raw: Float64Array;
  readonly judged: Float64Array;
}

/**
 * The cut-off on the raw score that decides as a cut-off on the judged score does.
 *
 * Without recalibration it is the cut-off itself. With it, it is the lowest raw score among the rows at or above the
 * cut-off: recalibration keeps the order of the rows (it may tie them), so that
 *
 *     judged >= cutOff  <=>  raw >= rawCutOff      for every judged row
 *
 * Between two judged scores the export is on the safe side of the data: a raw score that no judged row had is flagged only
 * from the lowest one that was. O(n)
 *
 * @param scores one per judged row, NaN = none
 * @returns Infinity when no row is at or above the cut-off
 * @throws {DataError} `invalid-argument` when no raw cut-off decides as this one does: the recalibration turned rows round
 */
export function rawCutOff({ raw, judged }: RawAndJudged, cutOff: number): number {
  if (raw === judged) return cutOff;
  let lowest = Number.POSITIVE_INFINITY;
  let highestBelow = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < raw.length; row++) {
    const score = raw[row]!;
    if (judged[row]! >= cutOff) lowest = Math.min(lowest, score);
    else if (score > highestBelow) highestBelow = score;
  }
  if (lowest > highestBelow) return lowest;
  throw new DataError(
    'invalid-argument',
    'The recalibrated scores do not keep the order of the raw ones: no cut-off on the raw score decides as this one does.',
    { advice: 'Export the policy without recalibration, or recalibrate by isotonic regression.' },
  );
}

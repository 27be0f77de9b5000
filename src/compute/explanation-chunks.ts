import type { ExplanationMethod } from '../core/explain/explanation.ts';

/** An answer at once: a few thousand rows spread over the table place the important features. */
const FIRST_ROWS = 2048;

/** Tables of trees that do not all fit are built anew for every chunk: in many rows that costs little. */
const MOST_ROWS = 1 << 15;

/** Fewer cost more in messages and preparations than they gain in progress. */
const LEAST_ROWS = 4096;

/** Chunks behind the first, at least, so that some workers share them. */
const SHARES = 4;

/** Sampling takes thousands of answers of the model a row. */
const SAMPLED_ROWS = 16;

/**
 * The ends of the chunks in which rows are explained: they depend on the number of rows and the method, never on the workers.
 *
 * @returns ascending, the last one `rowCount`; one chunk for no rows, so that their errors are heard
 */
export function chunkEnds(rowCount: number, method: ExplanationMethod): readonly number[] {
  const isSampled = method === 'sampling';
  const first = Math.min(rowCount, isSampled ? SAMPLED_ROWS : FIRST_ROWS);
  const share = Math.ceil((rowCount - first) / SHARES);
  const size = isSampled ? SAMPLED_ROWS : Math.min(MOST_ROWS, Math.max(LEAST_ROWS, share));
  const ends = [first];
  for (let end = first; end < rowCount; ) {
    end = Math.min(end + size, rowCount);
    ends.push(end);
  }
  return ends;
}

import type { Sliced } from '../sliced.ts';
import type { CategoryColumn, TextColumn } from './column.ts';
import { decodeUtf8 } from './utf8.ts';

/** Texts between two yields: parsing one as a date takes up to 2 µs. */
export const SLICE_TEXTS = 1 << 15;

/**
 * Calls `visit` with every text of the column and the number of rows that hold it: once for each dictionary entry that occurs, row
 * by row (so that a text may come again) for a text column. Stops when `visit` answers false. Missing cells are left out.
 * In slices.
 */
export function* eachText(
  column: CategoryColumn | TextColumn,
  visit: (text: string, count: number) => boolean,
): Sliced<void> {
  if (column.kind === 'text') {
    const { bytes, offsets } = column;
    const total = offsets.length - 1;
    for (let row = 0; row < total; row++) {
      const [start, end] = [offsets[row]!, offsets[row + 1]!];
      if (start < end && !visit(decodeUtf8(bytes, start, end), 1)) return;
      if ((row + 1) % SLICE_TEXTS === 0) yield { done: row + 1, total };
    }
    return;
  }
  const { codes, dictionary } = column;
  const counts = new Int32Array(dictionary.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= 0) counts[code] = counts[code]! + 1;
  }
  for (let code = 0; code < counts.length; code++) {
    if (counts[code]! > 0 && !visit(dictionary[code]!, counts[code]!)) return;
    if ((code + 1) % SLICE_TEXTS === 0) yield { done: code + 1, total: counts.length };
  }
}

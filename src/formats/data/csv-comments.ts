/** Lines above the header that begin with `#`, as exports of statistics programs have them. */
import { CR, HASH, LF } from './csv-bytes.ts';

interface LeadingComments {
  /** Offset of the first line that is no comment. */
  readonly end: number;
  /** The comments themselves, each with its line end. */
  readonly lines: readonly Uint8Array[];
}

/** The lines from `start` that begin with `#`; null when there is none, or nothing after them. */
export function leadingComments(sample: Uint8Array, start: number): LeadingComments | null {
  const lines: Uint8Array[] = [];
  let at = start;
  while (sample[at] === HASH) {
    let end = at;
    while (end < sample.length && sample[end] !== LF && sample[end] !== CR) end++;
    end += sample[end] === CR && sample[end + 1] === LF ? 2 : 1;
    if (end >= sample.length) return null;
    lines.push(sample.subarray(at, end));
    at = end;
  }
  return lines.length === 0 ? null : { end: at, lines };
}

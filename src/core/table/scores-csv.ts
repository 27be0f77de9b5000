/** Scores as a CSV file: what `review --scores` writes and the page saves. */
import type { Sliced } from '../sliced.ts';

/** About 50 ms of number formatting. */
const LINES_PER_SLICE = 1 << 16;

/**
 * Score as text: 17 significant digits, which read back as the very same float64; empty when there is none (NaN).
 */
export function scoreText(score: number): string {
  return Number.isNaN(score) ? '' : score.toPrecision(17);
}

/**
 * The CSV's bytes (ASCII): header `row,score`, then one line `row,score` per score, rows counted from 0.
 * @param scores one per table row in file order; NaN = no score
 * @returns the whole file; yields progress in rows. O(n)
 */
export function* scoresCsvSliced(scores: Float64Array): Sliced<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [asciiBytes('row,score\n')];
  for (let start = 0; start < scores.length; start += LINES_PER_SLICE) {
    const end = Math.min(start + LINES_PER_SLICE, scores.length);
    const lines: string[] = [];
    for (let row = start; row < end; row++) lines.push(`${row},${scoreText(scores[row]!)}\n`);
    pieces.push(asciiBytes(lines.join('')));
    yield { done: end, total: scores.length };
  }
  return joined(pieces);
}

function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

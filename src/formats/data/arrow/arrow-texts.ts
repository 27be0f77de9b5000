import type { Texts } from '../typed/cells.ts';
import { int64Numbers } from '../typed/integers.ts';
import { aligned, offsetTexts, rangesOf, viewTexts } from './arrow-buffers.ts';
import { ArrowType } from './arrow-schema.ts';

export function isTextType(typeId: number): boolean {
  return typeId === ArrowType.Utf8 || typeId === ArrowType.LargeUtf8 || typeId === ArrowType.Utf8View;
}

/**
 * The texts of a batch.
 *
 * @param buffers validity; then offsets and bytes, or views and any number of buffers
 * @throws {RangeError} offsets that lie outside
 */
export function textsOf(typeId: number, buffers: readonly Uint8Array[], count: number): Texts {
  const [, first, bytes] = buffers;
  if (first === undefined) throw new RangeError('its texts are missing');
  if (typeId === ArrowType.Utf8View) return viewTexts(first, buffers.slice(2), count);
  if (bytes === undefined) throw new RangeError('its texts are missing');
  if (typeId === ArrowType.Utf8) return offsetTexts(first, bytes, count);
  if (count === 0) return { bytes, starts: [], ends: [] };
  const words = aligned(first, count + 1, 8);
  const offsets = int64Numbers(new Int32Array(words.buffer, words.byteOffset, 2 * (count + 1)), true);
  return rangesOf(offsets.numbers, bytes);
}

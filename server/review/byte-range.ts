import type { ByteRange } from '../store/registry-store.ts';

/**
 * The one range of a `Range` header (RFC 9110, section 14), cut to the size.
 *
 * @param size of the whole in bytes
 * @returns null when the whole is to be sent: no header, another unit, several ranges, or not a range at all;
 * `unsatisfiable` when it lies outside
 */
export function parseRange(header: string | undefined, size: number): ByteRange | null | 'unsatisfiable' {
  const match = /^bytes=\s*(\d*)-(\d*)\s*$/.exec(header ?? '');
  const [first = '', last = ''] = match?.slice(1) ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'unsatisfiable' : { start, end };
}

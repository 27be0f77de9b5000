/** Columns from values in memory: for retyping, joins and tests. Files are read by the streaming builders in formats/data. */
import type { CategoryColumn, TextColumn } from './column.ts';
import { encodeUtf8Into } from './utf8.ts';

/** A category column from one text or null (missing) per row; the dictionary is in order of first appearance. */
export function categoryColumn(
  name: string,
  texts: Iterable<string | null>,
  rowCount: number,
): CategoryColumn {
  const codes = new Int32Array(rowCount);
  const codeOf = new Map<string, number>();
  let row = 0;
  for (const text of texts) {
    let code = -1;
    if (text !== null) {
      code = codeOf.get(text) ?? codeOf.size;
      if (code === codeOf.size) codeOf.set(text, code);
    }
    codes[row++] = code;
  }
  return { kind: 'category', name, codes, dictionary: [...codeOf.keys()] };
}

/** A text column from one text or null (missing) per row; '' is missing too, for an empty range says so. */
export function textColumn(name: string, texts: Iterable<string | null>, rowCount: number): TextColumn {
  const offsets = new Uint32Array(rowCount + 1);
  let bytes = new Uint8Array(Math.max(64, rowCount * 8));
  let length = 0;
  let row = 0;
  for (const text of texts) {
    if (text !== null) {
      if (length + text.length * 3 > bytes.length) {
        const larger = new Uint8Array(Math.max(bytes.length * 2, length + text.length * 3));
        larger.set(bytes);
        bytes = larger;
      }
      length = encodeUtf8Into(text, bytes, length);
    }
    offsets[++row] = length;
  }
  return { kind: 'text', name, bytes: bytes.slice(0, length), offsets };
}

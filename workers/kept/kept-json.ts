/** JSON that keeps the numbers which JSON has no word for: the range of a column may be infinite. */

const MARK = '$number';

/** JSON text in which NaN, Infinity, -Infinity and -0 are written as `{"$number":"..."}`. */
export function toKeptJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    const isPlain = typeof part !== 'number' || (Number.isFinite(part) && !Object.is(part, -0));
    return isPlain ? part : { [MARK]: Object.is(part, -0) ? '-0' : String(part) };
  });
}

/** Reads what {@link toKeptJson} wrote. @throws {SyntaxError} the text is not JSON */
export function parseKeptJson(text: string): unknown {
  return JSON.parse(text, (_key, part: unknown) => {
    const marked = typeof part === 'object' && part !== null && Object.hasOwn(part, MARK);
    return marked ? Number((part as Record<string, unknown>)[MARK]) : part;
  });
}

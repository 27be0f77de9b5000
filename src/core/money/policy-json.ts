/**
 * JSON text that is the same for the same content: keys in order of their UTF-16 code units, two spaces of indentation, a
 * line feed at the end. Numbers are written as ECMAScript does, the shortest decimal that reads back as the same float64;
 * NaN and the infinities, which JSON has no number for, are null.
 *
 * @param value plain data: objects, arrays, strings, numbers, booleans, null
 */
export function canonicalJson(value: unknown): string {
  return `${JSON.stringify(inOrder(value), null, 2)}\n`;
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}

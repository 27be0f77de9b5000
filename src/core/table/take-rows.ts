/**
 * The values at the given rows, in that order, in a fresh array: the scores or amounts of the judged rows.
 *
 * @param values one per table row; NaN stays NaN
 * @param rows   row indexes, each below `values.length`
 * @returns Float64Array of `rows.length`. O(rows.length)
 */
export function takeRows(values: Float64Array, rows: Uint32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}

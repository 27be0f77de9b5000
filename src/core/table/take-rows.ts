/**
 * The values of some rows, in the order in which the rows are named.
 * @param values one per table row
 * @param rows row indexes, in range
 * @returns a fresh array as long as `rows`. O(rows)
 */
export function takeRows(values: Float64Array, rows: Uint32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
}

/**
 * The interaction matrix of one row, by column: adds what features i and j of different columns share to both cells, and
 * takes it from both main effects, so that rows of the matrix add up to contributions. Features of one column are one
 * player's parts: what they share stays on its diagonal.
 *
 * @param cell half of what the pair shares (each of its two cells gets that)
 * @param out  receives at `matrix` columnCount x columnCount numbers
 */
export function addPair(
  out: Float64Array,
  matrix: number,
  columnCount: number,
  columnI: number,
  columnJ: number,
  cell: number,
): void {
  if (columnI === columnJ) return;
  out[matrix + columnI * columnCount + columnJ]! += cell;
  out[matrix + columnJ * columnCount + columnI]! += cell;
  out[matrix + columnI * columnCount + columnI]! -= cell;
  out[matrix + columnJ * columnCount + columnJ]! -= cell;
}

/** Rows rendered beyond each edge: Tab always finds the next control, and a flick of the wheel finds rows, not blanks. */
const OVERSCAN = 8;

/**
 * The half-open range [start, end) of rows to render in a scrolling box, out of `rowCount` rows of equal height.
 * @param scrollTop px from the top of the first row; negative while the header is in sight
 * @param viewHeight px
 */
export function visibleRows(
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  rowCount: number,
): { readonly start: number; readonly end: number } {
  const first = Math.floor(Math.max(scrollTop, 0) / rowHeight);
  const last = Math.ceil((Math.max(scrollTop, 0) + viewHeight) / rowHeight);
  const start = Math.min(Math.max(first - OVERSCAN, 0), rowCount);
  return { start, end: Math.min(Math.max(last + OVERSCAN, start), rowCount) };
}

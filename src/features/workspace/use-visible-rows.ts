import { type RefObject, useEffect, useState } from 'react';
import { visibleRows } from './visible-rows.ts';

/** The rows in sight of a scrolling box of equal rows; all of them when there is no box. Half-open range. */
export function useVisibleRows(
  box: RefObject<HTMLElement | null>,
  inBox: boolean,
  rowCount: number,
  size: { readonly rowHeight: number; readonly boxHeight: number },
): { readonly start: number; readonly end: number } {
  const { rowHeight, boxHeight } = size;
  const [scrollTop, setScrollTop] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null || !inBox) return;
    // Rounded to whole rows: a scroll within one row renders nothing anew.
    const onScroll = (): void => setScrollTop(Math.floor(element.scrollTop / rowHeight) * rowHeight);
    onScroll();
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [box, inBox, rowHeight]);
  return inBox ? visibleRows(scrollTop, boxHeight, rowHeight, rowCount) : { start: 0, end: rowCount };
}

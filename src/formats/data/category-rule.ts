/** A category has at most this many values, or this share of the rows when that is more; beyond it is text. */
const MOST_CATEGORIES = 1000;
const CATEGORY_SHARE = 0.05;

/** Most distinct texts that a category of so many rows may have; a column with more is text. */
export function mostCategories(rowCount: number): number {
  return Math.max(MOST_CATEGORIES, Math.floor(rowCount * CATEGORY_SHARE));
}

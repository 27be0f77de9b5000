/** The one surface that floats: menus, lists of a select, popovers. */
export const menuSurface =
  'rounded-control border border-line-2 bg-surface p-1 text-table text-text shadow-menu outline-none';

/** One line of a menu or list. */
export const menuItem =
  'flex cursor-default items-center gap-2 rounded-badge px-2 py-1.5 outline-none focused:bg-accent-soft focused:text-accent-ink data-[disabled]:text-text-3';

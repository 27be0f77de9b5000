/** The backgrounds that the page offers. */
import type { ExplainBackground } from '../../contracts/saved-state.ts';
import { formatCount } from '../../design/format.ts';
import type { SelectOption } from '../../design/Select.tsx';

/** @param threshold as the page writes it; null when there is none */
export function backgroundOptions(
  threshold: string | null,
  hasColumns: boolean,
): readonly SelectOption<ExplainBackground['kind']>[] {
  const near = (id: 'passed' | 'flagged', label: string, side: string): SelectOption<typeof id> =>
    threshold === null
      ? { id, label, detail: 'there is no threshold', isDisabled: true }
      : { id, label, detail: `scores nearest ${side} ${threshold}` };
  return [
    { id: 'all', label: 'All reference rows', detail: 'drawn at random' },
    near('passed', 'Just passed', 'below'),
    near('flagged', 'Just flagged', 'at or above'),
    hasColumns
      ? { id: 'cohort', label: 'A cohort', detail: 'by the values of a column' }
      : { id: 'cohort', label: 'A cohort', detail: 'no column has few values', isDisabled: true },
  ];
}

const SIZES: readonly number[] = [100, 200, 500, 1000];

/** Sizes to choose from; one that only a link can name stands among them. */
export function sizeOptions(size: number): readonly { readonly id: string; readonly label: string }[] {
  const sizes = SIZES.includes(size) ? SIZES : [...SIZES, size].sort((a, b) => a - b);
  return sizes.map((one) => ({ id: String(one), label: formatCount(one) }));
}

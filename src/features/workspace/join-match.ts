import type { TableJoin } from '../../contracts/saved-state.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { formatCount, formatRate } from '../../design/format.ts';

/**
 * How many rows found a partner, in words. From the reader's notice (`join-unmatched` for the table's name, with its
 * count); without one every row did. A table that lacks the joined columns is not derived yet.
 */
export function matchText(join: TableJoin, table: TableSummary): string {
  const isThere = join.columns.every(({ as }) => table.columns.some(({ name }) => name === as));
  if (!isThere) return 'not joined yet';
  const unmatched =
    table.notices.find(
      ({ code, message }) => code === 'join-unmatched' && message.includes(`"${join.table.name}"`),
    )?.count ?? 0;
  if (unmatched === 0) return 'every row';
  const matched = table.rowCount - unmatched;
  return `${formatCount(matched)} of ${formatCount(table.rowCount)} rows (${formatRate(matched / table.rowCount)})`;
}

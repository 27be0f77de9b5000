/** The answers that the column table offers for a column's type and role. */
import type { ColumnKind } from '../../core/table/column.ts';
import type { DateOrder } from '../../core/table/column-reading.ts';
import type { ColumnRole } from '../../core/table/roles.ts';
import type { SelectOption } from '../../design/Select.tsx';
import type { ColumnFilter } from './column-table-view.ts';

export const KIND_OPTIONS: readonly SelectOption<ColumnKind>[] = [
  { id: 'number', label: 'number' },
  { id: 'category', label: 'category', detail: 'few distinct values' },
  { id: 'date', label: 'date' },
  { id: 'text', label: 'text', detail: 'many distinct values' },
];

export type RoleChoice = ColumnRole | 'feature';

export const ROLE_OPTIONS: readonly SelectOption<RoleChoice>[] = [
  { id: 'feature', label: 'feature', detail: 'may feed the model' },
  { id: 'target', label: 'target', detail: 'how the row turned out' },
  { id: 'split', label: 'split', detail: 'training and test rows' },
  { id: 'id', label: 'id', detail: 'names the row' },
  { id: 'amount', label: 'amount', detail: 'money; stays a feature' },
  { id: 'score', label: 'score', detail: 'a score in [0, 1]' },
  { id: 'date', label: 'date', detail: 'when it happened' },
  { id: 'ignore', label: 'ignore', detail: 'not used' },
];

export const DATE_ORDER_OPTIONS: readonly SelectOption<DateOrder>[] = [
  { id: 'day-first', label: 'day first', detail: '31/12/2024' },
  { id: 'month-first', label: 'month first', detail: '12/31/2024' },
  { id: 'year-first', label: 'year first', detail: '2024/12/31' },
];

export const DECIMAL_OPTIONS: readonly SelectOption<'.' | ','>[] = [
  { id: '.', label: 'point', detail: '1,234.5' },
  { id: ',', label: 'comma', detail: '1.234,5' },
];

export const FILTER_OPTIONS: readonly SelectOption<ColumnFilter>[] = [
  { id: 'all', label: 'All columns' },
  { id: 'feature', label: 'Features' },
  { id: 'role', label: 'With a role' },
  { id: 'number', label: 'Numbers' },
  { id: 'category', label: 'Categories' },
  { id: 'date', label: 'Dates' },
  { id: 'text', label: 'Texts' },
  { id: 'missing', label: 'With missing cells' },
  { id: 'changed', label: 'Read differently' },
  { id: 'joined', label: 'Joined' },
];

import { expect, it } from 'vitest';
import { categoryColumn, numberColumn } from '../../../fixtures/table-of-csv.ts';
import type { Table } from '../table/column.ts';
import { comparedColumn } from './compared-column.ts';

const margins = [-2, Number.NaN, 3];
const table: Table = {
  name: 't',
  rowCount: 3,
  columns: [numberColumn('margin', margins), categoryColumn('grade', ['a', 'b', null])],
};

it('takes a number column as it is, margins included', () => {
  const { scores, ...form } = comparedColumn(table, 'margin');
  expect([...scores]).toEqual(margins);
  expect(form).toEqual({ name: 'margin', precision: 'column', trees: null });
});

it('refuses other columns by name', () => {
  expect(() => comparedColumn(table, 'grade')).toThrow(
    expect.objectContaining({ code: 'score-not-numeric', place: { file: 't', column: 'grade' } }),
  );
  expect(() => comparedColumn(table, 'margins')).toThrow(expect.objectContaining({ code: 'column-missing' }));
});

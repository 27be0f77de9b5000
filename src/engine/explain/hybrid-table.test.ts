import { describe, expect, it } from 'vitest';
import { categoryColumn, numberColumn } from '../../../fixtures/table-of-csv.ts';
import type { MappingReport } from '../../core/model/mapping.ts';
import type { Column, Table } from '../../core/table/column.ts';
import { cellText } from '../../core/table/column-access.ts';
import { fedColumns, hybridTable, isSameCell } from './hybrid-table.ts';

function textColumn(name: string, texts: readonly string[]): Column {
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  const offsets = new Uint32Array(texts.length + 1);
  for (const [i, { length }] of encoded.entries()) offsets[i + 1] = offsets[i]! + length;
  const bytes = new Uint8Array(offsets.at(-1)!);
  for (const [i, cell] of encoded.entries()) bytes.set(cell, offsets[i]);
  return { kind: 'text', name, bytes, offsets };
}

const days = Float64Array.of(0, 86_400_000, Number.NaN, 0);
const table: Table = {
  name: 'people',
  rowCount: 4,
  columns: [
    numberColumn('age', [20, 30, Number.NaN, Number.NaN]),
    categoryColumn('home', ['own', 'rent', null, 'own']),
    textColumn('note', ['one', 'dué', '', 'one']),
    { kind: 'date', name: 'since', values: days },
    numberColumn('outcome', [0, 1, 0, 1]),
  ],
};

function reportOf(columns: readonly (string | null)[]): MappingReport {
  const bindings = columns.map((column, i) => ({
    ...{ feature: `f${i}`, input: `f${i}`, position: 0, column, how: 'name' as const },
  }));
  return {
    ...{ bindings, missing: [], extra: [], mistyped: [], unseen: [] },
    ...{ needsOrderConsent: false, ready: true, notices: [] },
  };
}

describe('hybrid rows as a table', () => {
  const report = reportOf(['home', 'age', 'home', 'note', 'since']);
  const fed = fedColumns(table, report);

  it('have each column that feeds the model once, in the order of the features', () => {
    expect(fed.columns.map(({ name }) => name)).toEqual(['home', 'age', 'note', 'since']);
    expect(fed.features).toEqual([0, 1, 3, 4]);
    expect(fedColumns(table, reportOf([null, 'age', null])).features).toEqual([1]);
    expect(() => fedColumns(table, reportOf(['weight']))).toThrow('no column "weight"');
  });

  it('take each cell from the explained row or from the background row', () => {
    // Explained rows 1 and 2 against background rows 0 and 3, all kinds of columns and missing cells.
    const made = hybridTable(
      ...(['made', fed] as const),
      {
        count: 3,
        explained: Int32Array.of(0, 1, 0),
        backgrounds: Int32Array.of(0, 1, 1),
        members: Uint8Array.of(...[1, 0, 0], ...[0, 1, 1], ...[1, 0, 0], ...[0, 1, 1]),
      },
      Uint32Array.of(1, 2),
      Uint32Array.of(0, 3),
    );
    expect(made).toMatchObject({ name: 'made', rowCount: 3 });
    const cells = made.columns.map((column) => [0, 1, 2].map((row) => cellText(column, row)));
    expect(cells).toEqual([
      ['rent', 'own', 'own'],
      ['20', null, '30'],
      ['dué', 'one', 'one'],
      ['1970-01-01', null, '1970-01-02'],
    ]);
  });
});

describe('cells that are alike', () => {
  it('feed a model with the same value', () => {
    const [age, home, note, since] = table.columns as [Column, Column, Column, Column];
    expect([isSameCell(age, 2, 3), isSameCell(age, 0, 1), isSameCell(age, 0, 2)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([isSameCell(home, 0, 3), isSameCell(home, 0, 1), isSameCell(home, 2, 0)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([isSameCell(note, 0, 3), isSameCell(note, 0, 1), isSameCell(note, 2, 0)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([isSameCell(since, 0, 3), isSameCell(since, 0, 1)]).toEqual([true, false]);
    expect(isSameCell(textColumn('t', ['abc', 'abd']), 0, 1)).toBe(false);
    expect(isSameCell(numberColumn('n', [0, -0]), 0, 1)).toBe(false);
  });
});

import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { decidingRow, mostTwinRows, type TwinColumn, twinCsv, twinView } from './table-twin.ts';

const threshold: TwinColumn = {
  name: 'threshold',
  values: Float64Array.of(0.1 + 0.2, 0.5),
  format: (value) => value.toFixed(3),
};

describe('twinView', () => {
  test('shows formatted numbers, words for NaN, texts as they are', () => {
    const columns = [
      threshold,
      { name: 'roi', values: [Number.NaN, 2] },
      { name: 'rule', values: ['max F1', 'max net'] },
    ];
    expect(twinView({ columns })).toEqual({
      header: ['threshold', 'roi', 'rule'],
      rows: [
        ['0.300', 'not defined', 'max F1'],
        ['0.500', '2', 'max net'],
      ],
      leftOut: null,
    });
  });

  test('columns of unequal length leave empty cells', () => {
    const view = twinView({ columns: [threshold, { name: 'short', values: [1] }] });
    expect(view.rows[1]).toEqual(['0.500', '']);
  });

  test('says how many rows it leaves out', () => {
    const values = new Float64Array(mostTwinRows + 1);
    const view = twinView({ columns: [{ name: 'x', values }] });
    expect(view.rows).toHaveLength(mostTwinRows);
    expect(view.leftOut).toBe('First 1100 of 1101 rows; the CSV has all.');
  });

  test('no columns, no rows', () => {
    expect(twinView({ columns: [] })).toEqual({ header: [], rows: [], leftOut: null });
  });
});

describe('decidingRow', () => {
  test('the lowest observed threshold at or above, in any order', () => {
    const descending = [Number.POSITIVE_INFINITY, 0.9, 0.5, 0.5, 0.1];
    expect(decidingRow(descending, 0.5)).toBe(2);
    expect(decidingRow(descending, 0.51)).toBe(1);
    expect(decidingRow(descending, 0.95)).toBe(0);
    expect(decidingRow([0.1, 0.5], 0.6)).toBe(-1);
    expect(decidingRow(descending, Number.NaN)).toBe(-1);
  });
});

describe('twinCsv', () => {
  test('full precision, an empty field for NaN and Infinity, quotes doubled', () => {
    const csv = twinCsv({
      columns: [threshold, { name: 'a "b", c', values: [Number.NaN, Number.POSITIVE_INFINITY] }],
    });
    expect(csv).toBe('threshold,"a ""b"", c"\r\n0.30000000000000004,\r\n0.5,\r\n');
  });

  test('law: another parser reads back names and numbers', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 });
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const numbers = fc.array(finite, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(names, numbers, (columnNames, values) => {
        const csv = twinCsv({ columns: columnNames.map((name) => ({ name, values })) });
        const { data } = Papa.parse<string[]>(csv, { delimiter: ',', newline: '\r\n', skipEmptyLines: true });
        expect(data[0]).toEqual(columnNames);
        expect(data.slice(1).map((row) => Number(row[0]))).toEqual(values.map((v) => (v === 0 ? 0 : v)));
      }),
      { numRuns: 200 },
    );
  });
});

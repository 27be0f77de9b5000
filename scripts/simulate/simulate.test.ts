import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoModels, demoTables } from './demos.ts';
import { fraudTable } from './fraud-table.ts';
import { loanBook } from './loan-book.ts';
import { fitLogistic } from './logistic.ts';
import { monthsFrom, sharedOut } from './months.ts';
import { recoveries } from './recoveries.ts';
import type { SimulatedCell, SimulatedTable } from './simulated-table.ts';
import { csvPieces } from './write-table.ts';

const demoFile = (path: string) => readFileSync(new URL(`../../public/demo/${path}`, import.meta.url));
const textOf = (table: SimulatedTable) => [...csvPieces(table)].join('');

type Rows = readonly (readonly SimulatedCell[])[];

/** Rows of a table with cells found by column name. */
function read(table: SimulatedTable) {
  const rows: Rows = [...table.rows()];
  const at = (name: string) => table.columns.indexOf(name);
  const cells = (name: string, of: Rows = rows) => of.map((row) => row[at(name)]!);
  const between = (column: string, from: string, until: string) =>
    rows.filter((row) => String(row[at(column)]) >= from && String(row[at(column)]) < until);
  return { rows, at, cells, between };
}

const share = (cells: readonly SimulatedCell[], is: (cell: SimulatedCell) => boolean) =>
  cells.filter(is).length / cells.length;
const mean = (cells: readonly SimulatedCell[]) =>
  cells.reduce<number>((sum, cell) => sum + Number(cell), 0) / cells.length;

describe('the simulated demos', () => {
  it.each(Object.entries(demoTables()))('%s is what its generator writes', (path, table) => {
    expect(gunzipSync(demoFile(path)).toString('utf8')).toBe(textOf(table));
  });

  it.each(Object.entries(demoModels()))('%s is what its fit writes', (path, bytes) => {
    expect(new Uint8Array(demoFile(path))).toEqual(bytes);
  });

  it.each(['loan-book', 'fraud'])('%s: the truth beside it is the generator’s', (demo) => {
    const table = Object.entries(demoTables()).find(([path]) => path.startsWith(`${demo}/`));
    expect(JSON.parse(demoFile(`${demo}/truth.json`).toString('utf8'))).toEqual(table?.[1].truth);
  });
});

describe('loanBook', () => {
  const book = loanBook(30_000, 5);
  const { rows, cells, between, at } = read(book);

  it('repeats itself for a seed and has the rows asked for', () => {
    expect(rows).toHaveLength(30_000);
    expect(textOf(loanBook(200, 9))).toBe(textOf(loanBook(200, 9)));
    expect(textOf(loanBook(200, 9))).not.toBe(textOf(loanBook(200, 10)));
  });

  it('is in order of date with unique ids', () => {
    const dates = cells('application_date').map(String);
    expect(dates).toEqual([...dates].sort());
    expect(new Set(cells('loan_id')).size).toBe(rows.length);
  });

  it('holds every event that its truth names, and not before', () => {
    const early = between('application_date', '2024-01-01', '2025-01-01');
    const late = between('application_date', '2025-07-01', '2026-01-01');
    const online = (of: Rows) => of.filter((row) => row[at('channel')] === 'online');
    expect(cells('channel', early)).not.toContain('partner-app');
    expect(share(cells('channel', late), (cell) => cell === 'partner-app')).toBeGreaterThan(0.15);
    expect(cells('purpose', early)).not.toContain('solar');
    expect(share(cells('purpose', late), (cell) => cell === 'solar')).toBeGreaterThan(0.05);
    expect(mean(cells('income', online(late))) / mean(cells('income', online(early)))).toBeGreaterThan(10);
    const outage = between('application_date', '2024-09-01', '2024-10-01');
    expect(share(cells('bureau_score', outage), (cell) => cell === '')).toBeGreaterThan(0.35);
    expect(share(cells('bureau_score', early), (cell) => cell === '')).toBeLessThan(0.12);
    const unripe = between('application_date', '2025-11-01', '2026-01-01');
    expect(new Set(cells('outcome', unripe))).toEqual(new Set(['']));
  });

  it('turns worse after the concept shift', () => {
    const bad = (from: string, until: string) =>
      share(cells('outcome', between('application_date', from, until)), (cell) => cell === 'bad');
    const before = bad('2024-01-01', '2025-01-01');
    expect(before).toBeGreaterThan(0.08);
    expect(before).toBeLessThan(0.2);
    expect(bad('2025-07-01', '2025-11-01')).toBeGreaterThan(before * 1.2);
  });
});

describe('recoveries', () => {
  it('pays only for bad loans of the book, after the application', () => {
    const book = loanBook(3000, 3);
    const loans = new Map([...book.rows()].map((row) => [row[0], row]));
    const paid = [...recoveries(book, 4).rows()];
    expect(paid.length).toBeGreaterThan(100);
    for (const [id, date, amount] of paid) {
      const loan = loans.get(id!);
      expect(loan?.at(-1)).toBe('bad');
      expect(String(date) > String(loan?.[1])).toBe(true);
      expect(amount).toBeGreaterThan(0);
    }
  });
});

describe('fraudTable', () => {
  const { rows, cells, between } = read(fraudTable(60_000, 6));
  const fraudScores = (of: Rows) =>
    mean(
      cells(
        'score',
        of.filter((row) => row.at(-1) === 1),
      ),
    );

  it('has about 1 % fraud, scores within 0 and 1, and labels that come late', () => {
    expect(share(cells('fraud'), (cell) => cell === 1)).toBeGreaterThan(0.006);
    expect(share(cells('fraud'), (cell) => cell === 1)).toBeLessThan(0.02);
    expect(cells('score').every((cell) => Number(cell) >= 0 && Number(cell) <= 1)).toBe(true);
    expect(new Set(rows.slice(-1000).map((row) => row.at(-1)))).toEqual(new Set(['']));
  });

  it('brings the new category and the adaptation when the truth says', () => {
    const early = between('time', '2025-01-06', '2025-03-31');
    const late = between('time', '2025-05-05', '2025-06-23');
    expect(cells('merchant_category', early)).not.toContain('crypto');
    expect(cells('merchant_category', late)).toContain('crypto');
    expect(fraudScores(late)).toBeLessThan(0.7 * fraudScores(early));
  });
});

describe('the parts', () => {
  it('law: shares sum to the whole and differ from the exact share by less than one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 30 }),
        (whole, weights) => {
          const parts = sharedOut(whole, weights);
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole);
          parts.forEach((part, i) => {
            expect(Math.abs(part - (whole * weights[i]!) / total)).toBeLessThan(1 + 1e-6);
          });
        },
      ),
    );
  });

  it('knows the months and their lengths', () => {
    const months = monthsFrom(2024, 14);
    expect(months[1]).toMatchObject({ name: '2024-02', days: 29, ofYear: 1 });
    expect(months[13]).toMatchObject({ name: '2025-02', days: 28, index: 13, ofYear: 1 });
  });

  it('fits a logistic regression: the gradient of the penalised likelihood is zero', () => {
    const x = Float64Array.of(-2, -1, -0.5, 0, 0.5, 1, 2, 3);
    const y = Uint8Array.of(0, 0, 1, 0, 1, 0, 1, 1);
    const { intercept, coefficients } = fitLogistic(x, y, 0.5);
    let gradient = 0;
    let gradientIntercept = 0;
    for (let i = 0; i < y.length; i++) {
      const residual = y[i]! - 1 / (1 + Math.exp(-(intercept + coefficients[0]! * x[i]!)));
      gradientIntercept += residual;
      gradient += residual * x[i]!;
    }
    expect(gradientIntercept).toBeCloseTo(0, 9);
    expect(gradient - 0.5 * coefficients[0]!).toBeCloseTo(0, 9);
    expect(coefficients[0]).toBeGreaterThan(0);
  });
});

import { describe, expect, it } from 'vitest';
import type { Scenario } from '../money/scenario.ts';
import { defaultScenario } from '../money/scenario-templates.ts';
import { drain } from '../sliced.ts';
import { categoryColumn } from '../table/build-column.ts';
import type { Column, DateColumn, NumberColumn, Table } from '../table/column.ts';
import { rowCountOf } from '../table/column-access.ts';
import type { OutcomesReading } from './impact-figures.ts';
import { promiseBehind, promisedNet } from './promised-net.ts';
import { type LoggedDecisions, realiseImpact } from './realise-impact.ts';

const numbers = (name: string, ...values: (number | null)[]): NumberColumn => ({
  ...{ kind: 'number', name, spelling: 'shortest' },
  values: Float64Array.from(values, (value) => value ?? Number.NaN),
});
const days = (name: string, ...texts: (string | null)[]): DateColumn => ({
  ...{ kind: 'date', name },
  values: Float64Array.from(texts, (text) => (text === null ? Number.NaN : Date.parse(text))),
});
const category = (name: string, ...texts: (string | null)[]) => categoryColumn(name, texts, texts.length);
const table = (name: string, ...columns: Column[]): Table => ({
  name,
  rowCount: rowCountOf(columns[0]!),
  columns,
});

const amounts = Float64Array.of(100, 40, 60, 30, 20);

/** Five decisions, three of them flagged, after one row that is no decision. */
const decisions: LoggedDecisions = {
  table: table(
    'loans',
    category('id', 'train', 'a', 'b', 'c', 'd', null),
    days('day', '2024-01-01', '2024-01-05', '2024-02-01', '2024-02-02', null, '2024-02-03'),
  ),
  rows: Uint32Array.of(1, 2, 3, 4, 5),
  scores: Float64Array.of(0.9, 0.8, 0.7, 0.3, 0.2),
  labels: Int8Array.of(1, 0, -1, 0, 0),
  amountColumns: ['Amount'],
  amounts: [amounts],
};
const scenario: Scenario = {
  ...defaultScenario('lending', 'Amount'),
  ...{ currency: 'EUR', lossRate: 0.5, reviewCost: 10, fixedCost: 12, rowsPerYear: 12 },
};
const promise = { mean: 5, deviation: 3, rows: 40, fixedCost: 1 };
const reading: OutcomesReading = {
  ...{ idColumn: 'id', decisionIdColumn: 'id', outcomeColumn: 'end' },
  ...{ positive: ['bad'], undecided: ['open'], amount: null },
  dateColumn: { from: 'decisions', column: 'day' },
};

const realise = (outcomes: Table, change: Partial<OutcomesReading> = {}, by: Scenario = scenario) =>
  drain(
    realiseImpact(decisions, {
      ...{ outcomes, scenario: by, threshold: 0.7, promise },
      reading: { ...reading, ...change },
    }),
  );

const ends = table('ends', category('id', 'a', 'b', 'c', 'd'), category('end', 'bad', 'good', 'open', 'bad'));

describe('realiseImpact, by hand', () => {
  it('counts decisions and money of known outcomes, month by month', () => {
    const realised = realise(ends);
    // a: caught, saves 50 for 10; b: reviewed in vain; c waits; d: passed and bad, loses 15; the last has no id.
    expect(realised.total).toEqual({
      ...{ rows: 5, known: 3, flagged: 2, caught: 1, missedPositives: 1 },
      ...{ prevented: 50, spent: 23, missed: 15, net: 27, roi: 27 / 23 },
      promised: promisedNet(promise, 3),
    });
    expect(realised.spending).toEqual([
      { label: 'Review cost', amount: 20 },
      { label: 'Fixed cost', amount: 3 },
    ]);
    expect(realised.months).toEqual([
      {
        ...{ month: '2024-01', rows: 1, known: 1, flagged: 1, caught: 1, missedPositives: 0 },
        ...{ prevented: 50, spent: 11, missed: 0, net: 39, roi: 39 / 11 },
        promised: promisedNet(promise, 1),
      },
      {
        ...{ month: '2024-02', rows: 3, known: 1, flagged: 1, caught: 0, missedPositives: 0 },
        ...{ prevented: 0, spent: 11, missed: 0, net: -11, roi: -1 },
        promised: promisedNet(promise, 1),
      },
    ]);
  });

  it('counts what it could not use, and labels that turned out otherwise', () => {
    expect(realise(ends)).toMatchObject({
      ...{ format: 'cutline-impact-1', outcomesName: 'ends', threshold: 0.7, currency: 'EUR' },
      ...{ unknownIds: 0, otherRows: 0, repeatedIds: 0, contradictions: 0, repeatedDecisions: 0 },
      // d was labelled good and is bad.
      ...{ withoutOutcome: 2, undated: 1, relabelled: 1 },
    });
    const untidy = table(
      'untidy',
      category('id', 'a', 'a', 'b', 'b', 'train', 'nobody', null, 'd', 'd'),
      category('end', 'bad', 'bad', 'good', 'bad', 'bad', 'bad', 'bad', 'good', null),
    );
    const realised = realise(untidy);
    expect(realised).toMatchObject({
      ...{ unknownIds: 2, otherRows: 1, repeatedIds: 3, contradictions: 1, withoutOutcome: 3 },
    });
    // b says both and is not known; an empty cell after d's outcome takes nothing away.
    expect(realised.total).toMatchObject({ known: 2, caught: 1, missedPositives: 0 });
  });

  it('gives every decision of an id its outcome, and says that ids repeat', () => {
    const twice: LoggedDecisions = {
      ...decisions,
      table: table('loans', category('id', 'x', 'a', 'a', 'c', 'd', 'a'), decisions.table.columns[1]!),
    };
    const realised = drain(
      realiseImpact(twice, { outcomes: ends, scenario, threshold: 0.7, promise, reading }),
    );
    expect(realised.repeatedDecisions).toBe(2);
    expect(realised.total).toMatchObject({ known: 4, caught: 2, missedPositives: 2 });
  });

  it('compares ids as numbers when one column holds numbers', () => {
    const numbered: LoggedDecisions = {
      ...decisions,
      table: table('loans', numbers('id', 0, 1, 2, 3, 4, null), decisions.table.columns[1]!),
    };
    const outcomes = table('ends', category('id', '1.0', '2', '04'), numbers('end', 1, 0, 1));
    const realised = drain(
      realiseImpact(numbered, {
        ...{ outcomes, scenario, threshold: 0.7, promise },
        reading: { ...reading, positive: ['1.0'], undecided: [] },
      }),
    );
    expect(realised.total).toMatchObject({ known: 3, caught: 1, missedPositives: 1 });
  });

  it('takes what was really lost, where the file says it', () => {
    const lost = table('ends', ...ends.columns, numbers('lost', 80, 7, null, null));
    const { total } = realise(lost, { amount: { column: 'lost', meaning: 'lost' } });
    // a: 80 in place of 50; b is good, its number says nothing; d keeps the scenario's 15.
    expect(total).toMatchObject({ prevented: 80, missed: 15, net: 57 });
    const passed = table('ends', ...ends.columns, numbers('lost', null, null, null, 4));
    expect(realise(passed, { amount: { column: 'lost', meaning: 'lost' } }).total).toMatchObject({
      ...{ prevented: 50, missed: 4, net: 27 },
    });
  });

  it('refuses a loss with a sign or without an end, naming row and column; that of a good row is not asked', () => {
    const file = (value: number) =>
      table('o', category('id', 'b', 'a'), category('end', 'good', 'bad'), numbers('lost', -5, value));
    const amount = { column: 'lost', meaning: 'lost' } as const;
    expect(realise(file(30), { amount }).total.prevented).toBe(30);
    for (const value of [-30, Number.POSITIVE_INFINITY])
      expect(() => realise(file(value), { amount })).toThrow(
        expect.objectContaining({
          code: 'invalid-argument',
          place: { file: 'o', row: 1, column: 'lost' },
          message: expect.stringContaining(`Data row 1 (from 0) of "o" states ${value} in "lost"`),
        }),
      );
  });

  it('takes what was recovered off all that was at stake', () => {
    const back = table('ends', ...ends.columns, numbers('back', 30, null, null, 50));
    const { total } = realise(back, { amount: { column: 'back', meaning: 'recovered' } });
    // a: 100 less 30; d: 30 less 50 is no gain.
    expect(total).toMatchObject({ prevented: 70, missed: 0 });
  });

  it('counts of a customer really lost what contacting would have saved', () => {
    const lost = table('ends', ...ends.columns, numbers('lost', 200, null, null, 50));
    const retention: Scenario = {
      ...defaultScenario('retention', 'Amount'),
      saveRate: 0.3,
      campaignCost: 10,
    };
    const { total } = realise(lost, { amount: { column: 'lost', meaning: 'lost' } }, retention);
    // a: 0.3 x 200 for 10; b: 10 in vain; d: 0.3 x 50 missed.
    expect(total.prevented).toBeCloseTo(60, 12);
    expect(total.missed).toBeCloseTo(15, 12);
    expect(total.spent).toBe(20);
  });

  it('refuses such an amount under the four-value form, which knows no stake', () => {
    const back = table('ends', ...ends.columns, numbers('back', 30, null, null, 50));
    const act = () =>
      realise(
        back,
        { amount: { column: 'back', meaning: 'recovered' } },
        defaultScenario('fourValues', null),
      );
    expect(act).toThrow(expect.objectContaining({ name: 'DataError', code: 'invalid-scenario' }));
  });

  it('takes the date from the file of outcomes when it is there', () => {
    const dated = table(
      'ends',
      ...ends.columns,
      days('when', '2023-12-31', '2024-03-01', null, '2024-03-02'),
    );
    const { months, undated } = realise(dated, { dateColumn: { from: 'outcomes', column: 'when' } });
    expect(months.map(({ month, rows, known }) => [month, rows, known])).toEqual([
      ['2023-12', 1, 1],
      ['2024-03', 2, 2],
    ]);
    expect(undated).toBe(2);
  });

  it('has totals only without a date column, and says nothing of money while no outcome is known', () => {
    expect(realise(ends, { dateColumn: null })).toMatchObject({
      months: [],
      undated: 0,
      total: { known: 3 },
    });
    const { total, spending } = realise(ends, { undecided: ['bad', 'good', 'open'], positive: [] });
    expect(total).toMatchObject({ rows: 5, known: 0, net: 0, roi: Number.NaN });
    expect(total.promised).toEqual({ net: 0, low: 0, high: 0 });
    expect(spending).toEqual([]);
  });
});

describe('realiseImpact refuses', () => {
  const refusal = (code: string, ...words: string[]) =>
    expect.objectContaining({
      ...{ name: 'DataError', code },
      message: expect.stringMatching(words.join('.*')),
      advice: expect.stringMatching(/./),
    });

  it('a file of other ids, naming both columns', () => {
    const strangers = table('ends', category('id', 'x', 'y'), category('end', 'bad', 'good'));
    expect(() => realise(strangers)).toThrow(refusal('join-key', '"id" in "ends"', '"id" of "loans"'));
  });

  it('columns that are not there, or of another type', () => {
    expect(() => realise(ends, { outcomeColumn: 'result' })).toThrow(refusal('column-missing', 'result'));
    expect(() => realise(ends, { dateColumn: { from: 'decisions', column: 'id' } })).toThrow(
      refusal('invalid-argument', '"id" of "loans"', 'category, not date'),
    );
    expect(() => realise(ends, { amount: { column: 'end', meaning: 'lost' } })).toThrow(
      refusal('invalid-argument', '"end" of "ends"', 'category, not number'),
    );
  });
});

describe('promiseBehind', () => {
  it('is the promise that a sum and its band came from', () => {
    const behind = promiseBehind(promisedNet(promise, 7), 7, promise.rows)!;
    expect(behind.mean).toBeCloseTo(promise.mean, 12);
    expect(behind.deviation).toBeCloseTo(promise.deviation, 12);
    expect(promiseBehind(promisedNet(promise, 0), 0, promise.rows)).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError, FormatError } from '../../core/errors.ts';
import type { MappingReport } from '../../core/model/mapping.ts';
import type { ColumnSummary } from '../../core/table/summary.ts';
import { initialChoices, useWorkspace, type WorkspaceState } from '../../state/workspace-store.ts';
import { columnFacts, columnRow } from './column-row.ts';
import { errorText } from './error-text.ts';
import {
  bindingText,
  columnInTheWay,
  mappingProblems,
  misfitText,
  orderedCount,
  proposedOrder,
} from './mapping-view.ts';
import { progressView } from './progress-view.ts';
import { NONE, roleFields, splitOptions, splitValueOptions, withSplitColumn } from './role-fields.ts';
import { category, loans, number, pipeline } from './sample-table.laws.ts';
import { readyScores, scoreColumns, scoreProblem, unusableScores, withScoreColumn } from './score-columns.ts';
import { isSameModelRun, scoringKey } from './scoring-session.ts';
import { guessedChoices } from './table-choices.ts';
import { visibleRows } from './visible-rows.ts';

const chosen = { ...initialChoices, ...guessedChoices(loans, true) };
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('progressView', () => {
  it('knows nothing before the first message', () => {
    expect(progressView(null, 0, 5000)).toEqual({ share: Number.NaN, detail: '' });
  });

  it('says how far, how fast, how long still', () => {
    const progress = { done: 250, total: 1000, unit: 'rows', rows: 250 } as const;
    const { share, detail } = progressView(progress, 10_000, 15_000);
    expect(share).toBe(0.25);
    expect(plain(detail)).toBe('250 of 1,000 rows · 50 rows/s · 15 s left');
  });

  it('gives rows a second also where progress counts bytes', () => {
    const progress = { done: 5_000_000, total: 10_000_000, unit: 'bytes', rows: 4000 } as const;
    expect(plain(progressView(progress, 0, 2000).detail)).toBe(
      '5.00 MB of 10.0 MB · 2.00 k rows/s · 2 s left',
    );
  });

  it('claims no speed in the first moments', () => {
    const progress = { done: 1, total: 10, unit: 'rows', rows: 1 } as const;
    expect(progressView(progress, 0, 100).detail).toBe('1 of 10 rows');
  });
});

describe('errorText', () => {
  it('says what, where, what to do', () => {
    const error = new FormatError('ragged-row', 'A row has 3 cells, the header has 4.', {
      place: { file: 'loans.csv', line: 1200 },
      advice: 'Mend the file.',
    });
    expect(errorText(error)).toMatchObject({
      message: 'A row has 3 cells, the header has 4.',
      place: 'loans.csv, line 1,200',
      advice: 'Mend the file.',
      details: expect.stringMatching(/^FormatError ragged-row/),
    });
  });

  it('does not repeat a place that the message names', () => {
    const error = new DataError('column-missing', 'loans.csv has no column Status.', {
      place: { file: 'loans.csv', column: 'Status' },
    });
    expect(errorText(error)).not.toHaveProperty('place');
    expect(errorText(error)).not.toHaveProperty('advice');
  });
});

describe('columnRow', () => {
  it('shows range, median and missing share of a number', () => {
    const row = columnRow(number('Income', 0, 5000, { missing: 25, unparsable: 5 }), 100);
    expect(row).toMatchObject({
      missing: '25',
      spread: '0 · 1,250 · 2,500 · 3,750 · 5,000',
      bars: [1, 2, 3],
      hasUnparsable: true,
    });
    expect(plain(row.missingShare)).toBe('25.0 %');
    expect(row.missingTitle).toContain('5 of them hold text that is not a number');
  });

  it('names the most frequent values of a category', () => {
    const row = columnRow(category('Job', { a: 5, b: 4, c: 3, d: 2, e: 1 }), 15);
    expect(row).toMatchObject({ spread: 'a, b, c, 2 more', bars: [5, 4, 3, 2, 1], missingShare: '' });
  });

  it('shows dates as days', () => {
    const day = Date.UTC(2024, 1, 29);
    const row = columnRow(number('Opened', day, day, { kind: 'date', median: day }), 10);
    expect(row.spread).toBe('2024-02-29 · 2024-02-29 · 2024-02-29');
  });

  it('survives a column without a value', () => {
    const row = columnRow(
      number('Empty', 0, 0, { min: null, distinct: 0, histogram: null, missing: 10 }),
      10,
    );
    expect(row).toMatchObject({ spread: 'all missing', bars: [] });
  });
});

describe('mapping', () => {
  const binding = (
    feature: string,
    how: 'name' | 'user' | 'order' | 'none',
    column: string | null = null,
  ) => ({
    feature,
    input: feature,
    position: 0,
    column,
    how,
  });
  const report: MappingReport = {
    bindings: [binding('Age', 'name', 'Age'), binding('Home', 'none'), binding('Job', 'user', 'Home')],
    missing: ['Home'],
    extra: ['p_other'],
    mistyped: [{ feature: 'Age', column: 'Age', expected: 'number', found: 'category' }],
    unseen: [{ feature: 'Job', column: 'Home', values: [{ value: 'boat', count: 2 }] }],
    needsOrderConsent: false,
    ready: false,
    notices: [],
  };

  it('lists each thing that does not fit, what stops scoring first', () => {
    expect(mappingProblems(report).map(({ title, items, tone }) => ({ title, items, tone }))).toEqual([
      { title: '1 of 3 inputs has no column', items: ['Home'], tone: 'fail' },
      {
        title: '1 input takes another type than the column has',
        items: ['Age takes a number; “Age” is category'],
        tone: 'fail',
      },
      {
        title: '1 column holds values that the model does not know',
        items: ['Job = “boat”: 2 rows'],
        tone: 'warn',
      },
      { title: '1 column feeds no input', items: ['p_other'], tone: 'info' },
    ]);
  });

  it('asks nothing about columns that were joined', () => {
    const joined = { ...report, extra: ['p_other', 'paid_sum'] };
    const extra = (names: readonly string[]) =>
      mappingProblems(joined, new Set(names)).find(({ tone }) => tone === 'info')?.items;
    expect(extra(['paid_sum'])).toEqual(['p_other']);
    expect(extra(['paid_sum', 'p_other'])).toBeUndefined();
  });

  it('is silent when all fits', () => {
    const fits = { ...report, missing: [], extra: [], mistyped: [], unseen: [], ready: true };
    expect(mappingProblems(fits)).toEqual([]);
  });

  it('says in one sentence why a model does not fit', () => {
    const text = (change: Partial<MappingReport>) =>
      misfitText({ ...report, ...change }, 'm.onnx', 't.csv', 1);
    expect(text({})).toMatch(/does not fit t.csv yet: decide below on 2 of its 3 inputs/);
    expect(text({ missing: ['Age', 'Home', 'Job'] })).toMatch(/not made for t.csv: none of its 3 inputs has/);
    expect(text({ missing: ['Age', 'Home'] })).toMatch(/only 1 of its 3 inputs has/);
    expect(text({ missing: [], mistyped: [], needsOrderConsent: true })).toMatch(/does not name its inputs/);
    const unnamed = [binding('column 1', 'none'), binding('column 2', 'none')];
    expect(text({ missing: [], mistyped: [], bindings: unnamed, needsOrderConsent: true })).toMatch(
      /takes 2 columns by position, t.csv has 1 that could/,
    );
    expect(text({ ready: true })).toBeNull();
  });

  it('does not call columns superfluous while the order is open', () => {
    const open = { ...report, bindings: [binding('column 1', 'none')], missing: [], needsOrderConsent: true };
    expect(mappingProblems(open).map(({ tone }) => tone)).not.toContain('info');
  });

  it('says how a column was found', () => {
    expect(report.bindings.map(bindingText)).toEqual(['by name', '', 'chosen']);
    expect(bindingText(binding('Age', 'name', 'age'))).toBe('by similar name');
  });

  it('proposes the order of the number columns without a role', () => {
    const matrix = { ...pipeline, inputs: pipeline.inputs.slice(0, 1) };
    expect(proposedOrder(loans, matrix, chosen.roles, 0)).toEqual(['Age', 'Amount', 'p_other']);
    expect(proposedOrder(loans, matrix, chosen.roles, 2)).toEqual(['Age', 'Amount']);
    const unnamed = {
      ...report,
      bindings: [binding('column 1', 'none'), binding('column 2', 'none')],
      missing: [],
    };
    expect(orderedCount(unnamed)).toBe(2);
    expect(orderedCount(report)).toBe(0);
  });
});

describe('columnInTheWay', () => {
  const names = ['a', 'b', 'c'];
  const matrix = { ...pipeline, inputs: pipeline.inputs.slice(0, 1) };
  const guess = { guessedRole: 'target' as const };
  const table = {
    ...loans,
    columns: [number('a', 0, 1), number('b', 0, 1), number('c', 0, 1, guess), category('d', { x: 1 })],
  };
  const takes = (width: number): MappingReport => ({
    bindings: Array.from({ length: width }, (_, position) => ({
      feature: `column ${position + 1}`,
      input: 'input',
      position,
      column: null,
      how: 'none' as const,
    })),
    missing: [],
    extra: names,
    mistyped: [],
    unseen: [],
    needsOrderConsent: true,
    ready: false,
    notices: [],
  });

  it('is the guessed target when the model takes exactly one column more', () => {
    expect(columnInTheWay(table, matrix, takes(3), { c: 'target' })).toBe('c');
    expect(columnInTheWay(table, matrix, takes(2), { c: 'target' })).toBeNull();
    expect(columnInTheWay(table, matrix, takes(4), { c: 'target' })).toBeNull();
    expect(columnInTheWay(table, matrix, takes(3), {})).toBeNull();
  });

  it('is no column that the user chose, or that the model could not take', () => {
    expect(columnInTheWay(table, matrix, takes(3), { b: 'target' })).toBeNull();
    const texts = { ...table, columns: [...table.columns.slice(0, 2), category('d', { x: 1 }, guess)] };
    expect(columnInTheWay(texts, matrix, takes(3), { d: 'target' })).toBeNull();
  });

  it('is nothing for a model that names its inputs, or whose order is confirmed', () => {
    const named = { ...takes(3), needsOrderConsent: false, missing: ['column 1', 'column 2', 'column 3'] };
    expect(columnInTheWay(table, matrix, named, { c: 'target' })).toBeNull();
    const bindings = takes(3).bindings.map((b) => ({ ...b, how: 'order' as const, column: 'a' }));
    expect(columnInTheWay(table, matrix, { ...takes(3), bindings }, { c: 'target' })).toBeNull();
  });
});

describe('scores that cannot be used', () => {
  it('say their range and what to convert', () => {
    expect(scoreProblem(number('p', 0, 1))).toBeNull();
    expect(scoreProblem(number('log_odds', -4.25, 3))).toMatch(
      /“log_odds” cannot be used as scores: it runs from .4\.25 to 3,.*log-odds.*1 \/ \(1 \+ exp/,
    );
    expect(scoreProblem(number('share', 0, 97))).toContain('divide them by 100');
    expect(scoreProblem(number('points', 300, 850))).toMatch(/from 300 to 850.*Convert points/);
    expect(scoreProblem(number('p', 0, Number.POSITIVE_INFINITY))).toContain('cannot be used');
  });

  it('are no texts, and have a value', () => {
    expect(scoreProblem(category('grade', { A: 1, B: 2 }))).toContain('it holds texts, not numbers');
    expect(scoreProblem(number('p', 0, 0, { min: null, max: null, distinct: 0 }))).toContain(
      'no score in any',
    );
  });

  it('are named where scores are chosen, when their name says score', () => {
    const table = { ...loans, columns: [...loans.columns, number('credit_score', 300, 850)] };
    expect(unusableScores(table, chosen)).toContain('“credit_score”');
    const asTarget = { ...chosen, roles: { ...chosen.roles, credit_score: 'ignore' as const } };
    expect(unusableScores(table, asTarget)).toBeNull();
    expect(unusableScores(loans, chosen)).toBeNull();
  });
});

describe('score columns', () => {
  it('offers numbers in [0, 1], the named one first, and no column with another role', () => {
    expect(scoreColumns(loans, chosen).map(({ name }) => name)).toEqual(['p_bad', 'p_other']);
    const asTarget = { ...chosen, roles: { ...chosen.roles, p_other: 'target' as const } };
    expect(scoreColumns(loans, asTarget).map(({ name }) => name)).toEqual(['p_bad']);
  });

  it('choosing one takes the role, and forgets the threshold of other scores', () => {
    const change = withScoreColumn({ ...chosen, threshold: 0.4 }, 'p_other');
    expect(change).toMatchObject({ scoreColumn: 'p_other', threshold: null, roles: { p_other: 'score' } });
    expect(change.roles).not.toHaveProperty('p_bad');
    expect(withScoreColumn(chosen, null)).toEqual({ scoreColumn: null, threshold: null, pinned: null });
  });
});

describe('role fields', () => {
  it('offers only columns that could have the role, with the answer “none”', () => {
    const [target, id, amount, date] = roleFields(loans, chosen);
    expect(target).toMatchObject({ value: 'Status' });
    expect(target?.options.map((option) => option.id)).toEqual(['split', 'Status', 'Home']);
    expect(id?.value).toBe('row_id');
    expect(amount?.options.map((option) => option.id)).toContain('Age');
    expect(date).toMatchObject({ value: NONE, options: [{ id: NONE, label: 'none' }] });
  });

  it('splits by a column and its held-out value, or its first', () => {
    expect(splitOptions(loans, chosen).map((option) => option.id)).toEqual([NONE, 'split', 'Home']);
    expect(splitValueOptions(loans, 'split').map((option) => option.id)).toEqual(['train', 'test']);
    const none = { ...chosen, split: null, roles: {} };
    expect(withSplitColumn(none, loans, 'split')).toEqual({
      roles: { split: 'split' },
      split: { column: 'split', value: 'test' },
    });
    expect(withSplitColumn(none, loans, 'Home').split).toEqual({ column: 'Home', value: 'rent' });
    expect(withSplitColumn(none, loans, 'Nobody')).toEqual({ split: null });
  });
});

describe('readyScores', () => {
  const table = (...columns: readonly ColumnSummary[]) => ({ ...loans, columns });

  it('is the column that is named like scores or has the role, beside a model too', () => {
    expect(readyScores(loans, chosen)?.name).toBe('p_bad');
    expect(readyScores(table(number('score', 0.01, 0.99)), { ...initialChoices })?.name).toBe('score');
  });

  it('is not a mere number in [0, 1], nor scores that would have to be converted', () => {
    expect(readyScores(table(number('utilisation', 0, 1)), { ...initialChoices })).toBeNull();
    const points = { ...initialChoices, roles: { score: 'score' as const } };
    expect(readyScores(table(number('score', 300, 850)), points)).toBeNull();
  });
});

describe('visibleRows', () => {
  it('covers what is in sight and stays inside the rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 40_000 }), fc.nat(1000), fc.nat(800), (top, height, count) => {
        const { start, end } = visibleRows(top, height, 33, count);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(count);
        expect(start).toBeLessThanOrEqual(end);
        for (const y of [Math.max(top, 0), Math.max(top, 0) + height - 1]) {
          const row = Math.floor(y / 33);
          if (height > 0 && row < count) {
            expect(row).toBeGreaterThanOrEqual(start);
            expect(row).toBeLessThan(end);
          }
        }
      }),
    );
  });
});

describe('columnFacts', () => {
  const facts = (column: Parameters<typeof columnFacts>[0], rows: number) =>
    columnFacts(column, rows).map(({ name, value }) => `${name} ${plain(value)}`);

  it('gives a number column its range and quartiles', () => {
    expect(facts(number('Age', 0, 100), 100)).toEqual([
      'Distinct 90',
      'Smallest 0',
      'First quartile 25',
      'Median 50',
      'Third quartile 75',
      'Largest 100',
    ]);
  });

  it('gives a category its three most frequent values, and nothing where values were not counted', () => {
    expect(facts(category('Job', { a: 50, b: 30, c: 15, d: 5 }), 100)).toEqual([
      'Distinct 4',
      'Most frequent a: 50 (50.0 %) · b: 30 (30.0 %) · c: 15 (15.0 %)',
    ]);
    expect(facts(category('Note', {}, { distinct: 99 }), 100)).toEqual(['Distinct 99']);
  });
});

describe('what follows from a change', () => {
  const empty = { value: null, loading: null, error: null };
  const state = {
    ...useWorkspace.getState(),
    choices: chosen,
    table: { ...empty, value: loans },
    model: { ...empty, value: pipeline },
  };
  it('scores depend on table, model, mapping, roles and positive values, and on nothing else', () => {
    const key = scoringKey(state);
    const withChoices = (change: object) => scoringKey({ ...state, choices: { ...chosen, ...change } });
    expect(withChoices({ threshold: 0.3, split: null, scenario: null })).toBe(key);
    expect(withChoices({ roles: { ...chosen.roles, Age: 'ignore' } })).not.toBe(key);
    expect(withChoices({ target: { column: 'Status', positive: ['good'], excluded: [] } })).not.toBe(key);
    expect(withChoices({ target: { column: 'Status', positive: ['bad'], excluded: ['unknown'] } })).toBe(key);
    expect(withChoices({ mapping: { columnOf: { Age: 'Amount' }, order: null } })).not.toBe(key);
    expect(withChoices({ scoreColumn: 'p_bad' })).toBeNull();
    expect(scoringKey({ ...state, model: empty })).toBeNull();
  });

  it('the same model is asked again when a column is read anew or given a role, not for another target', () => {
    const key = scoringKey(state);
    const other = (change: Partial<WorkspaceState>) =>
      isSameModelRun(key, scoringKey({ ...state, ...change }));
    const table = (id: string) => ({ ...empty, value: { ...loans, id } });
    expect(other({ table: table(`${loans.id}+12`) })).toBe(true);
    expect(other({ table: table('ff'.repeat(32)) })).toBe(false);
    expect(other({ choices: { ...chosen, roles: { ...chosen.roles, Age: 'ignore' } } })).toBe(true);
    expect(
      other({ choices: { ...chosen, target: { column: 'Home', positive: ['rent'], excluded: [] } } }),
    ).toBe(false);
    expect(other({ model: empty })).toBe(false);
    expect(isSameModelRun(null, key)).toBe(false);
  });
});

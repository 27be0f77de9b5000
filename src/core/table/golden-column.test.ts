import { describe, expect, it } from 'vitest';
import { goldenColumnOf, scoreLikeColumns } from './golden-column.ts';
import type { ColumnSummary } from './summary.ts';

const column = (name: string, change: Partial<ColumnSummary> = {}): ColumnSummary => ({
  name,
  kind: 'number',
  missing: 0,
  unparsable: 0,
  distinct: 100,
  min: 0.01,
  median: 0.2,
  max: 0.99,
  quartiles: null,
  missingTokens: [],
  reading: {},
  topValues: [],
  histogram: null,
  guessedRole: null,
  ...change,
});
const none: ReadonlySet<string> = new Set();

describe('goldenColumnOf', () => {
  it.each(['score', 'model_score', 'probability', 'prob', 'prediction', 'pd'])(
    'takes %s by its name',
    (name) => {
      expect(goldenColumnOf([column('Income'), column(name)], {}, none)).toBe(name);
    },
  );

  it('takes the column with the role before one with the name', () => {
    const columns = [column('score'), column('p')];
    expect(goldenColumnOf(columns, { p: 'score' }, none)).toBe('p');
    expect(goldenColumnOf(columns, {}, none)).toBe('score');
  });

  it.each([
    ['is no share', column('score', { max: 850 })],
    ['falls below 0', column('score', { min: -0.1 })],
    ['holds two values', column('score', { distinct: 2 })],
    ['holds no number', column('score', { kind: 'category', min: null, max: null })],
    ['has another name', column('utilisation')],
  ])('leaves out one that %s', (_why, only) => {
    expect(goldenColumnOf([only], {}, none)).toBeNull();
  });

  it('leaves out what feeds the model and what has another role', () => {
    expect(goldenColumnOf([column('score')], {}, new Set(['score']))).toBeNull();
    expect(goldenColumnOf([column('score')], { score: 'amount' }, none)).toBeNull();
    expect(goldenColumnOf([column('score')], { score: 'ignore' }, none)).toBe('score');
  });

  it('lists all that could be scores, whatever they are called', () => {
    const columns = [column('utilisation'), column('Income', { max: 1e5 }), column('score'), column('fed')];
    expect(scoreLikeColumns(columns, {}, new Set(['fed']))).toEqual(['utilisation', 'score']);
  });
});

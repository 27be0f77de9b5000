import { expect, it } from 'vitest';
import { explanationIdOf, type GroundOrigin, groundIdOf } from './explanation-id.ts';

const near = { kind: 'near-threshold', side: 'passed', threshold: Number.POSITIVE_INFINITY } as const;
const background = { rows: { kind: 'all' }, size: 100, seed: 1 } as const;
const origin: GroundOrigin = {
  modelId: 'm',
  baseId: 't',
  made: { a: '1', b: '2' },
  choices: { columnOf: { x: 'a', y: 'b' }, order: ['a', 'b'] },
  positiveValues: ['bad', 'worse'],
  choice: { method: 'auto', background },
  split: { column: 'split', value: 'test' },
  scoresId: 's',
  engine: 'e',
};
const withRows = (rows: GroundOrigin['choice']['background']['rows']): GroundOrigin => ({
  ...origin,
  choice: { method: 'auto', background: { ...background, rows } },
});

it('is the same for the same question, however it is put', async () => {
  const same = {
    ...origin,
    made: { b: '2', a: '1' },
    choices: { columnOf: { y: 'b', x: 'a' }, order: ['a', 'b'] },
    positiveValues: ['worse', 'bad'],
    // Scores count only where the background is near the threshold.
    scoresId: null,
  };
  expect(await groundIdOf(same)).toBe(await groundIdOf(origin));
  const cohort = { kind: 'cohort', column: 'a' } as const;
  expect(await groundIdOf(withRows({ ...cohort, values: ['1', '2'] }))).toBe(
    await groundIdOf(withRows({ ...cohort, values: ['2', '1'] })),
  );
});

it('is another for anything that may change a contribution', async () => {
  const others: GroundOrigin[] = [
    origin,
    { ...origin, modelId: 'n' },
    { ...origin, baseId: 'u' },
    { ...origin, made: { a: '1' } },
    { ...origin, choices: { ...origin.choices, order: ['b', 'a'] } },
    { ...origin, choices: { ...origin.choices, columnOf: {} } },
    { ...origin, positiveValues: ['bad'] },
    { ...origin, choice: { ...origin.choice, method: 'interventional' } },
    { ...origin, choice: { method: 'auto', background: { ...background, size: 200 } } },
    { ...origin, choice: { method: 'auto', background: { ...background, seed: 2 } } },
    withRows({ kind: 'cohort', column: 'a', values: ['1'] }),
    withRows(near),
    { ...withRows(near), scoresId: 'r' },
    withRows({ ...near, threshold: Number.NEGATIVE_INFINITY }),
    withRows({ ...near, side: 'flagged' }),
    { ...origin, split: null },
    { ...origin, engine: 'f' },
  ];
  const ids = await Promise.all(others.map(groundIdOf));
  expect(new Set(ids).size).toBe(others.length);
  expect(ids[0]).toMatch(/^[0-9a-f]{64}$/);
});

it('of a global explanation tells the rows that it speaks of', async () => {
  const { split } = origin;
  const over = (positive: readonly string[], column = 'y') =>
    ({ kind: 'judged', target: { column, positive, excluded: [] } }) as const;
  const ids = await Promise.all([
    explanationIdOf('g', { kind: 'all' }, split),
    explanationIdOf('h', { kind: 'all' }, split),
    explanationIdOf('g', over(['bad']), split),
    explanationIdOf('g', over(['bad']), null),
    explanationIdOf('g', over(['bad'], 'z'), split),
  ]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(await explanationIdOf('g', { kind: 'all' }, null)).toBe(ids[0]);
  expect(await explanationIdOf('g', over(['a', 'b']), split)).toBe(
    await explanationIdOf('g', over(['b', 'a']), split),
  );
});

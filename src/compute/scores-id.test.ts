import { describe, expect, it } from 'vitest';
import { type ScoresOrigin, scoresIdOf } from './scores-id.ts';

const origin: ScoresOrigin = {
  modelId: 'm',
  baseId: 't',
  made: { a: '1', b: '2' },
  choices: { columnOf: { a: 'x', b: 'y' }, order: ['a', 'b'] },
  positiveValues: ['bad', 'late'],
  engine: 'engine 1',
};

describe('scoresIdOf', () => {
  it('is a SHA-256 in hex', async () => {
    expect(await scoresIdOf(origin)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not depend on the order in which choices were made', async () => {
    const same: ScoresOrigin = {
      ...origin,
      made: { b: '2', a: '1' },
      choices: { columnOf: { b: 'y', a: 'x' }, order: ['a', 'b'] },
      positiveValues: ['late', 'bad'],
    };
    expect(await scoresIdOf(same)).toBe(await scoresIdOf(origin));
  });

  const changes: readonly Partial<ScoresOrigin>[] = [
    { modelId: 'm2' },
    { baseId: 't2' },
    { made: { a: '1' } },
    { made: { a: '2', b: '2' } },
    { choices: { ...origin.choices, order: ['b', 'a'] } },
    { choices: { ...origin.choices, columnOf: { a: 'x' } } },
    { positiveValues: ['bad'] },
    { engine: 'engine 2' },
  ];
  it.each(changes)('changes with %j', async (change) => {
    expect(await scoresIdOf({ ...origin, ...change })).not.toBe(await scoresIdOf(origin));
  });
});

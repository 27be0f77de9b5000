import { describe, expect, it } from 'vitest';
import type { MappingReport } from '../../core/model/mapping.ts';
import { idleScoring, initialChoices } from '../../state/workspace-store.ts';
import { unseenInScores, unseenText } from './unseen-text.ts';

const plain = (text: string | null): string | null => text?.replaceAll('\u00a0', ' ') ?? null;
const job = (...values: [string, number][]): MappingReport['unseen'][number] => ({
  feature: 'Job',
  column: 'job',
  values: values.map(([value, count]) => ({ value, count })),
});
const home = { ...job(['boat', 2]), feature: 'Home', column: 'home' };

describe('unseenText', () => {
  it.each([
    [
      'one value',
      [job(['Freelance ', 1024])],
      '1,024 rows hold values that the model does not know: Job = “Freelance ”.',
    ],
    ['one row', [job(['x', 1])], '1 row holds a value that the model does not know: Job = “x”.'],
    [
      'more values than are shown',
      [job(['a', 4], ['b', 3], ['c', 2], ['d', 1])],
      '10 rows hold values that the model does not know: Job = “a”, “b”, “c” and others.',
    ],
    [
      'two columns, whose rows may be the same',
      [job(['x', 1024]), home],
      '2 columns hold values that the model does not know: Job = “x” (1,024 rows); Home = “boat” (2 rows).',
    ],
    [
      'more columns than are shown',
      [home, home, home, home],
      '4 columns hold values that the model does not know: Home = “boat” (2 rows); Home = “boat” (2 rows); Home = “boat” (2 rows); and of 1 further column.',
    ],
  ])('%s', (_name, unseen, text) => {
    expect(plain(unseenText({ unseen, notices: [] }))).toBe(text);
  });

  it('counts the rows whose values are not listed', () => {
    const cut = { code: 'unseen-values-cut', message: '', column: 'job', count: 100 };
    expect(plain(unseenText({ unseen: [job(['a', 4])], notices: [cut] }))).toBe(
      '104 rows hold values that the model does not know: Job = “a” and others.',
    );
    expect(unseenText({ unseen: [], notices: [] })).toBeNull();
  });
});

it('is said of scores that the model made, and of no others', () => {
  const mapping = { unseen: [home], notices: [] } as unknown as MappingReport;
  const scored = { choices: initialChoices, scoring: { ...idleScoring, scoresId: 's' }, mapping };
  expect(unseenInScores(scored)).toContain('boat');
  expect(unseenInScores({ ...scored, scoring: idleScoring })).toBeNull();
  expect(unseenInScores({ ...scored, mapping: null })).toBeNull();
  expect(unseenInScores({ ...scored, choices: { ...initialChoices, scoreColumn: 'p' } })).toBeNull();
});

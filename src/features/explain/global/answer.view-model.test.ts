import { describe, expect, it } from 'vitest';
import { explanation, sampledExplanation } from '../sample.laws.ts';
import { type AnswerFacts, globalAnswer } from './answer.view-model.ts';
import { importanceView } from './importance.view-model.ts';

const facts: AnswerFacts = {
  view: importanceView(explanation),
  rowCount: 4454,
  totalRows: 4454,
  askedRows: 4454,
  state: 'done',
  over: 'all',
  split: null,
  features: explanation.plan.features,
  sampling: null,
};

const said = (change: Partial<AnswerFacts>): string =>
  globalAnswer({ ...facts, ...change })
    .map(({ text }) => text)
    .join('')
    .replaceAll('\u00A0', ' ');

const sized = (...sizes: number[]): AnswerFacts['view'] =>
  importanceView({ ...explanation, meanAbsolute: Float64Array.from(sizes) });

describe('globalAnswer', () => {
  it('the three features that move the score most, by how much, and their share', () => {
    expect(said({})).toBe(
      'Over all 4,454 rows, Income, Age and Time move the score most: by 0.600, 0.200 and 0.200 in log-odds on average, together 100.0 % of what all 4 features move it.',
    );
    expect(said({ view: sized(0.4, 0.3, 0.2, 0.1) })).toContain(
      'together 90.0 % of what all 4 features move it.',
    );
  });

  it('judged rows by their split, or by their label', () => {
    const judged = { over: 'judged', rowCount: 1336, totalRows: 1336, askedRows: 1336 } as const;
    expect(said({ ...judged, split: { column: 'split', value: 'test' } })).toMatch(
      /^Over the 1,336 test rows, /,
    );
    expect(said(judged)).toMatch(/^Over the 1,336 labelled rows, /);
  });

  it('a sample is called a sample, of what it is one', () => {
    const sample = { rowCount: 128, totalRows: 128 };
    expect(said(sample)).toMatch(/^Over a sample of 128 of all 4,454 rows, Income/);
    expect(
      said({ ...sample, over: 'judged', askedRows: 1336, split: { column: 's', value: 'test' } }),
    ).toMatch(/^Over a sample of 128 of the 1,336 test rows, /);
    expect(said({ ...sample, rowCount: 16, state: 'running' })).toMatch(
      /^So far, over 16 of 128 sampled rows, /,
    );
  });

  it('a part is called a part, with its rows', () => {
    const part = { rowCount: 1000 };
    expect(said({ ...part, state: 'running' })).toMatch(/^So far, over 1,000 of 4,454 rows, Income/);
    expect(said({ ...part, state: 'cancelled' })).toMatch(
      /^Over 1,000 of 4,454 rows, where it was cancelled, /,
    );
    expect(said({ ...part, state: 'failed' })).toMatch(/^Over 1,000 of 4,454 rows, where it stopped, /);
  });

  it('names no feature that has no say', () => {
    expect(said({ view: sized(0, 0.5, 0, 0.25) })).toContain(
      'Income and Time move the score most: by 0.500 and 0.250',
    );
    expect(said({ view: sized(0, 0, 0.5, 0) })).toBe(
      'Over all 4,454 rows, Home alone moves the score: by 0.500 in log-odds on average.',
    );
    expect(said({ view: sized(0, 0, 0, 0) })).toBe(
      'Over all 4,454 rows, no feature moves the score: every contribution is 0.',
    );
  });

  it('says that a sampled answer is an estimate, and what it is counted in', () => {
    const { sampling } = sampledExplanation;
    const view = importanceView(sampledExplanation);
    expect(said({ view, sampling })).toMatch(
      / in the score on average, .* An estimate, for Income ± 0\.02; the order of Age and Time is open\.$/,
    );
    expect(said({ view, sampling: { ...sampling!, open: null } })).toMatch(/ for Income ± 0\.02\.$/);
    const part = { ...sampling!, end: 'unfinished', open: null } as const;
    expect(said({ sampling: part })).toMatch(/ An estimate by sampling\.$/);
  });
});

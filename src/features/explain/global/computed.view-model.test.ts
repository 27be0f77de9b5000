import { describe, expect, it } from 'vitest';
import { explanation, plan, sampledExplanation } from '../sample.laws.ts';
import { type ComputedFacts, computedCaption, computedLines } from './computed.view-model.ts';

const facts: ComputedFacts = {
  ...explanation,
  rowsPerSecond: 1_234_567,
  isRestored: false,
  threshold: '0.236',
  notices: [],
};
const plain = (text: string): string => text.replaceAll('\u00A0', ' ').replaceAll('\u2212', '-');
const withPlan = (change: Partial<typeof plan>): ComputedFacts => ({
  ...facts,
  plan: { ...plan, ...change },
});
const caption = (change: Partial<typeof plan>): string => plain(computedCaption(withPlan(change)));
const line = (of: ComputedFacts, name: string): string | undefined => {
  const value = computedLines(of).find((one) => one.name === name)?.value;
  return value === undefined ? undefined : plain(value);
};
const against = (rows: NonNullable<typeof plan.background>['choice']['rows']) =>
  ({
    method: 'tree-interventional',
    covers: null,
    background: { rows: 500, choice: { rows, size: 500, seed: 1 } },
  }) as const;

describe('computedCaption', () => {
  it('method, exactness, what stands for a missing feature, rows', () => {
    expect(caption({})).toBe(
      'Exact path-dependent SHAP of trees; covers from the model; 4,454 explained rows',
    );
    expect(caption({ covers: { source: 'reference-rows', rows: 3118 } })).toContain(
      'covers from 3,118 reference rows',
    );
    expect(caption(against({ kind: 'all' }))).toBe(
      'Exact interventional SHAP of trees; background of 500 rows of all reference rows; 4,454 explained rows',
    );
  });

  it('a background in words', () => {
    expect(caption(against({ kind: 'near-threshold', side: 'passed', threshold: 0.23612 }))).toContain(
      '500 rows just passed, score below 0.236;',
    );
    expect(caption(against({ kind: 'near-threshold', side: 'flagged', threshold: 0.23612 }))).toContain(
      '500 rows just flagged, score at or above 0.236;',
    );
    expect(caption(against({ kind: 'cohort', column: 'Home', values: ['rent', 'own', 'other'] }))).toContain(
      '500 rows with Home rent, own or other;',
    );
    expect(caption(against({ kind: 'cohort', column: 'Home', values: [...'abcde'] }))).toContain(
      'with Home one of 5 values;',
    );
  });

  it('sampling with its errors', () => {
    const background = against({ kind: 'all' }).background;
    const shown = { ...facts, ...sampledExplanation, plan: { ...sampledExplanation.plan, background } };
    expect(plain(computedCaption(shown))).toBe(
      'Sampled SHAP; background of 500 rows of all reference rows; 128 explained rows; ± one standard error',
    );
  });
});

describe('computedLines', () => {
  it('why sampling ended, and which order it left open', () => {
    const exactness = (change: Partial<NonNullable<typeof sampledExplanation.sampling>>) => {
      const sampling = { ...sampledExplanation.sampling!, ...change };
      return line({ ...facts, ...sampledExplanation, sampling }, 'Exactness');
    };
    expect(line(facts, 'Exactness')).toBe('exact but for rounding');
    expect(exactness({ open: null })).toBe(
      'sampled: the order of the top five settled after 437,856 predictions',
    );
    expect(exactness({})).toBe(
      'sampled: the order of the top five settled after 437,856 predictions on the explained rows; over all rows the order of Age and Time is open',
    );
    expect(exactness({ end: 'budget' })).toBe(
      'sampled: stopped at the budget, 437,856 predictions; the order of Age and Time is open',
    );
    expect(exactness({ end: 'unfinished' })).toBe('sampled: 437,856 predictions so far');
    expect(exactness({ end: 'enumerated', open: null, predictions: 16 })).toBe(
      'exact on the explained rows: all coalitions were asked, 16 predictions',
    );
  });

  it('covers or background, never both', () => {
    expect(line(facts, 'Covers')).toBe('from the model');
    expect(line(facts, 'Background')).toBeUndefined();
    expect(line(withPlan(against({ kind: 'all' })), 'Covers')).toBeUndefined();
    expect(line(withPlan({ covers: { source: 'model', kind: 'hessian' } }), 'Covers')).toBe(
      'from the model, sums of hessians',
    );
  });

  it('space, class and base value', () => {
    expect(line(facts, 'Space')).toBe('log-odds, before the link');
    expect(line(withPlan({ isLogOdds: false }), 'Space')).toBe('margin, before the link');
    expect(line(withPlan({ space: 'score' }), 'Space')).toBe('score, as the model returns it');
    expect(line(facts, 'Positive class')).toBe('bad');
    expect(line(withPlan({ className: null }), 'Positive class')).toBeUndefined();
    expect(line(facts, 'Base value')).toBe('-1.25 log-odds');
    for (const plan of [{ isLogOdds: false }, { space: 'score' }] as const)
      expect(line(withPlan(plan), 'Base value')).toBe('-1.25');
  });

  it('error and speed as they were measured', () => {
    const error = (maxAdditivityError: number) =>
      line({ ...facts, maxAdditivityError }, 'Largest additivity error');
    expect([error(3.55e-15), error(0), error(0.02)]).toEqual(['3.6e-15', '0', '0.02']);
    expect(line(facts, 'Speed')).toBe('1.23 M rows/s');
    expect(line({ ...facts, rowsPerSecond: null }, 'Speed')).toBeUndefined();
    expect(line({ ...facts, rowsPerSecond: null, isRestored: true }, 'Speed')).toMatch(
      /^kept by this browser/,
    );
  });
});

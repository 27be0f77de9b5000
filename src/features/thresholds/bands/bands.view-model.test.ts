import { describe, expect, it } from 'vitest';
import type { BandsAnswer } from '../../../core/money/bands.ts';
import { defaultScenario } from '../../../core/money/scenario-templates.ts';
import {
  bandRows,
  bandsAdvice,
  bandsSentence,
  bandsTotal,
  bandsTwin,
  cutOffText,
  finiteCutOff,
  withCutOff,
} from './bands.view-model.ts';

const lending = defaultScenario('lending', 'Amount');
const answer: BandsAnswer = {
  design: {
    low: 0.12,
    high: 0.7125,
    reviewCost: 50,
    sensitivity: 0.9,
    specificity: 0.9,
    declineCost: 0,
    capacity: 100,
  },
  bands: [
    {
      band: 'approve',
      rows: 700,
      share: 0.7,
      positives: 35,
      positiveRate: 0.05,
      rateInterval: [0.036, 0.07],
      net: 0,
    },
    {
      band: 'refer',
      rows: 300,
      share: 0.3,
      positives: 90,
      positiveRate: 0.3,
      rateInterval: [0.25, 0.354],
      net: 20000,
    },
    { band: 'decline', rows: 0, share: 0, positives: 0, positiveRate: NaN, rateInterval: [NaN, NaN], net: 0 },
  ],
  net: 20000,
  netInterval: [15000, 25000],
  reviews: 300,
  overCapacity: 200,
  single: { threshold: 0.2, net: 18000 },
  best: { low: 0.3, high: Infinity, net: 15500 },
};
const textOf = (parts: readonly { readonly text: string }[]) =>
  parts
    .map(({ text }) => text)
    .join('')
    .replaceAll('\u00A0', ' ');

describe('words of the bands', () => {
  it('speaks of one row in the singular', () => {
    const [approve, refer, decline] = answer.bands;
    const one = { ...answer, bands: [approve!, { ...refer!, rows: 1 }, decline!] };
    const text = bandsSentence(one, lending).map((part) => part.text);
    expect(text).toContain('1 applicant');
  });

  it('the sentence says cut-offs, reviews, money and the single threshold beside it', () => {
    expect(textOf(bandsSentence(answer, lending))).toBe(
      'Approving below 0.120 and declining from 0.7125 leaves 300 applicants (30.0 %) for review. Net value 20.0 k on these ' +
        'rows (95 %: 15.0 to 25.0 k), 2.00 k more than the best single threshold, 0.200, which takes every review to be right.',
    );
  });

  it('nobody declined, everybody approved, no single threshold that pays', () => {
    const open = { ...answer, design: { ...answer.design, high: Infinity }, single: null };
    expect(textOf(bandsSentence(open, lending))).toMatch(
      /^Approving below 0\.120 and declining nobody leaves .* where one threshold would flag nobody\.$/,
    );
    const none = { ...answer, design: { ...answer.design, low: Infinity, high: Infinity } };
    expect(textOf(bandsSentence(none, lending))).toMatch(/^Approving everybody leaves /);
  });

  it('over capacity is said with what would do; else better cut-offs, or nothing', () => {
    const plain = (text: string | null) => text?.replaceAll('\u00A0', ' ');
    expect(plain(bandsAdvice(answer, lending))).toBe(
      '300 reviews are 200 more than the 100 that can be done. The best within that, 0.300 and no upper cut-off, brings 15.5 k.',
    );
    const within = { ...answer, overCapacity: 0, best: { low: 0.3, high: 0.6, net: 21000 } };
    expect(plain(bandsAdvice(within, lending))).toBe(
      'The best cut-offs on these rows, 0.300 and 0.600, bring 21.0 k.',
    );
    expect(bandsAdvice({ ...within, best: { ...within.best, net: 20000 } }, lending)).toBeNull();
  });

  it('rows and table: an empty band has no rate', () => {
    const [approve, refer, decline] = bandRows(answer, '');
    expect(approve).toMatchObject({
      scores: 'below 0.120, or no score',
      rows: '700',
      rateInterval: '[3.6, 7.0]',
    });
    expect(refer).toMatchObject({ scores: '0.120 to below 0.7125', rate: '30.0\u00A0%' });
    expect(decline).toMatchObject({ scores: 'from 0.7125', rate: '', rateInterval: '' });
    expect(bandsTotal(answer)).toBe('1,000');
    expect(bandsTwin(answer).columns.map(({ values }) => values.length)).toEqual([3, 3, 3, 3, 3, 3, 3, 3]);
  });

  it('cut-offs: their own digits, above every score where none reaches them, never past each other', () => {
    expect([0.4, 0.10625, Infinity].map(cutOffText)).toEqual(['0.400', '0.10625', 'above every score']);
    expect(finiteCutOff(Infinity, 0.9867, 3)).toBe(0.987);
    expect(finiteCutOff(Infinity, 1, 3)).toBe(1.001);
    expect(withCutOff(answer.design, 'low', 0.8)).toMatchObject({ low: 0.8, high: 0.8 });
    expect(withCutOff(answer.design, 'high', 0.1)).toMatchObject({ low: 0.1, high: 0.1 });
  });
});

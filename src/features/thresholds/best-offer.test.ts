import { describe, expect, it } from 'vitest';
import { fortyRows, judgedSample, sampleScenario } from '../../../fixtures/judged-sample.ts';
import { bestOffer } from './best-offer.ts';

const lending = judgedSample(fortyRows, { ...sampleScenario, currency: 'EUR' });

const scores = { highestScore: 0.99, histogram: { low: 0, high: 1, positives: [], negatives: [] } };

it('names the best threshold and what it brings more', () => {
  // At 0.525: 8,000; the best flags everybody: 11,000.
  expect(bestOffer(lending.answer, lending.at(0.525), scores)).toEqual({
    threshold: 0.025,
    label: 'Go to 0.025 (+3.00\u00A0k\u00A0EUR)',
  });
});

it('offers nothing at the best, and without a scenario', () => {
  expect(bestOffer(lending.answer, lending.at(0.01), scores)).toBeNull();
  const plain = judgedSample(fortyRows, null);
  expect(bestOffer(plain.answer, plain.at(0.525), scores)).toBeNull();
});

describe('where flagging nobody is best', () => {
  const dear = judgedSample(fortyRows, { ...sampleScenario, reviewCost: 2000 });

  it('offers the threshold above every score, and what it saves', () => {
    const at = dear.at(0.525);
    const offer = bestOffer(dear.answer, at, scores);
    expect(offer?.threshold).toBe(1);
    expect(offer?.label).toMatch(/^Flag nobody \(\+\d/);
    expect(at.money!.net).toBeLessThan(0);
  });

  it('stays above a score that stands at the end of the axis', () => {
    const offer = bestOffer(dear.answer, dear.at(0.525), { ...scores, highestScore: 1 });
    expect(offer?.threshold).toBe(1.000001);
  });

  it('offers nothing once nobody is flagged', () => {
    expect(bestOffer(dear.answer, dear.at(1.5), scores)).toBeNull();
  });
});

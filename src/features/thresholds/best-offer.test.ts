import { expect, it } from 'vitest';
import { fortyRows, judgedSample, sampleScenario } from '../../../fixtures/judged-sample.ts';
import { bestOffer } from './best-offer.ts';

const lending = judgedSample(fortyRows, { ...sampleScenario, currency: 'EUR' });

it('names the best threshold and what it brings more', () => {
  // At 0.525: 8,000; the best flags everybody: 11,000.
  expect(bestOffer(lending.answer, lending.at(0.525))).toEqual({
    threshold: 0.025,
    label: 'Go to 0.025 (+3.00\u00A0k\u00A0EUR)',
  });
});

it('offers nothing at the best, without a scenario, and where flagging nobody is best', () => {
  expect(bestOffer(lending.answer, lending.at(0.01))).toBeNull();
  const plain = judgedSample(fortyRows, null);
  expect(bestOffer(plain.answer, plain.at(0.525))).toBeNull();
  const dear = judgedSample(fortyRows, { ...sampleScenario, reviewCost: 2000 });
  expect(bestOffer(dear.answer, dear.at(0.525))).toBeNull();
});

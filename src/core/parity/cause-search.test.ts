import { expect, it } from 'vitest';
import { drain, type Sliced } from '../sliced.ts';
import type { CauseSample, Fit, SampledForm } from './cause-sample.ts';
import { betterWay, causeOf, type Finding } from './cause-search.ts';

const form = (name: string): SampledForm => ({
  name,
  precision: 'float64',
  scores: new Float64Array(),
  trees: null,
});
const sample: CauseSample = {
  left: form('left'),
  right: form('right'),
  isDiffering: new Uint8Array(),
  tolerance: 0,
};

/** What is found when putting the left form right fits so, and the right one so. */
function found(left: Fit | null, right: Fit | null): string | undefined {
  const causes = drain(
    betterWay(sample, function* ({ own, other }): Sliced<Finding | null> {
      yield { done: 0, total: 1 };
      const fit = own.name === 'left' ? left : right;
      if (fit === null) return null;
      const words = { code: 'unknown', explanation: `${own.name} to ${other.name}`, advice: '' } as const;
      return { fit, causes: [causeOf(words, fit)] };
    }),
  );
  return causes?.[0]?.explanation;
}

it('tries both ways and keeps the one that explains more, then the one that leaves less', () => {
  const made = (explained: number, residual: number): Fit => ({ explained, residual, broken: 0 });
  expect(found(null, null)).toBeUndefined();
  expect(found(made(1, 0), null)).toBe('left to right');
  expect(found(null, made(1, 0))).toBe('right to left');
  expect(found(made(1, 2e-7), made(0.995, 1e-7))).toBe('left to right');
  expect(found(made(0.995, 1e-7), made(1, 2e-7))).toBe('right to left');
  expect(found(made(1, 2e-7), made(1, 1e-7))).toBe('right to left');
  expect(found(made(1, 1e-7), made(1, 2e-7))).toBe('left to right');
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flaggedThresholds, rankScores } from './ranked-scores.ts';
import { stepThreshold } from './step.ts';

const rank = (scores: readonly number[]) =>
  rankScores(Float64Array.from(scores), new Uint8Array(scores.length));
const flaggedBy = (scores: readonly number[], threshold: number) =>
  scores.filter((s) => s >= threshold).length;

describe('a step of the threshold', () => {
  const scores = [0.9, 0.7, 0.7, 0.4, 0.1];
  const ranked = rank(scores);

  it.each([
    // from, direction, to
    [0.7, -1, 0.4],
    [0.7, 1, 0.9],
    // Between observed scores: 0.5 flags the same rows as 0.7, so up goes past 0.7.
    [0.5, 1, 0.9],
    [0.5, -1, 0.4],
    [0.1, -1, 0.1],
    [0.05, -1, 0.1],
    [0.05, 1, 0.4],
    [0.9, 1, 0.9],
    [0.95, -1, 0.9],
    [0.95, 1, 0.9],
  ] as const)('decision: from %f by %i to %f', (from, direction, to) => {
    expect(stepThreshold(ranked, from, direction, 'decision')).toBe(to);
  });

  it('percent: at least 1 % of the rows change side, and no fewer would do', () => {
    const many = Array.from({ length: 1000 }, (_, row) => Math.floor(row / 4) / 250);
    const judged = rank(many);
    const down = stepThreshold(judged, 0.5, -1, 'percent');
    const up = stepThreshold(judged, 0.5, 1, 'percent');
    // Four rows share each score: three scores, twelve rows, are the first to make ten.
    expect(flaggedBy(many, down) - flaggedBy(many, 0.5)).toBe(12);
    expect(flaggedBy(many, 0.5) - flaggedBy(many, up)).toBe(12);
  });

  it('law: the nearest observed score that changes enough rows, else the end', () => {
    const level = fc.integer({ min: 0, max: 40 }).map((step) => step / 40);
    fc.assert(
      fc.property(
        fc.array(level, { minLength: 1, maxLength: 400 }),
        level,
        fc.constantFrom(1 as const, -1 as const),
        fc.constantFrom('decision' as const, 'percent' as const),
        (values, from, direction, size) => {
          const judged = rank(values);
          const needed = size === 'decision' ? 1 : Math.max(1, 0.01 * values.length);
          const before = flaggedBy(values, from);
          const falling = [...judged.threshold];
          const reached =
            direction === -1
              ? falling.find((t) => flaggedBy(values, t) - before >= needed)
              : falling.findLast((t) => before - flaggedBy(values, t) >= needed);
          const end = direction === -1 ? falling.at(-1) : falling[0];
          expect(stepThreshold(judged, from, direction, size)).toBe(reached ?? end);
        },
      ),
    );
  });

  it('has nowhere to go without scores, and refuses NaN', () => {
    expect(stepThreshold(rank([NaN]), 0.5, 1, 'decision')).toBeNaN();
    expect(() => stepThreshold(ranked, NaN, 1, 'decision')).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
    expect(flaggedThresholds(ranked, 0.7)).toBe(2);
  });
});

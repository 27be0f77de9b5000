import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgedSample, sampleParameters } from '../../../../fixtures/judged-sample.ts';
import { type MappedThreshold, mappedThreshold, type ThresholdQuestions } from './mapped-threshold.ts';

const runs = process.env.CUTLINE_LANE === 'slow' ? 1000 : 60;

/** Judges rows with these scores, half of them positive, by the functions that the workers run. */
function judged(scores: readonly number[], capacity = 1) {
  const rows = scores.map((score, i) => ({ score, positive: i % 2 === 0 }));
  return judgedSample(rows, null, { ...sampleParameters, capacity, capacityPer: 'rows' });
}

/** Carries a threshold from some scores to others of the same rows. */
function carry(
  raw: readonly number[],
  recalibrated: readonly number[],
  threshold: number,
): Promise<MappedThreshold> {
  const scoresOf = (id: string) => (id === 'raw' ? raw : recalibrated);
  const ask: ThresholdQuestions = {
    at: async (id, at) => judged(scoresOf(id)).at(at),
    flaggingAtMost: async (id, rows) => {
      const { strategies } = judged(scoresOf(id), rows).answer;
      return strategies.find(({ rule }) => rule === 'capacity')?.decision ?? null;
    },
  };
  const after = { id: 'recalibrated', highestScore: Math.max(...recalibrated) };
  return mappedThreshold('raw', after, threshold, ask);
}

const raw = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];

describe('mappedThreshold', () => {
  it('flags the same rows where no two are tied across it', async () => {
    const logistic = raw.map((score) => 1 / (1 + Math.exp(-5 * (score - 0.5))));
    expect(await carry(raw, logistic, 0.35)).toEqual({
      threshold: logistic[3],
      flaggedBefore: 3,
      flaggedAfter: 3,
    });
  });

  it('takes the nearest count where a step ties rows across it, of two equally near the smaller', async () => {
    const step = [0, 0.25, 0.25, 0.25, 0.8, 0.9];
    expect(await carry(raw, step, 0.35)).toEqual({ threshold: 0.8, flaggedBefore: 3, flaggedAfter: 2 });
    expect(await carry(raw, step, 0.25)).toEqual({ threshold: 0.25, flaggedBefore: 4, flaggedAfter: 5 });
    const even = [0, 0.25, 0.25, 0.8, 0.9, 0.9];
    expect(await carry(raw, even, 0.25)).toMatchObject({ flaggedBefore: 4, flaggedAfter: 3 });
  });

  it('flags nobody or everybody when that was so', async () => {
    const step = [0.3, 0.3, 0.3, 1, 1, 1];
    expect(await carry(raw, step, 0.7)).toEqual({ threshold: 1 + 1e-6, flaggedBefore: 0, flaggedAfter: 0 });
    expect(await carry(raw, step, 0.05)).toEqual({ threshold: 0.3, flaggedBefore: 6, flaggedAfter: 6 });
  });

  it('chooses between all and nobody when all scores have become one', async () => {
    const one = raw.map(() => 0.4);
    expect(await carry(raw, one, 0.25)).toMatchObject({ threshold: 0.4, flaggedAfter: 6 });
    expect(await carry(raw, one, 0.55)).toMatchObject({ flaggedBefore: 1, flaggedAfter: 0 });
  });

  it('law: no other threshold comes nearer to the rows that were flagged', async () => {
    const scores = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 10 });
    const rising = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 13, maxLength: 13 });
    await fc.assert(
      fc.asyncProperty(scores, rising, fc.integer({ min: 0, max: 13 }), async (before, steps, at) => {
        const map = steps.map((_, i) => steps.slice(0, i + 1).reduce((sum, step) => sum + step) / 26);
        const after = before.map((score) => map[score]!);
        const { threshold, flaggedBefore, flaggedAfter } = await carry(before, after, at);
        const flagged = (of: readonly number[], from: number) => of.filter((score) => score >= from).length;
        expect(flaggedBefore).toBe(flagged(before, at));
        expect(flaggedAfter).toBe(flagged(after, threshold));
        const reachable = [...after, Number.POSITIVE_INFINITY].map((from) => flagged(after, from));
        const least = Math.min(...reachable.map((count) => Math.abs(count - flaggedBefore)));
        expect(Math.abs(flaggedAfter - flaggedBefore)).toBe(least);
      }),
      { numRuns: runs },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drain, inSlices, SLICE_ROWS, stage } from '../sliced.ts';
import { flaggedThresholds, rankScores, rankScoresSliced } from './ranked-scores.ts';

const rank = (
  scores: readonly number[],
  labels: readonly number[],
  amounts: readonly number[] | null = null,
) =>
  rankScores(
    Float64Array.from(scores),
    Uint8Array.from(labels),
    amounts === null ? [] : [Float64Array.from(amounts)],
  );

describe('ranked scores', () => {
  it('by hand: ties, rows without a score, missing amounts', () => {
    const ranked = rank(
      [0.2, 0.9, NaN, 0.9, 0.5, NaN, 0.5],
      [0, 1, 1, 0, 1, 0, 1],
      [10, 20, 30, 40, NaN, 60, Infinity],
    );
    expect(ranked).toEqual({
      rows: 7,
      positives: 4,
      negatives: 3,
      unscoredPositives: 1,
      unscoredNegatives: 1,
      threshold: Float64Array.of(0.9, 0.5, 0.2),
      tp: Uint32Array.of(1, 3, 3),
      fp: Uint32Array.of(1, 1, 2),
      amounts: [
        {
          positive: Float64Array.of(20, 20, 20),
          positiveSquared: Float64Array.of(400, 400, 400),
          negative: Float64Array.of(40, 40, 50),
          negativeSquared: Float64Array.of(1600, 1600, 1700),
          totalPositive: 50,
          totalPositiveSquared: 1300,
          totalNegative: 110,
          totalNegativeSquared: 5300,
          missing: 2,
        },
      ],
    });
  });

  it('sums each amount column by itself', () => {
    const [scores, labels] = [Float64Array.of(0.2, 0.9, 0.9), Uint8Array.of(1, 1, 0)];
    const columns = [Float64Array.of(1, 2, 4), Float64Array.of(Number.NaN, 20, 40)];
    const both = rankScores(scores, labels, columns);
    expect(both.amounts).toEqual(columns.map((column) => rankScores(scores, labels, [column]).amounts[0]));
    expect(both.amounts).toMatchObject([
      { positive: Float64Array.of(2, 3), negative: Float64Array.of(4, 4), missing: 0 },
      { positive: Float64Array.of(20, 20), negative: Float64Array.of(40, 40), missing: 1 },
    ]);
  });

  it('no rows, and no scores', () => {
    expect(rank([], [])).toMatchObject({
      rows: 0,
      positives: 0,
      threshold: new Float64Array(0),
      amounts: [],
    });
    const unscored = rank([NaN, NaN], [1, 0], [5, 7]);
    expect(unscored).toMatchObject({ rows: 2, unscoredPositives: 1, unscoredNegatives: 1 });
    expect(unscored.threshold).toHaveLength(0);
    expect(unscored.amounts).toMatchObject([{ totalPositive: 5, totalNegative: 7 }]);
  });

  it('all scores equal are one threshold; -0 is 0', () => {
    expect(rank([0, -0, 0], [1, 0, 1]).threshold).toEqual(Float64Array.of(0));
  });

  it('refuses columns of different lengths', () => {
    const refusal = expect.objectContaining({ name: 'DataError', code: 'shape-mismatch' });
    expect(() => rank([0.1, 0.2], [1])).toThrow(refusal);
    expect(() => rank([0.1, 0.2], [1, 0], [3])).toThrow(refusal);
  });

  it('sums of amounts do not drift: a million tenths are 100,000', () => {
    const count = 1_000_000;
    const scores = new Float64Array(count).map((_, row) => (row % 7) / 7);
    const ranked = rankScores(scores, new Uint8Array(count).fill(1), [new Float64Array(count).fill(0.1)]);
    expect(ranked.amounts[0]!.positive.at(-1)).toBe(100_000);
    expect(ranked.amounts[0]!.totalPositive).toBe(100_000);
  });

  it('over many slices: rising progress, the same answer as one loop over the rows', () => {
    const count = SLICE_ROWS + 12_345;
    const scores = new Float64Array(count);
    const labels = new Uint8Array(count);
    const amounts = new Float64Array(count);
    const levels = 500;
    const plain = {
      tp: new Uint32Array(levels),
      fp: new Uint32Array(levels),
      amount: new Float64Array(levels),
    };
    for (let row = 0; row < count; row++) {
      const mixed = Math.imul(row + 1, 0x9e3779b1) >>> 0;
      const level = mixed % levels;
      scores[row] = (level + 1) / levels;
      labels[row] = (mixed >>> 16) & 1;
      amounts[row] = mixed % 977;
      const rank = levels - 1 - level;
      plain[labels[row] === 1 ? 'tp' : 'fp'][rank]! += 1;
      if (labels[row] === 1) plain.amount[rank]! += amounts[row]!;
    }
    for (const counts of [plain.tp, plain.fp, plain.amount]) {
      for (let rank = 1; rank < levels; rank++) counts[rank]! += counts[rank - 1]!;
    }
    const sliced = rankScoresSliced(scores, labels, [amounts]);
    let last = 0;
    let step = sliced.next();
    for (; step.done !== true; step = sliced.next()) {
      expect(step.value.done).toBeGreaterThanOrEqual(last);
      expect(step.value.done).toBeLessThanOrEqual(count);
      last = step.value.done;
    }
    expect(step.value.threshold).toHaveLength(levels);
    expect(step.value.tp).toEqual(plain.tp);
    expect(step.value.fp).toEqual(plain.fp);
    expect(step.value.amounts[0]!.positive).toEqual(plain.amount);
  });
});

describe('how many distinct scores are flagged', () => {
  const ranked = rank([0.9, 0.5, 0.2], [1, 0, 1]);

  it.each([
    [0.95, 0],
    [Infinity, 0],
    [0.9, 1],
    [0.50001, 1],
    [0.5, 2],
    [0.1, 3],
    [-Infinity, 3],
  ])('at %f: %i', (threshold, count) => {
    expect(flaggedThresholds(ranked, threshold)).toBe(count);
  });

  it('refuses NaN', () => {
    expect(() => flaggedThresholds(ranked, NaN)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });
});

describe('sliced work', () => {
  it('law: slices cover every row once, in order, and a stage maps them onto its part', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 * SLICE_ROWS }), (rowCount) => {
        const seen: number[] = [];
        const part = stage(
          inSlices(rowCount, (start, end) => seen.push(start, end)),
          100,
          200,
          300,
        );
        let last = 100;
        for (const { done, total } of part) {
          expect(total).toBe(300);
          expect(done).toBeGreaterThanOrEqual(last);
          last = done;
        }
        expect(last).toBe(rowCount === 0 ? 100 : 200);
        expect(seen.filter((_, i) => i % 2 === 0)).toEqual(
          [0, ...seen.filter((_, i) => i % 2 === 1)].slice(0, seen.length / 2),
        );
        expect(seen.at(-1) ?? 0).toBe(rowCount);
      }),
    );
  });

  it('drain gives the result and lets errors through', () => {
    expect(
      drain(
        stage(
          inSlices(3, () => undefined),
          0,
          1,
          1,
        ),
      ),
    ).toBeUndefined();
    const fails = inSlices(3, () => {
      throw new RangeError('kernel');
    });
    expect(() => drain(fails)).toThrow(RangeError);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drain } from '../sliced.ts';
import { compareScoresSliced, type ScoreComparison } from './compare-scores.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 2000 : 100;
const { NaN: none } = Number;

function compare(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  threshold: number | null = null,
): ScoreComparison {
  const form = (name: string, scores: ArrayLike<number>) => ({
    name,
    scores: Float64Array.from(scores),
    precision: 'float64' as const,
    trees: null,
  });
  return drain(compareScoresSliced(form('a', left), form('b', right), threshold));
}

/** What is left when which rows are shown, and which of equal rows come first, does not matter. */
function figuresOf({ points, worst, maxRow, ...figures }: ScoreComparison) {
  return { ...figures, worst: worst.map(({ left, right }) => Math.abs(left - right)) };
}

const score = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 12 }).map((level) => level / 12) },
  { weight: 1, arbitrary: fc.constant(none) },
);
const rows = fc.array(fc.tuple(score, score), { maxLength: 60 });
const columns = (pairs: readonly (readonly [number, number])[]) =>
  [pairs.map(([a]) => a), pairs.map(([, b]) => b)] as const;

describe('compareScoresSliced', () => {
  it('counts by hand', () => {
    const left = [0.1, 0.5, 0.9, none, 0.4, none];
    const right = [0.1, 0.3, 0.9, 0.2, 0.6, none];
    const { points, ...figures } = compare(left, right, 0.5);
    expect(figures).toEqual({
      left: 'a',
      right: 'b',
      rows: 4,
      scoredInOne: 1,
      tolerance: 1e-9,
      toleranceReason: 'Both sides are in double precision, good for about 1e-9.',
      maxDifference: 0.2,
      maxRow: 1,
      meanAbsoluteDifference: (0.2 + (0.6 - 0.4)) / 4,
      differing: 2,
      decisions: { threshold: 0.5, leftOnly: 1, rightOnly: 1 },
      verdict: 'differ',
      worst: [
        { row: 1, left: 0.5, right: 0.3 },
        { row: 4, left: 0.4, right: 0.6 },
      ],
    });
    expect([...points.rows]).toEqual([0, 1, 2, 4]);
    expect([...points.left]).toEqual([0.1, 0.5, 0.9, 0.4]);
    expect([...points.right]).toEqual([0.1, 0.3, 0.9, 0.6]);
  });

  it('calls scores within the tolerance equal, and still says how far they are apart', () => {
    const comparison = compare([0.5], [0.5 + 5e-10], 0.5000000001);
    expect(comparison).toMatchObject({ verdict: 'equal', differing: 0 });
    expect(comparison.maxDifference).toBeGreaterThan(0);
    // A threshold between two equal scores still decides them apart.
    expect(comparison.decisions).toMatchObject({ leftOnly: 0, rightOnly: 1 });
  });

  it('has nothing to say of columns without common rows', () => {
    const comparison = compare([none, 0.2], [0.1, none], 0.5);
    expect(comparison).toMatchObject({ rows: 0, scoredInOne: 2, maxRow: -1, verdict: 'equal', worst: [] });
    expect([comparison.maxDifference, comparison.meanAbsoluteDifference]).toEqual([none, none]);
    expect(compare([], []).rows).toBe(0);
  });

  it('takes equal infinities for equal, and others for infinitely far', () => {
    const { POSITIVE_INFINITY: infinity } = Number;
    expect(compare([infinity], [infinity]).maxDifference).toBe(0);
    expect(compare([infinity], [-infinity])).toMatchObject({ maxDifference: infinity, differing: 1 });
  });

  it('lists the 20 worst rows, the largest first, of equal ones the earlier row', () => {
    const differences = Array.from({ length: 100 }, (_, row) => (row * 37) % 50);
    const { worst, maxRow } = compare(
      differences.map(() => 0),
      differences,
    );
    const expected = differences
      .map((difference, row) => ({ row, difference }))
      .sort((a, b) => b.difference - a.difference || a.row - b.row)
      .slice(0, 20);
    expect(worst.map(({ row }) => row)).toEqual(expected.map(({ row }) => row));
    expect(maxRow).toBe(expected[0]!.row);
  });

  it('shows rows of every kind, small kinds whole, and the worst, in 2,000 points', () => {
    const count = 300_000;
    const left = Float64Array.from({ length: count }, (_, row) => ((row * 7919) % 1000) / 1000);
    // 5 rows decided apart, 100,000 apart but decided alike, the rest equal.
    const right = left.map((value, row) =>
      row % 60_000 === 7 ? 1 - value + 0.001 : row % 3 === 0 ? value * 0.999 : value,
    );
    const comparison = compare(left, right, 0.5);
    const { points, decisions, worst } = comparison;
    const shown = [...points.rows];
    const isApart = (row: number) => left[row]! >= 0.5 !== right[row]! >= 0.5;
    const apart = Array.from({ length: count }, (_, row) => row).filter(isApart);
    expect(decisions!.leftOnly + decisions!.rightOnly).toBe(apart.length);
    expect(shown.length).toBeGreaterThan(1900);
    expect(shown.length).toBeLessThanOrEqual(2000);
    expect(shown).toEqual(expect.arrayContaining(apart.slice(0, 600)));
    expect(shown).toEqual(expect.arrayContaining(worst.map(({ row }) => row)));
    for (const isKind of [
      (row: number) => left[row] === right[row],
      (row: number) => left[row] !== right[row],
    ]) {
      const kind = shown.filter(isKind);
      expect(kind.length).toBeGreaterThan(300);
      // Spread over the whole table.
      expect(kind[0]!).toBeLessThan(count / 20);
      expect(kind[kind.length - 1]!).toBeGreaterThan(count - count / 20);
    }
    expect(compare(left, right, 0.5).points).toEqual(points);
  });

  it('shows every row of a small table', () => {
    const scores = Array.from({ length: 2000 }, (_, row) => row / 2000);
    const { points } = compare(
      scores,
      scores.map((value) => value / 2),
    );
    expect(points.rows.length).toBe(2000);
  });

  it('is symmetric but for the names and which side flags', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(null, 0, 0.5, 1), (pairs, threshold) => {
        const [left, right] = columns(pairs);
        const one = compare(left, right, threshold);
        const two = compare(right, left, threshold);
        const turned = {
          ...two,
          decisions: two.decisions && {
            threshold: two.decisions.threshold,
            leftOnly: two.decisions.rightOnly,
            rightOnly: two.decisions.leftOnly,
          },
          points: { rows: two.points.rows, left: two.points.right, right: two.points.left },
          worst: two.worst.map((entry) => ({ row: entry.row, left: entry.right, right: entry.left })),
        };
        expect(turned).toEqual(one);
      }),
      { numRuns },
    );
  });

  it('finds no difference between equal scores', () => {
    fc.assert(
      fc.property(fc.array(score, { maxLength: 60 }), (scores) => {
        const comparison = compare(scores, scores, 0.5);
        expect(comparison).toMatchObject({ differing: 0, scoredInOne: 0, verdict: 'equal', worst: [] });
        expect(comparison.maxDifference).toBe(comparison.rows === 0 ? none : 0);
      }),
      { numRuns },
    );
  });

  it('gives the same figures in any order of the rows', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (pairs, stream) => {
        const shuffled = pairs
          .map((pair) => ({ pair, key: stream.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ pair }) => pair);
        const one = figuresOf(compare(...columns(pairs), 0.5));
        const two = figuresOf(compare(...columns(shuffled), 0.5));
        expect({ ...two, meanAbsoluteDifference: 0 }).toEqual({ ...one, meanAbsoluteDifference: 0 });
        if (one.rows > 0) expect(two.meanAbsoluteDifference).toBeCloseTo(one.meanAbsoluteDifference, 14);
      }),
      { numRuns },
    );
  });
});

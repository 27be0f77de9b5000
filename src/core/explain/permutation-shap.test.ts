import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../stats/random.ts';
import type { HybridRows } from './hybrid-rows.ts';
import {
  DEFAULT_SAMPLING,
  permutationShap,
  type SampledContributions,
  type SamplingOptions,
} from './permutation-shap.ts';

const slow = process.env.CUTLINE_LANE === 'slow';

type Model = (x: readonly number[]) => number;
type Rows = readonly (readonly number[])[];

/** Rows by their numbers; the model answers on the hybrids as it would on any row. */
function explain(
  model: Model,
  rows: ReadonlyMap<number, readonly number[]>,
  background: Rows,
  options: Partial<SamplingOptions> = {},
): SampledContributions & { readonly requests: readonly HybridRows[] } {
  const explained = [...rows.values()];
  const playerCount = explained[0]?.length ?? background[0]?.length ?? 0;
  const requests: HybridRows[] = [];
  const run = permutationShap({
    ...DEFAULT_SAMPLING,
    ...options,
    rows: Uint32Array.from(rows.keys()),
    backgroundCount: background.length,
    playerCount,
    isSame: (r, b, player) => Object.is(explained[r]![player], background[b]![player]),
  });
  let step = run.next();
  while (step.done !== true) {
    const request = step.value;
    requests.push(request);
    const answers = Float64Array.from({ length: request.count }, (_, i) => {
      const x = Array.from({ length: playerCount }, (_, player) =>
        request.members[player * request.count + i] === 1
          ? explained[request.explained[i]!]![player]!
          : background[request.backgrounds[i]!]![player]!,
      );
      return model(x);
    });
    step = run.next(answers);
  }
  return { ...step.value, requests };
}

function one(row: readonly number[]): ReadonlyMap<number, readonly number[]> {
  return new Map([[7, row]]);
}

/** Shapley values by their definition, over all players, alike or not. */
function byDefinition(model: Model, row: readonly number[], background: Rows): number[] {
  const count = row.length;
  const worth = Array.from(
    { length: 1 << count },
    (_, coalition) =>
      background.reduce((sum, b) => sum + model(row.map((v, j) => ((coalition >> j) & 1 ? v : b[j]!))), 0) /
      background.length,
  );
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  return row.map((_, j) =>
    worth.reduce((phi, without, coalition) => {
      if ((coalition >> j) & 1) return phi;
      const size = coalition.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(count - 1 - size)) / factorial(count);
      return phi + weight * (worth[coalition | (1 << j)]! - without);
    }, 0),
  );
}

/** A network of one hidden layer with random weights, in (0, 1): smooth, with interactions of every order. */
function randomNetwork(seed: number, width: number, scale = 1): Model {
  const random = new Random(seed);
  const hidden = Array.from({ length: 6 }, () => ({
    weights: Array.from({ length: width }, () => scale * random.normal()),
    bias: random.normal(),
    out: 2 * random.normal(),
  }));
  return (x) => {
    const sum = hidden.reduce(
      (total, { weights, bias, out }) =>
        total + out * Math.tanh(x.reduce((s, v, j) => s + v * weights[j]!, bias)),
      0,
    );
    return 1 / (1 + Math.exp(-sum));
  };
}

function randomRows(seed: number, count: number, width: number): number[][] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => Array.from({ length: width }, () => random.normal()));
}

describe('sampled Shapley values by hand', () => {
  it('shares a product of two features evenly, and gives a feature nobody needs nothing', () => {
    const { values, outputs, baseValue, isExact, end, standardErrors } = explain(
      ([a = 0, b = 0]) => a * b,
      one([2, 3, 9]),
      [[0, 0, 1]],
    );
    expect([...values]).toEqual([3, 3, 0]);
    expect({ output: outputs[0], baseValue, isExact, end, standardErrors }).toEqual({
      ...{ output: 6, baseValue: 0, isExact: true, end: 'enumerated', standardErrors: null },
    });
  });

  it('averages over background rows', () => {
    // Against [0, 1] a adds 2 alone and b 2 after it (b only when a is there: (3 - 1) x 2), so 2 + (0 + 4 - ...) by hand:
    // v() = 0, v(a) = 2, v(b) = 0, v(ab) = 6: a = (2 + 6) / 2, b = (0 + 4) / 2. Against [2, 3] nothing differs.
    const { values, baseValue } = explain(([a = 0, b = 0]) => a * b, one([2, 3]), [
      [0, 1],
      [2, 3],
    ]);
    expect([...values]).toEqual([2, 1]);
    expect(baseValue).toBe(3);
  });

  it('asks for no hybrid of cells that are alike', () => {
    const model = randomNetwork(3, 4);
    const { predictions, values } = explain(model, one([1, 2, 3, 4]), [[1, 2, 0, 4]]);
    // The two ends, and nothing between them: one player differs.
    expect(predictions).toBe(2);
    expect([...values]).toEqual([0, 0, model([1, 2, 3, 4]) - model([1, 2, 0, 4]), 0]);
  });
});

describe('enumeration', () => {
  const value = fc.integer({ min: -2, max: 2 });
  const question = fc.integer({ min: 1, max: 6 }).chain((width) => {
    const row = fc.array(value, { minLength: width, maxLength: width });
    return fc.record({ seed: fc.nat(), row, background: fc.array(row, { minLength: 1, maxLength: 5 }) });
  });

  it('is the definition, whatever cells are alike', () => {
    fc.assert(
      fc.property(question, ({ seed, row, background }) => {
        const model = randomNetwork(seed, row.length);
        const { values, isExact } = explain(model, one(row), background);
        expect(isExact).toBe(true);
        for (const [j, expected] of byDefinition(model, row, background).entries()) {
          expect(Math.abs(values[j]! - expected)).toBeLessThan(1e-13);
        }
      }),
      { numRuns: slow ? 1000 : 100 },
    );
  });

  it('is taken when its answers are within the budget, and not for one more', () => {
    const model = randomNetwork(1, 6);
    const background = randomRows(2, 3, 6);
    const [row = []] = randomRows(3, 1, 6);
    const cost = 3 * (2 ** 6 - 2);
    expect(explain(model, one(row), background, { budget: cost })).toMatchObject({
      ...{ isExact: true, predictions: cost + 3 + 1 },
    });
    expect(explain(model, one(row), background, { budget: cost - 1 }).isExact).toBe(false);
  });

  it('is left out for rows of more features than can be kept, whatever the budget', () => {
    const [row = [], ...background] = randomRows(3, 21, 21);
    const additive: Model = (x) => x.reduce((sum, v) => sum + v, 0);
    expect(explain(additive, one(row), background, { budget: 1e9 }).isExact).toBe(false);
  });
});

/** Too dear to enumerate, so that these are sampled. */
const sampling = { budget: 6000 };

describe('sampling', () => {
  const width = 8;
  const background = randomRows(11, 30, width);
  const explained = new Map(randomRows(12, 4, width).map((row, i) => [10 * i, row]));

  it('is within four standard errors of the definition, and its errors are of the right size', () => {
    const scaled: number[] = [];
    for (let seed = 0; seed < (slow ? 200 : 12); seed++) {
      const model = randomNetwork(100 + seed, width);
      const row = explained.get(20)!;
      const { values, standardErrors, isExact } = explain(model, one(row), background, {
        ...{ ...sampling, seed, tieShare: 0 },
      });
      expect(isExact).toBe(false);
      for (const [j, expected] of byDefinition(model, row, background).entries()) {
        scaled.push((values[j]! - expected) / standardErrors![j]!);
      }
    }
    for (const z of scaled) expect(Math.abs(z)).toBeLessThan(5);
    const far = scaled.filter((z) => Math.abs(z) > 4).length;
    expect(far).toBeLessThanOrEqual(scaled.length / 1000);
    const spread = Math.sqrt(scaled.reduce((sum, z) => sum + z * z, 0) / scaled.length);
    expect(spread).toBeGreaterThan(0.8);
    expect(spread).toBeLessThan(1.25);
  });

  it('adds up to score minus base in every row, sampled or not', () => {
    const model = randomNetwork(5, width);
    const { values, outputs, baseValue, isExact } = explain(model, explained, background, sampling);
    expect(isExact).toBe(false);
    const rows = [...explained.values()];
    const base = background.reduce((sum, b) => sum + model(b), 0) / background.length;
    expect(Math.abs(baseValue - base)).toBeLessThan(1e-15);
    for (const [r, row] of rows.entries()) {
      const sum = values.subarray(r * width, (r + 1) * width).reduce((total, phi) => total + phi, baseValue);
      expect(outputs[r]).toBe(model(row));
      expect(Math.abs(sum - model(row))).toBeLessThan(1e-14);
    }
  });

  it('is exact for an additive model, and its errors say so', () => {
    const additive: Model = (x) => x.reduce((sum, v, j) => sum + (j + 1) * v * v, 0);
    const { values, standardErrors, end } = explain(additive, explained, background, sampling);
    for (const [r, row] of [...explained.values()].entries()) {
      for (let j = 0; j < width; j++) {
        const mean = background.reduce((sum, b) => sum + (j + 1) * b[j]! ** 2, 0) / background.length;
        expect(Math.abs(values[r * width + j]! - ((j + 1) * row[j]! ** 2 - mean))).toBeLessThan(1e-12);
        expect(standardErrors![r * width + j]).toBeLessThan(1e-12);
      }
    }
    expect(end).toBe('stable');
  });

  it('is exact for interactions of two features, which a pair of opposite orders shares out evenly', () => {
    const model: Model = (x) => x.reduce((sum, v, j) => sum + v * (x[(j + 3) % width]! + j), 0);
    const row = explained.get(10)!;
    const { values, standardErrors, isExact } = explain(model, one(row), background, sampling);
    expect(isExact).toBe(false);
    for (const [j, expected] of byDefinition(model, row, background).entries()) {
      expect(Math.abs(values[j]! - expected)).toBeLessThan(1e-12);
      expect(standardErrors![j]).toBeLessThan(1e-12);
    }
  });

  it('gives features that the model does not read exactly nothing, without error', () => {
    const inner = randomNetwork(6, 3);
    const model: Model = (x) => inner([x[1]!, x[4]!, x[6]!]);
    const { values, standardErrors } = explain(model, explained, background, sampling);
    for (let r = 0; r < explained.size; r++) {
      for (const unread of [0, 2, 3, 5, 7]) {
        expect(values[r * width + unread]).toBe(0);
        expect(standardErrors![r * width + unread]).toBe(0);
      }
      expect(values[r * width + 1]).not.toBe(0);
    }
  });

  it('treats features alike that the model treats alike', () => {
    const inner = randomNetwork(8, width);
    const model: Model = ([a = 0, b = 0, ...rest]) => inner([a + b, a * b, ...rest]);
    const mirrored = background.map(([, ...rest], i) => [i / 10, ...rest.toSpliced(0, 1, i / 10)]);
    const row = [0.5, 0.5, ...explained.get(10)!.slice(2)];
    const { values, standardErrors, isExact } = explain(model, one(row), mirrored, {
      ...{ ...sampling, tieShare: 0 },
    });
    expect(isExact).toBe(false);
    const error = Math.hypot(standardErrors![0]!, standardErrors![1]!);
    expect(error).toBeGreaterThan(0);
    expect(Math.abs(values[0]! - values[1]!)).toBeLessThan(4 * error);
  });

  it('gives a row the same contributions wherever it stands among others', () => {
    const model = randomNetwork(9, width);
    const forward = explain(model, explained, background, sampling);
    const backward = explain(model, new Map([...explained].reverse()), background, sampling);
    expect([...backward.rows]).toEqual([30, 20, 10, 0]);
    for (let r = 0; r < 4; r++) {
      const there = (3 - r) * width;
      expect(backward.values.slice(there, there + width)).toEqual(
        forward.values.slice(r * width, (r + 1) * width),
      );
    }
    expect(backward.end).toBe(forward.end);
  });

  it('is decided by its seed', () => {
    const model = randomNetwork(9, width);
    const first = explain(model, explained, background, { ...sampling, seed: 4 });
    const again = explain(model, explained, background, { ...sampling, seed: 4 });
    const other = explain(model, explained, background, { ...sampling, seed: 5 });
    expect(again.values).toEqual(first.values);
    expect(again.standardErrors).toEqual(first.standardErrors);
    expect(other.values).not.toEqual(first.values);
  });

  it('draws for rows apart: two rows with the same cells get different errors', () => {
    const row = explained.get(0)!;
    const twins = new Map([
      [3, row],
      [4, row],
    ]);
    const { values } = explain(randomNetwork(9, width), twins, background, { ...sampling, tieShare: 0 });
    expect(values.slice(0, width)).not.toEqual(values.slice(width));
  });

  it('errs less than as many walks in independent orders', () => {
    const [ours, theirs] = [0, 0].map(() => [] as number[]);
    for (let seed = 0; seed < (slow ? 100 : 30); seed++) {
      const model = randomNetwork(200 + seed, width, 0.1);
      const row = explained.get(30)!;
      const expected = byDefinition(model, row, background);
      const sampled = explain(model, one(row), background, { budget: 1, seed });
      expect(sampled.predictions).toBe(30 * 4 * (width - 1) + 30 + 1);
      ours!.push(...expected.map((phi, j) => (sampled.values[j]! - phi) ** 2));
      const walked = independentWalks(model, row, background, 4, seed);
      theirs!.push(...expected.map((phi, j) => (walked[j]! - phi) ** 2));
    }
    const sum = (squares: readonly number[]) => squares.reduce((total, square) => total + square, 0);
    expect(sum(ours!)).toBeLessThan(0.5 * sum(theirs!));
  });
});

/** Štrumbelj and Kononenko without pairs: `walks` independent orders for each background row. */
function independentWalks(
  model: Model,
  row: readonly number[],
  background: Rows,
  walks: number,
  seed: number,
): number[] {
  const random = new Random(seed + 1000);
  const values = row.map(() => 0);
  for (const b of background) {
    for (let walk = 0; walk < walks; walk++) {
      const order = row
        .map((_, j) => ({ j, key: random.uniform() }))
        .sort((p, q) => p.key - q.key)
        .map(({ j }) => j);
      const x = [...b];
      let before = model(x);
      for (const j of order) {
        x[j] = row[j]!;
        const after = model(x);
        values[j]! += (after - before) / (walks * background.length);
        before = after;
      }
    }
  }
  return values;
}

describe('the end of sampling', () => {
  const width = 8;
  const background = randomRows(21, 40, width);
  const weights = [8, 7, 6, 5, 4, 3, 2, 1];
  const row = Array.from({ length: width }, () => 3);
  /** Far from additive, with an order of features that is far from even. */
  const ordered: Model = (x) =>
    Math.tanh(x.reduce((sum, v, j) => sum + (weights[j]! * v) / 60, 0)) + 0.05 * x[0]! * x[1]!;
  const even: Model = (x) => Math.tanh(x.reduce((sum, v) => sum + v / 8, 0));

  it('comes when the order of the top features is settled', () => {
    const { end, values, standardErrors } = explain(ordered, one(row), background, { budget: 9000 });
    expect(end).toBe('stable');
    for (let j = 0; j < 5; j++) {
      const gap = Math.abs(values[j]!) - Math.abs(values[j + 1]!);
      const uncertainty = 1.96 * (standardErrors![j]! + standardErrors![j + 1]!);
      expect(gap > uncertainty || gap + uncertainty <= 0.05 * Math.abs(values[0]!)).toBe(true);
    }
  });

  it('comes with an order that is right but for ties', () => {
    let settled = 0;
    for (let seed = 0; seed < (slow ? 200 : 20); seed++) {
      const model = randomNetwork(300 + seed, width, 0.3);
      const explained = randomRows(400 + seed, 1, width)[0]!;
      const { end, values } = explain(model, one(explained), background, { budget: 9000, seed });
      if (end !== 'stable') continue;
      settled += 1;
      const exact = byDefinition(model, explained, background).map(Math.abs);
      const order = [...values.keys()].sort((a, b) => Math.abs(values[b]!) - Math.abs(values[a]!));
      for (let place = 0; place < 5; place++) {
        const lead = exact[order[place]!]! - exact[order[place + 1]!]!;
        expect(lead).toBeGreaterThanOrEqual(-0.05 * Math.max(...exact));
      }
    }
    expect(settled).toBeGreaterThan(10);
  });

  it('comes at the budget where features are even and no tie is allowed', () => {
    const run = (budget: number, tieShare: number) =>
      explain(
        even,
        one(row),
        background.map(() => Array.from({ length: width }, () => 0.2)),
        {
          ...{ budget, tieShare },
        },
      );
    const limited = run(10_000, 0);
    expect(limited.end).toBe('budget');
    const round = 40 * 4 * 7;
    expect(limited.predictions).toBe(41 + round * Math.floor(10_000 / round));
    expect(run(100_000, 0).isExact).toBe(true);
  });

  it('takes differences that hardly matter for ties', () => {
    const flat = background.map((b) => b.map((v) => v / 20));
    expect(explain(even, one(row), flat, { budget: 10_000, tieShare: 0 }).end).toBe('budget');
    expect(explain(even, one(row), flat, { budget: 10_000, tieShare: 0.5 }).end).toBe('stable');
  });

  it('runs the rounds that errors need, whatever the budget', () => {
    const few = background.slice(0, 2);
    const { predictions, end, standardErrors } = explain(even, one(row), few, { budget: 0, tieShare: 0 });
    expect(predictions).toBe(2 + 1 + 10 * 2 * 4 * 7);
    expect(end).toBe('budget');
    expect(standardErrors!.every((error) => error > 0)).toBe(true);
  });

  it('asks for several rows together and goes by their mean', () => {
    const rows = new Map([
      [0, row],
      [1, row.map((v) => -v)],
    ]);
    expect(explain(ordered, rows, background, { budget: 18_000 }).end).toBe('stable');
  });
});

describe('rows that cannot be explained', () => {
  const picky: Model = ([a = 0, b = 0]) => (a > 5 ? Number.NaN : a + 2 * b);

  it('have NaN contributions when they have no score; the others are as without them', () => {
    const rows = new Map([
      [0, [9, 1]],
      [1, [1, 1]],
    ]);
    const { values, outputs } = explain(picky, rows, [[0, 0]]);
    expect([...outputs]).toEqual([Number.NaN, 3]);
    expect([...values]).toEqual([Number.NaN, Number.NaN, 1, 2]);
  });

  it('are not compared with background rows without a score', () => {
    const background = [
      [0, 0],
      [9, 0],
    ];
    expect(explain(picky, one([1, 1]), background)).toMatchObject({ baseValue: 0, backgroundRows: 1 });
    const none = explain(picky, one([1, 1]), [[9, 0]]);
    expect(none).toMatchObject({ baseValue: Number.NaN, backgroundRows: 0 });
    expect([...none.values]).toEqual([Number.NaN, Number.NaN]);
  });

  it('can be none, or have no features', () => {
    const none = explain(picky, new Map(), [[0, 1]]);
    expect(none).toMatchObject({ baseValue: 2, predictions: 1 });
    expect(none.values.length).toBe(0);
    expect(explain(() => 4, one([]), [[]])).toMatchObject({ baseValue: 4, isExact: true });
  });

  it('need something to be compared with', () => {
    expect(() => explain(picky, one([1, 1]), [])).toThrow('no background rows');
  });
});

it('asks for at most 4,096 hybrid rows at once', () => {
  const [row = [], ...background] = randomRows(31, 4, 13);
  const { requests, predictions } = explain((x) => x[0]!, one(row), background);
  expect(Math.max(...requests.map(({ count }) => count))).toBe(4096);
  expect(requests.reduce((sum, { count }) => sum + count, 0)).toBe(predictions);
});

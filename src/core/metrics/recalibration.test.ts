import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenRows } from '../../../fixtures/golden-rows.ts';
import { DataError } from '../errors.ts';
import { drain } from '../sliced.ts';
import { Random } from '../stats/random.ts';
import type { RecalibrationMethod } from './calibration-figures.ts';
import { fitRecalibration, type Recalibration, recalibrateSliced } from './recalibration.ts';
import { recalibrationFiguresSliced } from './recalibration-figures.ts';

const methods: readonly RecalibrationMethod[] = ['isotonic', 'platt', 'intercept'];
const numRuns = process.env.CUTLINE_LANE === 'slow' ? 3000 : 150;
const fitted = (method: RecalibrationMethod, scores: readonly number[], labels: readonly number[]) =>
  fitRecalibration(method, Float64Array.from(scores), Uint8Array.from(labels));
const judged = (recalibration: Recalibration, raw: Float64Array, labels: Uint8Array) => {
  const scores = drain(recalibrateSliced(recalibration, raw));
  return { scores, ...drain(recalibrationFiguresSliced(recalibration, raw, scores, labels)) };
};
const mean = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe('by hand', () => {
  it('intercept: half of the rows at 0.2 are positive, so the odds are multiplied by 4', () => {
    const { probabilityOf } = fitted('intercept', [0.2, 0.2], [1, 0]);
    expect(probabilityOf(0.2)).toBeCloseTo(0.5, 10);
    // Odds 1 · 4
    expect(probabilityOf(0.5)).toBeCloseTo(0.8, 10);
    expect(probabilityOf(Number.NaN)).toBeNaN();
  });

  it("platt: two groups meet their rates among Platt's targets", () => {
    // 4 rows at 0.2 with 1 positive, 4 at 0.8 with 3: targets are 5/6 and 1/6.
    const { probabilityOf } = fitted(
      'platt',
      [0.2, 0.2, 0.2, 0.2, 0.8, 0.8, 0.8, 0.8],
      [1, 0, 0, 0, 1, 1, 1, 0],
    );
    expect(probabilityOf(0.2)).toBeCloseTo((1 * (5 / 6) + 3 * (1 / 6)) / 4, 10);
    expect(probabilityOf(0.8)).toBeCloseTo((3 * (5 / 6) + 1 * (1 / 6)) / 4, 10);
    expect(probabilityOf(0.5)).toBeCloseTo(0.5, 10);
  });

  it('platt: separated classes have a finite slope, a reversed ranking none', () => {
    const separated = fitted('platt', [0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]);
    expect(separated.probabilityOf(0.1)).toBeGreaterThan(0);
    expect(separated.probabilityOf(0.9)).toBeLessThan(1);
    expect(separated.probabilityOf(0.9)).toBeGreaterThan(separated.probabilityOf(0.1) + 0.3);
    const reversed = fitted('platt', [0.1, 0.2, 0.8, 0.9], [1, 1, 0, 0]);
    for (const score of [0, 0.1, 0.9, 1]) expect(reversed.probabilityOf(score)).toBeCloseTo(0.5, 12);
  });

  it('one distinct score: platt keeps the shape and puts the mean right', () => {
    const { probabilityOf } = fitted('platt', [0.3, 0.3, 0.3, 0.3], [1, 1, 0, 0]);
    expect(probabilityOf(0.3)).toBeCloseTo(0.5, 10);
    expect(probabilityOf(0.6)).toBeGreaterThan(0.5);
  });
});

describe('errors name the rows and say what to do', () => {
  const codeOf = (call: () => unknown) => {
    try {
      call();
    } catch (error) {
      expect(error).toBeInstanceOf(DataError);
      expect((error as DataError).advice).not.toBe('');
      return (error as DataError).code;
    }
    return 'none';
  };

  it.each(methods)('%s', (method) => {
    expect(codeOf(() => fitted(method, [], []))).toBe('empty-sample');
    expect(codeOf(() => fitted(method, [Number.NaN], [1]))).toBe('empty-sample');
    expect(codeOf(() => fitted(method, [0.1, 0.2], [0, 0]))).toBe('one-class');
    expect(codeOf(() => fitted(method, [0.1, 0.2, Number.NaN], [1, 1, 0]))).toBe('one-class');
    expect(codeOf(() => fitted(method, [-3, 2], [0, 1]))).toBe(
      method === 'isotonic' ? 'none' : 'score-out-of-range',
    );
  });
});

describe.each(methods)('on held-out rows, %s', (method) => {
  const { scores, labels } = goldenRows('credit_data', 'lightgbm_categorical');
  const half = 668;
  const recalibration = fitRecalibration(method, scores.slice(0, half), labels.slice(0, half));

  // A shift of the log-odds cannot undo a change of their slope.
  it('puts distorted scores right: the error of squared odds falls', () => {
    const distort = (values: Float64Array) => values.map((p) => (p * p) / (p * p + 4 * (1 - p) * (1 - p)));
    const fit = fitRecalibration(method, distort(scores.slice(0, half)), labels.slice(0, half));
    const { figures, notices } = judged(fit, distort(scores.slice(half)), labels.slice(half));
    expect(figures.eceAfter).toBeLessThan((method === 'intercept' ? 0.8 : 0.6) * figures.eceBefore);
    expect(figures.brierAfter).toBeLessThan(figures.brierBefore);
    expect([figures.fittedRows, figures.method]).toEqual([half, method]);
    expect(figures.fittedPositives).toBe(labels.slice(0, half).reduce((sum, label) => sum + label, 0));
    expect(notices.map(({ code }) => code)).toEqual(['recalibrated']);
  });

  it('fitted again on its own output, changes little', () => {
    const once = drain(recalibrateSliced(recalibration, scores.slice(0, half)));
    const again = fitRecalibration(method, once, labels.slice(0, half));
    // Platt's targets pull a little towards the middle each time.
    const allowed = method === 'platt' ? 0.01 : 1e-9;
    once.forEach((score) => {
      expect(Math.abs(again.probabilityOf(score) - score)).toBeLessThan(allowed);
    });
    expect(mean(once)).toBeCloseTo(mean(labels.slice(0, half)), method === 'platt' ? 2 : 9);
  });

  it('draws its map: rising points over the scores', () => {
    const { from, to } = recalibration;
    expect([...from]).toEqual([...new Set(from)].sort((a, b) => a - b));
    expect([...to]).toEqual([...to].sort((a, b) => a - b));
    from.forEach((score, i) => {
      expect(recalibration.probabilityOf(score)).toBe(to[i]);
    });
  });
});

describe('notices', () => {
  it('say when the map is flat, and when the judged rows are worse for it', () => {
    const flat = fitted('isotonic', [0.1, 0.2, 0.3, 0.9], [1, 1, 0, 0]);
    const { scores, notices } = judged(flat, Float64Array.of(0, 1), Uint8Array.of(0, 1));
    expect([...scores]).toEqual([0.5, 0.5]);
    // Perfect before, half wrong after.
    expect(notices.map(({ code }) => code)).toEqual(['recalibrated', 'recalibration-flat']);
    const wrong = fitted('isotonic', [0.1, 0.9], [0, 1]);
    const rows = [Float64Array.of(0.5, 0.5, 0.9, 0.9), Uint8Array.of(1, 0, 1, 0)] as const;
    const worse = judged(wrong, ...rows);
    expect(worse.figures.eceAfter).toBeGreaterThan(worse.figures.eceBefore);
    expect(worse.notices.map(({ code }) => code)).toEqual(['recalibrated', 'recalibration-worse']);
  });

  it('scores that were no probabilities have no figures before', () => {
    const score = fitted(
      'isotonic',
      [300, 700],
      [1, 1].map((_, i) => i),
    );
    const { figures } = judged(score, Float64Array.of(400, 600, Number.NaN), Uint8Array.of(0, 1, 1));
    expect([figures.eceBefore, figures.brierBefore]).toEqual([Number.NaN, Number.NaN]);
    expect(figures.brierAfter).toBeCloseTo(0.0625, 15);
  });
});

describe('laws', () => {
  const probability = fc.double({ min: 0, max: 1, noNaN: true });
  const data = fc.array(fc.record({ score: probability, label: fc.integer({ min: 0, max: 1 }) }), {
    minLength: 2,
    maxLength: 40,
  });
  const method = fc.constantFrom(...methods);

  it('rises, and stays in [0, 1]', () => {
    fc.assert(
      fc.property(data, method, fc.array(probability, { maxLength: 20 }), (rows, name, extra) => {
        const labels = rows.map(({ label }) => label);
        if (new Set(labels).size < 2) return;
        const scores = rows.map(({ score }) => score);
        const { probabilityOf } = fitted(name, scores, labels);
        const mapped = [...scores, ...extra, 0, 1].sort((a, b) => a - b).map(probabilityOf);
        expect(mapped).toEqual([...mapped].sort((a, b) => a - b));
        expect(mapped[0]! >= 0 && mapped.at(-1)! <= 1).toBe(true);
      }),
      { numRuns },
    );
  });

  it.each(methods)('never swaps neighbouring floating-point numbers: %s', (name) => {
    const { scores, labels } = goldenRows('mlc_churn', 'sklearn_logistic_pipeline');
    const { probabilityOf } = fitRecalibration(name, scores, labels);
    const random = new Random(20240501);
    const bits = new Float64Array(1);
    const word = new BigUint64Array(bits.buffer);
    let swaps = 0;
    for (let start = 0; start < 3000; start++) {
      bits[0] = random.uniform() / 2;
      let before = probabilityOf(bits[0]);
      for (let step = 0; step < 20; step++) {
        word[0]! += 1n;
        const now = probabilityOf(bits[0]);
        if (now < before) swaps++;
        before = now;
      }
    }
    expect(swaps).toBe(0);
  });

  it('isotonic and intercept meet the observed count where they were fitted', () => {
    fc.assert(
      fc.property(data, (rows) => {
        const inside = rows.filter(({ score }) => score > 1e-9 && score < 1 - 1e-9);
        const labels = inside.map(({ label }) => label);
        if (new Set(labels).size < 2) return;
        const scores = inside.map(({ score }) => score);
        for (const name of ['isotonic', 'intercept'] as const) {
          const { probabilityOf } = fitted(name, scores, labels);
          expect(mean(scores.map(probabilityOf))).toBeCloseTo(mean(labels), 7);
        }
      }),
      { numRuns },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenCsv, numbers } from '../../../fixtures/golden.ts';
import { demoRows, goldenRows } from '../../../fixtures/golden-rows.ts';
import { Random } from '../stats/random.ts';
import { rankScores } from '../threshold/ranked-scores.ts';
import { classOrderCheck } from './class-order.ts';
import { constantCheck } from './constant-scores.ts';
import { degenerateCheck } from './degenerate-scores.ts';
import { doubleSoftmaxCheck } from './double-softmax.ts';
import { probabilitiesCheck } from './probabilities.ts';
import { saturatedCheck } from './saturated-scores.ts';
import { meanOverRanked, type ScoreEvidence } from './score-evidence.ts';

const runs = { numRuns: process.env.CUTLINE_LANE === 'slow' ? 1000 : 60 };
const checks = [
  probabilitiesCheck,
  doubleSoftmaxCheck,
  classOrderCheck,
  constantCheck,
  degenerateCheck,
  saturatedCheck,
];

interface Rows {
  readonly scores: Float64Array;
  readonly labels: Uint8Array;
}

function evidenceOf({ scores, labels }: Rows): ScoreEvidence {
  return {
    all: rankScores(scores, new Uint8Array(scores.length)),
    judged: rankScores(scores, labels),
  };
}

const verdicts = (rows: Rows) =>
  Object.fromEntries(
    checks.map((check) => {
      const { code, verdict } = check(evidenceOf(rows));
      return [code, verdict];
    }),
  );

const allPass = {
  probabilities: 'pass',
  'double-softmax': 'pass',
  'class-order': 'pass',
  constant: 'pass',
  degenerate: 'pass',
  saturated: 'pass',
};

/** Scores changed one by one. */
const through = ({ scores, labels }: Rows, change: (score: number) => number): Rows => ({
  scores: scores.map(change),
  labels,
});
const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const logit = (p: number) => Math.log(p / (1 - p));

/** Rows whose outcomes follow their scores. */
function calibrated(count: number, seed: number, scoreOf: (random: Random) => number): Rows {
  const random = new Random(seed);
  const scores = Float64Array.from({ length: count }, () => scoreOf(random));
  return { scores, labels: Uint8Array.from(scores, (score) => (random.uniform() < score ? 1 : 0)) };
}

const models = (dataset: string) =>
  [
    'lightgbm_categorical',
    'lightgbm_numeric',
    'xgboost_binary',
    'xgboost_dart',
    'xgboost_categorical',
    'sklearn_random_forest',
    'sklearn_gradient_boosting',
    'sklearn_hist_gradient_boosting',
    'sklearn_logistic_pipeline',
    'sklearn_mlp_pipeline',
  ].map((model) => ({ dataset, model }));

describe('scores of models that are right', () => {
  it('the demo passes every check', () => expect(verdicts(demoRows())).toEqual(allPass));

  it.each([...models('credit_data'), ...models('mlc_churn')])('$dataset $model', ({ dataset, model }) => {
    // Few shallow trees: 59 % of these rows end in the same leaves everywhere, which is true and worth saying.
    const coarse = dataset === 'mlc_churn' && model === 'xgboost_dart' ? { degenerate: 'warn' } : {};
    expect(verdicts(goldenRows(dataset, model))).toEqual({ ...allPass, ...coarse });
  });

  it.each(['credit_data', 'mlc_churn'])('%s: small LightGBM models raise no failure', (dataset) => {
    const table = goldenCsv(`./${dataset}/expected/probabilities_small_models_first_300_test_rows.csv`);
    const { labels } = goldenRows(dataset, 'lightgbm_numeric');
    const names = [
      'lightgbm_small_dart',
      'lightgbm_small_boosting_rf',
      'lightgbm_small_zero_as_missing',
      'lightgbm_small_use_missing_false',
      'lightgbm_small_cat_onehot_smooth0',
    ];
    for (const name of names) {
      const found = verdicts({ scores: numbers(table(name)), labels: labels.slice(0, 300) });
      expect({ name, found: Object.values(found) }).toEqual({
        name,
        found: expect.not.arrayContaining(['fail']),
      });
    }
  });

  it.each(['credit_data', 'mlc_churn'])(
    '%s: a base score away from the base rate is said, and only that',
    (dataset) => {
      const rows = goldenRows(dataset, 'xgboost_base_score');
      expect(verdicts(rows)).toEqual({ ...allPass, probabilities: 'warn' });
      expect(probabilitiesCheck(evidenceOf(rows)).finding).toMatch(/scale_pos_weight/);
    },
  );
});

describe.each([
  { name: 'credit_data', rows: demoRows() },
  { name: 'mlc_churn', rows: goldenRows('mlc_churn', 'lightgbm_categorical') },
])('models made bad on purpose: $name', ({ rows }) => {
  it('softmax applied to probabilities', () => {
    const check = doubleSoftmaxCheck(evidenceOf(through(rows, (p) => logistic(2 * p - 1))));
    expect(check.verdict).toBe('fail');
    expect(check.finding).toMatch(
      /within the 0\.269 to 0\.731 .* undoing a second softmax fits the outcomes better: the mean score goes from/,
    );
  });

  it('margins shrunk around one half, which a second softmax explains as well as caution does', () => {
    const half = calibrated(4000, 11, (random) => random.uniform());
    expect(doubleSoftmaxCheck(evidenceOf(half)).verdict).toBe('pass');
    const check = doubleSoftmaxCheck(evidenceOf(through(half, (p) => logistic(2 * p - 1))));
    expect(check).toMatchObject({ verdict: 'warn', title: 'Softmax perhaps applied twice' });
    expect(doubleSoftmaxCheck(evidenceOf(through(half, logistic))).verdict).toBe('fail');
  });

  it('sigmoid applied to probabilities', () => {
    const check = doubleSoftmaxCheck(evidenceOf(through(rows, (p) => Math.fround(logistic(p)))));
    expect(check.verdict).toBe('fail');
    expect(check.finding).toContain('undoing a second sigmoid');
  });

  it('the other class', () => {
    const check = classOrderCheck(evidenceOf(through(rows, (p) => 1 - p)));
    expect(check.verdict).toBe('fail');
    expect(check.finding).toContain('ranks the good outcomes above the bad ones');
    expect(check.finding).toContain('the class order is probably swapped');
  });

  it('one score for all', () => {
    const evidence = evidenceOf(through(rows, () => 0.28));
    expect(constantCheck(evidence)).toMatchObject({ verdict: 'fail', title: 'Scores are constant' });
    expect(degenerateCheck(evidence)).toMatchObject({ verdict: 'warn', title: 'One score dominates' });
    expect(doubleSoftmaxCheck(evidence).verdict).toBe('pass');
  });

  it('decisions in place of scores', () => {
    const check = degenerateCheck(evidenceOf(through(rows, (p) => Math.round(p * 4) / 4)));
    expect(check.verdict).toBe('warn');
  });

  it('margins a thousand times too large', () => {
    const check = saturatedCheck(evidenceOf(through(rows, (p) => logistic(1000 * logit(p)))));
    expect(check.verdict).toBe('fail');
    expect(check.advice).toContain('units of the inputs');
  });

  it('ranks in place of scores', () => {
    const sorted = rows.scores.toSorted();
    const rank = (p: number) => (sorted.indexOf(p) + 0.5) / sorted.length;
    const check = probabilitiesCheck(evidenceOf(through(rows, rank)));
    expect(check).toMatchObject({ verdict: 'warn', title: 'Scores look like ranks' });
  });

  it('margins stretched to 0 to 1', () => {
    const margins = rows.scores.map(logit);
    const [low, high] = [Math.min(...margins), Math.max(...margins)];
    const check = probabilitiesCheck(evidenceOf(through(rows, (p) => (logit(p) - low) / (high - low))));
    expect(check).toMatchObject({ verdict: 'warn', title: 'Scores look like stretched margins' });
  });

  it('training on balanced classes', () => {
    const check = probabilitiesCheck(evidenceOf(through(rows, (p) => logistic(logit(p) + Math.log(3)))));
    expect(check.verdict).toBe('warn');
    expect(check.finding).toMatch(/odds are too high by a factor of [123].*Rebalanced training/);
  });

  it('margins as they are', () => {
    expect(probabilitiesCheck(evidenceOf(through(rows, logit)))).toMatchObject({
      verdict: 'fail',
      title: 'Scores are not probabilities',
    });
  });

  it('chance', () => {
    const random = new Random(3);
    expect(classOrderCheck(evidenceOf(through(rows, () => random.uniform()))).title).toBe(
      'No better than chance',
    );
  });
});

describe('by hand', () => {
  const rows = {
    scores: Float64Array.of(0.9, 0.9, 0.5, 0.1, Number.NaN),
    labels: Uint8Array.of(1, 0, 1, 0, 1),
  };

  it('the mean of score - outcome and its standard error, over the rows with a score', () => {
    // differences -0.1, 0.9, -0.5, 0.1: mean 0.1, squares 0.04 + 0.64 + 0.36 + 0 = 1.04
    const {
      mean,
      standardError,
      rows: count,
    } = meanOverRanked(rankScores(rows.scores, rows.labels), (score, outcome) => score - outcome);
    expect(count).toBe(4);
    expect(mean).toBeCloseTo(0.1, 12);
    expect(standardError).toBeCloseTo(Math.sqrt(1.04 / 3 / 4), 12);
  });

  it('says mean, base rate, interval and factor', () => {
    // 60 rows at 0.5 with 15 bad, 40 at 0.25 with 5 bad: mean 0.4, base rate 0.2, odds (2/3) / (1/4) = 2.667
    const scores = Float64Array.from({ length: 100 }, (_, i) => (i < 60 ? 0.5 : 0.25));
    const labels = Uint8Array.from({ length: 100 }, (_, i) => (i < 15 || (i >= 60 && i < 65) ? 1 : 0));
    const check = probabilitiesCheck(evidenceOf({ scores, labels }));
    // squares of the differences around 0.2: 15 x 0.7² + 45 x 0.3² + 5 x 0.95² + 35 x 0.05²
    const half = 3 * Math.sqrt((15 * 0.49 + 45 * 0.09 + 5 * 0.9025 + 35 * 0.0025) / 99 / 100);
    expect(check.verdict).toBe('warn');
    expect(new Map(check.evidence)).toEqual(
      new Map([
        ['Range of the scores', '0.25 to 0.5'],
        ['Mean score', '0.400'],
        ['Base rate', '0.200'],
        [
          'Difference with 3 standard errors',
          `0.200 [${(0.2 - half).toFixed(3)}, ${(0.2 + half).toFixed(3)}]`,
        ],
        ['Factor between the odds', '2.667'],
      ]),
    );
  });

  it('counts rows near 0 and 1 and those that turned out otherwise', () => {
    // 50 certain rows of 100; 25 of them wrong
    const scores = Float64Array.from({ length: 100 }, (_, i) => (i < 25 ? 0.9995 : i < 50 ? 0.001 : 0.4));
    const labels = Uint8Array.from({ length: 100 }, (_, i) => i % 2);
    const { verdict, evidence } = saturatedCheck(evidenceOf({ scores, labels }));
    expect(verdict).toBe('fail');
    expect(evidence).toContainEqual(['Within 0.001 of 0 or 1', '50.0 % of rows']);
    expect(evidence).toContainEqual(['Judged rows among them', '50']);
    // rows 0..24: labels 0 at even rows, 13 wrong; rows 25..49: labels 1 at odd rows, 13 wrong
    expect(evidence).toContainEqual(['With the other outcome', '26']);
  });

  it('counts distinct scores and the most frequent one', () => {
    const scores = Float64Array.from({ length: 100 }, (_, i) => (i % 8) / 10);
    const { verdict, finding } = degenerateCheck(evidenceOf({ scores, labels: new Uint8Array(100) }));
    expect(verdict).toBe('warn');
    expect(finding).toBe('100 rows share 8 distinct scores.');
    // Of 49 rows seven distinct scores would be few; eight are not.
    const short = degenerateCheck(evidenceOf({ scores: scores.slice(0, 49), labels: new Uint8Array(49) }));
    expect(short.verdict).toBe('pass');
  });
});

describe('too little data', () => {
  const few = calibrated(29, 1, (random) => 0.3 + 0.4 * random.uniform());

  it('raises no alarm over 29 rows, whatever they are', () => {
    for (const change of [
      (p: number) => 1 - p,
      () => 0.5,
      (p: number) => Math.round(p),
      (p: number) => p / 100,
    ]) {
      const found = Object.values(verdicts(through(few, change)));
      expect(found).not.toContain('fail');
      expect(found).not.toContain('warn');
    }
  });

  it('says so where outcomes are needed and there are none', () => {
    const evidence = { ...evidenceOf(calibrated(500, 1, (random) => random.uniform())), judged: null };
    for (const check of [probabilitiesCheck, classOrderCheck, saturatedCheck]) {
      expect(['not-enough-data', 'pass']).toContain(check(evidence).verdict);
    }
    expect(classOrderCheck(evidence).finding).toContain('No judged rows');
  });

  it('has an answer without any score', () => {
    const none = { scores: new Float64Array(50).fill(Number.NaN), labels: new Uint8Array(50) };
    for (const check of checks) expect(check(evidenceOf(none)).verdict).toBe('not-enough-data');
  });
});

describe('laws', () => {
  const rowsOf = fc
    .array(fc.record({ score: fc.integer({ min: 0, max: 200 }), label: fc.boolean() }), {
      minLength: 1,
      maxLength: 120,
    })
    .map((rows) => ({
      scores: Float64Array.from(rows, ({ score }) => score / 200),
      labels: Uint8Array.from(rows, ({ label }) => (label ? 1 : 0)),
    }));

  it('the order of the rows changes nothing', () => {
    fc.assert(
      fc.property(rowsOf, ({ scores, labels }) => {
        const reversed = { scores: scores.toReversed(), labels: labels.toReversed() };
        for (const check of checks)
          expect(check(evidenceOf(reversed))).toEqual(check(evidenceOf({ scores, labels })));
      }),
      runs,
    );
  });

  it('turning scores and outcomes round leaves the class order', () => {
    fc.assert(
      fc.property(rowsOf, ({ scores, labels }) => {
        const turned = { scores: scores.map((score) => 1 - score), labels: labels.map((label) => 1 - label) };
        expect(classOrderCheck(evidenceOf(turned)).verdict).toBe(
          classOrderCheck(evidenceOf({ scores, labels })).verdict,
        );
      }),
      runs,
    );
  });

  it('scores that are right raise no alarm, wherever they lie, among them within the range of a second softmax', () => {
    const shape = fc.record({ low: fc.double({ min: 0.02, max: 0.5, noNaN: true }), seed: fc.integer() });
    fc.assert(
      fc.property(shape, ({ low, seed }) => {
        const rows = calibrated(2000, seed, (random) => low + 0.45 * random.uniform());
        expect({ ...verdicts(rows), 'class-order': 'pass' }).toEqual(allPass);
      }),
      runs,
    );
  });

  it('a second softmax is found under any calibrated scores that use their range', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 1.5, max: 4, noNaN: true }), (seed, power) => {
        const rows = calibrated(3000, seed, (random) => random.uniform() ** power);
        const squeezed = through(rows, (p) => logistic(2 * p - 1));
        expect(doubleSoftmaxCheck(evidenceOf(rows)).verdict).toBe('pass');
        expect(doubleSoftmaxCheck(evidenceOf(squeezed)).verdict).toBe('fail');
      }),
      runs,
    );
  });
});

import { describe, expect, it } from 'vitest';
import { Random } from '../stats/random.ts';
import { rankScores } from '../threshold/ranked-scores.ts';
import type { Estimate } from '../threshold/uncertainty.ts';
import { calibrationFiguresOf } from './calibration-of.ts';
import { logistic, logOdds } from './log-odds.ts';

/** Simulated reviews: scores uniform on (LOW, HIGH), outcomes drawn from a known line of log-odds. */
const samples = process.env.CUTLINE_LANE === 'slow' ? 2000 : 100;
const ROWS = 800;
const [LOW, HIGH] = [0.02, 0.6];

/** The population's O/E: mean of the true probability over that of the score, by the midpoint rule. */
function trueRatio(intercept: number, slope: number): number {
  const steps = 20_000;
  let observed = 0;
  for (let step = 0; step < steps; step++) {
    const score = LOW + ((HIGH - LOW) * (step + 0.5)) / steps;
    observed += logistic(intercept + slope * logOdds(score)) / steps;
  }
  return observed / ((LOW + HIGH) / 2);
}

function* simulated(intercept: number, slope: number, seed: number) {
  const random = new Random(seed);
  for (let sample = 0; sample < samples; sample++) {
    const scores = Float64Array.from({ length: ROWS }, () => LOW + (HIGH - LOW) * random.uniform());
    const labels = Uint8Array.from(scores, (score) =>
      random.uniform() < logistic(intercept + slope * logOdds(score)) ? 1 : 0,
    );
    yield calibrationFiguresOf(rankScores(scores, labels));
  }
}

describe('95 % intervals cover the truth in about 95 % of samples', () => {
  it.each([
    { name: 'calibrated scores', intercept: 0, slope: 1 },
    { name: 'scores that are too extreme and too low', intercept: 0.3, slope: 0.7 },
  ])('$name', ({ intercept, slope }) => {
    const ratio = trueRatio(intercept, slope);
    const covered = { slope: 0, intercept: 0, observedToExpected: 0, spiegelhalter: 0 };
    const holds = ({ low, high }: Estimate, truth: number) => (truth >= low && truth <= high ? 1 : 0);
    for (const figures of simulated(intercept, slope, 20240501)) {
      covered.slope += holds(figures.slope, slope);
      covered.intercept += holds(figures.intercept, intercept);
      covered.observedToExpected += holds(figures.observedToExpected, ratio);
      covered.spiegelhalter += figures.spiegelhalter.p >= 0.05 ? 1 : 0;
    }
    // Four standard errors of a share of 95 %.
    const margin = 4 * Math.sqrt((0.95 * 0.05) / samples);
    const near = (count: number) => Math.abs(count / samples - 0.95) <= margin;
    expect(covered.slope).toSatisfy(near);
    expect(covered.intercept).toSatisfy(near);
    expect(covered.observedToExpected).toSatisfy(near);
    // The test rejects calibrated scores in 5 % of samples, and these others nearly always.
    if (slope === 1) expect(covered.spiegelhalter).toSatisfy(near);
    else expect(covered.spiegelhalter / samples).toBeLessThan(0.5);
  });
});

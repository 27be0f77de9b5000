/** A global explanation with three features, for the tests of this page. */
import type { ExplanationPlan, GlobalExplanation } from '../../core/explain/explanation.ts';

export const plan: ExplanationPlan = {
  method: 'tree-path-dependent',
  space: 'margin',
  isLogOdds: true,
  isExact: true,
  covers: { source: 'model', kind: 'count' },
  background: null,
  className: 'bad',
  sign: 1,
  features: [
    { name: 'Age', column: 'Age' },
    { name: 'Income', column: 'Income' },
    { name: 'Home', column: 'Home' },
    { name: 'Time', column: 'Time' },
  ],
  baseValue: -1.25,
  engine: 'trees 1',
  notices: [],
};

/** Sizes 0.2, 0.6, 0 and 0.2: a sum of 1, one tie, one feature without a say. */
export const explanation: GlobalExplanation = {
  plan,
  rowCount: 4454,
  meanAbsolute: Float64Array.of(0.2, 0.6, 0, 0.2),
  mean: Float64Array.of(-0.05, 0.01, 0, 0.2),
  standardErrors: null,
  sampling: null,
  maxAdditivityError: 3.55e-15,
};

/** The same as estimates of the score. */
export const sampledExplanation: GlobalExplanation = {
  ...explanation,
  plan: { ...plan, method: 'sampling', space: 'score', isLogOdds: false, isExact: false, covers: null },
  rowCount: 128,
  standardErrors: Float64Array.of(0.0125, 0.02, 0, 0.015),
  sampling: { end: 'stable', predictions: 437_856, open: [0, 3] },
};

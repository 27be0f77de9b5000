import type { Definition } from '../../../charts/ChartFrame.tsx';

/** What each picture of the calibration shows (docs/methods.md carries the same). */
export const calibrationDefinitions = {
  reliability: {
    text: 'Rows in ten bins by score: what the scores said on average against the share that turned out positive, with its 95 % Wilson interval. On the diagonal the scores are right; below it they promise too much, above it too little.',
    formula: 'ECE = Σ (nᵦ / n) · |observed − mean score|;  MCE = the greatest of these gaps',
  },
  decisionCurve: {
    text: 'Net benefit of deciding with these scores when a positive counts as much as (1 − t)/t false alarms, t being the probability from which one would act. It is in true positives per row and knows no money: it is not the net value of the scenario.',
    formula: 'NB(t) = TP/n − FP/n · t/(1 − t);  flag everybody: p − (1 − p) · t/(1 − t)',
  },
  recalibration: {
    text: 'What each score became: the mapping was fitted on labelled rows that are not judged here, so the judged rows have no part in it. It never swaps two rows; isotonic steps give neighbouring rows one and the same score.',
    formula: 'isotonic: pool adjacent violators;  Platt: 1/(1 + exp(−(a + b·logit s)));  intercept: b = 1',
  },
} as const satisfies Record<string, Definition>;

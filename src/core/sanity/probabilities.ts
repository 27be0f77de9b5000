import type { RankedScores } from '../threshold/ranked-scores.ts';
import { countText, metricText, shareText, valueText } from './figure-text.ts';
import type { ModelCheck } from './model-check.ts';
import {
  enoughJudged,
  meanOverRanked,
  type ScoreEvidence,
  scoredCount,
  tooFewJudgedText,
} from './score-evidence.ts';
import { verdictsOf } from './verdicts.ts';

/** Standard errors between mean score and base rate: chance does that to one right model in four hundred. */
const CLEAR_ERRORS = 3;

/** Odds further off than by a quarter move thresholds that are set by hand; less is ordinary drift of a base rate. */
const ODDS_FACTOR = 1.25;

/**
 * Ranks divided by their number lie within 1/n of evenly spaced, percentiles within 0.01; the scores of the fixtures'
 * models are 0.2 to 0.75 away.
 */
const EVEN_WITHIN = 0.02;

/** Fewer scores can be evenly spaced by chance: 1.36/sqrt(n) is below 0.1 from here on. */
const FEWEST_FOR_EVEN = 200;

/**
 * Whether the scores are probabilities of the bad outcome: all in [0, 1], and their mean near the base rate of the judged
 * rows (calibration in the large).
 *
 *     difference = mean(score) - base rate, with 3 standard errors of the mean of score - outcome
 *     odds factor = odds(mean score) / odds(base rate)
 *
 * Warns when the difference exceeds three standard errors and the odds are off by more than a quarter either way; then it
 * also looks for ranks (the largest distance between the distribution of the scores and an even one is at most 0.02) and
 * for margins stretched to exactly 0 and 1. Fails for scores outside [0, 1] only: training on rebalanced classes
 * shifts a mean that ranks just as well.
 */
export function probabilitiesCheck(evidence: ScoreEvidence): ModelCheck {
  const { pass, warn, fail, unknown } = verdictsOf('probabilities');
  const { all } = evidence;
  const highest = all.threshold[0] ?? Number.NaN;
  const lowest = all.threshold.at(-1) ?? Number.NaN;
  const figures: [string, string][] = [
    ['Range of the scores', `${valueText(lowest)} to ${valueText(highest)}`],
  ];
  if (lowest < 0 || highest > 1) {
    return fail(
      'Scores are not probabilities',
      `Scores run from ${valueText(lowest)} to ${valueText(highest)}, outside 0 to 1: they look like margins (log-odds).`,
      'Export the probability output of the model, or apply its link function to the margins.',
      figures,
    );
  }
  const judged = enoughJudged(evidence);
  if (judged === null) return unknown('Calibration not judged', tooFewJudgedText(evidence), '', figures);
  const shift = shiftOf(judged);
  figures.push(...shift.figures);
  const means = `The mean score is ${metricText(shift.mean)}, the base rate of ${countText(shift.rows)} judged rows ${metricText(shift.baseRate)}`;
  if (!shift.isClear) return pass('Scores are probabilities', `${means}.`, figures);
  const size = `their odds are too ${shift.factor > 1 ? 'high' : 'low'} by a factor of ${Math.max(shift.factor, 1 / shift.factor).toFixed(2)}`;
  const cause = likelyCause(all);
  if (cause !== null) return warn(cause.title, `${means}: ${size}. ${cause.finding}`, cause.advice, figures);
  return warn(
    'Mean score off the base rate',
    `${means}: ${size}. Rebalanced training (scale_pos_weight, class weights, sampling) or another population explains such a shift; the ranking is not touched by it.`,
    'Recalibrate the scores before they are read as probabilities; thresholds that are chosen on these rows stay valid.',
    figures,
  );
}

function shiftOf(judged: RankedScores) {
  const {
    mean: difference,
    standardError,
    rows,
  } = meanOverRanked(judged, (score, outcome) => score - outcome);
  const { mean } = meanOverRanked(judged, (score) => score);
  const baseRate = mean - difference;
  const factor = mean / (1 - mean) / (baseRate / (1 - baseRate));
  const half = CLEAR_ERRORS * standardError;
  const isFar = factor > ODDS_FACTOR || factor < 1 / ODDS_FACTOR;
  const interval = `[${metricText(difference - half)}, ${metricText(difference + half)}]`;
  const figures: [string, string][] = [
    ['Mean score', metricText(mean)],
    ['Base rate', metricText(baseRate)],
    ['Difference with 3 standard errors', `${metricText(difference)} ${interval}`],
    ['Factor between the odds', valueText(factor)],
  ];
  return { mean, baseRate, factor, rows, figures, isClear: Math.abs(difference) > half && isFar };
}

function likelyCause(all: RankedScores): { title: string; finding: string; advice: string } | null {
  const advice = 'Score with the probability output of the model instead.';
  const distance = distanceFromEven(all);
  if (scoredCount(all) >= FEWEST_FOR_EVEN && distance <= EVEN_WITHIN) {
    const finding = `The scores are spread evenly from 0 to 1 (no share is off by more than ${shareText(distance)}), as ranks or percentiles are.`;
    return { title: 'Scores look like ranks', finding, advice };
  }
  if (all.threshold[0] === 1 && all.threshold.at(-1) === 0 && hasSingleEnds(all)) {
    const finding = 'One row has exactly 0 and one exactly 1, as margins that were stretched to 0 to 1 have.';
    return { title: 'Scores look like stretched margins', finding, advice };
  }
  return null;
}

/** Largest distance between the distribution function of the scores and that of the even distribution on [0, 1]. */
function distanceFromEven(all: RankedScores): number {
  const scored = scoredCount(all);
  let distance = 0;
  for (let i = 0, above = 0; i < all.threshold.length; i++) {
    const upTo = all.tp[i]! + all.fp[i]!;
    const score = all.threshold[i]!;
    distance = Math.max(distance, Math.abs(1 - above / scored - score), Math.abs(1 - upTo / scored - score));
    above = upTo;
  }
  return distance;
}

function hasSingleEnds({ tp, fp }: RankedScores): boolean {
  const last = tp.length - 1;
  const atTop = tp[0]! + fp[0]!;
  const atBottom = tp[last]! + fp[last]! - tp[last - 1]! - fp[last - 1]!;
  return atTop === 1 && atBottom === 1;
}

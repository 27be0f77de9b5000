import type { RankedScores } from '../threshold/ranked-scores.ts';
import { metricText } from './figure-text.ts';
import type { ModelCheck } from './model-check.ts';
import {
  enoughJudged,
  meanOverRanked,
  type ScoreEvidence,
  scoredCount,
  tooFewJudgedText,
} from './score-evidence.ts';
import { verdictsOf } from './verdicts.ts';

/** A second link squeezes probabilities into [low, high]; `undo` gives them back. */
interface SecondLink {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly undo: (score: number) => number;
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const logit = (p: number) => Math.log(p / (1 - p));

/** softmax([1 - p, p]) = logistic(2p - 1); logistic(p) is what a sigmoid makes of one column. */
const SECOND_LINKS: readonly SecondLink[] = [
  { name: 'softmax', low: logistic(-1), high: logistic(1), undo: (s) => (logit(s) + 1) / 2 },
  { name: 'sigmoid', low: 0.5, high: logistic(1), undo: logit },
];

/** What float32 may add to the ends of the range. */
const RANGE_SLACK = 1e-6;

/** Standard errors by which undoing must be better: chance does that to one right model in a thousand. */
const CLEAR_ERRORS = 3;

const { pass, warn, fail, unknown } = verdictsOf('double-softmax');

/**
 * Whether a softmax or sigmoid was applied to what already were probabilities. Both signs are needed:
 *
 * 1. all scores lie in [1/(1+e), e/(1+e)] = [0.2689, 0.7311] (softmax over two classes) or [0.5, 0.7311] (sigmoid);
 * 2. undone scores, p' = (logit(p) + 1)/2 or logit(p), are the better probabilities on the judged rows: their Brier
 *    score is lower by more than three standard errors of the paired difference. Undoing keeps the order and the ties,
 *    so the whole difference in Brier score is one of calibration.
 *
 * Fails when the mean score also was off the base rate (three standard errors) and undoing brings it nearer; else warns,
 * since a model that is merely too cautious around a base rate of one half looks the same.
 * Scores outside of the range pass whatever the outcomes.
 * Source of the split of the Brier score: Murphy, Journal of Applied Meteorology 12 (1973), 595-600.
 */
export function doubleSoftmaxCheck(evidence: ScoreEvidence): ModelCheck {
  const { threshold } = evidence.all;
  const highest = threshold[0] ?? Number.NaN;
  const lowest = threshold.at(-1) ?? Number.NaN;
  const figures: [string, string][] = [
    ['Lowest score', metricText(lowest)],
    ['Highest score', metricText(highest)],
  ];
  const links = SECOND_LINKS.filter(
    ({ low, high }) => lowest >= low - RANGE_SLACK && highest <= high + RANGE_SLACK,
  );
  if (scoredCount(evidence.all) === 0) return unknown('No scores', 'No row has a score.', '', figures);
  if (links.length === 0 || lowest === highest) {
    const finding = `Scores run from ${metricText(lowest)} to ${metricText(highest)}; a second softmax would keep them within 0.269 to 0.731.`;
    return pass('One link function', finding, figures);
  }
  const range = `All scores lie between ${metricText(lowest)} and ${metricText(highest)}, within the 0.269 to 0.731 that a softmax or sigmoid of probabilities leaves`;
  const judged = enoughJudged(evidence);
  if (judged === null) {
    return unknown('Link function not judged', `${range}. ${tooFewJudgedText(evidence)}`, '', figures);
  }
  return judgedVerdict(judged, links, range, figures);
}

function judgedVerdict(
  judged: RankedScores,
  links: readonly SecondLink[],
  range: string,
  known: readonly [string, string][],
): ModelCheck {
  const undone = links.map((link) => gainOf(judged, link)).sort((a, b) => b.gain - a.gain)[0]!;
  const figures: [string, string][] = [
    ...known,
    [
      'Mean score, undone, base rate',
      [undone.before, undone.after, undone.baseRate].map(metricText).join(', '),
    ],
    ['Brier score gained by undoing', `${metricText(undone.gain)} ± ${metricText(undone.standardError)}`],
  ];
  if (!undone.isBetter) {
    return pass('One link function', `${range}, but they fit the outcomes better as they are.`, figures);
  }
  const finding = `${range}, and undoing a second ${undone.name} fits the outcomes better: the mean score goes from ${metricText(undone.before)} to ${metricText(undone.after)} (base rate ${metricText(undone.baseRate)})`;
  const advice = `Remove the last ${undone.name} from the exported model, or export its margins instead of its probabilities.`;
  return undone.isRestored
    ? fail('Softmax applied twice', `${finding}. The link was probably applied twice.`, advice, figures)
    : warn(
        'Softmax perhaps applied twice',
        `${finding}. A very cautious model looks the same.`,
        advice,
        figures,
      );
}

function gainOf(judged: RankedScores, { name, undo }: SecondLink) {
  const undone = (score: number) => Math.min(1, Math.max(0, undo(score)));
  const gain = meanOverRanked(judged, (score, y) => (score - y) ** 2 - (undone(score) - y) ** 2);
  const shift = meanOverRanked(judged, (score, y) => score - y);
  const before = meanOverRanked(judged, (score) => score).mean;
  const after = meanOverRanked(judged, undone).mean;
  const baseRate = before - shift.mean;
  const isOff = Math.abs(shift.mean) > CLEAR_ERRORS * shift.standardError;
  return {
    name,
    gain: gain.mean,
    standardError: gain.standardError,
    before,
    after,
    baseRate,
    isBetter: gain.mean > CLEAR_ERRORS * gain.standardError,
    /** The mean was off the base rate, and undoing brings it nearer: no merely cautious model does that. */
    isRestored: isOff && Math.abs(after - baseRate) < Math.abs(shift.mean),
  };
}

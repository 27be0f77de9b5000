import { wilsonInterval } from '../stats/wilson-interval.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import { countText, shareText } from './figure-text.ts';
import type { ModelCheck } from './model-check.ts';
import {
  eachOutcome,
  enoughJudged,
  FEWEST_SCORES,
  type ScoreEvidence,
  scoredCount,
  tooFewJudgedText,
} from './score-evidence.ts';
import { verdictsOf } from './verdicts.ts';

/** A score this near to 0 or 1 says: at most one such row in a thousand turns out otherwise. */
const CERTAIN_WITHIN = 1e-3;

/** So near that in float32 there is hardly a next score: only for the evidence. */
const AT_THE_END_WITHIN = 1e-6;

/** Fewer rows than one in a hundred at the ends are the tails of any good model. */
const SMALL_SHARE = 0.01;

/** From here on saturation is what most users will meet, and a failure. */
const LARGE_SHARE = 0.2;

/** Ten times as many surprises as a score within 1e-3 of 0 or 1 allows. */
const MOST_SURPRISES = 0.01;

const { pass, warn, fail, unknown } = verdictsOf('saturated');

/**
 * Whether scores at 0 and 1 keep what they promise.
 *
 * Rows within 1e-3 of 0 or 1 are called certain. When they are at least 1 % of the scored rows, the judged ones among
 * them are counted whose outcome is the other one: the check warns when the lower end of the Wilson 95 % interval of
 * their share lies above 1 %, and fails when at least 20 % of all scores are certain. Rare outcomes rightly give many
 * scores near 0, so the share alone says nothing.
 */
export function saturatedCheck(evidence: ScoreEvidence): ModelCheck {
  const scored = scoredCount(evidence.all);
  const certain = shareWithin(evidence.all, CERTAIN_WITHIN);
  const figures: [string, string][] = [
    ['Within 0.001 of 0 or 1', `${shareText(certain)} of rows`],
    ['Within 0.000001 of 0 or 1', `${shareText(shareWithin(evidence.all, AT_THE_END_WITHIN))} of rows`],
  ];
  if (scored < FEWEST_SCORES) {
    return unknown('Too few scores', `Only ${scored} rows have a score: too few to say.`, '', figures);
  }
  if (certain < SMALL_SHARE) {
    return pass(
      'Scores keep off 0 and 1',
      `Scores that are 0 or 1 to three decimals: ${shareText(certain)}.`,
      figures,
    );
  }
  const judged = enoughJudged(evidence);
  if (judged === null) {
    const finding = `${shareText(certain)} of the scores are 0 or 1 to three decimals. ${tooFewJudgedText(evidence)}`;
    return unknown('Certain scores, not judged', finding, '', figures);
  }
  return judgedVerdict(judged, certain, figures);
}

function judgedVerdict(
  judged: RankedScores,
  certain: number,
  known: readonly [string, string][],
): ModelCheck {
  const { rows, surprises } = surprisesOf(judged);
  const [low] = wilsonInterval(surprises, rows);
  const figures: [string, string][] = [
    ...known,
    ['Judged rows among them', countText(rows)],
    ['With the other outcome', countText(surprises)],
  ];
  const found = `${shareText(certain)} of the scores are 0 or 1 to three decimals`;
  if (rows === 0)
    return unknown('Certain scores, not judged', `${found}; none of them is judged.`, '', figures);
  const counted = `${countText(surprises)} of ${countText(rows)} such judged rows`;
  if (low <= MOST_SURPRISES) {
    return pass('Certain scores hold', `${found}; ${counted} turned out otherwise.`, figures);
  }
  const verdict = certain >= LARGE_SHARE ? fail : warn;
  return verdict(
    'Scores are saturated',
    `${found}, but ${counted} (${shareText(surprises / rows)}) turned out otherwise: the model is far surer than it may be.`,
    'Check the units of the inputs: values a thousand times too large, or not standardised as in training, drive scores to 0 and 1.',
    figures,
  );
}

function shareWithin(ranked: RankedScores, distance: number): number {
  let count = 0;
  eachOutcome(ranked, (score, _, rows) => {
    if (score <= distance || score >= 1 - distance) count += rows;
  });
  return count / scoredCount(ranked);
}

function surprisesOf(judged: RankedScores): { rows: number; surprises: number } {
  let rows = 0;
  let surprises = 0;
  eachOutcome(judged, (score, outcome, count) => {
    const isLow = score <= CERTAIN_WITHIN;
    if (!isLow && score < 1 - CERTAIN_WITHIN) return;
    rows += count;
    if (isLow === (outcome === 1)) surprises += count;
  });
  return { rows, surprises };
}

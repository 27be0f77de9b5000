import { countOf, countText, metricText, shareText } from './figure-text.ts';
import type { ModelCheck } from './model-check.ts';
import { FEWEST_SCORES, type ScoreEvidence, scoredCount } from './score-evidence.ts';
import { verdictsOf } from './verdicts.ts';

/** A single tree of eight leaves or a score in bands has fewer distinct scores than this; any larger model has more. */
const FEW_DISTINCT = 10;

/** When more than every second row has the same score, no threshold can split them. */
const MOST_SHARE_OF_ONE = 0.5;

/**
 * Whether there are enough distinct scores to choose a threshold among: at least 10 (or sqrt(n) for short tables), and
 * none that holds more than half of the rows. Over all rows of the table that have a score.
 */
export function degenerateCheck({ all }: ScoreEvidence): ModelCheck {
  const { pass, warn, unknown } = verdictsOf('degenerate');
  const scored = scoredCount(all);
  const distinct = all.threshold.length;
  const top = mostFrequent(all);
  const evidence = [
    ['Distinct scores', countText(distinct)],
    ['Most frequent score', `${metricText(top.score)}, ${shareText(top.count / scored)} of rows`],
  ] as const;
  if (scored < FEWEST_SCORES) {
    return unknown('Too few scores', `Only ${scored} rows have a score: too few to say.`, '', evidence);
  }
  const advice =
    'Check for features that arrive empty or constant; if the model really is this coarse, few thresholds are worth comparing.';
  if (top.count > MOST_SHARE_OF_ONE * scored) {
    const finding = `${shareText(top.count / scored)} of the rows have the score ${metricText(top.score)}: a threshold takes all of them or none.`;
    return warn('One score dominates', finding, advice, evidence);
  }
  if (distinct < FEW_DISTINCT && distinct < Math.sqrt(scored)) {
    const finding = `${countText(scored)} rows share ${countOf(distinct, 'distinct score')}.`;
    return warn('Very few distinct scores', finding, advice, evidence);
  }
  return pass(
    'Scores are finely graded',
    `${countText(scored)} rows have ${countOf(distinct, 'distinct score')}; the most frequent one holds ${shareText(top.count / scored)} of them.`,
    evidence,
  );
}

function mostFrequent({ threshold, fp, tp }: ScoreEvidence['all']): { score: number; count: number } {
  let top = { score: Number.NaN, count: 0 };
  for (let i = 0, above = 0; i < threshold.length; i++) {
    const upTo = tp[i]! + fp[i]!;
    if (upTo - above > top.count) top = { score: threshold[i]!, count: upTo - above };
    above = upTo;
  }
  return top;
}

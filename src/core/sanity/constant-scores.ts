import { countText, metricText, valueText } from './figure-text.ts';
import type { ModelCheck } from './model-check.ts';
import { FEWEST_SCORES, type ScoreEvidence, scoredCount } from './score-evidence.ts';
import { verdictsOf } from './verdicts.ts';

/** Scores that differ by less are one score: float32 arithmetic in another order moves a probability by up to about 1e-7. */
const EQUAL_WITHIN = 1e-9;

/**
 * Whether the scores tell rows apart at all: highest - lowest > 1e-9, over all rows of the table.
 *
 * Scores that differ pass however few there are; equal scores need 30 rows to be called constant.
 */
export function constantCheck({ all }: ScoreEvidence): ModelCheck {
  const { pass, fail, unknown } = verdictsOf('constant');
  const scored = scoredCount(all);
  const highest = all.threshold[0] ?? Number.NaN;
  const lowest = all.threshold.at(-1) ?? Number.NaN;
  const evidence = [
    ['Scored rows', countText(scored)],
    ['Lowest score', metricText(lowest)],
    ['Highest score', metricText(highest)],
  ] as const;
  if (highest - lowest > EQUAL_WITHIN) {
    return pass(
      'Scores differ',
      `Scores run from ${metricText(lowest)} to ${metricText(highest)}.`,
      evidence,
    );
  }
  if (scored < FEWEST_SCORES) {
    return unknown('Too few scores', `Only ${scored} rows have a score: too few to say.`, '', evidence);
  }
  return fail(
    'Scores are constant',
    `All ${countText(scored)} rows have the score ${valueText(highest)}: the model answers the same whatever it is given.`,
    'Check that the model was trained, and that its inputs are mapped to the columns it was trained on.',
    evidence,
  );
}

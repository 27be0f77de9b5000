import { rocAuc, rocAucInterval } from '../metrics/roc-auc.ts';
import { metricText } from './figure-text.ts';
import type { ModelCheck } from './model-check.ts';
import { enoughJudged, type ScoreEvidence, tooFewJudgedText } from './score-evidence.ts';
import { verdictsOf } from './verdicts.ts';

/**
 * Whether high scores mark the bad outcome: AUC over the judged rows with its DeLong 95 % interval (DEFINITIONS C8, C11).
 *
 * An interval below one half fails (the class order is probably swapped), one that contains it warns (no better than
 * chance). The same rule as the notice of the judgement.
 */
export function classOrderCheck(evidence: ScoreEvidence): ModelCheck {
  const { pass, warn, fail, unknown } = verdictsOf('class-order');
  const judged = enoughJudged(evidence);
  if (judged === null) return unknown('Class order not judged', tooFewJudgedText(evidence));
  const auc = rocAuc(judged);
  const [low, high] = rocAucInterval(judged);
  const interval = `${metricText(auc)} [${metricText(low)}, ${metricText(high)}]`;
  const figures = [['AUC with 95 % interval', interval]] as const;
  if (high < 0.5) {
    return fail(
      'Class order is probably swapped',
      `The score ranks the good outcomes above the bad ones (AUC ${interval}): the class order is probably swapped.`,
      'Check which class of the model is the bad outcome, and which values of the target are called positive.',
      figures,
    );
  }
  if (low <= 0.5) {
    return warn(
      'No better than chance',
      `The ranking is no better than chance on these rows: the interval of the AUC, ${interval}, contains 0.5.`,
      'Check that the inputs are mapped to the right columns and that these rows are of the kind the model was made for.',
      figures,
    );
  }
  return pass('Bad outcomes score higher', `Bad outcomes score above good ones: AUC ${interval}.`, figures);
}

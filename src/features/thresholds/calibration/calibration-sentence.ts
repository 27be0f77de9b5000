import type { JudgementSummary } from '../../../contracts/judgement.ts';
import type { CalibrationFigures, ReliabilityBin } from '../../../core/metrics/calibration-figures.ts';
import { hasTooFewRows } from '../../../core/metrics/few-rows.ts';
import type { Estimate } from '../../../core/threshold/uncertainty.ts';
import {
  formatMetric,
  formatRate,
  formatRatio,
  formatThreshold,
  formatValue,
} from '../../../design/format.ts';
import type { OutcomeWords } from '../words.ts';

type Judged = Pick<JudgementSummary, 'rows' | 'positives' | 'negatives' | 'lowestScore' | 'highestScore'>;

/** Whether the scores cannot be probabilities, because some lie outside [0, 1]. */
export function leavesUnit({ lowestScore, highestScore }: Judged): boolean {
  return lowestScore < 0 || highestScore > 1;
}

/** What is said instead of pictures for such scores. */
export function noProbabilities({ lowestScore, highestScore }: Judged): string {
  return `These scores run from ${formatValue(lowestScore)} to ${formatValue(highestScore)}: they are no probabilities, and whether they are right cannot be asked. Ranking, thresholds and money need no probabilities.`;
}

/**
 * The answer of the part: whether the scores say what happens. Too high or too low by the interval of observed over
 * expected, too sure or too timid by the interval of the slope; "about right" when both hold 1.
 *
 *     Scores are about right: of the rows scored near 0.301, 28.0 % turned out bad. ECE 0.021.
 *
 * @param threshold the bin nearest to it is the example; any bin when it is NaN
 */
export function calibrationSentence(
  summary: Judged,
  figures: CalibrationFigures,
  threshold: number,
  words: OutcomeWords,
): string {
  const { observedToExpected, slope, eceQuantile10 } = figures;
  const example = exampleText(nearestBin(figures.equalMass, threshold), words);
  const ece = `ECE ${formatMetric(eceQuantile10)}.`;
  const verdict = verdictOf(observedToExpected, slope);
  const few = hasTooFewRows(summary) ? ' These are too few rows to be sure of it.' : '';
  return `${verdict}${example === '' ? '' : `: ${example}`}. ${ece}${few}`;
}

function verdictOf(observedToExpected: Estimate, slope: Estimate): string {
  const level = levelText(observedToExpected);
  const spread = spreadText(slope);
  if (level === '' && spread === '') return 'Scores are about right';
  return `Scores are ${[level, spread].filter(Boolean).join(' and ')}`;
}

/** "too high by a factor of 1.25": all scores together against what happened. */
function levelText({ value, low, high }: Estimate): string {
  if (high < 1) return `too high (${formatRatio(1 / value)} times as many expected as seen)`;
  return low > 1 ? `too low (${formatRatio(value)} times as many seen as expected)` : '';
}

function spreadText({ low, high }: Estimate): string {
  if (high < 1) return 'overconfident, too near to 0 and 1';
  return low > 1 ? 'underconfident, too near to the middle' : '';
}

/** The bin whose mean score is nearest to the threshold, the middle one for NaN; undefined without bins. */
function nearestBin(bins: readonly ReliabilityBin[], threshold: number): ReliabilityBin | undefined {
  if (Number.isNaN(threshold)) return bins[Math.floor(bins.length / 2)];
  const away = (bin: ReliabilityBin) => Math.abs(bin.meanScore - threshold);
  return bins.reduce<ReliabilityBin | undefined>(
    (best, bin) => (best === undefined || away(bin) < away(best) ? bin : best),
    undefined,
  );
}

function exampleText(bin: ReliabilityBin | undefined, { positive }: OutcomeWords): string {
  if (bin === undefined) return '';
  const [low, high] = bin.interval.map((end) => formatRate(end));
  const rate = `${formatRate(bin.observedRate)} turned out ${positive} (95\u00A0%: ${low} to ${high})`;
  return `of the rows scored near ${formatThreshold(bin.meanScore)}, ${rate}`;
}

import type { JudgementSummary } from '../../../contracts/judgement.ts';
import type { CalibrationFigures, ReliabilityBin } from '../../../core/metrics/calibration-figures.ts';
import { hasTooFewRows } from '../../../core/metrics/few-rows.ts';
import type { Estimate } from '../../../core/threshold/uncertainty.ts';
import {
  formatCountOf,
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
  return `These scores run from ${formatValue(lowestScore)} to ${formatValue(highestScore)}: they are no probabilities, and whether they are right cannot be asked. Ranking, thresholds and money need none; isotonic recalibration makes some of them.`;
}

/**
 * The answer of the part: whether the scores say what happens. Too high or too low by the interval of observed over
 * expected, too sure or too timid by the interval of the slope; "about right" when both hold 1 or are near it. The example is the bin
 * that shows it best; of scores that are about right the one nearest to the threshold.
 *
 *     Scores are about right: of the rows scored near 0.301, 28.0 % turned out bad. ECE 0.021.
 *
 * @param threshold NaN when there is none
 */
export function calibrationSentence(
  summary: Judged,
  figures: CalibrationFigures,
  threshold: number,
  words: OutcomeWords,
): string {
  const { equalMass, eceQuantile10 } = figures;
  const fault = faultOf(figures);
  const show = shows(fault, threshold, summary.positives / summary.rows);
  const example = exampleText(greatest(equalMass, show), words);
  const ece = `ECE ${formatMetric(eceQuantile10)}.`;
  const few = hasTooFewRows(summary) ? ' These are too few rows to be sure of it.' : '';
  return `Scores are ${faultText(fault, figures, summary.rows)}${example === '' ? '' : `: ${example}`}. ${ece}${few}`;
}

interface Fault {
  /** 1 = too high, -1 = too low, 0 = neither for certain. */
  readonly level: number;
  /** 1 = overconfident, -1 = underconfident, 0 = neither for certain. */
  readonly spread: number;
}

function faultOf({ observedToExpected, slope }: CalibrationFigures): Fault {
  return { level: belowOne(observedToExpected), spread: belowOne(slope) };
}

/** Nearer to 1 than this is about right, however sure: at a million rows an interval tells 0.98 from 1. */
const NEAR_ONE = 0.1;

/** 1 when the value and its whole interval lie below 1, -1 when above, 0 when it is near, holds 1 or is not defined. */
function belowOne({ value, low, high }: Estimate): number {
  if (Math.abs(value - 1) < NEAR_ONE) return 0;
  if (high < 1) return 1;
  return low > 1 ? -1 : 0;
}

function faultText(
  { level, spread }: Fault,
  { observedToExpected, slope }: CalibrationFigures,
  rows: number,
): string {
  const { value } = observedToExpected;
  const said = [
    level > 0 && `too high (${formatRatio(1 / value)} times as many expected as seen)`,
    level < 0 && `too low (${formatRatio(value)} times as many seen as expected)`,
    spread > 0 && 'overconfident, too near to 0 and 1',
    spread < 0 && 'underconfident, too near to the middle',
  ].filter((part) => part !== false);
  if (said.length > 0) return said.join(' and ');
  // Far from 1 and not told from it by so few rows: that is no proof of being right.
  const isNear = [observedToExpected, slope].every((figure) => !(Math.abs(figure.value - 1) >= NEAR_ONE));
  return isNear ? 'about right' : `about right as far as ${formatCountOf(rows, 'row')} can tell`;
}

/** How well a bin shows the fault: by its gap in the direction of it, on either side of the base rate for the spread. */
function shows(
  { level, spread }: Fault,
  threshold: number,
  baseRate: number,
): (bin: ReliabilityBin) => number {
  const gap = ({ meanScore, observedRate }: ReliabilityBin) => meanScore - observedRate;
  if (level !== 0) return (bin) => level * gap(bin);
  if (spread !== 0) return (bin) => spread * gap(bin) * Math.sign(bin.meanScore - baseRate);
  const near = Number.isNaN(threshold) ? baseRate : threshold;
  return ({ meanScore }) => -Math.abs(meanScore - near);
}

/** The first bin with the greatest value; undefined without bins. */
function greatest(
  bins: readonly ReliabilityBin[],
  of: (bin: ReliabilityBin) => number,
): ReliabilityBin | undefined {
  return bins.reduce<ReliabilityBin | undefined>(
    (best, bin) => (best === undefined || of(bin) > of(best) ? bin : best),
    undefined,
  );
}

function exampleText(bin: ReliabilityBin | undefined, { positive }: OutcomeWords): string {
  if (bin === undefined) return '';
  const [low, high] = bin.interval.map((end) => formatRate(end));
  const rate = `${formatRate(bin.observedRate)} turned out ${positive} (95\u00A0%: ${low} to ${high})`;
  return `of the rows scored near ${formatThreshold(bin.meanScore)}, ${rate}`;
}

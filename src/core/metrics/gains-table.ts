import { flaggedValue, valueWhen } from '../money/flagged-value.ts';
import { scaleOf, type ValueModel } from '../money/value-model.ts';
import { drain, type Sliced } from '../sliced.ts';
import type { RankedScores } from '../threshold/ranked-scores.ts';
import { areProbabilities, overScores, scoredRows } from './ranked-counts.ts';
import type { GainsBin, GainsTable } from './ranking-figures.ts';

const BINS = 10;
/** Added to each count before shares are taken, so that a bin without positives has a weight of evidence. */
const CONTINUITY = 0.5;

/**
 * Gains table (DEFINITIONS C9): ten bins of equal count from the highest score down, the first rows mod 10 of them one row
 * larger. Equal scores share a bin, the one in which the first of them falls; a bin whose rows all went up that way is
 * left out.
 *
 *     lift = positive rate of the bin / positive rate of all judged rows
 *     weightOfEvidence = ln(g / b)      g = (negatives + 0.5) / (all negatives + 0.5 · bins), b likewise of positives
 *     informationValue = sum of (g - b) · weightOfEvidence
 *
 * Bins hold the rows that have a score. Cumulative shares and lift are of all judged rows, so with missing scores they end
 * below 1; weights of evidence compare the bins alone.
 *
 * @param model values each bin as flagging its rows, in the scale of money and without the fixed cost; null = NaN.
 * `checkAmounts` first
 * @returns no bins (information value and KS NaN) without scored rows; rates of an absent class NaN; observedToExpected NaN
 * when scores are no probabilities. Yields progress in distinct scores. O(k)
 * Source: Siddiqi, Credit Risk Scorecards (2006), ch. 6; checked against bins by NumPy's `array_split`.
 */
export function* gainsTableSliced(ranked: RankedScores, model: ValueModel | null): Sliced<GainsTable> {
  const ends = endsOfBins(ranked);
  const expected = yield* expectedPositives(ranked, ends);
  const netOf = netBetween(ranked, model);
  const bins = ends.map((end, bin) => {
    const start = bin === 0 ? 0 : ends[bin - 1]!;
    const counts = countsOf(ranked, start, end);
    const evidence = evidenceOf(ranked, counts, ends.length);
    return {
      ...counts,
      ...evidence,
      ...standingOf(ranked, counts, end),
      observedToExpected: counts.positives / expected[bin]!,
      net: netOf(start, end),
    };
  });
  return {
    bins,
    informationValue:
      bins.length === 0 ? Number.NaN : bins.reduce((sum, bin) => sum + bin.informationValue, 0),
    tableKs: bins.length === 0 ? Number.NaN : Math.max(...bins.map(({ ks }) => ks)),
  };
}

/** `gainsTableSliced` in one go. */
export function gainsTableOf(ranked: RankedScores, model: ValueModel | null): GainsTable {
  return drain(gainsTableSliced(ranked, model));
}

/** For each bin the number of distinct scores down to its end, strictly rising. */
function endsOfBins(ranked: RankedScores): number[] {
  const rows = scoredRows(ranked);
  const ends: number[] = [];
  for (let bin = 1; bin <= BINS; bin++) {
    const last = bin * Math.floor(rows / BINS) + Math.min(bin, rows % BINS);
    const end = distinctScoresDownTo(ranked, last);
    if (end > (ends.at(-1) ?? 0)) ends.push(end);
  }
  return ends;
}

/** How many distinct scores it takes to flag at least `rows` of the scored rows. */
function distinctScoresDownTo({ tp, fp }: RankedScores, rows: number): number {
  if (rows === 0) return 0;
  let low = 0;
  let high = tp.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tp[middle]! + fp[middle]! >= rows) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}

/** Sum of scores in each bin; NaN when they are no probabilities. */
function* expectedPositives(ranked: RankedScores, ends: readonly number[]): Sliced<number[]> {
  const expected = ends.map(() => (areProbabilities(ranked) ? 0 : Number.NaN));
  let at = 0;
  let bin = 0;
  yield* overScores(ranked, (score, positives, negatives) => {
    if (at === ends[bin]) bin++;
    expected[bin]! += score * (positives + negatives);
    at++;
  });
  return expected;
}

type BinCounts = Pick<
  GainsBin,
  'rows' | 'positives' | 'negatives' | 'highestScore' | 'lowestScore' | 'positiveRate'
>;

function countsOf({ tp, fp, threshold }: RankedScores, start: number, end: number): BinCounts {
  const positives = tp[end - 1]! - (tp[start - 1] ?? 0);
  const negatives = fp[end - 1]! - (fp[start - 1] ?? 0);
  const rows = positives + negatives;
  return {
    rows,
    positives,
    negatives,
    highestScore: threshold[start]!,
    lowestScore: threshold[end - 1]!,
    positiveRate: positives / rows,
  };
}

function standingOf(ranked: RankedScores, { positiveRate }: BinCounts, end: number) {
  const tp = ranked.tp[end - 1]!;
  const fp = ranked.fp[end - 1]!;
  const cumulativePositives = tp / ranked.positives;
  const cumulativeNegatives = fp / ranked.negatives;
  const cumulativeRows = (tp + fp) / ranked.rows;
  return {
    cumulativePositives,
    cumulativeNegatives,
    cumulativeRows,
    lift: positiveRate / (ranked.positives / ranked.rows),
    cumulativeLift: cumulativePositives / cumulativeRows,
    ks: Math.abs(cumulativePositives - cumulativeNegatives),
  };
}

function evidenceOf({ tp, fp }: RankedScores, { positives, negatives }: BinCounts, bins: number) {
  const bad = (positives + CONTINUITY) / (tp.at(-1)! + CONTINUITY * bins);
  const good = (negatives + CONTINUITY) / (fp.at(-1)! + CONTINUITY * bins);
  const weightOfEvidence = Math.log(good / bad);
  return { weightOfEvidence, informationValue: (good - bad) * weightOfEvidence };
}

/** Net value of flagging the rows between two counts of distinct scores, beside what those above bring. */
function netBetween(ranked: RankedScores, model: ValueModel | null): (start: number, end: number) => number {
  if (model === null) return () => Number.NaN;
  const scale = scaleOf(model, ranked.rows);
  const benefit = flaggedValue(ranked, model.benefit, scale);
  const cost = flaggedValue(ranked, model.cost, scale);
  const netOf = (flagged: number) => valueWhen(benefit, ranked, flagged) - valueWhen(cost, ranked, flagged);
  return (start, end) => netOf(end) - netOf(start);
}

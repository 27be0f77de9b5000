import { DataError } from '../errors.ts';
import { drain, type Sliced, stage } from '../sliced.ts';
import { wilsonInterval, Z_95 } from '../stats/wilson-interval.ts';
import { type Judgement, valueModelOf } from '../threshold/judgement.ts';
import { flaggedThresholds, type RankedScores } from '../threshold/ranked-scores.ts';
import type { BandDesign, BandFigures, BandsAnswer } from './bands.ts';
import { bestCutOffsSliced, type CutOffCounts, rowsIn } from './bands-best.ts';
import { declinedValues, startingAssumptions, withoutReview } from './bands-design.ts';
import { type CellSums, matrixSums, sumOver } from './cell-sums.ts';
import { spreadOver } from './money-of.ts';
import { scanNetSliced } from './net-scan.ts';
import type { Scenario } from './scenario.ts';
import { shortCutOff } from './short-cut-off.ts';
import { type CellValues, type LinearValue, scaleOf, type ValueModel } from './value-model.ts';

/**
 * Approve below `low`, refer from `low`, decline from `high`; a row without a score is approved.
 *
 *     approved row   passed                                    declined row   flagged, without the scenario's own review
 *     referred row   -reviewCost + the reviewer's decision: a positive is declined with probability sensitivity, a
 *                    negative is passed with probability specificity
 *     net = scale · sum over all judged rows - fixed cost
 *
 * The interval is for sampling of rows and for the reviewer's decisions on them, at these fixed bands and this accuracy.
 * What each template's flagging is worth without a review: see `withoutReview`. So
 *   - low = high is the single threshold of the scenario without review cost (and with declineCost as further friction);
 *   - in lending and fraud without friction, a reviewer who is always right at the scenario's review cost, and nobody
 *     declined, is the single threshold of the scenario itself.
 * `single` is the scenario's best threshold as every other page has it. Sorts nothing; O(k), exact (see bestCutOffsSliced).
 *
 * @param design null = the starting assumptions at the best cut-offs
 * @returns `best` in the design's assumptions, its cut-offs as the shortest decimals that decide the same rows; one that no
 *   score reaches is Infinity. Yields progress in thresholds
 * @throws {DataError} `invalid-argument` (the cut-offs are not in order) | `invalid-scenario` (the rows were judged without an
 *   amount column that it needs)
 */
export function* answerBandsSliced(
  judgement: Judgement,
  scenario: Scenario,
  design: BandDesign | null,
): Sliced<BandsAnswer> {
  const { ranked, figures } = judgement;
  checkDesign(design);
  const total = ranked.threshold.length;
  const model = valueModelOf(judgement, scenario);
  const assumptions = design ?? startingAssumptions(scenario, figures);
  const book: Book = {
    ranked,
    scale: scaleOf(model, ranked.rows),
    fixedCost: model.fixedCost,
    values: declinedValues(valueModelOf(judgement, withoutReview(scenario)), assumptions.declineCost),
  };
  const scan = yield* stage(scanNetSliced(ranked, model), 0, 0.4 * total, total);
  const search = bestCutOffsSliced(ranked, book.values, assumptions, book.scale);
  const best = yield* stage(search, 0.4 * total, total, total);
  const bestDesign = { ...assumptions, ...cutOffsAt(ranked, best) };
  const chosen = design ?? bestDesign;
  const counts: CutOffCounts = {
    declined: flaggedThresholds(ranked, chosen.high),
    acted: flaggedThresholds(ranked, chosen.low),
  };
  const figuresAt = bandFigures(book, chosen, counts);
  const reviews = book.scale * (rowsIn(ranked, counts.acted) - rowsIn(ranked, counts.declined));
  return {
    design: chosen,
    ...figuresAt,
    reviews,
    overCapacity: Math.max(0, reviews - (chosen.capacity ?? Number.POSITIVE_INFINITY)),
    single:
      scan.best < 0 || scan.net[scan.best]! < scan.flagNobody
        ? null
        : { threshold: ranked.threshold[scan.best]!, net: scan.net[scan.best]! },
    best: {
      low: bestDesign.low,
      high: bestDesign.high,
      net: bandFigures(book, bestDesign, best).net,
    },
  };
}

/** `answerBandsSliced` in one go. */
export function answerBands(
  judgement: Judgement,
  scenario: Scenario,
  design: BandDesign | null,
): BandsAnswer {
  return drain(answerBandsSliced(judgement, scenario, design));
}

function checkDesign(design: BandDesign | null): void {
  if (design === null || design.low <= design.high) return;
  throw new DataError(
    'invalid-argument',
    `The band for review begins at ${design.low} and ends at ${design.high}: it must not end before it begins.`,
    { advice: 'Give the lower cut-off first.' },
  );
}

/** The judged rows, and what deciding one of them is worth. */
interface Book extends Pick<ValueModel, 'fixedCost'> {
  readonly ranked: RankedScores;
  readonly scale: number;
  readonly values: CellValues;
}

/** As short as they can be written; Infinity where nobody is declined (or everybody approved). */
function cutOffsAt(ranked: RankedScores, { declined, acted }: CutOffCounts) {
  const at = (count: number) => shortCutOff(ranked, ranked.threshold[count - 1] ?? Number.POSITIVE_INFINITY);
  return { high: at(declined), low: at(acted) };
}

function bandFigures(book: Book, design: BandDesign, { declined, acted }: CutOffCounts) {
  const { ranked, values, scale, fixedCost } = book;
  const above = matrixSums(ranked, declined);
  const below = matrixSums(ranked, acted);
  const parts = [
    passedParts(values, below.passPositive, below.passNegative),
    referredParts(
      values,
      lessCells(below.flagPositive, above.flagPositive),
      lessCells(below.flagNegative, above.flagNegative),
      design,
    ),
    declinedParts(values, above.flagPositive, above.flagNegative),
  ];
  const names = ['approve', 'refer', 'decline'] as const;
  const bands = names.map((band, i) => figuresOf(band, parts[i]!, ranked.rows, scale));
  const net = bands.reduce((sum, figures) => sum + figures.net, 0) - fixedCost;
  return { bands, net, netInterval: intervalOf(net, parts.flat(), ranked.rows, scale) };
}

/** Rows that are decided alike and have one outcome. A referred row counts by the share that the reviewer decides so. */
interface Part {
  readonly cells: CellSums;
  readonly value: LinearValue;
  readonly isPositive: boolean;
}

function passedParts(values: CellValues, positives: CellSums, negatives: CellSums): readonly Part[] {
  return [
    { cells: positives, value: values.passPositive, isPositive: true },
    { cells: negatives, value: values.passNegative, isPositive: false },
  ];
}

function declinedParts(values: CellValues, positives: CellSums, negatives: CellSums): readonly Part[] {
  return [
    { cells: positives, value: values.flagPositive, isPositive: true },
    { cells: negatives, value: values.flagNegative, isPositive: false },
  ];
}

/** The reviewer's two decisions on each outcome: each part is a share of the rows, amounts and squares alike. */
function referredParts(
  values: CellValues,
  positives: CellSums,
  negatives: CellSums,
  { sensitivity, specificity, reviewCost }: BandDesign,
): readonly Part[] {
  return [
    ...declinedParts(values, shareOf(positives, sensitivity), shareOf(negatives, 1 - specificity)),
    ...passedParts(values, shareOf(positives, 1 - sensitivity), shareOf(negatives, specificity)),
  ].map((part) => ({ ...part, value: { ...part.value, constant: part.value.constant - reviewCost } }));
}

function figuresOf(
  band: BandFigures['band'],
  parts: readonly Part[],
  judgedRows: number,
  scale: number,
): BandFigures {
  const countOf = (some: readonly Part[]) =>
    // Shares of a whole number of rows: rounding takes away only what floating point added.
    Math.round(some.reduce((sum, { cells }) => sum + cells.count, 0));
  const rows = countOf(parts);
  const positives = countOf(parts.filter(({ isPositive }) => isPositive));
  return {
    band,
    rows,
    share: rows / judgedRows,
    positives,
    positiveRate: positives / rows,
    rateInterval: wilsonInterval(positives, rows),
    net: scale * parts.reduce((sum, { value, cells }) => sum + sumOver(value, cells), 0),
  };
}

/** As `netIntervalOf`, over the parts: the value of a referred row varies with its amount and with the reviewer's decision. */
function intervalOf(
  net: number,
  parts: readonly Part[],
  rows: number,
  scale: number,
): readonly [number, number] {
  if (rows < 2) return [Number.NaN, Number.NaN];
  const mean = parts.reduce((sum, { value, cells }) => sum + sumOver(value, cells), 0) / rows;
  const spread = parts.reduce((sum, { value, cells }) => sum + spreadOver(value, cells, mean), 0);
  const half = Z_95 * scale * Math.sqrt((rows * spread) / (rows - 1));
  return [net - half, net + half];
}

function shareOf({ count, amounts }: CellSums, share: number): CellSums {
  return {
    count: share * count,
    amounts: amounts.map(({ sum, squared }) => ({ sum: share * sum, squared: share * squared })),
  };
}

function lessCells(all: CellSums, part: CellSums): CellSums {
  return {
    count: all.count - part.count,
    amounts: all.amounts.map(({ sum, squared }, column) => ({
      sum: sum - part.amounts[column]!.sum,
      squared: squared - part.amounts[column]!.squared,
    })),
  };
}

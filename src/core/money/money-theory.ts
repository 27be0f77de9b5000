import { fitIsotonicSliced, type IsotonicFit } from '../metrics/isotonic-regression.ts';
import { drain, type Sliced, stage } from '../sliced.ts';
import { type Judgement, valueModelOf } from '../threshold/judgement.ts';
import { breakEvenIndex, breakEvenMargin, classGains } from '../threshold/money-rules.ts';
import { flaggedThresholds, type RankedScores } from '../threshold/ranked-scores.ts';
import { elkanThreshold, rowWiseThresholds, type ValuedRows, variesByRow } from './elkan-threshold.ts';
import { gapErrorSliced } from './gap-error.ts';
import { moneyOf } from './money-of.ts';
import { scanNetSliced } from './net-scan.ts';
import type { Scenario } from './scenario.ts';
import type { MoneyTheory } from './sensitivity-figures.ts';
import { scaleOf, type ValueModel } from './value-model.ts';

/**
 * Where flagging begins to pay in theory (C16, C19), and how far the data are from it.
 *
 *     break-even precision = break-even probability = t* = loss / (loss + gain)        see `elkanThreshold`
 *     gain, loss = what flagging a mean positive brings and a mean negative costs, over passing them
 *
 * On calibrated scores t* is the best threshold; the gap to the empirical optimum is what miscalibration costs, and
 * `calibratedThreshold` is where an isotonic fit on the same rows would put t*: with values that do not vary by row it
 * flags the very rows of the empirical optimum. The fixed cost moves `breakEvenThreshold` only.
 *
 * @param rows the judged rows of the judgement, its scores (recalibrated or not) and amounts in its columns
 * @returns yields progress in rows. O(n + k), nothing is ranked again
 * @throws {DataError} `invalid-scenario` when the rows were judged without an amount column
 */
export function* moneyTheorySliced(
  judgement: Judgement,
  scenario: Scenario,
  rows: ValuedRows,
): Sliced<MoneyTheory> {
  const { ranked } = judgement;
  const model = valueModelOf(judgement, scenario);
  const total = ranked.rows;
  const gains = classGains(ranked, model);
  const theoretical = elkanThreshold(gains.perPositive, -gains.perNegative);
  const scan = yield* stage(scanNetSliced(ranked, model), 0, 0.2 * total, total);
  const fit = yield* stage(fitIsotonicSliced(ranked), 0.2 * total, 0.4 * total, total);
  const isBest = scan.best >= 0 && scan.net[scan.best]! >= scan.flagNobody;
  const netAtTheoretical = netWhenUsed(ranked, model, theoretical);
  const rowWise = variesByRow(model)
    ? yield* stage(rowWiseThresholds(rows, model), 0.4 * total, 0.8 * total, total)
    : { middleHalf: [theoretical, theoretical] as const, net: netAtTheoretical };
  const empirical = isBest ? ranked.threshold[scan.best]! : Number.POSITIVE_INFINITY;
  const gapError = Number.isNaN(netAtTheoretical)
    ? Number.NaN
    : yield* stage(gapErrorSliced(rows, model, empirical, theoretical), 0.8 * total, total, total);
  return {
    breakEvenPrecision: theoretical <= 1 ? theoretical : Number.NaN,
    ...breakEvenOf(ranked, model, scan.net),
    theoreticalThreshold: theoretical,
    rowWiseRange: rowWise.middleHalf,
    netRowWise: areProbabilities(ranked) ? rowWise.net : Number.NaN,
    netAtTheoretical,
    gapError,
    netAtEmpirical: isBest ? scan.net[scan.best]! : scan.flagNobody,
    empiricalThreshold: isBest ? ranked.threshold[scan.best]! : Number.NaN,
    calibratedThreshold: scoreAtRate(fit, theoretical),
  };
}

/** `moneyTheorySliced` in one go. */
export function moneyTheoryOf(judgement: Judgement, scenario: Scenario, rows: ValuedRows): MoneyTheory {
  return drain(moneyTheorySliced(judgement, scenario, rows));
}

function breakEvenOf(
  ranked: RankedScores,
  model: ValueModel,
  net: Float64Array,
): Pick<MoneyTheory, 'breakEvenThreshold' | 'breakEvenRecall'> {
  const margin = breakEvenMargin(ranked, model, scaleOf(model, ranked.rows));
  const index = breakEvenIndex(net, margin);
  return {
    breakEvenThreshold: ranked.threshold[index] ?? Number.NaN,
    breakEvenRecall: index < 0 ? Number.NaN : ranked.tp[index]! / ranked.positives,
  };
}

function netWhenUsed(ranked: RankedScores, model: ValueModel, threshold: number): number {
  if (!areProbabilities(ranked) || Number.isNaN(threshold)) return Number.NaN;
  return moneyOf(ranked, flaggedThresholds(ranked, threshold), model).net;
}

function areProbabilities({ threshold }: RankedScores): boolean {
  return threshold.at(-1)! >= 0 && threshold[0]! <= 1;
}

/** The lowest score whose fitted rate is at least `rate`; NaN when none is. */
function scoreAtRate({ from, to }: IsotonicFit, rate: number): number {
  return from[to.findIndex((fitted) => fitted >= rate)] ?? Number.NaN;
}

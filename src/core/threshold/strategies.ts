import { DataError } from '../errors.ts';
import { type NetScan, scanNet } from '../money/net-scan.ts';
import { checkAmounts, type ValueModel } from '../money/value-model.ts';
import type { StrategyParameters, StrategyResult } from './decision.ts';
import { decisionAtIndex } from './decision-at.ts';
import type { RankedScores } from './ranked-scores.ts';

/**
 * The six strategies over every distinct score, in the order maxF1, maxYouden, maxNet, recallAtLeast,
 * precisionAtLeast, capacity. Each returns an observed score; ties go to the lowest threshold.
 *
 * `reason` says why there is no decision: 'unreachable' (no threshold satisfies the rule, or the measure is not defined: one
 * class, no scored row), 'flag-nobody' (every threshold is worth less than flagging nobody), 'no-scenario'.
 *
 * @param model compiled scenario, or null: then maxNet has none and decisions carry no money
 * @param scan `scanNet(ranked, model)` when the caller has it already
 * @throws {DataError} `invalid-argument` (parameters out of range) | `invalid-scenario` (rows were ranked without amounts). O(k)
 */
export function strategiesOf(
  ranked: RankedScores,
  model: ValueModel | null,
  parameters: StrategyParameters,
  scan: NetScan | null = null,
): readonly StrategyResult[] {
  checkParameters(parameters);
  if (model !== null) checkAmounts(ranked, model);
  const { recallAtLeast, precisionAtLeast, capacity } = parameters;
  const result = (rule: StrategyResult['rule'], parameter: number, index: number): StrategyResult =>
    index < 0
      ? { rule, parameter, reason: 'unreachable', decision: null }
      : { rule, parameter, reason: null, decision: decisionAtIndex(ranked, index, model) };
  return [
    result('maxF1', Number.NaN, maxF1Index(ranked)),
    result('maxYouden', Number.NaN, maxYoudenIndex(ranked)),
    maxNet(ranked, model, scan),
    result('recallAtLeast', recallAtLeast, recallAtLeastIndex(ranked, recallAtLeast)),
    result('precisionAtLeast', precisionAtLeast, precisionAtLeastIndex(ranked, precisionAtLeast)),
    result('capacity', capacity, capacityIndex(ranked, capacity)),
  ];
}

function checkParameters({ recallAtLeast, precisionAtLeast, capacity }: StrategyParameters): void {
  const wrong = !(recallAtLeast >= 0 && recallAtLeast <= 1)
    ? `recall of at least ${recallAtLeast}`
    : !(precisionAtLeast >= 0 && precisionAtLeast <= 1)
      ? `precision of at least ${precisionAtLeast}`
      : !(capacity >= 0)
        ? `a capacity of ${capacity} rows`
        : null;
  if (wrong === null) return;
  throw new DataError('invalid-argument', `A strategy cannot ask for ${wrong}.`, {
    advice: 'Recall and precision lie between 0 and 1; a capacity is a number of rows, 0 or more.',
  });
}

/**
 * Index of the threshold with the greatest F1 = 2tp / (flagged + positives), ties to the lowest threshold; -1 without
 * positives or without scored rows. Compared as exact fractions of integers (counts below 2^26), so ties are real ties. O(k)
 */
function maxF1Index(ranked: RankedScores): number {
  const { tp, fp, positives } = ranked;
  if (positives === 0) return -1;
  let best = -1;
  let bestTp = 0;
  let bestSize = 1;
  for (let i = 0; i < tp.length; i++) {
    const size = tp[i]! + fp[i]! + positives;
    if (tp[i]! * bestSize < bestTp * size) continue;
    best = i;
    bestTp = tp[i]!;
    bestSize = size;
  }
  return best;
}

/**
 * Index of the threshold with the greatest Youden J = tpr - fpr, ties to the lowest threshold; -1 with one class or
 * without scored rows. Rates are over all judged rows; compared as exact integers tp·negatives - fp·positives. O(k)
 */
function maxYoudenIndex(ranked: RankedScores): number {
  const { tp, fp, positives, negatives } = ranked;
  if (positives === 0 || negatives === 0) return -1;
  let best = -1;
  let bestGap = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < tp.length; i++) {
    const gap = tp[i]! * negatives - fp[i]! * positives;
    if (gap < bestGap) continue;
    best = i;
    bestGap = gap;
  }
  return best;
}

/**
 * Index of the HIGHEST threshold (fewest flagged) with recall >= r; -1 when none reaches it. O(log k)
 *
 * The rate is divided before it is compared: tp / positives and the literal r round to the same float64 when they are the
 * same fraction (7/100 and 0.07), while r·positives may exceed the count by a rounding (0.07 · 100 = 7.000000000000001).
 */
export function recallAtLeastIndex(ranked: RankedScores, r: number): number {
  const { tp, positives } = ranked;
  if (positives === 0) return -1;
  let low = 0;
  let high = tp.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tp[middle]! / positives >= r) high = middle;
    else low = middle + 1;
  }
  return low < tp.length ? low : -1;
}

/**
 * Index of the LOWEST threshold (greatest recall) with precision >= p; -1 when none reaches it. Precision is not monotone,
 * so every threshold is looked at; divided before compared, as in `recallAtLeastIndex`. O(k)
 */
function precisionAtLeastIndex(ranked: RankedScores, p: number): number {
  const { tp, fp } = ranked;
  for (let i = tp.length - 1; i >= 0; i--) if (tp[i]! / (tp[i]! + fp[i]!) >= p) return i;
  return -1;
}

/**
 * Index of the LOWEST threshold that flags at most k rows; -1 when the highest score alone is shared by more than k. O(log k)
 */
function capacityIndex(ranked: RankedScores, k: number): number {
  const { tp, fp } = ranked;
  let low = 0;
  let high = tp.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tp[middle]! + fp[middle]! > k) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

/** The greatest net value, unless flagging nobody is worth more; an equal threshold wins over flagging nobody. */
function maxNet(ranked: RankedScores, model: ValueModel | null, known: NetScan | null): StrategyResult {
  const rule = { rule: 'maxNet', parameter: Number.NaN } as const;
  if (model === null) return { ...rule, reason: 'no-scenario', decision: null };
  const scan = known ?? scanNet(ranked, model);
  if (scan.best < 0) return { ...rule, reason: 'unreachable', decision: null };
  if (scan.net[scan.best]! < scan.flagNobody) return { ...rule, reason: 'flag-nobody', decision: null };
  return { ...rule, reason: null, decision: decisionAtIndex(ranked, scan.best, model) };
}

import { DataError } from '../errors.ts';
import { drain, type Sliced, stage } from '../sliced.ts';
import { Z_95 } from '../stats/wilson-interval.ts';
import { type RankedScores, rankScoresSliced } from '../threshold/ranked-scores.ts';
import type { CascadeAnswer, CascadeCosts, CascadeDesign } from './cascade.ts';
import {
  type ArmDecision,
  armOf,
  type CascadeRows,
  checkSameRows,
  type RowValues,
  rowValuesOf,
} from './cascade-rows.ts';
import { type SearchedModel, searchCascadeSliced } from './cascade-search.ts';
import { scanNet } from './net-scan.ts';
import type { Scenario } from './scenario.ts';
import { compileScenario } from './scenario-templates.ts';
import { shortCutOff } from './short-cut-off.ts';
import { checkAmounts, scaleOf, type ValueModel } from './value-model.ts';

/** Cost of scoring a row until the user says so: nothing for the fast model, one unit of money for the accurate one. */
const STARTING_COSTS: CascadeCosts = { fastCost: 0, accurateCost: 1 };

/**
 * A cascade beside each of its models alone, on the same rows.
 *
 *     fast score < low: passed     low <= fast score < high: flagged when accurate score >= accurateThreshold
 *     fast score >= high: flagged  no fast score: passed, as everywhere (and not handed on)
 *     net = scale · (sum over rows - rows · fastCost - handed on · accurateCost) - fixed cost
 *
 * Every row is scored by the fast model, rows in the band by the accurate one too. Each model alone stands at its own best
 * threshold of the scenario (at maximal F1 without one; Infinity when flagging nobody is best) and pays for its own scoring.
 * `netDifference` is the normal 95 % interval of a sum of paired differences, one per row, at these fixed thresholds:
 *
 *     scale · (Σd ± z · sqrt(n · s²_d))      d = what a row brings under the pair less under the accurate model alone
 *
 * A band that was chosen on the same rows makes the pair look better than it is.
 *
 * @param amountColumns names of `rows.amounts`
 * @param scenario null = decided by F1, without money
 * @param design costs alone, or null for the starting ones (0 and 1) = the best of `searchCascadeSliced` at them, its cut-offs as the shortest
 *   decimals that decide the same rows
 * @returns the answer; yields progress in rows. O(n) and the search
 * @throws {DataError} `shape-mismatch` (not the same rows) | `invalid-argument` (the band ends before it begins) |
 *   `invalid-scenario`
 */
export function* answerCascadeSliced(
  rows: CascadeRows,
  amountColumns: readonly string[],
  scenario: Scenario | null,
  design: CascadeDesign | CascadeCosts | null,
): Sliced<CascadeAnswer> {
  checkSameRows(rows);
  checkDesign(design);
  const { labels } = rows;
  const total = labels.length;
  const model = scenario === null ? null : compileScenario(scenario, amountColumns);
  const fast = yield* stage(rankedModel(rows.fast, rows, model), 0, 0.35 * total, total);
  const accurate = yield* stage(rankedModel(rows.accurate, rows, model), 0.35 * total, 0.7 * total, total);
  yield { done: Math.floor(0.7 * total), total };
  const values = model === null ? null : rowValuesOf(rows, model);
  yield { done: Math.floor(0.75 * total), total };
  const chosen = yield* stage(
    chosenDesign(rows, values, fast, accurate, design),
    0.75 * total,
    0.9 * total,
    total,
  );
  const arms = {
    pair: pairDecision(rows, chosen.design),
    fastAlone: aloneDecision(rows.fast, fast.best, chosen.design.fastCost),
    accurateAlone: aloneDecision(rows.accurate, accurate.best, chosen.design.accurateCost),
  };
  const figures = [];
  for (const arm of Object.values(arms)) {
    figures.push(armOf(labels, arm, values, model));
    yield { done: Math.floor((0.9 + 0.02 * figures.length) * total), total };
  }
  return {
    design: chosen.design,
    rows: total,
    handedOn: handedOnBy(rows.fast, chosen.design),
    pair: figures[0]!,
    fastAlone: { ...figures[1]!, threshold: fast.best },
    accurateAlone: { ...figures[2]!, threshold: accurate.best },
    netDifference: differenceOf(arms.pair, arms.accurateAlone, values, model),
    tried: chosen.tried,
  };
}

/** `answerCascadeSliced` in one go. */
export function answerCascade(
  rows: CascadeRows,
  amountColumns: readonly string[],
  scenario: Scenario | null,
  design: CascadeDesign | CascadeCosts | null,
): CascadeAnswer {
  return drain(answerCascadeSliced(rows, amountColumns, scenario, design));
}

/** Whether a band is given, and not only what scoring costs. */
function isWhole(design: CascadeDesign | CascadeCosts | null): design is CascadeDesign {
  return design !== null && 'low' in design;
}

function checkDesign(design: CascadeDesign | CascadeCosts | null): void {
  if (!isWhole(design) || design.low <= design.high) return;
  throw new DataError(
    'invalid-argument',
    `The band begins at ${design.low} and ends at ${design.high}: it must not end before it begins.`,
    { advice: 'Give the lower cut-off first.' },
  );
}

function* chosenDesign(
  rows: CascadeRows,
  values: RowValues | null,
  fast: SearchedModel,
  accurate: SearchedModel,
  design: CascadeDesign | CascadeCosts | null,
): Sliced<{ readonly design: CascadeDesign; readonly tried: number }> {
  if (isWhole(design)) return { design, tried: 0 };
  const { fastCost, accurateCost } = design ?? STARTING_COSTS;
  const found = yield* searchCascadeSliced(rows, values, accurateCost, fast, accurate);
  const { low, high, accurateThreshold } = found.design;
  const cutOffs = {
    low: shortCutOff(fast.ranked, low),
    high: shortCutOff(fast.ranked, high),
    accurateThreshold: shortCutOff(accurate.ranked, accurateThreshold),
  };
  return { design: { ...cutOffs, fastCost, accurateCost }, tried: found.tried };
}

/** A model's ranked scores and the threshold that it would use alone. */
function* rankedModel(
  scores: Float64Array,
  { labels, amounts }: CascadeRows,
  model: ValueModel | null,
): Sliced<SearchedModel> {
  const ranked = yield* rankScoresSliced(scores, labels, amounts);
  if (model === null) return { ranked, best: ranked.threshold[mostF1(ranked)] ?? Number.POSITIVE_INFINITY };
  checkAmounts(ranked, model);
  const scan = scanNet(ranked, model);
  const pays = scan.best >= 0 && scan.net[scan.best]! >= scan.flagNobody;
  return { ranked, best: pays ? ranked.threshold[scan.best]! : Number.POSITIVE_INFINITY };
}

/** Ties to the lowest threshold; -1 without a threshold. */
function mostF1({ tp, fp, positives, threshold }: RankedScores): number {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < threshold.length; i++) {
    const f1 = (2 * tp[i]!) / (tp[i]! + fp[i]! + positives);
    if (f1 < most) continue;
    most = f1;
    best = i;
  }
  return best;
}

function pairDecision({ fast, accurate }: CascadeRows, design: CascadeDesign): ArmDecision {
  const { low, high, accurateThreshold, fastCost, accurateCost } = design;
  const isHandedOn = (row: number) => fast[row]! >= low && fast[row]! < high;
  return {
    isFlagged: (row) => (isHandedOn(row) ? accurate[row]! >= accurateThreshold : fast[row]! >= high),
    scoringCost: (row) => fastCost + (isHandedOn(row) ? accurateCost : 0),
  };
}

function aloneDecision(scores: Float64Array, threshold: number, cost: number): ArmDecision {
  return { isFlagged: (row) => scores[row]! >= threshold, scoringCost: () => cost };
}

function handedOnBy(fast: Float64Array, { low, high }: CascadeDesign): number {
  let count = 0;
  for (const score of fast) if (score >= low && score < high) count++;
  return count;
}

function differenceOf(
  first: ArmDecision,
  second: ArmDecision,
  values: RowValues | null,
  model: ValueModel | null,
): readonly [number, number] {
  const rows = values?.flag.length ?? 0;
  if (values === null || model === null || rows < 2) return [Number.NaN, Number.NaN];
  const valueUnder = ({ isFlagged, scoringCost }: ArmDecision, row: number) =>
    (isFlagged(row) ? values.flag[row]! : values.pass[row]!) - scoringCost(row);
  const differences = new Float64Array(rows);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    differences[row] = valueUnder(first, row) - valueUnder(second, row);
    sum += differences[row]!;
  }
  let spread = 0;
  for (const difference of differences) spread += (difference - sum / rows) ** 2;
  const half = Z_95 * Math.sqrt((rows * spread) / (rows - 1));
  const scale = scaleOf(model, rows);
  return [scale * (sum - half), scale * (sum + half)];
}

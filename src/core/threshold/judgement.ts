import { DataError } from '../errors.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { metricsSliced } from '../metrics/metrics-of.ts';
import { rocAucInterval } from '../metrics/roc-auc.ts';
import type { MoneyCurves } from '../money/money-at.ts';
import { moneyCurvesSliced } from '../money/money-curves.ts';
import { scanNetSliced } from '../money/net-scan.ts';
import type { Scenario } from '../money/scenario.ts';
import { compileScenario } from '../money/scenario-templates.ts';
import { checkAmounts, type ValueModel } from '../money/value-model.ts';
import { drain, type Sliced, stage } from '../sliced.ts';
import type { Notice } from '../table/summary.ts';
import { curvesSliced, MAX_CURVE_POINTS } from './curves.ts';
import type {
  Curves,
  ScoreHistogram,
  StrategyParameters,
  StrategyResult,
  ThresholdDecision,
} from './decision.ts';
import { decisionAt } from './decision-at.ts';
import { type RankedScores, rankScoresSliced } from './ranked-scores.ts';
import { histogramOf } from './score-histogram.ts';
import { strategiesOf } from './strategies.ts';

/** What does not depend on threshold or scenario: the part of a judgement's summary that the statistics know. */
export interface JudgedFigures {
  readonly rows: number;
  readonly positives: number;
  readonly negatives: number;
  /** Judged rows without a score: counted as passed. */
  readonly unscored: number;
  readonly distinctScores: number;
  /** NaN when no row has a score. */
  readonly lowestScore: number;
  readonly highestScore: number;
  /** Judged rows without an amount in the first column (often the only one): they carry no money. */
  readonly missingAmounts: number;
  /** Mean of the first amount column over the judged rows that have it; NaN without an amount column. */
  readonly meanAmount: number;
  /** All amount columns, in their order. */
  readonly amounts: readonly AmountFigures[];
  readonly metrics: Metrics;
  readonly rocAucInterval: readonly [number, number];
  readonly histogram: ScoreHistogram;
  readonly curves: Curves;
  readonly notices: readonly Notice[];
}

/** One amount column of the judged rows. */
export interface AmountFigures {
  readonly column: string;
  /** Judged rows without a finite amount: they count with amount 0 wherever this column is used. */
  readonly missing: number;
  /** Over the rows that have one; NaN when none has. */
  readonly mean: number;
}

/** A column of money, one amount per judged row; NaN = missing. */
export interface JudgedAmounts {
  readonly column: string;
  readonly values: Float64Array;
}

/** One judged set of rows, opened: the ranked form that answers every threshold, and its figures. */
export interface Judgement {
  readonly ranked: RankedScores;
  /** Names of `ranked.amounts`, in their order. */
  readonly amountColumns: readonly string[];
  readonly figures: JudgedFigures;
}

/** Money curves and strategies of one judgement under one scenario; `money` is null without a scenario. */
export interface ScenarioFigures {
  readonly scenario: Scenario | null;
  readonly money: MoneyCurves | null;
  readonly strategies: readonly StrategyResult[];
}

/**
 * Opens a judgement: sorts once, then metrics, histogram and curves. The caller has picked the judged rows.
 * All scores equal is one threshold and said in `notices`, as are missing scores and amounts, scores outside [0, 1] and an
 * AUC whose whole interval lies below one half.
 *
 * @param scores one per judged row, NaN = none
 * @param labels 1 = positive, 0 = negative
 * @param amounts the amount columns, in the order of `JudgementSpec.amountColumns`
 * @returns the judgement; yields progress in rows. O(n)
 * @throws {DataError} `no-judged-rows` | `one-class` | `score-missing` (not one row has a score) | `shape-mismatch`
 */
export function* openJudgement(
  scores: Float64Array,
  labels: Uint8Array,
  amounts: readonly JudgedAmounts[] = [],
): Sliced<Judgement> {
  const rows = scores.length;
  const columns = amounts.map(({ values }) => values);
  const ranked = yield* stage(rankScoresSliced(scores, labels, columns), 0, 0.6 * rows, rows);
  checkJudgeable(ranked);
  const metrics = yield* stage(metricsSliced(ranked, scores, labels), 0.6 * rows, 0.8 * rows, rows);
  yield { done: Math.floor(0.8 * rows), total: rows };
  const interval = rocAucInterval(ranked);
  yield { done: Math.floor(0.8 * rows), total: rows };
  const histogram = histogramOf(ranked);
  const curves = yield* stage(curvesSliced(ranked), 0.8 * rows, rows, rows);
  const ofAmounts = amountFigures(ranked, amounts);
  const figures: JudgedFigures = {
    rows: ranked.rows,
    positives: ranked.positives,
    negatives: ranked.negatives,
    unscored: ranked.unscoredPositives + ranked.unscoredNegatives,
    distinctScores: ranked.threshold.length,
    lowestScore: ranked.threshold.at(-1) ?? Number.NaN,
    highestScore: ranked.threshold[0] ?? Number.NaN,
    missingAmounts: ofAmounts[0]?.missing ?? 0,
    meanAmount: ofAmounts[0]?.mean ?? Number.NaN,
    amounts: ofAmounts,
    metrics,
    rocAucInterval: interval,
    histogram,
    curves,
    notices: [...noticesOf(ranked, metrics.rocAuc, interval), ...amountNotices(amounts, ofAmounts)],
  };
  return { ranked, amountColumns: amounts.map(({ column }) => column), figures };
}

/**
 * Answers a scenario: net value and ROI curves and the six strategies under it. Sorts nothing; O(k) for k distinct scores,
 * in slices, so that a question about a threshold need not wait for a million of them.
 * @returns freshly allocated arrays; yields progress in thresholds
 * @throws {DataError} `invalid-scenario` (rows were judged without the amount column) | `invalid-argument` (parameters)
 */
export function* answerScenarioSliced(
  judgement: Judgement,
  scenario: Scenario | null,
  parameters: StrategyParameters,
): Sliced<ScenarioFigures> {
  const { ranked } = judgement;
  if (scenario === null) {
    return { scenario, money: null, strategies: strategiesOf(ranked, null, parameters) };
  }
  const model = valueModelOf(judgement, scenario);
  const total = ranked.threshold.length;
  const scan = yield* stage(scanNetSliced(ranked, model), 0, 0.4 * total, total);
  const curves = moneyCurvesSliced(ranked, model, MAX_CURVE_POINTS, scan, parameters.plateauShare);
  const money = yield* stage(curves, 0.4 * total, 0.8 * total, total);
  yield { done: Math.floor(0.8 * total), total };
  return { scenario, money, strategies: strategiesOf(ranked, model, parameters, scan) };
}

/** `answerScenarioSliced` in one go. */
export function answerScenario(
  judgement: Judgement,
  scenario: Scenario | null,
  parameters: StrategyParameters,
): ScenarioFigures {
  return drain(answerScenarioSliced(judgement, scenario, parameters));
}

/**
 * The decision at any threshold under a scenario (null: without money). O(log k).
 * @throws {DataError} `invalid-argument` (threshold is NaN) | `invalid-scenario`
 */
export function judgeAt(
  judgement: Judgement,
  scenario: Scenario | null,
  threshold: number,
): ThresholdDecision {
  const model = scenario === null ? null : valueModelOf(judgement, scenario);
  return decisionAt(judgement.ranked, threshold, model);
}

/**
 * The scenario's value model on these rows.
 * @throws {DataError} `invalid-scenario` when the rows were judged without an amount column that it needs
 */
export function valueModelOf({ ranked, amountColumns }: Judgement, scenario: Scenario): ValueModel {
  const model = compileScenario(scenario, amountColumns);
  checkAmounts(ranked, model);
  return model;
}

function amountFigures(
  { rows, amounts }: RankedScores,
  columns: readonly JudgedAmounts[],
): readonly AmountFigures[] {
  return amounts.map(({ missing, totalPositive, totalNegative }, index) => ({
    column: columns[index]!.column,
    missing,
    mean: (totalPositive + totalNegative) / (rows - missing),
  }));
}

function checkJudgeable(ranked: RankedScores): void {
  const { rows, positives, negatives } = ranked;
  if (rows === 0) {
    throw new DataError('no-judged-rows', 'No row is left to judge.', {
      advice: 'Check the split and the excluded label values: every row was left out.',
    });
  }
  if (positives === 0 || negatives === 0) {
    const kind = positives === 0 ? 'negative' : 'positive';
    throw new DataError('one-class', `All ${rows} judged rows are ${kind}: there is nothing to tell apart.`, {
      advice: 'Check which label values count as positive, and which rows the split judges.',
    });
  }
  if (ranked.threshold.length === 0) {
    throw new DataError('score-missing', `None of the ${rows} judged rows has a score.`, {
      advice: 'Check the score column, or score the rows with a model.',
    });
  }
}

function noticesOf(
  ranked: RankedScores,
  rocAuc: number,
  rocAucInterval: readonly [number, number],
): readonly Notice[] {
  const { rows, threshold } = ranked;
  const unscored = ranked.unscoredPositives + ranked.unscoredNegatives;
  const lowest = threshold.at(-1) ?? Number.NaN;
  const highest = threshold[0] ?? Number.NaN;
  const notices: Notice[] = [];
  if (unscored > 0) {
    notices.push({
      code: 'score-missing',
      message: `${unscored} of ${rows} judged rows ${unscored === 1 ? 'has no score: it is' : 'have no score: they are'} never flagged, always counted, and left out of AUC, Brier and the like.`,
      count: unscored,
    });
  }
  if (threshold.length === 1) {
    notices.push({
      code: 'all-scores-equal',
      message: `All scores are ${highest}: the only choice is to flag every scored row or none.`,
    });
  }
  if (lowest < 0 || highest > 1) {
    notices.push({
      code: 'score-out-of-range',
      message: `Scores run from ${lowest} to ${highest}, outside 0 to 1: Brier score and log loss are not defined for them.`,
    });
  }
  // A wrong positive value or class column turns the ranking round, and nothing else would show it.
  if (rocAucInterval[1] < 0.5) {
    notices.push({
      code: 'ranking-reversed',
      message: `AUC is ${rocAuc.toFixed(3)}: high scores go with the negative outcome. Check that the positive values are the outcome that the score predicts.`,
    });
  }
  return notices;
}

/** What is missing, column by column, then what is negative. One amount needs no name. */
function amountNotices(
  amounts: readonly JudgedAmounts[],
  figures: readonly AmountFigures[],
): readonly Notice[] {
  const called = (column: string) => (amounts.length === 1 ? 'amount' : `amount in "${column}"`);
  return [
    ...amounts.flatMap(({ column, values }, index) =>
      missingNotices(called(column), figures[index]!.missing, values.length),
    ),
    ...amounts.flatMap(({ column, values }) => negativeNotices(called(column), values)),
  ];
}

function missingNotices(amount: string, count: number, rows: number): readonly Notice[] {
  if (count === 0) return [];
  const message = `${count} of ${rows} judged rows have no finite ${amount}: they count with amount 0.`;
  return [{ code: 'amount-missing', message, count }];
}

/** Refunds and slips of a sign: they count as they stand, and take away from what is prevented. */
function negativeNotices(amount: string, values: Float64Array): readonly Notice[] {
  let count = 0;
  for (const value of values) if (value < 0 && value !== Number.NEGATIVE_INFINITY) count++;
  if (count === 0) return [];
  return [
    {
      code: 'amount-negative',
      message: `${count} of ${values.length} judged rows ${count === 1 ? 'has' : 'have'} a negative ${amount}, which counts as it stands: it lowers what is prevented and missed.`,
      count,
    },
  ];
}

import { DataError } from '../errors.ts';
import { scanNetSliced } from '../money/net-scan.ts';
import { checkAmounts, scaleOf, type ValueModel } from '../money/value-model.ts';
import { drain, type Sliced, stage } from '../sliced.ts';
import { Random } from '../stats/random.ts';
import { bootstrapBins } from './bootstrap-bins.ts';
import { bootstrapCells } from './bootstrap-cells.ts';
import { type Replicate, ReplicateSource } from './bootstrap-replicate.ts';
import type { StrategyParameters, StrategyResult, ThresholdDecision } from './decision.ts';
import { decisionAt } from './decision-at.ts';
import { NO_THRESHOLD, pickThresholds, STRATEGY_RULES } from './pick-thresholds.ts';
import { PoissonWeights } from './poisson-weights.ts';
import { flaggedThresholds, type RankedScores } from './ranked-scores.ts';
import { ReplicateMoney } from './replicate-money.ts';
import { strategiesOf } from './strategies.ts';
import { capacityOf } from './strategy-parameters.ts';
import {
  estimatesOf,
  type ObservedFigures,
  outOfBagEstimate,
  UncertainFigures,
} from './uncertain-figures.ts';
import type { StrategyUncertainty, Uncertainty } from './uncertainty.ts';

export interface BootstrapQuestion {
  /** Compiled scenario; null = no money. */
  readonly model: ValueModel | null;
  readonly parameters: StrategyParameters;
  /** Held fixed beside the strategies; null = none. */
  readonly threshold: number | null;
  readonly replicates: number;
  /** Any integer; the same seed gives the same answer. */
  readonly seed: number;
}

/** Replicates between two yields: a few milliseconds at most. */
const SLICE_REPLICATES = 16;

/** What a replicate is asked, and where its answers go. */
interface Run {
  readonly ranked: RankedScores;
  readonly question: BootstrapQuestion;
  readonly strategies: readonly UncertainFigures[];
  readonly fixed: UncertainFigures;
  /** Bins that the fixed threshold flags; -1 = there is none. */
  readonly fixedBins: number;
  /** Net value of all judged rows when the first 0, 1, ... bins are flagged; empty without a scenario. */
  readonly judgedNet: Float64Array;
  readonly net: Float64Array;
  readonly picks: Int32Array;
}

/**
 * Bootstrap of all strategies (DEFINITIONS C13): unstratified, the threshold of every strategy chosen anew in each replicate,
 * percentile intervals of 95 %, and the out-of-bag net value of the chosen threshold. The fixed threshold sees the
 * same replicates.
 *
 * Rows get independent Poisson weights of mean 1 (`PoissonWeights`), drawn for cells of score bin x outcome
 * (`ReplicateSource`); totals are brought back to the judged rows. Up to 2,000 distinct scores each is a bin of its own. In a
 * replicate a threshold is a bin of which a row was drawn. Where flagging nobody is best, that counts as the decision
 * of the replicate: net value of nobody, share 0, and no threshold.
 *
 * @returns estimates in the order of the strategies; yields progress in replicates. O(replicates x bins), once O(k)
 * @throws {DataError} `invalid-argument` (parameters, threshold NaN, replicates below 1) | `invalid-scenario` (amounts missing)
 * Source: B. Efron, R. Tibshirani, An Introduction to the Bootstrap (1993), ch. 13 and 17; the shift is explained in `outOfBagEstimate`.
 */
export function* bootstrapSliced(ranked: RankedScores, question: BootstrapQuestion): Sliced<Uncertainty> {
  const { model, parameters, threshold, replicates, seed } = question;
  checkReplicates(replicates);
  if (model !== null) checkAmounts(ranked, model);
  const scan = model === null ? null : yield* stage(scanNetSliced(ranked, model), 0, 0, replicates);
  const observed = strategiesOf(ranked, model, parameters, scan);
  yield { done: 0, total: replicates };
  const fixedFlagged = threshold === null ? -1 : flaggedThresholds(ranked, threshold);
  const ends = bootstrapBins(ranked, pointsOf(ranked, observed, fixedFlagged));
  const cells = bootstrapCells(ranked, ends, model);
  const source = new ReplicateSource(cells, ranked.amounts.length, new PoissonWeights(new Random(seed)));
  const run: Run = {
    ranked,
    question,
    strategies: STRATEGY_RULES.map(() => new UncertainFigures(replicates)),
    fixed: new UncertainFigures(replicates),
    fixedBins: fixedFlagged < 0 ? -1 : binsBefore(ends, fixedFlagged),
    judgedNet: netOfBins(ranked, ends, model),
    net: new Float64Array(ends.length),
    picks: new Int32Array(STRATEGY_RULES.length),
  };
  for (let replicate = 0; replicate < replicates; replicate++) {
    if (replicate % SLICE_REPLICATES === 0) yield { done: replicate, total: replicates };
    record(run, source.next(), replicate);
  }
  return {
    replicates,
    seed,
    bins: ends.length,
    isExact: ends.length === ranked.threshold.length,
    strategies: observed.map((result, i) => strategyUncertainty(ranked, result, run.strategies[i]!, model)),
    fixed: threshold === null ? null : fixedUncertainty(decisionAt(ranked, threshold, model), run.fixed),
  };
}

/** `bootstrapSliced` in one go. */
export function bootstrap(ranked: RankedScores, question: BootstrapQuestion): Uncertainty {
  return drain(bootstrapSliced(ranked, question));
}

function checkReplicates(replicates: number): void {
  if (Number.isInteger(replicates) && replicates >= 1) return;
  throw new DataError('invalid-argument', `A bootstrap cannot have ${replicates} replicates.`, {
    advice: 'Ask for 1,000 replicates, or another whole number from 1 on.',
  });
}

/** Indexes of the thresholds that end a bin of their own. */
function pointsOf(ranked: RankedScores, observed: readonly StrategyResult[], fixedFlagged: number): number[] {
  const chosen = observed.flatMap(({ decision }) =>
    decision === null ? [] : [flaggedThresholds(ranked, decision.threshold) - 1],
  );
  return fixedFlagged > 0 ? [...chosen, fixedFlagged - 1] : chosen;
}

/** How many bins lie within the first `flagged` distinct scores. */
function binsBefore(ends: Uint32Array, flagged: number): number {
  let bins = 0;
  while (bins < ends.length && ends[bins]! < flagged) bins++;
  return bins;
}

function netOfBins(ranked: RankedScores, ends: Uint32Array, model: ValueModel | null): Float64Array {
  if (model === null) return new Float64Array(0);
  const money = new ReplicateMoney(ranked, model, scaleOf(model, ranked.rows));
  return Float64Array.of(money.netWhen(0), ...Float64Array.from(ends, (end) => money.netWhen(end + 1)));
}

function record(run: Run, replicate: Replicate, at: number): void {
  const { ranked, question, picks, net } = run;
  const { inBag, outOfBag, bins } = replicate;
  if (inBag.rows === 0) return;
  const { model, parameters } = question;
  const moneyOver = (rows: RankedScores) =>
    model === null || rows.rows === 0
      ? null
      : new ReplicateMoney(rows, model, (scaleOf(model, ranked.rows) * ranked.rows) / rows.rows);
  const moneys = { inBagMoney: moneyOver(inBag), outOfBagMoney: moneyOver(outOfBag) };
  const pickMoney = model === null ? null : (moneys.inBagMoney?.picks(model, net) ?? null);
  const capacity = capacityOf(parameters, ranked.rows, model?.rowsPerYear ?? null);
  pickThresholds(picks, inBag, pickMoney, parameters, (capacity * inBag.rows) / ranked.rows);
  const noted = { inBag, ...moneys, judgedNet: run.judgedNet, at };
  for (let i = 0; i < picks.length; i++) {
    const pick = picks[i]!;
    if (pick < 0 && pick !== NO_THRESHOLD['flag-nobody']) continue;
    note(run.strategies[i]!, noted, Math.max(0, pick + 1), pick < 0 ? 0 : bins[pick]! + 1);
  }
  if (run.fixedBins < 0) return;
  note(run.fixed, noted, thresholdsIn(bins, run.fixedBins), run.fixedBins);
}

/** How many of the drawn bins are among the first `flagged` ones. */
function thresholdsIn(bins: Int32Array, flagged: number): number {
  let count = 0;
  while (count < bins.length && bins[count]! < flagged) count++;
  return count;
}

/** One replicate, as decisions in it are noted. */
interface Noted {
  readonly inBag: RankedScores;
  readonly inBagMoney: ReplicateMoney | null;
  readonly outOfBagMoney: ReplicateMoney | null;
  readonly judgedNet: Float64Array;
  readonly at: number;
}

/** Notes one decision of one replicate: it flags so many thresholds of the bag, and so many bins. */
function note(
  into: UncertainFigures,
  { inBag, inBagMoney, outOfBagMoney, judgedNet, at }: Noted,
  flaggedInBag: number,
  flaggedBins: number,
): void {
  const tp = flaggedInBag === 0 ? 0 : inBag.tp[flaggedInBag - 1]!;
  const flagged = flaggedInBag === 0 ? 0 : tp + inBag.fp[flaggedInBag - 1]!;
  into.threshold[at] = flaggedInBag === 0 ? Number.NaN : inBag.threshold[flaggedInBag - 1]!;
  into.flaggedShare[at] = flagged / inBag.rows;
  into.precision[at] = tp / flagged;
  into.recall[at] = tp / inBag.positives;
  if (inBagMoney === null) return;
  into.net[at] = inBagMoney.netWhen(flaggedInBag);
  into.roi[at] = inBagMoney.roiWhen(flaggedInBag);
  into.netError[at] = into.net[at]! - judgedNet[flaggedBins]!;
  into.outOfBagNet[at] = outOfBagMoney?.netWhen(flaggedBins) ?? Number.NaN;
}

function strategyUncertainty(
  ranked: RankedScores,
  { rule, reason, decision }: StrategyResult,
  figures: UncertainFigures,
  model: ValueModel | null,
): StrategyUncertainty {
  const nobody = reason === 'flag-nobody' ? decisionAt(ranked, Number.POSITIVE_INFINITY, model) : null;
  const estimates = estimatesOf(observedFigures(decision ?? nobody, decision !== null), figures);
  const isUndefined = model === null || (decision ?? nobody) === null;
  const nothing = { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const headline = isUndefined ? nothing : outOfBagEstimate(figures);
  return { rule, ...estimates, outOfBagNet: model === null ? null : headline };
}

function fixedUncertainty(decision: ThresholdDecision, figures: UncertainFigures): Uncertainty['fixed'] {
  const estimates = estimatesOf(observedFigures(decision, true), figures);
  return {
    ...estimates,
    reached: figures.net.length,
    threshold: { value: decision.threshold, low: decision.threshold, high: decision.threshold },
    outOfBagNet: decision.money === null ? null : estimates.net,
  };
}

/** The figures of a decision; all NaN without one, the threshold alone when nobody is flagged. */
function observedFigures(decision: ThresholdDecision | null, hasThreshold: boolean): ObservedFigures {
  return {
    threshold: hasThreshold ? (decision?.threshold ?? Number.NaN) : Number.NaN,
    flaggedShare: decision?.flaggedShare ?? Number.NaN,
    precision: decision?.precision ?? Number.NaN,
    recall: decision?.recall ?? Number.NaN,
    net: decision?.money?.net ?? Number.NaN,
    roi: decision?.money?.roi ?? Number.NaN,
  };
}

import { inSlices, type Sliced, stage } from '../sliced.ts';
import { logOdds } from './log-odds.ts';
import type { RankedCounts } from './ranked-counts.ts';

/** What each outcome should be fitted as: 1 and 0, or a little inside for Platt scaling. */
export interface LogisticTargets {
  readonly positive: number;
  readonly negative: number;
}

/** Maximum likelihood fit of target = logistic(intercept + slope · logit(score)), with standard errors. */
export interface LogisticFit {
  readonly intercept: number;
  readonly slope: number;
  readonly interceptError: number;
  readonly slopeError: number;
}

const undefinedFit: LogisticFit = {
  intercept: Number.NaN,
  slope: Number.NaN,
  interceptError: Number.NaN,
  slopeError: Number.NaN,
};

/** Newton's method takes under ten steps on real scores; halved steps may take more. */
const MOST_STEPS = 100;
const STEP_TOLERANCE = 1e-12;
const SMALLEST_SHARE = 1e-6;

/** In log-odds. Where nearly all fitted values are 0 or 1 the information is close to 0 and Newton's step far too long. */
const LONGEST_MOVE = 8;

/**
 * Fits the label on the log-odds of the score by maximum likelihood: Newton's method, steps being halved while the
 * likelihood falls.
 *
 *     minimises -sum of [t ln q + (1 - t) ln(1 - q)],   q = logistic(intercept + slope · logit(score)),   t = the row's target
 *
 * Standard errors are roots of the diagonal of the inverse information. Scores are clipped to [1e-15, 1 - 1e-15].
 *
 * @param ranked probabilities
 * @param slope a number holds the slope there and fits the intercept alone; null fits both
 * @returns NaN throughout where no finite maximum exists or it is not one point: no rows, targets 1 and 0 with one class or
 * (slope free) classes that do not overlap, slope free on one distinct score. Yields without progress, since the number of
 * steps is not known. O(steps x k)
 * Source: McCullagh & Nelder, Generalized Linear Models (1989), ch. 4; separation: Albert & Anderson, Biometrika 71 (1984).
 */
export function* fitLogisticSliced(
  ranked: RankedCounts,
  targets: LogisticTargets,
  slope: number | null,
): Sliced<LogisticFit> {
  if (!hasMaximum(ranked, targets, slope)) return undefinedFit;
  const total = ranked.threshold.length;
  const x = yield* stage(logOddsOf(ranked), 0, 0, total);
  const pass = (coefficients: Coefficients) => stage(evaluate(ranked, x, targets, coefficients), 0, 0, total);
  let at = { intercept: 0, slope: slope ?? 0 };
  let state = yield* pass(at);
  for (let step = 0; step < MOST_STEPS; step++) {
    const move = newtonMove(state, slope === null);
    let share = Math.min(1, LONGEST_MOVE / Math.abs(move.intercept));
    let there = yield* pass(moved(at, move, share));
    while (!(there.loss <= state.loss) && share > SMALLEST_SHARE) {
      share /= 2;
      there = yield* pass(moved(at, move, share));
    }
    // At the minimum rounding alone decides which loss is smaller.
    if (!(there.loss <= state.loss)) break;
    at = moved(at, move, share);
    state = there;
    const size = Math.max(Math.abs(share * move.intercept), Math.abs(share * move.slope));
    if (size <= STEP_TOLERANCE * (1 + Math.abs(at.intercept) + Math.abs(at.slope))) break;
  }
  return { ...at, ...errorsOf(state, slope === null) };
}

interface Coefficients {
  readonly intercept: number;
  readonly slope: number;
}

/** Loss with gradient (of the likelihood) and information at some coefficients. */
interface LossAt {
  readonly loss: number;
  readonly gradient: readonly [number, number];
  readonly information: readonly [number, number, number];
}

function moved(from: Coefficients, move: Coefficients, share: number): Coefficients {
  return { intercept: from.intercept + share * move.intercept, slope: from.slope + share * move.slope };
}

/** Log-odds of the distinct scores, taken once: they cost more than all else in a pass. */
function* logOddsOf({ threshold }: RankedCounts): Sliced<Float64Array> {
  const x = new Float64Array(threshold.length);
  yield* inSlices(x.length, (start, end) => {
    for (let i = start; i < end; i++) x[i] = logOdds(threshold[i]!);
  });
  return x;
}

function* evaluate(
  ranked: RankedCounts,
  x: Float64Array,
  targets: LogisticTargets,
  at: Coefficients,
): Sliced<LossAt> {
  const sums = { loss: 0, gradient0: 0, gradient1: 0, information00: 0, information01: 0, information11: 0 };
  yield* inSlices(x.length, (start, end) => addRows(sums, ranked, x, targets, at, start, end));
  return {
    loss: sums.loss,
    gradient: [sums.gradient0, sums.gradient1],
    information: [sums.information00, sums.information01, sums.information11],
  };
}

function addRows(
  sums: Record<
    'loss' | 'gradient0' | 'gradient1' | 'information00' | 'information01' | 'information11',
    number
  >,
  { tp, fp }: RankedCounts,
  x: Float64Array,
  targets: LogisticTargets,
  { intercept, slope }: Coefficients,
  start: number,
  end: number,
): void {
  let { loss, gradient0, gradient1, information00, information01, information11 } = sums;
  let positivesAbove = start > 0 ? tp[start - 1]! : 0;
  let negativesAbove = start > 0 ? fp[start - 1]! : 0;
  for (let i = start; i < end; i++) {
    const positives = tp[i]! - positivesAbove;
    const negatives = fp[i]! - negativesAbove;
    positivesAbove = tp[i]!;
    negativesAbove = fp[i]!;
    const rows = positives + negatives;
    const events = positives * targets.positive + negatives * targets.negative;
    const margin = intercept + slope * x[i]!;
    // One exponential for the fitted value and -ln(1 - q) = max(m, 0) + ln(1 + exp(-|m|)).
    const small = Math.exp(-Math.abs(margin));
    const fitted = (margin >= 0 ? 1 : small) / (1 + small);
    loss += rows * (Math.max(margin, 0) + Math.log1p(small)) - events * margin;
    const residual = events - rows * fitted;
    const weight = (rows * small) / ((1 + small) * (1 + small));
    gradient0 += residual;
    gradient1 += residual * x[i]!;
    information00 += weight;
    information01 += weight * x[i]!;
    information11 += weight * x[i]! * x[i]!;
  }
  Object.assign(sums, { loss, gradient0, gradient1, information00, information01, information11 });
}

function newtonMove({ gradient, information }: LossAt, isSlopeFree: boolean): Coefficients {
  const [g0, g1] = gradient;
  const [i00, i01, i11] = information;
  if (!isSlopeFree) return { intercept: finiteOr0(g0 / i00), slope: 0 };
  const determinant = i00 * i11 - i01 * i01;
  return {
    intercept: finiteOr0((i11 * g0 - i01 * g1) / determinant),
    slope: finiteOr0((i00 * g1 - i01 * g0) / determinant),
  };
}

/** Information that underflows far out would send the fit to infinity. */
function finiteOr0(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function errorsOf(
  { information }: LossAt,
  isSlopeFree: boolean,
): Pick<LogisticFit, 'interceptError' | 'slopeError'> {
  const [i00, i01, i11] = information;
  if (!isSlopeFree) return { interceptError: Math.sqrt(1 / i00), slopeError: 0 };
  const determinant = i00 * i11 - i01 * i01;
  return { interceptError: Math.sqrt(i11 / determinant), slopeError: Math.sqrt(i00 / determinant) };
}

/** Targets inside (0, 1) pull back any slope; targets 1 and 0 need overlapping classes. */
function hasMaximum(ranked: RankedCounts, targets: LogisticTargets, slope: number | null): boolean {
  const { threshold, tp, fp } = ranked;
  const positives = tp.at(-1) ?? 0;
  const negatives = fp.at(-1) ?? 0;
  if (positives + negatives === 0) return false;
  const isSoft = targets.positive < 1 && targets.negative > 0;
  if (slope !== null) return isSoft || (positives > 0 && negatives > 0);
  // Scores beyond the clip are one log-odds.
  if (logOdds(threshold[0]!) === logOdds(threshold.at(-1)!)) return false;
  if (isSoft) return true;
  return positives > 0 && negatives > 0 && overlap(ranked);
}

/** Whether each class has a row strictly above some row of the other, on the scale of log-odds. */
function overlap({ threshold, tp, fp }: RankedCounts): boolean {
  const highest = (counts: Uint32Array) => logOdds(threshold[counts.findIndex((count) => count > 0)]!);
  const lowest = (counts: Uint32Array) => logOdds(threshold[counts.indexOf(counts.at(-1)!)]!);
  return highest(fp) > lowest(tp) && highest(tp) > lowest(fp);
}

import type { BootstrapCells, CellAmounts, OutcomeCells } from './bootstrap-cells.ts';
import type { CellDraw, PoissonWeights } from './poisson-weights.ts';
import type { RankedAmounts } from './ranked-amounts.ts';
import type { RankedScores } from './ranked-scores.ts';

/** One replicate, in the form that every question about thresholds is answered from. Overwritten by the next one. */
export interface Replicate {
  /** The rows that were drawn, with their weights; one threshold for each bin of which a row was drawn. */
  readonly inBag: RankedScores;
  /** The bin of each threshold of `inBag`. */
  readonly bins: Int32Array;
  /** The rows that were not drawn, once each; one entry per bin. */
  readonly outOfBag: RankedScores;
}

/** Sums of one outcome's cells in one replicate, one entry per bin, the unscored rows last. */
interface OutcomeDraws {
  readonly cells: OutcomeCells;
  readonly inBag: Uint32Array;
  readonly outOfBag: Uint32Array;
  readonly spread: Float64Array;
  readonly amounts: readonly AmountDraws[];
}

interface AmountDraws {
  readonly amounts: CellAmounts;
  readonly inBag: Float64Array;
  readonly outOfBag: Float64Array;
}

/** Cumulative counts and sums of a replicate; the arrays are filled again for every replicate. */
interface RunningForm {
  readonly tp: Uint32Array;
  readonly fp: Uint32Array;
  /** As the amounts of the two outcomes' cells. */
  readonly positive: readonly Float64Array[];
  readonly negative: readonly Float64Array[];
}

/**
 * Draws replicates of judged rows into arrays that are made once.
 *
 * The sum of amounts over the rows of a cell, given their weights, is drawn from the normal law with its exact first two
 * moments: the weights fall on the rows in any order, so with w̄ = N/n, n rows, N drawn and Z out of bag
 *
 *     in bag:      mean N·x̄    variance s²·Σ(w - w̄)²          out of bag:  mean Z·x̄    variance s²·Z(n - Z)/n
 *     covariance  -s²·N·Z/n     x̄, s² = mean and variance (n - 1) of the cell's amounts
 *
 * so that amounts inside a cell keep their variance, and a row in the bag is not out of it. A cell of one row is
 * exact. Two amount columns of one cell are drawn apart from each other: a row's flagged value and its passed value never
 * count at the same threshold.
 */
export class ReplicateSource {
  readonly #cells: BootstrapCells;
  readonly #weights: PoissonWeights;
  readonly #columns: number;
  readonly #positive: OutcomeDraws;
  readonly #negative: OutcomeDraws;
  readonly #bins: Int32Array;
  readonly #thresholds: Float64Array;
  readonly #inBag: RunningForm;
  readonly #outOfBag: RunningForm;
  readonly #draw: CellDraw = { inBag: 0, outOfBag: 0, spread: 0 };

  /** @param columns how many amount columns the judged rows have */
  constructor(cells: BootstrapCells, columns: number, weights: PoissonWeights) {
    const bins = cells.threshold.length;
    this.#cells = cells;
    this.#weights = weights;
    this.#columns = columns;
    this.#positive = outcomeDraws(cells.positive);
    this.#negative = outcomeDraws(cells.negative);
    this.#bins = new Int32Array(bins);
    this.#thresholds = new Float64Array(bins);
    this.#inBag = runningForm(cells);
    this.#outOfBag = runningForm(cells);
  }

  /** The next replicate; O(bins), and O(rows) while bins hold a few rows each. */
  next(): Replicate {
    this.#drawOutcome(this.#positive);
    this.#drawOutcome(this.#negative);
    const drawn = this.#accumulateInBag();
    this.#accumulateOutOfBag();
    return {
      inBag: this.#ranked(this.#inBag, drawn, 'inBag'),
      bins: this.#bins.subarray(0, drawn),
      outOfBag: this.#ranked(this.#outOfBag, this.#bins.length, 'outOfBag'),
    };
  }

  #drawOutcome({ cells, inBag, outOfBag, spread, amounts }: OutcomeDraws): void {
    const { count } = cells;
    const draw = this.#draw;
    for (let cell = 0; cell < count.length; cell++) {
      this.#weights.drawCell(count[cell]!, draw);
      inBag[cell] = draw.inBag;
      outOfBag[cell] = draw.outOfBag;
      spread[cell] = draw.spread;
    }
    for (const sums of amounts) this.#drawAmounts(sums, count, inBag, outOfBag, spread);
  }

  #drawAmounts(
    sums: AmountDraws,
    count: Uint32Array,
    inBag: Uint32Array,
    outOfBag: Uint32Array,
    spread: Float64Array,
  ): void {
    const { mean, deviation } = sums.amounts;
    for (let cell = 0; cell < count.length; cell++) {
      const rows = count[cell]!;
      const drawn = inBag[cell]!;
      const left = outOfBag[cell]!;
      sums.inBag[cell] = drawn * mean[cell]!;
      sums.outOfBag[cell] = left * mean[cell]!;
      const s = deviation[cell]!;
      if (s === 0 || spread[cell]! <= 0) continue;
      const inRoot = Math.sqrt(spread[cell]!);
      const common = this.#weights.normal();
      sums.inBag[cell] = drawn * mean[cell]! + s * inRoot * common;
      // Regressed on the sum in bag: covariance over its deviation, and what is left of the variance.
      const slope = (-drawn * left) / rows / inRoot;
      const own = Math.sqrt(Math.max(0, (left * (rows - left)) / rows - slope * slope));
      sums.outOfBag[cell] = left * mean[cell]! + s * (slope * common + own * this.#weights.normal());
    }
  }

  /** Running sums over the bins of which a row was drawn; returns how many those are. */
  #accumulateInBag(): number {
    const { tp, fp } = this.#inBag;
    const positive = this.#positive.inBag;
    const negative = this.#negative.inBag;
    const bins = this.#bins;
    let at = 0;
    let positives = 0;
    let negatives = 0;
    for (let bin = 0; bin < bins.length; bin++) {
      if (positive[bin] === 0 && negative[bin] === 0) continue;
      positives += positive[bin]!;
      negatives += negative[bin]!;
      tp[at] = positives;
      fp[at] = negatives;
      bins[at] = bin;
      this.#thresholds[at] = this.#cells.threshold[bin]!;
      at++;
    }
    this.#positive.amounts.forEach((sums, i) => {
      cumulateAt(this.#inBag.positive[i]!, sums.inBag, bins, at);
    });
    this.#negative.amounts.forEach((sums, i) => {
      cumulateAt(this.#inBag.negative[i]!, sums.inBag, bins, at);
    });
    return at;
  }

  #accumulateOutOfBag(): void {
    const { tp, fp, positive, negative } = this.#outOfBag;
    cumulate(tp, this.#positive.outOfBag);
    cumulate(fp, this.#negative.outOfBag);
    this.#positive.amounts.forEach((sums, i) => {
      cumulate(positive[i]!, sums.outOfBag);
    });
    this.#negative.amounts.forEach((sums, i) => {
      cumulate(negative[i]!, sums.outOfBag);
    });
  }

  #ranked(
    { tp, fp, positive, negative }: RunningForm,
    length: number,
    part: 'inBag' | 'outOfBag',
  ): RankedScores {
    const unscored = this.#bins.length;
    const unscoredPositives = this.#positive[part][unscored]!;
    const unscoredNegatives = this.#negative[part][unscored]!;
    const positives = (length > 0 ? tp[length - 1]! : 0) + unscoredPositives;
    const negatives = (length > 0 ? fp[length - 1]! : 0) + unscoredNegatives;
    const thresholds = part === 'inBag' ? this.#thresholds : this.#cells.threshold;
    return {
      rows: positives + negatives,
      positives,
      negatives,
      unscoredPositives,
      unscoredNegatives,
      threshold: thresholds.subarray(0, length),
      tp: tp.subarray(0, length),
      fp: fp.subarray(0, length),
      amounts: Array.from({ length: this.#columns }, (_, column) =>
        rankedAmounts(
          sumsOf(this.#positive, positive, part, column, length),
          sumsOf(this.#negative, negative, part, column, length),
        ),
      ),
    };
  }
}

interface ColumnSums {
  readonly flagged: Float64Array;
  readonly total: number;
}

/** Nothing summed: a column that the scenario does not read for this outcome. */
const noSums: ColumnSums = { flagged: new Float64Array(0), total: 0 };

function sumsOf(
  { amounts }: OutcomeDraws,
  running: readonly Float64Array[],
  part: 'inBag' | 'outOfBag',
  column: number,
  length: number,
): ColumnSums {
  const at = amounts.findIndex((sums) => sums.amounts.column === column);
  if (at < 0) return noSums;
  const flagged = running[at]!.subarray(0, length);
  return { flagged, total: (flagged.at(-1) ?? 0) + amounts[at]![part].at(-1)! };
}

/** Sums without squares, which no replicate is asked for. */
function rankedAmounts(positive: ColumnSums, negative: ColumnSums): RankedAmounts {
  return {
    positive: positive.flagged,
    positiveSquared: noSums.flagged,
    negative: negative.flagged,
    negativeSquared: noSums.flagged,
    totalPositive: positive.total,
    totalPositiveSquared: Number.NaN,
    totalNegative: negative.total,
    totalNegativeSquared: Number.NaN,
    missing: 0,
  };
}

function outcomeDraws(cells: OutcomeCells): OutcomeDraws {
  const { length } = cells.count;
  return {
    cells,
    inBag: new Uint32Array(length),
    outOfBag: new Uint32Array(length),
    spread: new Float64Array(length),
    amounts: cells.amounts.map((amounts) => ({
      amounts,
      inBag: new Float64Array(length),
      outOfBag: new Float64Array(length),
    })),
  };
}

function runningForm({ threshold, positive, negative }: BootstrapCells): RunningForm {
  const { length } = threshold;
  return {
    tp: new Uint32Array(length),
    fp: new Uint32Array(length),
    positive: positive.amounts.map(() => new Float64Array(length)),
    negative: negative.amounts.map(() => new Float64Array(length)),
  };
}

function cumulate<T extends Float64Array | Uint32Array>(into: T, parts: T): void {
  let sum = 0;
  for (let bin = 0; bin < into.length; bin++) {
    sum += parts[bin]!;
    into[bin] = sum;
  }
}

/** Running sums of the parts of some bins. */
function cumulateAt(into: Float64Array, parts: Float64Array, bins: Int32Array, count: number): void {
  let sum = 0;
  for (let at = 0; at < count; at++) {
    sum += parts[bins[at]!]!;
    into[at] = sum;
  }
}

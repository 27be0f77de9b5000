import { normalQuantile } from '../stats/normal-quantile.ts';
import type { Random } from '../stats/random.ts';

/** What a cell's rows weigh in one replicate. */
export interface CellDraw {
  /** Sum of the weights: how often the rows were drawn. */
  inBag: number;
  /** Rows of weight 0. */
  outOfBag: number;
  /** Sum of squared distances of the weights from their mean. */
  spread: number;
}

/** Cells of at most this many rows draw every row's weight; larger ones draw their sums. */
const MOST_SINGLE_ROWS = 12;

/** P(weight = 0), (1), ... of a Poisson law of mean 1, cumulated, in units of 2^-32. */
const CUMULATIVE = Uint32Array.from({ length: 13 }, (_, weight) => {
  let term = Math.exp(-1);
  let sum = term;
  for (let w = 1; w <= weight; w++) sum += term /= w;
  return Math.min(2 ** 32 - 1, Math.round(sum * 2 ** 32));
});

const TABLE_BITS = 15;
const TABLE_SIZE = 1 << TABLE_BITS;

const ZERO_SHARE = Math.exp(-1);
/** Mean and variance of a Poisson law of mean 1 without its zeros. */
const DRAWN_MEAN = 1 / (1 - ZERO_SHARE);
const DRAWN_VARIANCE = 2 * DRAWN_MEAN - DRAWN_MEAN * DRAWN_MEAN;
/** Rounding to whole rows adds this variance (Sheppard); it is taken off beforehand. */
const ROUNDING_VARIANCE = 1 / 12;

/**
 * Draws the weights of the Poisson bootstrap: every row gets an independent Poisson weight of mean 1, which for many rows is
 * resampling with replacement (the total is rescaled by whoever reads the weights). Rows of weight 0 are out of bag.
 *
 * A cell of many rows does not draw each: the number of rows of weight 0 is binomial(n, 1/e), the total of the others is a
 * sum of Poisson laws without zero; both are drawn from the normal law with the exact mean and variance and rounded.
 * Normal draws are quantiles at 2^15 midpoints, scaled to variance 1: two of them cost one random word.
 * Sources: N. Chamandy et al., "Estimating uncertainty for massive data streams" (Google, 2012), Poisson bootstrap;
 * J. A. Hanley, B. MacGibbon, "Creating non-parametric bootstrap samples using Poisson frequencies", CMPB 83 (2006), 57-62.
 */
export class PoissonWeights {
  readonly #random: Random;
  readonly #normals = normalTable();
  #word = 0;
  #hasHalf = false;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Weights of the `rows` rows of one cell, written into `draw`. O(1) */
  drawCell(rows: number, draw: CellDraw): void {
    if (rows > MOST_SINGLE_ROWS) {
      this.#drawSums(rows, draw);
      return;
    }
    let inBag = 0;
    let outOfBag = 0;
    let squares = 0;
    for (let row = 0; row < rows; row++) {
      const weight = this.#weight();
      inBag += weight;
      squares += weight * weight;
      if (weight === 0) outOfBag++;
    }
    draw.inBag = inBag;
    draw.outOfBag = outOfBag;
    draw.spread = rows === 0 ? 0 : squares - (inBag * inBag) / rows;
  }

  #drawSums(rows: number, draw: CellDraw): void {
    const zeros = ZERO_SHARE * rows;
    const zerosDeviation = Math.sqrt(zeros * (1 - ZERO_SHARE) - ROUNDING_VARIANCE);
    const outOfBag = Math.min(rows, Math.max(0, Math.round(zeros + zerosDeviation * this.normal())));
    const drawn = rows - outOfBag;
    const deviation = Math.sqrt(Math.max(0, DRAWN_VARIANCE * drawn - ROUNDING_VARIANCE));
    const inBag = Math.max(drawn, Math.round(DRAWN_MEAN * drawn + deviation * this.normal()));
    draw.inBag = inBag;
    draw.outOfBag = outOfBag;
    // Given their total, the weights are multinomial over the rows.
    draw.spread = inBag * (1 - 1 / rows);
  }

  /** A standard normal draw, |z| up to 4.2. */
  normal(): number {
    this.#hasHalf = !this.#hasHalf;
    if (this.#hasHalf) {
      this.#word = this.#random.uint32();
      return this.#normals[this.#word >>> (32 - TABLE_BITS)]!;
    }
    return this.#normals[this.#word & (TABLE_SIZE - 1)]!;
  }

  #weight(): number {
    const word = this.#random.uint32();
    let weight = 0;
    while (weight < CUMULATIVE.length && word >= CUMULATIVE[weight]!) weight++;
    return weight;
  }
}

/** Quantiles of the standard normal law at the middles of 2^15 equal shares, scaled to variance 1. */
function normalTable(): Float64Array {
  const table = Float64Array.from({ length: TABLE_SIZE }, (_, i) => normalQuantile((i + 0.5) / TABLE_SIZE));
  let squares = 0;
  for (const z of table) squares += z * z;
  const scale = Math.sqrt(TABLE_SIZE / squares);
  return table.map((z) => z * scale);
}

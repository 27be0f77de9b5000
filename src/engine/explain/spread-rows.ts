/** Rows that lie together: one run reads the columns in order and still leaves many runs to spread. */
const RUN_ROWS = 32;

/** 2^64 / golden ratio, as a share: multiples of it, taken without their whole part, fill any stretch evenly. */
const GOLDEN_SHARE = 0.6180339887498949;

/**
 * Places [from, to) of an order of `count` rows in which any stretch is spread evenly over all of them: runs of 32 rows,
 * run number k of the order being run (k · s) mod runs, s the whole number without a common factor with `runs` that is
 * nearest above runs · 0.618.
 *
 * Every row has one place. The order depends on `count` alone, so that chunks of it do not depend on who explains them.
 *
 * @param from, to 0 <= from <= to <= count
 * @returns row numbers below `count`, in their order
 */
export function spreadRows(count: number, from: number, to: number): Uint32Array {
  const runs = Math.ceil(count / RUN_ROWS);
  const stride = evenStride(runs);
  const rows = new Uint32Array(to - from);
  // The last run may be short; it moves the places of all runs behind it.
  const shortRows = runs * RUN_ROWS - count;
  const shortAt = runs === 0 ? 0 : placeOf(runs - 1, stride, runs);
  let place = from;
  while (place < to) {
    const isBehind = place >= (shortAt + 1) * RUN_ROWS - shortRows;
    const full = isBehind ? place + shortRows : place;
    const k = Math.floor(full / RUN_ROWS);
    const first = ((k * stride) % runs) * RUN_ROWS;
    const within = full - k * RUN_ROWS;
    const length = Math.min(RUN_ROWS, count - first);
    for (let i = within; i < length && place < to; i++) rows[place++ - from] = first + i;
  }
  return rows;
}

/**
 * The stride s without a common factor with `count`, nearest above count · 0.618: of the places (i · s) mod count, i from 0,
 * any stretch lies evenly among `count` places, and all of them are met once.
 */
export function evenStride(count: number): number {
  let stride = Math.max(1, Math.ceil(count * GOLDEN_SHARE));
  while (commonFactor(stride, count) !== 1) stride++;
  return stride;
}

/** The k with (k · stride) mod runs = run, by the extended Euclid's algorithm; O(log runs). */
function placeOf(run: number, stride: number, runs: number): number {
  let [a, b] = [stride % runs, runs];
  let [x, y] = [1, 0];
  while (b !== 0) {
    const quotient = Math.floor(a / b);
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  const inverse = ((x % runs) + runs) % runs;
  return Number((BigInt(run) * BigInt(inverse)) % BigInt(runs));
}

function commonFactor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

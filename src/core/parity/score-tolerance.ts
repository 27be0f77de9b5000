/** Within what two forms of a model count as equal: it follows from how their scores were computed and written. */
import type { ComparedScores } from './compared-form.ts';

/** Two double-precision evaluations of the same trees differ by rounding of sums only; 1e-9 leaves them room a thousandfold. */
const FLOAT64_TOLERANCE = 1e-9;

/** What float32 sums and links cost at most: right conversions of the fixtures differ by up to 7e-7. */
const FLOAT32_TOLERANCE = 2e-6;

/** Half a unit of the tenth decimal is below the tolerance of double precision, so more digits change nothing. */
const MOST_DECIMALS = 9;

/** A column of fewer decimals holds grades or decisions: taking half a unit of them for equal would hide everything. */
const FEWEST_DECIMALS = 2;

/** What the values of a column say about how it was written. */
export interface WrittenDigits {
  /** Decimals of the value that has most; {@link MOST_DECIMALS} + 1 for "more than matter". */
  decimals: number;
  /** Every value is a float32 number, or written with no more digits than one needs. */
  isFloat32: boolean;
}

export interface ScoreTolerance {
  readonly tolerance: number;
  /** As one sentence. */
  readonly reason: string;
}

export function noDigits(): WrittenDigits {
  return { decimals: 0, isFloat32: true };
}

/**
 * Adds the scores of rows [start, end) to what is known of a column's digits. Values that are not finite say nothing.
 *
 * A float32 number counts as one also when it is written with 9 significant digits, which tell all float32 apart;
 * so does any value of at most 8 significant digits, the usual length of their shortest spelling.
 * O(end - start), and next to nothing once both questions are decided.
 */
export function readDigits(digits: WrittenDigits, scores: Float64Array, start: number, end: number): void {
  for (let row = start; row < end; row++) {
    if (digits.decimals > MOST_DECIMALS && !digits.isFloat32) return;
    const score = scores[row]!;
    if (!Number.isFinite(score)) continue;
    while (digits.decimals <= MOST_DECIMALS && !isWhole(score * 10 ** digits.decimals)) digits.decimals += 1;
    if (digits.isFloat32 && !isFloat32Like(score)) digits.isFloat32 = false;
  }
}

/** Whether x is a whole number but for the rounding of a product with a power of ten. */
function isWhole(x: number): boolean {
  return Math.abs(x - Math.round(x)) <= 1e-6;
}

function isFloat32Like(value: number): boolean {
  const nearest = Math.fround(value);
  if (nearest === value) return true;
  const unitOfNinth = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 8);
  return Math.abs(value - nearest) <= 0.501 * unitOfNinth || isWhole(value / (10 * unitOfNinth));
}

/**
 * Within what two columns of scores count as equal.
 *
 *     base = 1e-9 when both come from double precision, else 2e-6
 *     tolerance = base + Σ half a unit of the last decimal, over the sides that are columns of few decimals
 *
 * @param digits of each side that is a column of a file; null for scores that a model computed
 */
export function toleranceOf(
  left: Pick<ComparedScores, 'name' | 'precision'>,
  right: Pick<ComparedScores, 'name' | 'precision'>,
  digits: { readonly left: WrittenDigits | null; readonly right: WrittenDigits | null },
): ScoreTolerance {
  const isSingle =
    left.precision === 'float32' ||
    right.precision === 'float32' ||
    (digits.left?.isFloat32 ?? false) ||
    (digits.right?.isFloat32 ?? false);
  const base = isSingle ? FLOAT32_TOLERANCE : FLOAT64_TOLERANCE;
  const written = [
    { name: left.name, digits: digits.left },
    { name: right.name, digits: digits.right },
  ].flatMap(({ name, digits: side }) =>
    side === null || side.decimals > MOST_DECIMALS
      ? []
      : [{ name, decimals: Math.max(side.decimals, FEWEST_DECIMALS) }],
  );
  const tolerance = written.reduce((sum, { decimals }) => sum + 0.5 * 10 ** -decimals, base);
  const precision = isSingle
    ? 'At least one side is in single precision (float32), good for about 2e-6'
    : 'Both sides are in double precision, good for about 1e-9';
  const rounding = written.map(
    ({ name, decimals }) =>
      `; "${name}" is written with ${decimals} decimals, so half a unit of the last is allowed`,
  );
  return { tolerance, reason: `${precision}${rounding.join('')}.` };
}

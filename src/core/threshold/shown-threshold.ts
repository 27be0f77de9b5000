/** The scores on either side of a decision: every threshold above `highestPassed` and up to `lowestFlagged` is that decision. */
export interface DecisionRange {
  /** Lowest score among the flagged rows; NaN when nobody is flagged. */
  readonly lowestFlagged: number;
  /** Highest score among the passed rows that have one; NaN when every scored row is flagged. */
  readonly highestPassed: number;
}

/** A threshold as a decimal number that can be written, and how many decimals that takes. */
export interface ShownThreshold {
  readonly value: number;
  readonly digits: number;
}

/**
 * Whether a threshold flags exactly the rows of a decision: highestPassed < threshold <= lowestFlagged.
 * An end that is NaN does not bound; a NaN threshold flags nothing and is never the same.
 */
export function flagsSameRows({ lowestFlagged, highestPassed }: DecisionRange, threshold: number): boolean {
  return !Number.isNaN(threshold) && !(threshold <= highestPassed) && !(threshold > lowestFlagged);
}

/** Fewest decimals of a shown threshold (DESIGN "Numbers"). */
const LEAST_DIGITS = 3;
/** A decimal that ends within this many (typed, dragged, or so in the file) is written as it is. */
export const MOST_DECIMAL_DIGITS = 6;
/** What every Intl.NumberFormat can write. */
const MOST_DIGITS = 20;

/**
 * The decimal to show for a threshold so that, typed again, it flags exactly the same rows.
 *
 *     shortest d with at least 3 decimals and highestPassed < d <= lowestFlagged
 *
 * The threshold itself when it is a decimal of at most six; else, at each number of decimals, its rounding if that lies
 * inside, else lowestFlagged rounded down. Two thresholds with different decisions are never shown alike.
 *
 * @param threshold finite, one that `flagsSameRows(range, threshold)`
 * @returns value, a float64 that `toFixed(digits)` writes in full unless it takes more than 20 decimals: then the threshold itself
 */
export function shownThreshold(threshold: number, range: DecisionRange): ShownThreshold {
  for (let digits = LEAST_DIGITS; digits <= MOST_DECIMAL_DIGITS; digits++) {
    if (Number(threshold.toFixed(digits)) === threshold) return { value: threshold, digits };
  }
  for (let digits = LEAST_DIGITS; digits <= MOST_DIGITS; digits++) {
    // + 0: a tiny negative rounds to -0, which is written as 0.
    const rounded = Number(threshold.toFixed(digits)) + 0;
    if (flagsSameRows(range, rounded)) return { value: rounded, digits };
    const below = roundedDown(range.lowestFlagged, digits);
    if (flagsSameRows(range, below)) return { value: below, digits };
  }
  return { value: threshold, digits: MOST_DIGITS };
}

/** The greatest decimal with so many digits that is not above the value: rounded down, a threshold still flags its score. */
export function roundedDown(value: number, digits: number): number {
  const rounded = Number(value.toFixed(digits));
  return rounded <= value ? rounded : Number((rounded - 10 ** -digits).toFixed(digits));
}

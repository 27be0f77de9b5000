/** Below these counts every figure is mostly chance; the floor for groups in DEFINITIONS, "Fairness". */
const FEW_ROWS = 30;
const FEW_EVENTS = 10;

/**
 * Whether a judged set is too small for its figures to say much: fewer than 30 rows, or fewer than 10 of either outcome.
 * An interval by formula is then narrower than the truth: a ranking without error has DeLong's interval [1, 1] on four rows.
 */
export function hasTooFewRows({
  rows,
  positives,
  negatives,
}: {
  readonly rows: number;
  readonly positives: number;
  readonly negatives: number;
}): boolean {
  return rows < FEW_ROWS || positives < FEW_EVENTS || negatives < FEW_EVENTS;
}

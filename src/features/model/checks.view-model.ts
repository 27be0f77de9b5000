/** The checks of a model as the rows of their table. */
import type { ModelCheck } from '../../core/sanity/model-check.ts';
import type { VerdictKind } from '../../design/Verdict.tsx';

export interface CheckRow extends Omit<ModelCheck, 'verdict'> {
  readonly kind: VerdictKind;
}

/** In the order in which they come; a check without enough rows is shown as such. */
export function checkRows(checks: readonly ModelCheck[]): readonly CheckRow[] {
  return checks.map(({ verdict, ...check }) => ({
    ...check,
    kind: verdict === 'not-enough-data' ? 'too-few' : verdict,
  }));
}

/** Whether no check could be answered, so that the table says one thing ten times. */
export function allTooFew(checks: readonly ModelCheck[]): boolean {
  return checks.length > 0 && checks.every(({ verdict }) => verdict === 'not-enough-data');
}

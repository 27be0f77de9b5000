/** What the searches for causes have in common: what they look at, and what they answer. */
import type { Sliced } from '../sliced.ts';
import type { CauseSample, Fit, SampledForm } from './cause-sample.ts';
import type { LikelyCause } from './form-comparison.ts';

/** Looks for one kind of cause; null when it is not that. */
export type CauseSearch = (sample: CauseSample) => Sliced<readonly LikelyCause[] | null>;

/** A form that is put right, and the one that it should then equal. */
export interface Direction {
  readonly own: SampledForm;
  readonly other: SampledForm;
}

/** Both ways of putting one form right against the other. */
export function directionsOf({ left, right }: CauseSample): readonly [Direction, Direction] {
  return [
    { own: left, other: right },
    { own: right, other: left },
  ];
}

/** A cause without its figures. */
export type CauseWords = Omit<LikelyCause, 'residual' | 'explained'>;

/** A cause with what is left once it is put right. */
export function causeOf(words: CauseWords, { residual, explained }: Fit): LikelyCause {
  return { ...words, residual, explained };
}

/** The better of two: the one that explains more, then the one that leaves less. */
export function isBetter(fit: Fit, than: Fit | null): boolean {
  if (than === null) return true;
  return fit.explained > than.explained || (fit.explained === than.explained && fit.residual < than.residual);
}

/** What the searches for causes have in common: what they look at, and what they answer. */
import type { Sliced } from '../sliced.ts';
import type { CauseSample, Fit, SampledForm } from './cause-sample.ts';
import type { CauseCode, LikelyCause } from './form-comparison.ts';

/** Looks for one kind of cause; null when it is not that. Its progress is of its parts: only that it goes on counts. */
export type CauseSearch = (sample: CauseSample) => Sliced<readonly LikelyCause[] | null>;

/** A form that is put right, and the one that it should then equal. */
export interface Direction {
  readonly own: SampledForm;
  readonly other: SampledForm;
}

/** Causes that reproduce the difference, and how well they do once all of them are put right. */
export interface Finding {
  readonly fit: Fit;
  readonly causes: readonly LikelyCause[];
}

/** Tries both ways, and of two findings keeps the one that fits better: so it does not matter which form is the left one. */
export function* betterWay(
  sample: CauseSample,
  attempt: (way: Direction) => Sliced<Finding | null>,
): Sliced<readonly LikelyCause[] | null> {
  const { left, right } = sample;
  const first = yield* attempt({ own: left, other: right });
  const second = yield* attempt({ own: right, other: left });
  if (first === null || second === null) return (first ?? second)?.causes ?? null;
  return (isBetter(second.fit, first.fit) ? second : first).causes;
}

/** A cause without its figures. */
export type CauseWords = Omit<LikelyCause, 'residual' | 'explained'>;

/** A cause with what is left once it is put right. */
export function causeOf(words: CauseWords, { residual, explained }: Fit): LikelyCause {
  return { ...words, residual, explained };
}

/** What a model does one after the other: of two causes the one that acts earlier is named first. */
const computation: readonly CauseCode[] = [
  'feature-order',
  'float32-input',
  'zero-as-missing',
  'missing-as-zero',
  'tree-weights',
  'base-score',
  'averaging',
  'sigmoid',
  'margin-not-probability',
];

/** At which step of the computation a cause acts. */
export function stepOf(code: CauseCode): number {
  return computation.indexOf(code);
}

/** The better of two: the one that explains more, then the one that leaves less. */
export function isBetter(fit: Fit, than: Fit): boolean {
  return fit.explained > than.explained || (fit.explained === than.explained && fit.residual < than.residual);
}

/** Causes that show in the scores alone: the other class, margins instead of probabilities, rounded or cut digits. */
import type { Sliced } from '../sliced.ts';
import { type CauseSample, fitOf, isReproduced, type SampledForm } from './cause-sample.ts';
import { betterWay, type CauseWords, causeOf, type Direction, type Finding } from './cause-search.ts';
import type { LikelyCause } from './form-comparison.ts';

interface ScoreCause {
  /** What turns the scores of `own` into those of `other`. */
  readonly transform: (score: number) => number;
  readonly words: (own: SampledForm, other: SampledForm) => CauseWords;
}

/** Coarser than this is grades or decisions; finer is within what counts as equal anyway. */
const DIGITS = [0, 1, 2, 3, 4, 5, 6];

const scoreCauses: readonly ScoreCause[] = [
  {
    transform: (score) => 1 - score,
    words: (own, other) => ({
      code: 'class-order',
      explanation: `The scores of "${own.name}" and "${other.name}" add up to 1: one gives the probability of the other class.`,
      advice:
        'Check which class counts as the bad outcome, and read the probability of that class on both sides.',
    }),
  },
  {
    transform: (score) => 1 / (1 + Math.exp(-score)),
    words: (own, other) => ({
      code: 'margin-not-probability',
      explanation: `"${own.name}" holds raw margins (log-odds): through 1 / (1 + exp(-x)) they are the probabilities of "${other.name}".`,
      advice: 'Export probabilities, or apply the link of the model to the margins first.',
    }),
  },
  ...DIGITS.flatMap((decimals): ScoreCause[] => [
    {
      transform: (score) => Math.round(score * 10 ** decimals) / 10 ** decimals,
      words: (own, other) => rounded(own, other, `rounded to ${counted(decimals, 'decimal')}`),
    },
    {
      transform: (score) => Math.trunc(score * 10 ** decimals) / 10 ** decimals,
      words: (own, other) => rounded(own, other, `cut off after ${counted(decimals, 'decimal')}`),
    },
  ]),
  ...DIGITS.slice(1).map(
    (digits): ScoreCause => ({
      transform: (score) => (Number.isFinite(score) ? Number(score.toPrecision(digits)) : score),
      words: (own, other) => rounded(own, other, `rounded to ${counted(digits, 'significant digit')}`),
    }),
  ),
];

function counted(count: number, what: string): string {
  return `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`;
}

function rounded(own: SampledForm, other: SampledForm, how: string): CauseWords {
  return {
    code: 'rounded-scores',
    explanation: `The scores of "${other.name}" are those of "${own.name}", ${how}.`,
    advice: 'Write the scores with all their digits (17 significant ones keep everything) and compare again.',
  };
}

/** The first cause that makes the scores equal, tried both ways. O(rows). */
export function* searchScores(sample: CauseSample): Sliced<readonly LikelyCause[] | null> {
  for (const cause of scoreCauses) {
    const causes = yield* betterWay(sample, (way) => tried(sample, cause, way));
    if (causes !== null) return causes;
  }
  return null;
}

function* tried(
  { isDiffering, tolerance }: CauseSample,
  { transform, words }: ScoreCause,
  { own, other }: Direction,
): Sliced<Finding | null> {
  const fit = fitOf(own.scores.map(transform), other.scores, isDiffering, tolerance);
  yield { done: 1, total: 1 };
  return isReproduced(fit) ? { fit, causes: [causeOf(words(own, other), fit)] } : null;
}

/** The scale on which the trees of a model add up, and how its scores get there and back. */
import type { Sliced } from '../sliced.ts';
import { marginsOf } from '../trees/evaluate-trees.ts';
import type { CauseSample, SampledForm, SampledTrees } from './cause-sample.ts';
import { partsOfBlock } from './evaluate-variant.ts';

export interface MarginScale {
  /** As in "shifted by 0.8 log-odds". */
  readonly unit: string;
  readonly toMargin: (score: number) => number;
  readonly toScore: (margin: number) => number;
  /** How much a score moves per unit of margin there. */
  readonly slopeAt: (margin: number) => number;
  /** Whether a margin was read from its score exactly enough to fit something to it. */
  readonly isReliable: (margin: number) => boolean;
}

/** Beyond this, a probability of float32 or of ten digits no longer tells its log-odds. */
const MOST_LOG_ODDS = 8;

const logOdds: MarginScale = {
  unit: ' log-odds',
  toMargin: (score) => Math.log(score / (1 - score)),
  toScore: (margin) => 1 / (1 + Math.exp(-margin)),
  slopeAt: (margin) => 1 / (2 + Math.exp(margin) + Math.exp(-margin)),
  isReliable: (margin) => Math.abs(margin) <= MOST_LOG_ODDS,
};

const raw: MarginScale = {
  unit: '',
  toMargin: (score) => score,
  toScore: (margin) => margin,
  slopeAt: () => 1,
  isReliable: Number.isFinite,
};

/**
 * The scale on which both forms can be compared: what their trees add up to, log-odds or the scores themselves; without
 * trees log-odds where both hold probabilities. Null for any other link, for trees of several outputs, and where without
 * trees one side alone holds probabilities. A score that is no probability has no log-odds: NaN.
 */
export function scaleOf({ left, right }: CauseSample): MarginScale | null {
  const known = [left, right].flatMap(({ trees }) => (trees === null ? [] : [scaleOfTrees(trees)]));
  const areProbabilities = [left, right].map(({ scores }) =>
    scores.every((score) => score >= 0 && score <= 1),
  );
  const [first = areProbabilities[0] ? logOdds : raw, ...others] = known;
  if (others.some((other) => other !== first)) return null;
  return known.length > 0 || areProbabilities[0] === areProbabilities[1] ? first : null;
}

function scaleOfTrees({ ensemble: { link, outputCount } }: SampledTrees): MarginScale | null {
  if (outputCount > 1) return null;
  if (link.kind === 'logistic') return logOdds;
  return link.kind === 'identity' ? raw : null;
}

/**
 * The margins behind the scores of a form: of its trees where they are known (exact even where probabilities are 0 or 1),
 * else read back from the scores.
 */
export function* scoreMargins({ trees, scores }: SampledForm, scale: MarginScale): Sliced<Float64Array> {
  if (trees === null) return scores.map(scale.toMargin);
  const { ensemble, block } = trees;
  const margins = new Float64Array(block.rowCount);
  for (const { part, start, end } of partsOfBlock(block, ensemble.roots.length)) {
    margins.set(marginsOf(ensemble, part), start);
    yield { done: end, total: block.rowCount };
  }
  return margins.map(marginToScale(trees));
}

/** From the sum of the trees to the scale: averaged, times the slope, and turned for the first of two classes. */
export function marginToScale({ ensemble, column }: SampledTrees): (margin: number) => number {
  const { averageOver, link, classCount } = ensemble;
  const isFirstOfTwo = classCount === 2 && column === 0;
  if (link.kind !== 'logistic') {
    return isFirstOfTwo ? (margin) => 1 - margin / averageOver : (margin) => margin / averageOver;
  }
  const factor = ((isFirstOfTwo ? -1 : 1) * link.slope) / averageOver;
  return (margin) => factor * margin;
}

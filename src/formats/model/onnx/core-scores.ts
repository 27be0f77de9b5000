/** What the nodes behind a core do to its scores, folded into base values, average and link where that is exact. */
import type { DecodedCore } from '../../../core/model/decoded-core.ts';

type Core = DecodedCore['core'];

/** A tensor that a core becomes. */
export interface CoreScores {
  readonly core: Core;
  /** The tensor that feeds the core. */
  readonly input: string;
  /** Columns of the tensor: those that `applyLink` returns. */
  readonly width: number;
}

/** The scores of a core as it stands. */
export function scoresOf(core: Core, input: string): CoreScores {
  const { outputCount, classCount } = shapeOf(core);
  return { core, input, width: outputCount === 1 && classCount === 2 ? 2 : outputCount };
}

function shapeOf(core: Core): { readonly outputCount: number; readonly classCount: number } {
  return core.kind === 'trees' ? core.ensemble : core.linear;
}

function linkOf(core: Core): string {
  return core.kind === 'trees' ? core.ensemble.link.kind : core.linear.link;
}

/** True when the tensor holds the margins themselves, one column each. */
function areMargins({ core, width }: CoreScores): boolean {
  return linkOf(core) === 'identity' && width === shapeOf(core).outputCount;
}

/** Margins through a link; null when they are no margins, or softmax has nothing to compare. */
export function withLink(
  scores: CoreScores,
  link: 'logistic' | 'softmax' | 'exponential',
): CoreScores | null {
  if (!areMargins(scores) || (link === 'softmax' && scores.width === 1)) return null;
  const { core, input } = scores;
  if (core.kind === 'trees') {
    const folded = link === 'logistic' ? ({ kind: link, slope: 1 } as const) : ({ kind: link } as const);
    return scoresOf({ kind: 'trees', ensemble: { ...core.ensemble, link: folded } }, input);
  }
  return link === 'exponential'
    ? null
    : scoresOf({ kind: 'linear', linear: { ...core.linear, link } }, input);
}

/** Margins times a factor; any scores times 1. */
export function multiplied(scores: CoreScores, factor: number): CoreScores | null {
  if (factor === 1) return scores;
  if (!areMargins(scores) || !Number.isFinite(factor) || factor === 0) return null;
  const { core, input } = scores;
  if (core.kind === 'trees') {
    const averageOver = core.ensemble.averageOver / factor;
    return scoresOf({ kind: 'trees', ensemble: { ...core.ensemble, averageOver } }, input);
  }
  const coefficients = core.linear.coefficients.map((value) => value * factor);
  const intercepts = core.linear.intercepts.map((value) => value * factor);
  return scoresOf({ kind: 'linear', linear: { ...core.linear, coefficients, intercepts } }, input);
}

/** Margins plus one number each, or one for all; any scores plus 0. */
export function shifted(scores: CoreScores, by: readonly number[]): CoreScores | null {
  if (by.every((value) => value === 0)) return scores;
  if (!areMargins(scores) || !by.every(Number.isFinite)) return null;
  const { core, input } = scores;
  const added = (bases: Float64Array, factor: number) =>
    bases.map((base, k) => base + by[by.length === 1 ? 0 : k]! * factor);
  if (core.kind === 'trees') {
    const { ensemble } = core;
    const baseValues = added(ensemble.baseValues, ensemble.averageOver);
    return scoresOf({ kind: 'trees', ensemble: { ...ensemble, baseValues } }, input);
  }
  const intercepts = added(core.linear.intercepts, 1);
  return scoresOf({ kind: 'linear', linear: { ...core.linear, intercepts } }, input);
}

/** [1 - p, p] of a single p. */
export function complemented(scores: CoreScores): CoreScores | null {
  return scores.width === 1 ? withClasses(scores, 2) : null;
}

/** The column of class 1 of [1 - p, p]; null for other columns. */
export function secondColumn(scores: CoreScores, column: number): CoreScores | null {
  const isComplemented = scores.width === 2 && shapeOf(scores.core).outputCount === 1;
  return isComplemented && column === 1 ? withClasses(scores, 0) : null;
}

function withClasses({ core, input }: CoreScores, classCount: number): CoreScores {
  if (core.kind === 'trees')
    return scoresOf({ kind: 'trees', ensemble: { ...core.ensemble, classCount } }, input);
  return scoresOf({ kind: 'linear', linear: { ...core.linear, classCount } }, input);
}

/**
 * Scores divided by the sum of their row (Normalizer L1): nothing changes where they add up to one. Two logistic rows of
 * opposite coefficients, as scikit-learn's logistic regression is written, are one margin.
 */
export function normalized(scores: CoreScores): CoreScores | null {
  const { core, input, width } = scores;
  const link = linkOf(core);
  const addsUp =
    link === 'softmax' || (link === 'logistic' && width === 2 && shapeOf(core).outputCount === 1);
  if (addsUp) return scores;
  if (core.kind !== 'linear' || link !== 'logistic' || core.linear.outputCount !== 2) return null;
  const { linear } = core;
  const coefficients = linear.coefficients.slice(linear.featureCount);
  const intercepts = linear.intercepts.slice(1);
  const isMirrored =
    intercepts[0] === -linear.intercepts[0]! &&
    coefficients.every((value, j) => value === -linear.coefficients[j]!);
  if (!isMirrored) return null;
  return scoresOf(
    { kind: 'linear', linear: { ...linear, outputCount: 1, classCount: 2, coefficients, intercepts } },
    input,
  );
}

import { type FeatureFit, type FeatureValues, fitOf, isOutside } from './feature-fit.ts';
import { betweenText, countOf, namesText, shareText, valueText } from './figure-text.ts';
import type { KnownRange } from './known-range.ts';
import type { ModelCheck } from './model-check.ts';
import type { Reordering } from './reordering.ts';
import { guessUnit, type UnitGuess } from './unit-guess.ts';
import { verdictsOf } from './verdicts.ts';

interface FittedFeature {
  readonly feature: FeatureValues;
  readonly fit: FeatureFit;
  readonly known: KnownRange;
}

interface OutsideFeature extends FittedFeature {
  readonly guess: UnitGuess | null;
}

const { pass, warn, fail, unknown } = verdictsOf('scaling');

/**
 * Whether the values of the columns lie where the model can tell them apart (`isOutside`): within the thresholds of its
 * trees, the range seen in training, or six deviations of its scaler.
 *
 * Fails when the unit of a feature outside can be guessed (one power of ten, standardisation), warns for any other.
 * Features that {@link Reordering} explains are left to that check.
 *
 * @param features null when the inside of the model is not known
 */
export function scalingCheck(features: readonly FeatureValues[] | null, reordering: Reordering): ModelCheck {
  const known = (features ?? []).filter((feature) => feature.known !== null);
  if (known.length === 0) {
    return unknown(
      'Scaling not known',
      'The file does not say which values this model knows: there are no numeric thresholds, training ranges or scalers to compare the columns with.',
    );
  }
  const fits = known.flatMap((feature) => fitted(feature));
  if (fits.length === 0) {
    return unknown(
      'Too few values',
      `None of the columns of ${countOf(known.length, 'numeric feature')} has enough values to compare.`,
    );
  }
  const outside = fits.filter(({ fit, known: range }) => isOutside(fit, range));
  const swapped = new Set(reordering.pairs.flatMap(({ first, second }) => [first.feature, second.feature]));
  const isExplained = ({ feature }: FittedFeature) => reordering.shift !== 0 || swapped.has(feature.feature);
  const found = outside
    .filter((one) => !isExplained(one))
    .map((one) => ({ ...one, guess: guessUnit(one.feature.values, one.fit, one.known) }));
  return found.length === 0 ? inRange(fits, outside.length) : outOfRange(found, fits.length);
}

function inRange(fits: readonly FittedFeature[], explained: number): ModelCheck {
  const finding = `The values of ${countOf(fits.length - explained, 'numeric feature')} lie where the model can tell them apart.`;
  const rest =
    explained === 0
      ? ''
      : ` ${countOf(explained, 'feature')} that ${explained === 1 ? 'does' : 'do'} not fit ${explained === 1 ? 'is' : 'are'} explained by the order of the columns.`;
  const { feature, fit, known } = fits.toSorted((a, b) => a.fit.inside - b.fit.inside)[0]!;
  return pass('Values in known ranges', `${finding}${rest}`, [
    ['Features compared', String(fits.length)],
    [feature.feature, `${shareText(fit.inside)} of rows within ${rangeText(known)}, the least of all`],
  ]);
}

function outOfRange(found: readonly OutsideFeature[], compared: number): ModelCheck {
  const first = found.find(({ guess }) => guess !== null) ?? found[0]!;
  const names = namesText(found.map(({ feature }) => feature.feature));
  const finding = `${names} of ${countOf(compared, 'numeric feature')} ${found.length === 1 ? 'lies' : 'lie'} outside of what the model knows: the median of "${first.feature.feature}" is ${valueText(first.fit.median)}, and the model knows ${rangeText(first.known)}`;
  const figures = found.map((one): [string, string] => [one.feature.feature, figureOf(one)]);
  if (first.guess === null) {
    return warn(
      'Values beyond known ranges',
      `${finding}.`,
      'Check the units of these columns; if they are right, the model has never seen such rows and cannot tell them apart.',
      figures,
    );
  }
  return fail(
    'Units do not fit',
    `${finding}; ${first.guess.text}.`,
    'Bring the columns to the units and the scaling of training before the model is used.',
    figures,
  );
}

function fitted(feature: FeatureValues): FittedFeature[] {
  const { known } = feature;
  const fit = known === null ? null : fitOf(feature.values, known);
  return fit === null || known === null ? [] : [{ feature, fit, known }];
}

function figureOf({ fit, known, guess }: OutsideFeature): string {
  const side =
    fit.above >= fit.below
      ? `${shareText(fit.above)} of rows above`
      : `${shareText(fit.below)} of rows below`;
  const where = `${side} ${rangeText(known)}, median ${valueText(fit.median)}`;
  return guess === null ? where : `${where}; ${guess.text}`;
}

function rangeText({ kind, low, high, centre, spread }: KnownRange): string {
  if (kind === 'scaler') return `${valueText(centre)} ± ${valueText(spread)} (its scaler)`;
  const what = kind === 'training' ? 'range in training' : 'thresholds';
  return `${betweenText(low, high)} (${what})`;
}

import { type FeatureFit, type FeatureValues, fitOf, isOutside } from './feature-fit.ts';
import { betweenText, countOf, namesText, shareText, valueText } from './figure-text.ts';
import type { KnownRange } from './known-range.ts';
import type { ModelCheck } from './model-check.ts';
import type { Reordering } from './reordering.ts';
import { guessUnit, type UnitGuess } from './unit-guess.ts';
import { verdictsOf } from './verdicts.ts';

interface OutsideFeature {
  readonly name: string;
  readonly fit: FeatureFit;
  readonly known: KnownRange;
  readonly guess: UnitGuess | null;
}

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
  const { pass, warn, fail, unknown } = verdictsOf('scaling');
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
  const swapped = new Set(reordering.pairs.flatMap(({ first, second }) => [first.feature, second.feature]));
  const outside = fits.filter(({ fit, known: range }) => isOutside(fit, range));
  const unexplained =
    reordering.shift === 0 ? outside.filter(({ feature }) => !swapped.has(feature.feature)) : [];
  const checked = countOf(fits.length, 'numeric feature');
  if (unexplained.length === 0) {
    const rest =
      outside.length === 0
        ? ''
        : ` ${countOf(outside.length, 'feature')} that do not fit are explained by the order of the columns.`;
    const most = fits.toSorted((a, b) => a.fit.inside - b.fit.inside)[0]!;
    return pass(
      'Values in known ranges',
      `The values of ${checked} lie where the model can tell them apart.${rest}`,
      [
        ['Features compared', String(fits.length)],
        [
          most.feature.feature,
          `${shareText(most.fit.inside)} of rows within ${rangeText(most.known)}, the least of all`,
        ],
      ],
    );
  }
  const found = unexplained.map(({ feature, fit, known: range }): OutsideFeature => {
    return { name: feature.feature, fit, known: range, guess: guessUnit(feature.values, fit, range) };
  });
  const guessed = found.filter(({ guess }) => guess !== null);
  const figures = found.map((one): [string, string] => [one.name, figureOf(one)]);
  const [first] = guessed.length > 0 ? guessed : found;
  const finding = `${namesText(found.map(({ name }) => name))} of ${countOf(fits.length, 'numeric feature')} ${found.length === 1 ? 'lies' : 'lie'} outside of what the model knows: the median of "${first!.name}" is ${valueText(first!.fit.median)}, and the model knows ${rangeText(first!.known)}`;
  if (guessed.length === 0) {
    return warn(
      'Values beyond known ranges',
      `${finding}.`,
      'Check the units of these columns; if they are right, the model has never seen such rows and cannot tell them apart.',
      figures,
    );
  }
  return fail(
    'Units do not fit',
    `${finding}; ${first!.guess!.text}.`,
    'Bring the columns to the units and the scaling of training before the model is used.',
    figures,
  );
}

function fitted(feature: FeatureValues): { feature: FeatureValues; fit: FeatureFit; known: KnownRange }[] {
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

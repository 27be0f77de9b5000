import type { FeatureValues } from './feature-fit.ts';
import { countOf } from './figure-text.ts';
import type { ModelCheck } from './model-check.ts';
import type { Reordering, SwappedPair } from './reordering.ts';
import { verdictsOf } from './verdicts.ts';

const ADVICE =
  'Give the columns in the order in which the model was trained, or map each feature by its name.';

const CONTENTS_ADVICE =
  'The names fit and the contents do not: find where the table was made with these columns exchanged, and make it again.';

const CHOICE_ADVICE = 'Map each of these features to the column that is named like it.';

/**
 * Whether columns were given to each other's features ({@link Reordering}). Columns that were bound by name pass unless
 * a pair of them was found.
 *
 * @param features null when the inside of the model is not known
 */
export function featureOrderCheck(
  features: readonly FeatureValues[] | null,
  boundByOrder: boolean,
  { pairs, shift }: Reordering,
): ModelCheck {
  const { pass, fail, unknown } = verdictsOf('feature-order');
  const known = (features ?? []).filter((feature) => feature.known !== null);
  if (!boundByOrder && pairs.length === 0) {
    return pass(
      'Columns bound by name',
      'Every column was given to its feature by name or by hand, and no two look exchanged.',
    );
  }
  if (known.length < 2) {
    return unknown(
      'Order cannot be checked',
      'The columns were given by their order, and the file does not say which values each feature takes.',
      'Compare some scores with those of the system that trained the model.',
    );
  }
  if (shift !== 0) {
    const finding = `Nearly every feature fits the column ${shift === 1 ? 'after' : 'before'} its own: the order is off by one place.`;
    return fail('Columns one place off', finding, ADVICE, [['Features compared', String(known.length)]]);
  }
  if (pairs.length > 0) {
    const finding = `${pairs.map(pairText).join(', ')} fit${pairs.length === 1 ? '' : ' each'} better in each other's place.`;
    return fail('Columns exchanged', finding, adviceFor(pairs), pairs.map(pairFigure));
  }
  return pass(
    'Order fits the values',
    `The columns were given by their order; as far as their values tell, none of ${countOf(known.length, 'feature')} fits better in another's place. Columns of similar values cannot be told apart.`,
  );
}

/** Columns that bear the names of their features and hold each other's values were exchanged before they came here. */
function adviceFor(pairs: readonly SwappedPair[]): string {
  const features = pairs.flatMap(({ first, second }) => [first, second]);
  if (features.every(({ how }) => how === 'name')) return CONTENTS_ADVICE;
  return features.every(({ how }) => how === 'user') ? CHOICE_ADVICE : ADVICE;
}

function pairText({ first, second }: SwappedPair): string {
  const features = `"${first.feature}" and "${second.feature}"`;
  if (first.feature === first.column && second.feature === second.column) {
    return `The contents of the columns ${features}`;
  }
  return `The columns of ${features} ("${first.column}" and "${second.column}")`;
}

function pairFigure({ first, second }: SwappedPair): [string, string] {
  return [first.feature, `column "${first.column}" now, fits "${second.column}"`];
}

/** Whether columns feed each other's features: recognised by what the model knows of each feature's values. */
import { type FeatureFit, type FeatureValues, fitOf, isOutside } from './feature-fit.ts';

/** Columns that fit better in each other's place. */
export interface SwappedPair {
  readonly first: FeatureValues;
  readonly second: FeatureValues;
  /** What the swap adds to the two shares inside the known ranges, 0 to 2. */
  readonly gain: number;
}

export interface Reordering {
  /** Each feature in one pair at most, the clearest first. */
  readonly pairs: readonly SwappedPair[];
  /** +1: every feature fits the column after its own (an extra column comes first); -1: the one before; 0: neither. */
  readonly shift: 1 | -1 | 0;
}

/** Gain in the two shares inside the known ranges, of 2, from which a swap is reported: more than drift explains. */
const CLEAR_GAIN = 0.5;

/** Each column of a swapped pair has most of its values inside the range of the other's feature. */
const FITS_AFTER = 0.5;

/** Of ranges that training stated, which hold nearly all values of the right column, a smaller gain is clear. */
const CLEAR_TRAINING_GAIN = 0.05;
const FITS_TRAINING_AFTER = 0.99;

/**
 * Gain in the mean share inside, over all features, from which the whole order is said to be off by one: of ten features
 * one that did not fit at all then does. Orders that are right have no feature outside, and are not tried.
 */
const CLEAR_SHIFT_GAIN = 0.1;

/** Pairs are tried with at most so many features that do not fit, so that wide models take no longer than a second. */
const MOST_SUSPECTS = 20;

/** Values per column that pairs are tried on. */
const TRIED_VALUES = 1000;

interface Place {
  readonly feature: FeatureValues;
  readonly values: Float64Array;
  /** Of its own column. */
  readonly fit: FeatureFit | null;
}

/**
 * Looks for columns in each other's place, among the features of which the model knows a range.
 *
 * A pair is reported when at least one of the two does not fit where it is, both fit after the swap, and the shares inside
 * the ranges gain at least 0.5 of 2 (ranges stated by training: 0.05, and 99 % inside afterwards). Of columns that were
 * both found by name neither may fit where it is. For columns bound by order also the shift of all by one place is tried
 * when one of them does not fit, and reported when it explains more than the pairs. Columns of similar values cannot be told apart. The order of the
 * features does not matter, but for ties.
 */
export function findReordering(features: readonly FeatureValues[]): Reordering {
  const places = features.map(placeOf);
  const suspects = places.filter(isSuspect).slice(0, MOST_SUSPECTS);
  const pairs = swappedPairs(places, suspects);
  const byOrder = places.filter(({ feature }) => feature.how === 'order');
  if (!suspects.some((place) => byOrder.includes(place))) return { pairs, shift: 0 };
  const gained = pairs.reduce((sum, { gain }) => sum + gain, 0);
  const { shift, gain } = bestShift(byOrder);
  return gain > gained ? { pairs: [], shift } : { pairs, shift: 0 };
}

function swappedPairs(places: readonly Place[], suspects: readonly Place[]): SwappedPair[] {
  const known = places.filter(({ feature }) => feature.known !== null);
  const found = suspects.flatMap((first) =>
    known
      .filter(
        (second) =>
          second !== first && !(suspects.includes(second) && known.indexOf(second) < known.indexOf(first)),
      )
      .map((second) => ({ first, second, gain: swapGain(first, second) })),
  );
  const clear = found.filter(({ gain }) => gain > 0).sort((a, b) => b.gain - a.gain);
  const taken = new Set<Place>();
  const pairs: SwappedPair[] = [];
  for (const { first, second, gain } of clear) {
    if (taken.has(first) || taken.has(second)) continue;
    taken.add(first).add(second);
    pairs.push({ first: first.feature, second: second.feature, gain });
  }
  return pairs;
}

function placeOf(feature: FeatureValues): Place {
  const values = thinned(feature.values);
  return { feature, values, fit: feature.known === null ? null : fitOf(values, feature.known) };
}

function isSuspect(place: Place): boolean {
  const isStated = place.feature.known?.kind === 'training';
  return isOutsideAt(place) || (isStated && (place.fit?.inside ?? 1) < 1 - CLEAR_TRAINING_GAIN);
}

function isOutsideAt({ feature, fit }: Place): boolean {
  return fit !== null && feature.known !== null && isOutside(fit, feature.known);
}

/** What swapping two columns gains in shares inside; 0 when that is not clear. */
function swapGain(first: Place, second: Place): number {
  const isNamed = first.feature.how === 'name' && second.feature.how === 'name';
  if (isNamed && !(isOutsideAt(first) && isOutsideAt(second))) return 0;
  const before = [first.fit, second.fit];
  const after = [fitAt(first, second), fitAt(second, first)];
  if ([...before, ...after].includes(null)) return 0;
  const isTraining = first.feature.known?.kind === 'training' && second.feature.known?.kind === 'training';
  const needed = isTraining ? FITS_TRAINING_AFTER : FITS_AFTER;
  if (after.some((fit) => fit!.inside < needed)) return 0;
  const total = (fits: readonly (FeatureFit | null)[]) => fits.reduce((sum, fit) => sum + fit!.inside, 0);
  const gain = total(after) - total(before);
  return gain >= (isTraining ? CLEAR_TRAINING_GAIN : CLEAR_GAIN) ? gain : 0;
}

/** The shift by one place that gains most in shares inside, when it is clear: {@link CLEAR_SHIFT_GAIN} per feature. */
function bestShift(places: readonly Place[]): { readonly shift: 1 | -1 | 0; readonly gain: number } {
  const now = sharesInside(places, 0);
  const known = places.filter(({ feature }) => feature.known !== null).length;
  const [best] = ([1, -1] as const)
    .map((shift) => ({ shift, gain: sharesInside(places, shift) - now }))
    .sort((a, b) => b.gain - a.gain);
  return best!.gain >= CLEAR_SHIFT_GAIN * known ? best! : { shift: 0, gain: 0 };
}

/** Shares inside, summed over the features with a known range, each with the column `shift` places on (around the end). */
function sharesInside(places: readonly Place[], shift: number): number {
  return places.reduce((sum, place, i) => {
    const given = places[(i + shift + places.length) % places.length]!;
    return sum + (fitAt(place, given)?.inside ?? 0);
  }, 0);
}

/** The fit of one place's column within what is known of another's feature. */
function fitAt({ feature }: Place, { values }: Place): FeatureFit | null {
  return feature.known === null ? null : fitOf(values, feature.known);
}

function thinned(values: Float64Array): Float64Array {
  const step = Math.ceil(values.length / TRIED_VALUES);
  return step <= 1 ? values : values.filter((_, i) => i % step === 0);
}

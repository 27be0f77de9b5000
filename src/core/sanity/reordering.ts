/** Whether columns feed each other's features: recognised by what the model knows of each feature's values. */
import { type FeatureFit, type FeatureValues, fitOf, isOutside } from './feature-fit.ts';

/** Columns that fit better in each other's place. */
export interface SwappedPair {
  readonly first: FeatureValues;
  readonly second: FeatureValues;
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

/** Gain in the mean share inside, over all features, from which the whole order is said to be off by one. */
const CLEAR_SHIFT_GAIN = 0.25;

/** Pairs are tried with at most so many features that do not fit, so that wide models take no longer than a second. */
const MOST_SUSPECTS = 20;

/** Values per column that pairs are tried on. */
const TRIED_VALUES = 1000;

interface Place {
  readonly feature: FeatureValues;
  readonly values: Float64Array;
}

/**
 * Looks for columns in each other's place, among the features of which the model knows a range.
 *
 * A pair is reported when at least one of the two does not fit where it is, both fit after the swap, and the shares inside
 * the ranges gain at least 0.5 of 2 (ranges stated by training: 0.05, and 99 % inside afterwards). For columns bound by
 * order also the shift of all by one place is tried. Columns of similar values cannot be told apart. The order of the
 * features does not matter, but for ties.
 */
export function findReordering(features: readonly FeatureValues[]): Reordering {
  const places = features.map((feature) => ({ feature, values: thinned(feature.values) }));
  const shift = features.some(({ how }) => how === 'order') ? shiftOf(places) : 0;
  return shift === 0 ? { pairs: swappedPairs(places), shift } : { pairs: [], shift };
}

function swappedPairs(places: readonly Place[]): SwappedPair[] {
  const known = places.filter(({ feature }) => feature.known !== null);
  const suspects = known.filter((place) => isSuspect(place)).slice(0, MOST_SUSPECTS);
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
  for (const { first, second } of clear) {
    if (taken.has(first) || taken.has(second)) continue;
    taken.add(first).add(second);
    pairs.push({ first: first.feature, second: second.feature });
  }
  return pairs;
}

function isSuspect(place: Place): boolean {
  const fit = fitAt(place, place);
  const { known } = place.feature;
  if (fit === null || known === null) return false;
  return isOutside(fit, known) || (known.kind === 'training' && fit.inside < 1 - CLEAR_TRAINING_GAIN);
}

/** What swapping two columns gains in shares inside; 0 when that is not clear. */
function swapGain(first: Place, second: Place): number {
  const before = [fitAt(first, first), fitAt(second, second)];
  const after = [fitAt(first, second), fitAt(second, first)];
  if ([...before, ...after].includes(null)) return 0;
  const isTraining = first.feature.known?.kind === 'training' && second.feature.known?.kind === 'training';
  const needed = isTraining ? FITS_TRAINING_AFTER : FITS_AFTER;
  if (after.some((fit) => fit!.inside < needed)) return 0;
  const total = (fits: readonly (FeatureFit | null)[]) => fits.reduce((sum, fit) => sum + fit!.inside, 0);
  const gain = total(after) - total(before);
  return gain >= (isTraining ? CLEAR_TRAINING_GAIN : CLEAR_GAIN) ? gain : 0;
}

/** The shift by one place that makes the features fit, when it is clear. */
function shiftOf(places: readonly Place[]): 1 | -1 | 0 {
  const now = meanInside(places, 0);
  for (const shift of [1, -1] as const) {
    if (meanInside(places, shift) - now >= CLEAR_SHIFT_GAIN) return shift;
  }
  return 0;
}

/** Mean share inside over the features with a known range, each with the column `shift` places further (around the end). */
function meanInside(places: readonly Place[], shift: number): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    if (place.feature.known === null) continue;
    const given = places[(i + shift + places.length) % places.length]!;
    sum += fitAt(place, given)?.inside ?? 0;
    count++;
  }
  return sum / count;
}

/** The fit of one place's column within what is known of another's feature. */
function fitAt({ feature }: Place, { values }: Place): FeatureFit | null {
  return feature.known === null ? null : fitOf(values, feature.known);
}

function thinned(values: Float64Array): Float64Array {
  const step = Math.ceil(values.length / TRIED_VALUES);
  return step <= 1 ? values : values.filter((_, i) => i % step === 0);
}

import { type FeatureFit, fitOf, isOutside } from './feature-fit.ts';
import { countText, valueText } from './figure-text.ts';
import type { KnownRange } from './known-range.ts';

/** What puts the values of a column right. */
export interface UnitGuess {
  readonly kind: 'power-of-ten' | 'data-standardised' | 'model-standardised';
  /** As part of a sentence: `dividing by 1,000 puts 97.0 % of them within it`. */
  readonly text: string;
}

/** From millionths to millions: cents, thousands, percent, milliseconds. */
const LARGEST_POWER = 6;

/** After putting the unit right, at least half of the values lie within the range, as in models that fit. */
const INSIDE_SHARE = 0.5;

/** A standardised column has mean 0 and deviation 1 on its training rows; another month moves both a little. */
const STANDARD_MEAN = 0.5;
const STANDARD_DEVIATION = [0.6, 1.6] as const;

/** Thresholds on standardised values lie on both sides of 0 and within a few deviations; those beyond were outliers. */
const STANDARD_REACH = 8;

/**
 * The simplest change of units that brings values back to what the model knows: standardisation on one side only, else
 * one power of ten; null when neither does. For values that {@link isOutside} says are off.
 */
export function guessUnit(values: Float64Array, fit: FeatureFit, known: KnownRange): UnitGuess | null {
  if (looksStandardised(fit) && !isStandardRange(known)) {
    return {
      kind: 'data-standardised',
      text: 'the column looks standardised (mean 0, deviation 1), which the model does not expect',
    };
  }
  if (isStandardRange(known) && !looksStandardised(fit) && known.kind !== 'scaler') {
    return {
      kind: 'model-standardised',
      text: 'the model seems to expect standardised values (mean 0, deviation 1)',
    };
  }
  return powerOfTen(values, fit, known);
}

function looksStandardised({ mean, deviation }: FeatureFit): boolean {
  const [least, most] = STANDARD_DEVIATION;
  return Math.abs(mean) <= STANDARD_MEAN && deviation >= least && deviation <= most;
}

function isStandardRange({ low, high, centre }: KnownRange): boolean {
  return low < 0 && high > 0 && Math.max(-low, high) <= STANDARD_REACH && Math.abs(centre) <= 1;
}

/** The power nearest to the ratio of the medians that brings the values inside, else the one on its other side. */
function powerOfTen(values: Float64Array, fit: FeatureFit, known: KnownRange): UnitGuess | null {
  const exact = Math.log10(known.centre / fit.median);
  // NaN where the two lie on different sides of 0, which no factor changes.
  if (!(Math.abs(exact) <= LARGEST_POWER)) return null;
  const powers = [Math.floor(exact), Math.ceil(exact)].sort(
    (a, b) => Math.abs(a - exact) - Math.abs(b - exact),
  );
  for (const power of powers) {
    const after = power === 0 ? null : fitOf(values.map(scaledBy(power)), known);
    if (after === null || after.inside < INSIDE_SHARE || isOutside(after, known)) continue;
    const verb = power > 0 ? 'multiplying' : 'dividing';
    const medians = `brings the median from ${valueText(fit.median)} to ${valueText(after.median)}`;
    return { kind: 'power-of-ten', text: `${verb} by ${countText(10 ** Math.abs(power))} ${medians}` };
  }
  return null;
}

function scaledBy(power: number): (value: number) => number {
  const factor = 10 ** Math.abs(power);
  return power > 0 ? (value) => value * factor : (value) => value / factor;
}

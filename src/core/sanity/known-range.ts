/** What a model knows of the values of its inputs: where its thresholds lie, what training saw, what its scaler expects. */
import type { DecodedCore } from '../model/decoded-core.ts';
import type { FeatureStep, PlannedFeature } from '../model/planned-feature.ts';
import { medianInPlace } from '../table/quantile-select.ts';
import { splitRule, type TreeEnsemble } from '../trees/tree-ensemble.ts';

/** Values of one input column that the model can tell apart, in the column's own units. */
export interface KnownRange {
  /**
   * `thresholds`: smallest and largest threshold of the trees; `training`: smallest and largest value in training;
   * `scaler`: mean ± 6 standard deviations of a scaler.
   */
  readonly kind: 'thresholds' | 'training' | 'scaler';
  readonly low: number;
  readonly high: number;
  /** Median of the distinct thresholds (middle of the range without any), or the scaler's mean. */
  readonly centre: number;
  /** The scaler's standard deviation; NaN of other kinds. */
  readonly spread: number;
}

/** Two thresholds may lie anywhere in the values of training; three and more span them well enough to judge by. */
const FEWEST_THRESHOLDS = 3;

/** No value of a training column lies further from its mean than sqrt(n) deviations, and few lie beyond six. */
const SCALER_DEVIATIONS = 6;

/**
 * The known range of every feature of a decoded model; null where nothing is known: categories, one-hot columns, fewer
 * than three distinct thresholds, a linear model without a scaler.
 *
 * @param trainingRange smallest and largest training value by the feature's place, where the file says; it goes before
 *   thresholds
 */
export function knownRanges(
  { features, core }: DecodedCore,
  trainingRange: (feature: PlannedFeature) => readonly [number, number] | null,
): (KnownRange | null)[] {
  const thresholds = core.kind === 'trees' ? numericThresholds(core.ensemble) : null;
  return features.map((feature, j) => {
    const scale = scaleOf(feature.steps);
    if (scale === null) return null;
    const inUnits = (x: number) => x / scale.factor + scale.offset;
    const own = thresholds === null ? null : Float64Array.from(thresholds[j] ?? [], inUnits).sort();
    const training = trainingRange(feature);
    if (training !== null && training[0] < training[1]) return trainingKnown(training, own);
    if (own !== null) return own.length < FEWEST_THRESHOLDS ? null : thresholdsKnown(own);
    return scale.isScaled ? scalerKnown(scale.offset, 1 / Math.abs(scale.factor)) : null;
  });
}

function trainingKnown([low, high]: readonly [number, number], thresholds: Float64Array | null): KnownRange {
  const hasThresholds = thresholds !== null && thresholds.length > 0;
  const centre = hasThresholds ? medianInPlace(thresholds) : (low + high) / 2;
  return { kind: 'training', low, high, centre, spread: Number.NaN };
}

function thresholdsKnown(sorted: Float64Array): KnownRange {
  const low = sorted[0]!;
  const high = sorted.at(-1)!;
  return { kind: 'thresholds', low, high, centre: medianInPlace(sorted), spread: Number.NaN };
}

function scalerKnown(mean: number, deviation: number): KnownRange {
  const reach = SCALER_DEVIATIONS * deviation;
  return { kind: 'scaler', low: mean - reach, high: mean + reach, centre: mean, spread: deviation };
}

/** Distinct finite thresholds of the numeric splits, by feature. */
function numericThresholds({ featureCount, features, rules, thresholds }: TreeEnsemble): Set<number>[] {
  const found = Array.from({ length: featureCount }, () => new Set<number>());
  for (let node = 0; node < features.length; node++) {
    const rule = rules[node];
    const threshold = thresholds[node]!;
    const isNumeric = rule === splitRule.lessOrEqual || rule === splitRule.less;
    if (isNumeric && Number.isFinite(threshold)) found[features[node]!]!.add(threshold);
  }
  return found;
}

/** What the steps make of a number, z = (x - offset) x factor; null when they read texts or single values. */
function scaleOf(
  steps: readonly FeatureStep[],
): { readonly offset: number; readonly factor: number; readonly isScaled: boolean } | null {
  let offset = 0;
  let factor = 1;
  let isScaled = false;
  for (const step of steps) {
    if (step.kind === 'scale') {
      offset += step.offset / factor;
      factor *= step.factor;
      isScaled = true;
    } else if (step.kind !== 'impute' && step.kind !== 'float32') return null;
  }
  return factor === 0 || !Number.isFinite(factor) ? null : { offset, factor, isScaled };
}

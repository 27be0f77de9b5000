/**
 * What is built around the threshold, in a fragment: the open part of the page, recalibration, bands, cascade, and what
 * the Impact page measures against.
 *
 *     view=calibration       recalibrate=isotonic
 *     bands=low:0.2,high:0.6,reviewCost:50,sensitivity:0.9,specificity:0.8,declineCost:0,capacity:300
 *     cascade=fast,column:<column>,low:0.2,high:0.6,accurateThreshold:0.3,fastCost:0,accurateCost:0.01
 *     impact=roiFloor:0.5,investment:120000
 */
import type { CascadeChoice, ImpactChoice, ThresholdsView } from '../contracts/saved-state.ts';
import type { RecalibrationMethod } from '../core/metrics/calibration-figures.ts';
import type { BandDesign } from '../core/money/bands.ts';
import { decodeBeside, encodeBeside } from './fragment-files.ts';
import { decodeAtom, decodeFields, encodePair, parseDecimal } from './fragment-text.ts';

const VIEWS: ReadonlySet<string> = new Set<ThresholdsView>([
  'decision',
  'sensitivity',
  'ranking',
  'calibration',
  'bands',
  'cascade',
  'policy',
]);

/** The part of the Thresholds page of that name; null when there is none. */
export function decodeView(text: string): ThresholdsView | null {
  return VIEWS.has(text) ? (text as ThresholdsView) : null;
}

const METHODS: ReadonlySet<string> = new Set<RecalibrationMethod>(['isotonic', 'platt', 'intercept']);

/** The method of that name; null when there is none. */
export function decodeRecalibration(text: string): RecalibrationMethod | null {
  return METHODS.has(text) ? (text as RecalibrationMethod) : null;
}

/** A design without a limit of reviews names no capacity. */
export function encodeBands(design: BandDesign): string {
  return encodeNumbers(design, [...BAND_NUMBERS, 'capacity']);
}

const BAND_NUMBERS = ['low', 'high', 'reviewCost', 'sensitivity', 'specificity', 'declineCost'] as const;

/** Null when a number is missing or out of its range, or when the cut-offs are the wrong way round. */
export function parseBands(text: string): BandDesign | null {
  const design = parseNumbers(text.split(','), BAND_NUMBERS, ['capacity']);
  if (design === null) return null;
  const { low, high, reviewCost, sensitivity, specificity, declineCost, capacity } = design;
  const isSound =
    low <= high &&
    [reviewCost, declineCost, capacity ?? 0].every((amount) => amount >= 0) &&
    [sensitivity, specificity].every(isShare);
  return isSound ? { low, high, reviewCost, sensitivity, specificity, declineCost, capacity } : null;
}

const CASCADE_NUMBERS = ['low', 'high', 'accurateThreshold', 'fastCost', 'accurateCost'] as const;

export function encodeCascade(choice: CascadeChoice): string {
  return [choice.current, encodeBeside(choice.other), encodeNumbers(choice, CASCADE_NUMBERS)].join(',');
}

/** Null when the second scores or a number are missing, a cost is below 0, or the band is the wrong way round. */
export function parseCascade(text: string): CascadeChoice | null {
  const [current = '', named = '', ...pieces] = text.split(',');
  const other = decodeBeside(named);
  const design = parseNumbers(pieces, CASCADE_NUMBERS, []);
  if (other === null || design === null || (current !== 'fast' && current !== 'accurate')) return null;
  const isSound = design.low <= design.high && design.fastCost >= 0 && design.accurateCost >= 0;
  return isSound ? { ...design, other, current } : null;
}

/** The empty text where nothing differs from `initial`. */
export function encodeImpact(impact: ImpactChoice, initial: ImpactChoice): string {
  const names = ['roiFloor', 'investment'] as const;
  return encodeNumbers(
    impact,
    names.filter((name) => impact[name] !== initial[name]),
  );
}

/** What a text says over `initial`; null when it names something else, or an investment below 0. */
export function parseImpact(text: string, initial: ImpactChoice): ImpactChoice | null {
  const read = parseNumbers(text.split(','), [], ['roiFloor', 'investment']);
  if (read === null || (read.investment ?? 0) < 0) return null;
  return { roiFloor: read.roiFloor ?? initial.roiFloor, investment: read.investment ?? initial.investment };
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

function encodeNumbers<Name extends string>(
  values: Readonly<Record<Name, number | null>>,
  names: readonly Name[],
): string {
  const given = names.filter((name) => values[name] !== null);
  return given.map((name) => encodePair(name, String(values[name]))).join(',');
}

/** Numbers by name, each at most once; null when a needed one is missing, one is no number, or a name is not known. */
function parseNumbers<Needed extends string, Optional extends string>(
  pieces: readonly string[],
  needed: readonly Needed[],
  optional: readonly Optional[],
): (Record<Needed, number> & Record<Optional, number | null>) | null {
  const fields = new Map(decodeFields(pieces) ?? []);
  const names: readonly string[] = [...needed, ...optional];
  if (fields.size !== pieces.length || ![...fields.keys()].every((name) => names.includes(name))) return null;
  const values: Record<string, number | null> = Object.fromEntries(optional.map((name) => [name, null]));
  for (const [name, raw] of fields) {
    values[name] = parseDecimal(decodeAtom(raw));
    if (values[name] === null) return null;
  }
  if (!needed.every((name) => name in values)) return null;
  return values as Record<Needed, number> & Record<Optional, number | null>;
}

import type { CalibrationFigures, RecalibrationFigures } from '../src/core/metrics/calibration-figures.ts';
import type { RankingFigures } from '../src/core/metrics/ranking-figures.ts';

/** The same figures in JSON: what is undefined is null. */
export type InJson<T> = T extends number
  ? number | null
  : T extends string
    ? T
    : { readonly [Key in keyof T]: InJson<T[Key]> };

/** Calibration without the decision curve, which is a picture. */
export type CalibrationSection = InJson<Omit<CalibrationFigures, 'decisionCurve'>>;

/** Gains table and expected maximum profit, without the lines of the pictures. */
export type GainsSection = InJson<
  RankingFigures['gains'] & { readonly expectedMaximumProfit: RankingFigures['emp'] }
>;

/** What recalibration did, without the points of its map. */
export type RecalibrationSection = InJson<Omit<RecalibrationFigures, 'from' | 'to'>>;

export function calibrationSection({ decisionCurve: _, ...figures }: CalibrationFigures): CalibrationSection {
  return inJson(figures);
}

export function gainsSection({ gains, emp }: RankingFigures): GainsSection {
  return inJson({ ...gains, expectedMaximumProfit: emp });
}

export function recalibrationSection({
  from: _,
  to: __,
  ...figures
}: RecalibrationFigures): RecalibrationSection {
  return inJson(figures);
}

/** Numbers, texts, lists and records of them, NaN and infinities as null. */
export function inJson<T>(value: T): InJson<T> {
  if (typeof value === 'number') return (Number.isFinite(value) ? value : null) as InJson<T>;
  if (Array.isArray(value)) return value.map(inJson) as InJson<T>;
  if (typeof value !== 'object' || value === null) return value as InJson<T>;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inJson(part)])) as InJson<T>;
}

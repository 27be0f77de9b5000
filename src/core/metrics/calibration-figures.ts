import type { Estimate } from '../threshold/uncertainty.ts';

/** One bin of a reliability diagram (C10). */
export interface ReliabilityBin {
  readonly rows: number;
  readonly positives: number;
  readonly meanScore: number;
  readonly observedRate: number;
  /** 95 % Wilson interval of the observed rate. */
  readonly interval: readonly [number, number];
}

/** Calibration of the scores on the judged rows. Everything is NaN (lists empty) when scores leave [0, 1]. */
export interface CalibrationFigures {
  readonly equalMass: readonly ReliabilityBin[];
  readonly equalWidth: readonly ReliabilityBin[];
  readonly eceQuantile10: number;
  readonly eceUniform10: number;
  /** Greatest gap of an equal-width bin. */
  readonly mceUniform10: number;
  /** Murphy: brier = reliability - resolution + uncertainty, exactly; over the levels of the isotonic fit. */
  readonly brier: {
    readonly value: number;
    readonly reliability: number;
    readonly resolution: number;
    readonly uncertainty: number;
    readonly skill: number;
  };
  /** Logistic fit of the label on logit(score). */
  readonly slope: Estimate;
  readonly intercept: Estimate;
  /** Intercept with the slope fixed at 1: calibration in the large. */
  readonly interceptAtSlope1: Estimate;
  /** Observed over expected positives, log interval. */
  readonly observedToExpected: Estimate;
  readonly spiegelhalter: { readonly z: number; readonly p: number };
  /** C17 by threshold probability; at most about 100 points. */
  readonly decisionCurve: {
    readonly threshold: Float64Array;
    readonly netBenefit: Float64Array;
    readonly flagAll: Float64Array;
  };
}

/** How scores are turned into probabilities again; every method keeps (or ties) the order of the rows. */
export type RecalibrationMethod = 'isotonic' | 'platt' | 'intercept';

/** What recalibration did, fitted on labelled rows that are not judged. */
export interface RecalibrationFigures {
  readonly method: RecalibrationMethod;
  readonly fittedRows: number;
  readonly fittedPositives: number;
  /** The mapping, as points to be joined by straight lines (steps for isotonic are two points each), rising. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** On the judged rows, before and after. */
  readonly eceBefore: number;
  readonly eceAfter: number;
  readonly brierBefore: number;
  readonly brierAfter: number;
}

/** Discrimination and accuracy over the judged, scored rows. NaN where undefined. */
export interface Metrics {
  readonly rows: number;
  readonly positives: number;
  readonly rocAuc: number;
  readonly gini: number;
  readonly averagePrecision: number;
  readonly brier: number;
  readonly logLoss: number;
  readonly ks: number;
  readonly ksThreshold: number;
}

/** What is asked about every model before its scores are believed. */
export type ModelCheckCode =
  | 'probabilities'
  | 'double-softmax'
  | 'class-order'
  | 'constant'
  | 'saturated'
  | 'degenerate'
  | 'scaling'
  | 'feature-order'
  | 'missing-values'
  | 'golden-rows';

export interface ModelCheck {
  readonly code: ModelCheckCode;
  readonly verdict: 'pass' | 'warn' | 'fail' | 'not-enough-data';
  /** Three to six words: "Scores are probabilities". */
  readonly title: string;
  /** What was found, in one or two plain sentences with its figures. */
  readonly finding: string;
  /** What to do about it; empty when there is nothing to do. */
  readonly advice: string;
  /** The figures behind it, one by one, for the folded details: ["Income", "98.2 % of rows above every threshold"]. */
  readonly evidence: readonly (readonly [string, string])[];
}

/** Milliseconds. */
export interface LatencyFigures {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Runs that were timed. */
  readonly runs: number;
}

export interface LatencyReport {
  readonly engineName: string;
  readonly oneRow: LatencyFigures;
  readonly thousandRows: LatencyFigures;
}

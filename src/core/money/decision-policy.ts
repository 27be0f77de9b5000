import type { RecalibrationMethod } from '../metrics/calibration-figures.ts';
import type { BandDesign } from './bands.ts';
import type { Scenario } from './scenario.ts';

/** What is exported to be run elsewhere: cut-offs on the raw score, and where they come from. */
export interface DecisionPolicy {
  readonly format: 'cutline-policy-1';
  /** ISO 8601, of the export. */
  readonly createdAt: string;
  readonly dataset: { readonly name: string; readonly tableId: string };
  /** null when the scores are a column of the table. */
  readonly model: { readonly name: string; readonly modelId: string } | null;
  readonly scoreColumn: string | null;
  /** As chosen on screen; on recalibrated scores when `recalibration` is set. */
  readonly threshold: number;
  /** The cut-off on the raw score that flags the same rows: what SQL and golden rows use. */
  readonly rawThreshold: number;
  readonly recalibration: RecalibrationMethod | null;
  readonly bands: (BandDesign & { readonly rawLow: number; readonly rawHigh: number }) | null;
  readonly scenario: Scenario | null;
  readonly judgedRows: number;
}

/** A row with its expected decision, for another system to be checked on. */
export interface GoldenDecision {
  /** Position in the data file, from 0. */
  readonly row: number;
  /** Text of the id column; null without one. */
  readonly id: string | null;
  /** Raw score, 17 digits when written; null = missing. */
  readonly score: number | null;
  readonly decision: 'flag' | 'pass';
  /** null when no bands are designed. */
  readonly band: 'approve' | 'refer' | 'decline' | null;
}

export interface PolicyExport {
  readonly policy: DecisionPolicy;
  /** 50 rows (all when there are fewer): around every cut-off, the ends, missing scores, the rest spread. */
  readonly goldenRows: readonly GoldenDecision[];
  /** Canonical JSON of policy and golden rows. */
  readonly json: string;
  /** Decides a table; checks the database on the golden rows; looks these up in the table by their id (see `policySql`). */
  readonly sql: string;
}

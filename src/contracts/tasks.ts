/**
 * The worker protocol: every task a worker can run, with what it takes and what it answers. The page side is
 * `compute.run(task, args, { signal, onProgress })`; the worker side registers one handler per task.
 * Args and results are structured-cloneable; large arrays are freshly allocated and transferred, or shared.
 */

import type { MappingChoices, MappingReport } from '../core/model/mapping.ts';
import type { ModelSummary } from '../core/model/signature.ts';
import type { Scenario } from '../core/money/scenario.ts';
import type { ColumnKind, Table } from '../core/table/column.ts';
import type { TableSummary } from '../core/table/summary.ts';
import type { StrategyParameters, ThresholdDecision } from '../core/threshold/decision.ts';
import type { ByteSource } from './byte-source.ts';
import type { JudgementSpec, JudgementSummary, ScenarioAnswer } from './judgement.ts';

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Unit of done and total. */
  readonly unit: 'bytes' | 'rows';
  /** Rows finished so far when `unit` is bytes (so that rows/s can be shown); else equals `done`. */
  readonly rows: number;
}

export interface TaskMap {
  /** Reads a delimited file into a table that lives in the worker; `shared` is set when its arrays are SharedArrayBuffers. */
  'table/ingest': {
    args: { readonly file: ByteSource; readonly name: string };
    result: { readonly summary: TableSummary; readonly shared: Table | null };
  };
  /** Gives a (shared) table to a worker that did not read it: pool workers, or a worker restarted after a crash. */
  'table/attach': { args: { readonly tableId: string; readonly table: Table }; result: null };
  /** Changes a column's kind in place; answers the new summary (and the new shared table). */
  'table/retype': {
    args: { readonly tableId: string; readonly column: string; readonly kind: ColumnKind };
    result: { readonly summary: TableSummary; readonly shared: Table | null };
  };
  'table/release': { args: { readonly tableId: string }; result: null };
  /** Reads a model file and keeps it in the worker. */
  'model/open': {
    args: { readonly bytes: Uint8Array; readonly name: string };
    result: ModelSummary;
  };
  'model/bind': {
    args: {
      readonly tableId: string;
      readonly modelId: string;
      readonly choices: MappingChoices;
      readonly roled: readonly string[];
    };
    result: MappingReport;
  };
  /** Scores rows [rowStart, rowEnd). `positiveValues` picks the class column of a model whose classes have names. */
  'model/score': {
    args: {
      readonly tableId: string;
      readonly modelId: string;
      readonly choices: MappingChoices;
      readonly roled: readonly string[];
      readonly positiveValues: readonly string[];
      readonly rowStart: number;
      readonly rowEnd: number;
    };
    result: { readonly scores: Float64Array; readonly engine: string; readonly scoreOutput: string };
  };
  /** Keeps a full column of scores under an id, in the worker and (when `persist`) in the browser's own storage. */
  'scores/put': {
    args: { readonly scoresId: string; readonly scores: Float64Array; readonly persist: boolean };
    result: null;
  };
  /** Brings kept scores back from the browser's storage; false when there are none (or of another length). */
  'scores/restore': {
    args: { readonly scoresId: string; readonly rowCount: number };
    result: { readonly found: boolean };
  };
  /** Takes scores out again, for export. */
  'scores/get': { args: { readonly scoresId: string }; result: { readonly scores: Float64Array } };
  /** Sorts once; everything below answers from the sorted form. */
  'judgement/open': { args: { readonly spec: JudgementSpec }; result: JudgementSummary };
  'judgement/scenario': {
    args: {
      readonly judgementId: string;
      readonly scenario: Scenario | null;
      readonly parameters: StrategyParameters;
    };
    result: ScenarioAnswer;
  };
  'judgement/at': {
    args: { readonly judgementId: string; readonly scenario: Scenario | null; readonly threshold: number };
    result: ThresholdDecision;
  };
  /** The next observed threshold up (+) or down (-): `steps` distinct decisions, or at least `rows` rows changing side. */
  'judgement/step': {
    args: {
      readonly judgementId: string;
      readonly threshold: number;
      readonly direction: 1 | -1;
      /** 'decision': the next distinct score; 'percent': at least 1 % of the rows change side. */
      readonly size: 'decision' | 'percent';
    };
    result: { readonly threshold: number };
  };
}

export type TaskName = keyof TaskMap;
export type TaskArgs<T extends TaskName> = TaskMap[T]['args'];
export type TaskResult<T extends TaskName> = TaskMap[T]['result'];

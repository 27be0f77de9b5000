/**
 * The worker protocol: every task a worker can run, with what it takes and what it answers. The page side is
 * `compute.run(task, args, { signal, onProgress })`; the worker side registers one handler per task.
 * Args and results are structured-cloneable; large arrays are freshly allocated and transferred, or shared.
 */

import type { OutcomesReading, PredictedImpact, RealisedImpact } from '../core/impact/impact-figures.ts';
import type { CalibrationFigures } from '../core/metrics/calibration-figures.ts';
import type { RankingFigures } from '../core/metrics/ranking-figures.ts';
import type { MappingChoices, MappingReport } from '../core/model/mapping.ts';
import type { ModelSummary } from '../core/model/signature.ts';
import type { BandDesign, BandsAnswer } from '../core/money/bands.ts';
import type { CascadeAnswer, CascadeCosts, CascadeDesign } from '../core/money/cascade.ts';
import type { DecisionPolicy, PolicyExport } from '../core/money/decision-policy.ts';
import type { Scenario } from '../core/money/scenario.ts';
import type { HeatMap, MoneyTheory, MovedAssumption, Tornado } from '../core/money/sensitivity-figures.ts';
import type { FormComparison } from '../core/parity/form-comparison.ts';
import type { GateReport } from '../core/parity/gate-report.ts';
import type { LatencyReport, ModelCheck } from '../core/sanity/model-check.ts';
import type { ColumnKind, Table } from '../core/table/column.ts';
import type { ColumnReadings } from '../core/table/column-reading.ts';
import type { JoinSpec } from '../core/table/join-spec.ts';
import type { Notice, TableSummary } from '../core/table/summary.ts';
import type { SplitDefinition, TargetDefinition } from '../core/table/target.ts';
import type { StrategyParameters, ThresholdDecision } from '../core/threshold/decision.ts';
import type { Uncertainty } from '../core/threshold/uncertainty.ts';
import type { ByteSource } from './byte-source.ts';
import type { ExplainTasks } from './explain-tasks.ts';
import type { JudgementSpec, JudgementSummary, ScenarioAnswer } from './judgement.ts';
import type { ModelOnTable } from './model-on-table.ts';

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Unit of done and total. */
  readonly unit: 'bytes' | 'rows';
  /** Rows finished so far when `unit` is bytes (so that rows/s can be shown); else equals `done`. */
  readonly rows: number;
}

/** A table as a worker read it. `shared` is set when its arrays lie over SharedArrayBuffers: then any worker can attach it. */
export interface ReadTable {
  readonly summary: TableSummary;
  readonly shared: Table | null;
  /**
   * By column name, a hash of how it was made from the base (reading or join); columns that are as they were read have
   * none. What reads only some columns is keyed by the base and these, and so survives changes of the others.
   */
  readonly made: Readonly<Record<string, string>>;
}

/** What is known of a full column of scores, kept beside it in the browser's storage. */
export interface ScoresInfo {
  /** Name and version of what computed the scores. */
  readonly engine: string;
  /** The model output (and class column) that was read as the score. */
  readonly scoreOutput: string;
  /** Rows without a score (NaN). */
  readonly unscored: number;
  /** What the user should know about how the scores were read. */
  readonly notices: readonly Notice[];
  /** What the parity gate found before these scores were made; null for scores kept by versions that had none. */
  readonly gate: GateReport | null;
}

/** One form of a model in a comparison: what it scored, and (for a model) what made the scores, to look for causes. */
export type ComparedForm =
  | { readonly kind: 'model'; readonly scoresId: string; readonly model: ModelOnTable }
  | { readonly kind: 'column'; readonly column: string };

/** What can be said of a table file before it is read: for choosing columns of one that is too large. */
export interface TableOutline {
  /** As shown to the user: `CSV (comma)`, `Parquet`. */
  readonly format: string;
  /** Estimated where the format does not say. */
  readonly rowCount: number;
  readonly isRowCountExact: boolean;
  readonly columns: readonly {
    readonly name: string;
    /** null where the format does not say. */
    readonly kind: ColumnKind | null;
    /** Estimated bytes of the typed arrays. */
    readonly byteLength: number;
  }[];
  /** Most bytes of typed arrays that one table may take here. */
  readonly maxTableBytes: number;
}

/** What makes a table out of the one that was read: changed readings, then joins, in order. */
export interface TableRecipe {
  readonly readings: ColumnReadings;
  /** `tableId` of the other table, as it was read or as it is open now; the worker must hold it. */
  readonly joins: readonly (JoinSpec & { readonly tableId: string })[];
}

/** A file whose content this browser keeps. */
export interface KeptFile {
  /** The id it comes back by: a table's base id, a model's hash. */
  readonly id: string;
  readonly name: string;
  readonly byteLength: number;
  /** Epoch ms. */
  readonly lastUsedMs: number;
  /** Of a table; null for a model. */
  readonly shape: { readonly rowCount: number; readonly columnCount: number } | null;
}

/** All that this browser keeps, and how much of its allowance that takes. */
export interface KeptData {
  /** The most recently used first. */
  readonly tables: readonly KeptFile[];
  readonly models: readonly KeptFile[];
  readonly scores: { readonly count: number; readonly byteLength: number };
  readonly usedBytes: number;
  /** 60 % of what the browser grants. 0 when it has no storage for us. */
  readonly limitBytes: number;
}

export interface TaskMap extends ExplainTasks {
  /** What a table file holds, read only as far as that takes. */
  'table/outline': {
    args: { readonly file: ByteSource; readonly name: string };
    result: TableOutline;
  };
  /**
   * Reads a table file (any format) into a table that lives in the worker; `share` puts its arrays into SharedArrayBuffers.
   */
  'table/ingest': {
    args: {
      readonly file: ByteSource;
      readonly name: string;
      readonly share: boolean;
      /** Only these columns, in the file's order; null = all. */
      readonly columns: readonly string[] | null;
    };
    result: ReadTable;
  };
  /**
   * Keeps a table as it was read in the browser's storage, where `table/restore` finds it: long, and meant to run behind
   * everything else. `notice` says when there was no room.
   */
  'table/keep': { args: { readonly tableId: string }; result: { readonly notice: Notice | null } };
  /** Brings a kept table back from the browser's storage; null when there is none, or a damaged one. */
  'table/restore': {
    args: { readonly tableId: string; readonly share: boolean };
    result: ReadTable | null;
  };
  /**
   * Gives a (shared) table to a worker that did not read it: pool workers, or a worker restarted after a crash.
   * `summary` is null for a worker that only scores.
   */
  'table/attach': {
    args: {
      readonly tableId: string;
      readonly table: Table;
      readonly summary: TableSummary | null;
    };
    result: null;
  };
  /**
   * The table that a recipe makes of the one that was read, under the id that base and recipe give it; the empty recipe
   * gives back the base. Always made from the columns as they were read, so no detour loses anything; columns that
   * another recipe of the same base has made already are taken from there.
   */
  'table/derive': {
    args: { readonly baseId: string; readonly recipe: TableRecipe; readonly share: boolean };
    result: ReadTable;
  };
  'table/release': { args: { readonly tableId: string }; result: null };
  /** Lists what this browser keeps. */
  'kept/list': { args: Record<never, never>; result: KeptData };
  /** Deletes kept tables (with the scores of their rows) and models by id, or everything ("forget this data"). */
  'kept/forget': {
    args: { readonly ids: readonly string[] | 'all' };
    result: { readonly files: number };
  };
  /** Reads a model file and keeps it in the worker; with `persist` in the browser's storage too. */
  'model/open': {
    args: { readonly bytes: Uint8Array; readonly name: string; readonly persist: boolean };
    result: ModelSummary;
  };
  /** The bytes of a kept model; null when there are none, or damaged ones. */
  'model/restore': {
    args: { readonly modelId: string };
    result: { readonly bytes: Uint8Array<ArrayBuffer>; readonly name: string } | null;
  };
  /** Closes a model: its bytes, and its session where it has one. */
  'model/release': { args: { readonly modelId: string }; result: null };
  'model/bind': {
    args: {
      readonly tableId: string;
      readonly modelId: string;
      readonly choices: MappingChoices;
      readonly roled: readonly string[];
    };
    result: MappingReport;
  };
  /**
   * Names and versions of what may score this model, known before anything is run: part of the scores' hash. Which of
   * them it is follows from model and table (`model/gate`).
   */
  'model/engine': { args: { readonly modelId: string }; result: { readonly engine: string } };
  /**
   * The parity gate: runs the fast kernel and the model's reference on rows spread over the table and says which of the
   * two scores it.
   */
  'model/gate': { args: ModelOnTable; result: GateReport };
  /**
   * Scores rows [rowStart, rowEnd) with the engine that the gate allowed. `positiveValues` picks the class column of a
   * model whose classes have names. With `into` (a shared column as long as the table) the scores are written there and
   * `scores` is null.
   */
  'model/score': {
    args: ModelOnTable & {
      readonly engine: GateReport['engine'];
      readonly rowStart: number;
      readonly rowEnd: number;
      readonly into: Float64Array | null;
    };
    result: {
      readonly scores: Float64Array | null;
      /** Time spent scoring; the start of the engine's session is not in it. */
      readonly elapsedMs: number;
    } & Omit<ScoresInfo, 'gate'>;
  };
  /** The sanity checks of a model on a table whose scores are there, in the order in which they are shown. */
  'model/check': {
    args: ModelOnTable & {
      readonly scoresId: string;
      readonly target: TargetDefinition;
      readonly split: SplitDefinition | null;
      /** A column of scores that the model should reproduce; null = the table has none. */
      readonly goldenColumn: string | null;
    };
    result: { readonly checks: readonly ModelCheck[] };
  };
  /** Times the engine that the gate allowed on one row and on 1,000 rows, over and over for about two seconds. */
  'model/latency': {
    args: ModelOnTable & { readonly engine: GateReport['engine'] };
    result: LatencyReport;
  };
  /** A native tree model as ONNX bytes. @throws {ModelError} `not-writable` naming what ONNX cannot say */
  'model/write-onnx': {
    args: { readonly modelId: string };
    result: {
      readonly bytes: Uint8Array<ArrayBuffer>;
      /** The model's name with the ending `.onnx`. */
      readonly name: string;
      /** In what the written file is not quite the model: float32 inputs, whole categories. */
      readonly notices: readonly Notice[];
    };
  };
  /** Lays two forms of one model side by side, row by row, and names the likely causes of what differs. */
  'scores/compare': {
    args: {
      readonly tableId: string;
      readonly left: ComparedForm;
      readonly right: ComparedForm;
      /** Decisions are compared at it; null = they are not. */
      readonly threshold: number | null;
    };
    result: FormComparison;
  };
  /**
   * Keeps a full column of scores under an id, in the worker and (when `persist`) in the browser's own storage.
   * `notice` says so when the storage had no room: the scores then last until the page is closed.
   */
  'scores/put': {
    args: {
      readonly scoresId: string;
      /** The base of the table whose rows were scored: releasing it drops the scores from memory. */
      readonly tableId: string;
      readonly scores: Float64Array;
      readonly info: ScoresInfo;
      readonly persist: boolean;
    };
    result: { readonly notice: Notice | null };
  };
  /** Brings kept scores back from the browser's storage; null when there are none, damaged ones, or of another length. */
  'scores/restore': {
    args: { readonly scoresId: string; readonly tableId: string; readonly rowCount: number };
    result: { readonly info: ScoresInfo | null };
  };
  /** All scores as CSV bytes: header `row,score`, one line per table row from 0, 17 significant digits, empty = no score. */
  'scores/csv': { args: { readonly scoresId: string }; result: { readonly csv: Uint8Array<ArrayBuffer> } };
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
  /** 95 % intervals by the bootstrap (C13) of every strategy, and of one threshold held fixed (null = none). */
  'judgement/uncertainty': {
    args: {
      readonly judgementId: string;
      readonly scenario: Scenario | null;
      readonly parameters: StrategyParameters;
      readonly threshold: number | null;
      readonly replicates: number;
      readonly seed: number;
    };
    result: Uncertainty;
  };
  /** Gains table, gains and lift curves, KS, cost curve, EMP. */
  'judgement/ranking': {
    args: { readonly judgementId: string; readonly scenario: Scenario | null };
    result: RankingFigures;
  };
  'judgement/calibration': { args: { readonly judgementId: string }; result: CalibrationFigures };
  /** Every assumption moved by `swing` of itself, at one threshold. */
  'judgement/tornado': {
    args: {
      readonly judgementId: string;
      readonly scenario: Scenario;
      readonly threshold: number;
      readonly swing: number;
    };
    result: Tornado;
  };
  /** Net value over threshold and one assumption from `low` to `high`. */
  'judgement/heat-map': {
    args: {
      readonly judgementId: string;
      readonly scenario: Scenario;
      readonly assumption: MovedAssumption;
      readonly low: number;
      readonly high: number;
    };
    result: HeatMap;
  };
  /**
   * Break-even figures, and the theoretical optimum beside the empirical one. This and what follows reads rows again: it
   * names the judgement by its definition.
   */
  'judgement/theory': {
    args: { readonly spec: JudgementSpec; readonly scenario: Scenario };
    result: MoneyTheory;
  };
  /** Bands with a reviewer; `design` null = the cut-offs that earn most, with the scenario's review cost. */
  'judgement/bands': {
    args: { readonly judgementId: string; readonly scenario: Scenario; readonly design: BandDesign | null };
    result: BandsAnswer;
  };
  /**
   * Two scores of the same rows as a cascade; a `design` of costs alone, or null, = the band and threshold that do best on
   * these rows.
   */
  'judgement/cascade': {
    args: {
      readonly fast: JudgementSpec;
      readonly accurate: JudgementSpec;
      readonly scenario: Scenario | null;
      readonly design: CascadeDesign | CascadeCosts | null;
    };
    result: CascadeAnswer;
  };
  /** Policy with golden rows as JSON and SQL; `idColumn` names the rows. */
  'judgement/policy': {
    args: {
      readonly spec: JudgementSpec;
      readonly policy: Omit<
        DecisionPolicy,
        'format' | 'rawThreshold' | 'bands' | 'judgedRows' | 'recalibration'
      > & { readonly bands: BandDesign | null };
      readonly idColumn: string | null;
    };
    result: PolicyExport;
  };
  /** What the judged rows promise at a threshold, by month where there is a date. */
  'impact/predicted': {
    args: {
      readonly spec: JudgementSpec;
      readonly scenario: Scenario;
      readonly threshold: number;
      readonly dateColumn: string | null;
    };
    result: PredictedImpact;
  };
  /**
   * What happened: the outcomes table joined to the decisions (all scored rows of the judgement's table that no split sets
   * apart as training) by id, month by month, against the promise.
   */
  'impact/realised': {
    args: {
      readonly spec: JudgementSpec;
      readonly outcomesId: string;
      readonly reading: OutcomesReading;
      readonly scenario: Scenario;
      readonly threshold: number;
      readonly promise: PredictedImpact['perDecision'];
    };
    result: RealisedImpact;
  };
}

export type TaskName = keyof TaskMap;
export type TaskArgs<T extends TaskName> = TaskMap[T]['args'];
export type TaskResult<T extends TaskName> = TaskMap[T]['result'];

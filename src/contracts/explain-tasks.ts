/** The worker protocol's tasks about explanations (tasks.ts says what holds for all tasks). */
import type {
  ContributionSums,
  ExplanationChoice,
  GlobalExplanation,
  RowContributions,
} from '../core/explain/explanation.ts';
import type { ExplainedRows, ExplanationGround } from '../core/explain/explanation-ground.ts';
import type { SampledSums } from '../core/explain/sampled-sums.ts';
import type { Notice } from '../core/table/summary.ts';
import type { SplitDefinition } from '../core/table/target.ts';
import type { ModelOnTable } from './model-on-table.ts';

/** A model on a table whose ground of explanation the worker holds under `groundId`. */
export interface ExplainedTable extends ModelOnTable {
  readonly groundId: string;
}

export interface ExplainTasks {
  /**
   * Names and versions of what may explain this model, known before anything is run: part of the explanations' hash.
   */
  'explain/engine': { args: { readonly modelId: string }; result: { readonly engine: string } };
  /**
   * The ground of an explanation: method, covers, background rows, base value. Made where the scores are, and left there
   * under `groundId`. `scoresId` is needed by backgrounds near the threshold only. `rowCount` rows are explained, which by sampling
   * are a sample of `drawnFrom` rows.
   */
  'explain/prepare': {
    args: ExplainedTable & {
      readonly choice: ExplanationChoice;
      readonly split: SplitDefinition | null;
      readonly scoresId: string | null;
      readonly over: ExplainedRows;
    };
    result: {
      readonly ground: ExplanationGround;
      readonly rowCount: number;
      readonly drawnFrom: number;
    };
  };
  /** Gives a ground to a worker that did not make it. */
  'explain/attach': {
    args: {
      readonly groundId: string;
      readonly tableId: string;
      readonly modelId: string;
      readonly ground: ExplanationGround;
    };
    result: null;
  };
  /** Contributions of chosen table rows. */
  'explain/rows': { args: ExplainedTable & { readonly rows: Uint32Array }; result: RowContributions };
  /**
   * Sums over places [from, to) of an order in which every stretch of rows is spread evenly over all of `over`.
   * `totalRows` = rows of the whole job. `rounds` of sampling, 1 or more; of no meaning elsewhere.
   */
  'explain/sums': {
    args: ExplainedTable & {
      readonly split: SplitDefinition | null;
      readonly over: ExplainedRows;
      readonly from: number;
      readonly to: number;
      readonly totalRows: number;
      readonly rounds: number;
    };
    result: ContributionSums & {
      /** What their errors are made of; null where contributions are exact. */
      readonly sampled: SampledSums | null;
      /** Time spent explaining; what readies the method is not in it. */
      readonly elapsedMs: number;
    };
  };
  /**
   * Σ |φ_ij| over chosen rows, featureCount x featureCount. `totalRows` = rows of the whole job.
   * @throws {DataError} `invalid-argument` when the method has no pairs
   */
  'explain/interactions': {
    args: ExplainedTable & { readonly rows: Uint32Array; readonly totalRows: number };
    result: { readonly rowCount: number; readonly absolute: Float64Array };
  };
  /**
   * What the sampled sums of all stretches of a job come to; null when they are to be made anew with twice as many rounds.
   * `spent` = answers of earlier rounds.
   */
  'explain/outcome': {
    args: {
      /** In the order of their rows. */
      readonly parts: readonly (Pick<ContributionSums, 'rowCount' | 'absolute'> & {
        readonly sampled: SampledSums;
      })[];
      readonly drawnFrom: number;
      readonly spent: number;
    };
    result: { readonly outcome: Pick<GlobalExplanation, 'standardErrors' | 'sampling'> | null };
  };
  /** Keeps a global explanation in the browser's storage; `notice` says so when it had no room. */
  'explain/put': {
    args: {
      readonly explanationId: string;
      /** The base of the table whose rows were explained: forgetting it forgets the explanation. */
      readonly tableId: string;
      readonly explanation: GlobalExplanation;
    };
    result: { readonly notice: Notice | null };
  };
  /** Brings a kept global explanation back; null when there is none, or a damaged one. */
  'explain/restore': {
    args: { readonly explanationId: string };
    result: { readonly explanation: GlobalExplanation | null };
  };
}

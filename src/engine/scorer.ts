import type { MappingReport } from '../core/model/mapping.ts';
import type { Table } from '../core/table/column.ts';
import type { BinaryTreeQuirk } from './binary-tree-quirk.ts';
import type { OutputTensor } from './score-output.ts';

/** A model made ready in this thread, whatever computes it: ONNX Runtime, the plain evaluation of trees, or a kernel. */
export interface Scorer {
  /** File name of the model, for messages. */
  readonly modelName: string;
  /** Name and version of what computes the scores, for reports. */
  readonly engine: string;
  /** Class labels in column order, or null when the model does not say. */
  readonly classLabels: readonly string[] | null;
  /** What a native file was trained for, in its own words; null when the format does not say. */
  readonly objective: string | null;
  /** Rows per run that the file fixes for every input (exports that traced an example); null when it is free. */
  readonly fixedRows: number | null;
  /** Rows per run after which others should have their turn, for a model that is slow by the row. */
  readonly mostRows: number;
  /** What ONNX Runtime is known to do with an output of this model; `none` for every other engine. */
  readonly quirkOf: (output: string) => BinaryTreeQuirk;
  /**
   * Binds the model's inputs to the columns of a table.
   * @param report the mapping of this model and table; must be ready
   * @throws {ModelError} `input-missing` | `input-mistyped` naming the input
   */
  bind(table: Table, report: MappingReport): RowRunner;
  /** Frees the memory; the scorer is of no use afterwards. */
  release(): Promise<void>;
}

/** A model bound to a table. */
export interface RowRunner {
  /**
   * The float outputs of table rows [rowStart, rowEnd), one row each (`fixedRows` rows where the file fixes them: rows
   * beyond the range are of no meaning).
   *
   * @param wanted names of the outputs to compute; null = every one that can hold a score
   * @throws {ModelError} `run-failed` with the rows; `no-score-output` for an output that is not one row of floats a row
   */
  run(rowStart: number, rowEnd: number, wanted: readonly string[] | null): Promise<readonly OutputTensor[]>;
}

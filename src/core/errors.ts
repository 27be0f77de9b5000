/**
 * The five error classes of Cutline. Each carries a literal code and, where there is one, the place
 * (file, line, row, column, graph node) so that a message can always say what, where and what to do.
 *
 * Across threads an error travels as {@link ErrorData} and is rebuilt by `fromErrorData`:
 * `structuredClone` and comlink both lose class and code (measured, STYLE rule 18).
 */

/** Where something is wrong. `line` counts from 1 as editors do; `row` counts data rows from 0. */
export interface ErrorPlace {
  readonly file?: string;
  readonly line?: number;
  readonly row?: number;
  readonly column?: string;
  readonly node?: string;
  readonly byteOffset?: number;
}

/** Bytes that are not what their format says. */
export type FormatErrorCode =
  | 'empty-file'
  | 'not-a-table'
  | 'no-rows'
  | 'ragged-row'
  | 'unterminated-quote'
  | 'invalid-utf8'
  | 'too-many-columns'
  | 'corrupt-parquet'
  | 'corrupt-arrow'
  | 'unsupported-type'
  | 'too-large'
  | 'corrupt-gzip'
  | 'not-a-model'
  | 'corrupt-model'
  | 'unknown-format'
  | 'invalid-json';

/** Well-formed data that cannot answer the question asked of it. */
export type DataErrorCode =
  | 'column-missing'
  | 'target-missing'
  | 'value-missing'
  | 'one-class'
  | 'no-judged-rows'
  | 'all-scores-equal'
  | 'score-missing'
  | 'score-out-of-range'
  | 'score-not-numeric'
  | 'amount-not-numeric'
  | 'join-key'
  | 'invalid-scenario'
  | 'invalid-argument'
  | 'shape-mismatch'
  | 'empty-sample'
  | 'file-unreadable'
  | 'file-unwritable'
  | 'unknown-handle'
  | 'out-of-memory'
  | 'unexpected';

/** A readable model that cannot be run, or not on this table. */
export type ModelErrorCode =
  | 'unsupported-operator'
  | 'session-failed'
  | 'run-failed'
  | 'no-score-output'
  | 'positive-class-unknown'
  | 'input-missing'
  | 'input-mistyped'
  | 'feature-order-unknown'
  | 'not-writable'
  | 'worker-crashed';

export type RegistryErrorCode = 'unreachable' | 'refused' | 'not-found' | 'conflict' | 'too-large';

export type ErrorCode = FormatErrorCode | DataErrorCode | ModelErrorCode | RegistryErrorCode | 'canceled';

abstract class CutlineError<Code extends string> extends Error {
  readonly code: Code;
  readonly place: ErrorPlace;
  /** What the user can do about it, as one sentence; empty when the message already says it. */
  readonly advice: string;

  constructor(
    code: Code,
    message: string,
    options: { place?: ErrorPlace; advice?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.place = options.place ?? {};
    this.advice = options.advice ?? '';
  }
}

export class FormatError extends CutlineError<FormatErrorCode> {
  override readonly name = 'FormatError';
}
export class DataError extends CutlineError<DataErrorCode> {
  override readonly name = 'DataError';
}
export class ModelError extends CutlineError<ModelErrorCode> {
  override readonly name = 'ModelError';
}
export class RegistryError extends CutlineError<RegistryErrorCode> {
  override readonly name = 'RegistryError';
}
export class CanceledError extends CutlineError<'canceled'> {
  override readonly name = 'CanceledError';
  constructor(message = 'Canceled.') {
    super('canceled', message);
  }
}

export type AnyCutlineError = FormatError | DataError | ModelError | RegistryError | CanceledError;

/** True for one of our five classes (an error that may be shown as it is). */
export function isCutlineError(error: unknown): error is AnyCutlineError {
  return error instanceof CutlineError;
}

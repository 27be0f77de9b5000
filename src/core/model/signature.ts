import type { Notice } from '../table/summary.ts';

/** `number` covers float, double and integer tensors; the engine casts. */
export type ModelInputKind = 'number' | 'string' | 'boolean';

/** One input tensor. `columns` = 1 for [N,1] inputs, F for a matrix, null when the file does not say. */
export interface ModelInput {
  readonly name: string;
  readonly kind: ModelInputKind;
  readonly elementType: string;
  readonly columns: number | null;
  /** Category values that the model's encoder knows, when they can be read from the graph; else null. */
  readonly knownValues: readonly string[] | null;
  /** The same per column of a matrix input, where any is known; absent for [N,1] inputs. */
  readonly knownValuesOfColumns?: readonly (readonly string[] | null)[];
}

export interface ModelSummary {
  /** SHA-256 of the file, hex: the model's handle. */
  readonly id: string;
  readonly name: string;
  readonly format: 'onnx';
  readonly byteLength: number;
  readonly inputs: readonly ModelInput[];
  /** Names of the features of a single-matrix model when the file carries them; else null. */
  readonly featureNames: readonly string[] | null;
  readonly classLabels: readonly string[] | null;
  readonly producer: string;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  readonly operators: readonly { readonly name: string; readonly count: number }[];
  readonly notices: readonly Notice[];
}

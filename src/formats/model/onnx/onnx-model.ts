import type { Notice } from '../../../core/table/summary.ts';
import type { OnnxFile, OnnxValueInfo } from './onnx-types.ts';

/** A file with weights, under the path by which the model names it. */
export interface ExternalData {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** An opened ONNX model: the file as it is written, and the bytes that ONNX Runtime is given. */
export interface OnnxModel {
  /** File name. */
  readonly name: string;
  readonly byteLength: number;
  readonly file: OnnxFile;
  /** Inputs that a caller must feed: the graph's inputs without those that have an initializer as default. */
  readonly inputs: readonly OnnxValueInfo[];
  /** Outputs of {@link runnableBytes}: as in the file, but with the tensors that ZipMap nodes read in their place. */
  readonly outputs: readonly OnnxValueInfo[];
  /** The file without its ZipMap nodes; the very bytes of the file when it has none. */
  readonly runnableBytes: Uint8Array;
  /** Files with weights that the model's own file names, as they came beside it; empty when it names none, or they did not. */
  readonly externalData: readonly ExternalData[];
  readonly notices: readonly Notice[];
}

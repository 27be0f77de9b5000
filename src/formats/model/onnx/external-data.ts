import { FormatError } from '../../../core/errors.ts';
import type { ExternalData } from './onnx-model.ts';
import type { OnnxFile, OnnxTensor } from './onnx-types.ts';

/** Gives the bytes of a file by its path from the model's folder, or null when there is none. */
export type Siblings = (path: string) => Uint8Array | null;

/**
 * Finds the files with weights that a model names, beside it.
 *
 * @returns the files, and the model with the values of its initializers in place (views, not copies)
 * @throws {FormatError} `corrupt-model` naming a file that is missing or too short
 * Source: onnx.proto (ONNX 1.17), external_data: location, offset, length.
 */
export function withExternalData(
  file: OnnxFile,
  siblings: Siblings,
  name: string,
): { readonly file: OnnxFile; readonly externalData: readonly ExternalData[] } {
  const found = new Map<string, Uint8Array>();
  const initializers = file.graph.initializers.map((tensor) => {
    const path = tensor.externalLocation;
    if (path === null) return tensor;
    const bytes = found.get(path) ?? siblings(path);
    if (bytes === null) throw lacking(name, path, tensor, 'is not among the files beside it');
    found.set(path, bytes);
    return withValues(tensor, bytes, name);
  });
  return {
    file: { ...file, graph: { ...file.graph, initializers } },
    externalData: Array.from(found, ([path, bytes]) => ({ path, bytes })),
  };
}

function withValues(tensor: OnnxTensor, bytes: Uint8Array, name: string): OnnxTensor {
  const { externalOffset, externalLength, externalLocation } = tensor;
  const end = externalLength === null ? bytes.length : externalOffset + externalLength;
  if (!(externalOffset >= 0 && end >= externalOffset && end <= bytes.length)) {
    throw lacking(name, externalLocation ?? '', tensor, `has ${bytes.length} bytes, and ${end} are needed`);
  }
  return { ...tensor, rawData: bytes.subarray(externalOffset, end), externalLocation: null };
}

function lacking(name: string, path: string, tensor: OnnxTensor, reason: string): FormatError {
  return new FormatError('corrupt-model', `${name} keeps weights in ${path}, which ${reason}.`, {
    place: { file: name, node: tensor.name },
    advice:
      'Bring the whole folder, or save the model as one file: onnx.save(model, path, save_as_external_data=False).',
  });
}

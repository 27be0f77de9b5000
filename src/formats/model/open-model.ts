import { openModelFolder } from './mlflow/open-model-folder.ts';
import { isZip, unpackZip } from './mlflow/unpack-zip.ts';
import { openSingleFile } from './open-single-file.ts';
import type { OpenedModel } from './opened-model.ts';

/**
 * Opens a model file of any format that Cutline reads, told by its content and not by its name: ONNX, LightGBM text,
 * XGBoost JSON and UBJSON, or a zip of a folder with one of them (an MLflow model folder above all).
 *
 * @param bytes the whole file; kept (not copied) in the result
 * @param name  file name, for messages
 * @throws {FormatError} as the format's reader does; `not-a-model` naming what it is when no reader takes it
 */
export function openModelFile(bytes: Uint8Array, name: string): OpenedModel {
  return isZip(bytes) ? openModelFolder(unpackZip(bytes, name), name) : openSingleFile(bytes, name);
}

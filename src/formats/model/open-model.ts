import { isGzip } from '../data/file-kind.ts';
import { gunzipModel } from './gunzip-model.ts';
import { openModelFolder } from './mlflow/open-model-folder.ts';
import { isZip, unpackZip } from './mlflow/unpack-zip.ts';
import { openSingleFile } from './open-single-file.ts';
import type { OpenedModel } from './opened-model.ts';

/**
 * Opens a model file of any format that Cutline reads, told by its content and not by its name: ONNX, LightGBM text,
 * XGBoost JSON and UBJSON, each also as gzip, or a zip of a folder with one of them (an MLflow model folder above all).
 *
 * @param bytes the whole file; kept (not copied) in the result
 * @param name  file name, for messages
 * @throws {FormatError} as the format's reader does; `not-a-model` naming what it is when no reader takes it
 */
export function openModelFile(bytes: Uint8Array, name: string): OpenedModel {
  if (isZip(bytes)) return openModelFolder(unpackZip(bytes, name), name);
  return openSingleFile(isGzip(bytes) ? gunzipModel(bytes, name) : bytes, name);
}

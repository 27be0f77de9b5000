import { decodedNative } from './decode-native.ts';
import { matchLightgbm, openLightgbm } from './lightgbm/open-lightgbm.ts';
import { decodeOnnx } from './onnx/decode-onnx.ts';
import type { Siblings } from './onnx/external-data.ts';
import { openOnnx } from './onnx/open-onnx.ts';
import type { OpenedModel } from './opened-model.ts';
import { matchXgboost } from './xgboost/match-xgboost.ts';
import { openXgboost } from './xgboost/open-xgboost.ts';

/**
 * Opens a model that is one file and no archive, told by its content.
 *
 * @param bytes the whole file; kept (not copied) in the result
 * @param name  file name, for messages
 * @param siblings the files beside it, when it came in a folder
 * @throws {FormatError} as the format's reader does; `not-a-model` naming what it is when no reader takes it
 */
export function openSingleFile(
  bytes: Uint8Array,
  name: string,
  siblings: Siblings | null = null,
): OpenedModel {
  if (matchLightgbm(bytes)) return openedNative('lightgbm', bytes, name);
  if (matchXgboost(bytes) !== null) return openedNative('xgboost', bytes, name);
  const onnx = openOnnx(bytes, name, siblings);
  return { format: 'onnx', onnx, name, decoded: decodeOnnx(onnx), package: null };
}

function openedNative(format: 'lightgbm' | 'xgboost', bytes: Uint8Array, name: string): OpenedModel {
  const native = format === 'lightgbm' ? openLightgbm(bytes, name) : openXgboost(bytes, name);
  return { format, native, name, decoded: decodedNative(native), package: null };
}

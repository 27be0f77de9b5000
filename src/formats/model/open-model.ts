import { openSingleFile } from './open-single-file.ts';
import type { OpenedModel } from './opened-model.ts';

/**
 * Opens a model file of any format that Cutline reads, told by its content and not by its name.
 *
 * @param bytes the whole file; kept (not copied) in the result
 * @param name  file name, for messages
 * @throws {FormatError} as the format's reader does; `not-a-model` naming what it is when no reader takes it
 */
export function openModelFile(bytes: Uint8Array, name: string): OpenedModel {
  return openSingleFile(bytes, name);
}

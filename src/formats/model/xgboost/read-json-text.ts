import { FormatError } from '../../../core/errors.ts';
import { decodeText } from '../decode-text.ts';

/**
 * Reads a JSON document as XGBoost writes it: beside JSON proper it may hold the tokens NaN, Infinity and -Infinity
 * (a categorical split has no threshold, for one). NaN is read as null, which counts as NaN where numbers are asked for.
 *
 * @param bytes the whole file, UTF-8, with or without byte order mark
 * @param name  file name, for messages
 * @throws {FormatError} `corrupt-model` when it is not JSON; `too-large` when it is too long for one text
 * Memory: a small multiple of the file.
 */
export function readJsonText(bytes: Uint8Array, name: string): unknown {
  const text = readText(bytes, name);
  try {
    return JSON.parse(text);
  } catch {
    // Only files with such tokens pay for the second pass.
    return parseWithTokens(text, name);
  }
}

function parseWithTokens(text: string, name: string): unknown {
  try {
    return JSON.parse(
      text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|NaN|Infinity/g, (match) => {
        if (match === 'NaN') return 'null';
        // Beyond the range of numbers, so it is read as Infinity; a minus sign before it stays.
        return match === 'Infinity' ? '1e999' : match;
      }),
    );
  } catch (cause) {
    throw new FormatError('corrupt-model', `${name} is damaged: it is not complete JSON.`, {
      place: { file: name },
      advice: 'Save or download the model again; an incomplete download is the usual reason.',
      cause,
    });
  }
}

function readText(bytes: Uint8Array, name: string): string {
  try {
    return decodeText(bytes);
  } catch (cause) {
    const megabytes = Math.round(bytes.length / 1e6);
    throw new FormatError(
      'too-large',
      `${name} has ${megabytes} MB of text, more than can be read at once.`,
      {
        place: { file: name },
        advice: 'Save the model as UBJSON: booster.save_model("model.ubj").',
        cause,
      },
    );
  }
}

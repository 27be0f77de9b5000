import { FormatError } from '../../core/errors.ts';
import { GzipUnpacker } from '../data/gzip.ts';

/** What may come out of one archive. */
const MAX_UNPACKED = 2_147_483_647;

/**
 * The bytes of a gzip archive (any number of members), as models of the text formats are often kept.
 *
 * @param name file name, for messages
 * @throws {FormatError} `corrupt-gzip` for damaged archives; `too-large` above 2 GB, which is noticed on the way
 */
export function gunzipModel(bytes: Uint8Array, name: string): Uint8Array {
  const unpacker = new GzipUnpacker(name);
  const parts: Uint8Array[] = [];
  let length = 0;
  const collect = (unpacked: Iterable<Uint8Array>): void => {
    for (const part of unpacked) {
      length += part.length;
      if (length > MAX_UNPACKED) throw tooLarge(name);
      parts.push(part);
    }
  };
  collect(unpacker.push(bytes));
  collect(unpacker.end());
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function tooLarge(name: string): FormatError {
  return new FormatError('too-large', `${name} unpacks to more than 2 GB.`, {
    place: { file: name },
    advice: 'Open the model file itself.',
  });
}

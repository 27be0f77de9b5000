import { type ErrorPlace, FormatError } from '../../../core/errors.ts';

/** @param why a clause: `its metadata are damaged` */
export function corruptArrow(
  file: string,
  why: string,
  place: ErrorPlace = {},
  cause?: unknown,
): FormatError {
  return new FormatError('corrupt-arrow', `The Arrow file "${file}" cannot be read: ${why}.`, {
    place: { file, ...place },
    advice: 'Copy or download the file again, or write it anew.',
    ...(cause === undefined ? {} : { cause }),
  });
}

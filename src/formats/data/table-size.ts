import { FormatError } from '../../core/errors.ts';

/** ARCHITECTURE: larger tables are refused, with the choice to open fewer columns. */
export const MOST_TABLE_BYTES = 2 * 1024 ** 3;

const ADVICE = 'Choose fewer columns to open, or export a sample of the rows.';

/**
 * The refusal of a file before it is read.
 *
 * @param byteLength of the typed arrays that the whole table would take
 * @param isExact false when it is estimated from the beginning of the file
 * @param most bytes that are allowed
 */
export function wouldNotFit(file: string, byteLength: number, isExact: boolean, most: number): FormatError {
  return new FormatError(
    'too-large',
    `"${file}" would take ${isExact ? '' : 'about '}${bytesText(byteLength)} of memory; at most ${bytesText(most)} are allowed.`,
    { place: { file }, advice: ADVICE },
  );
}

/** The refusal of a table that has grown too large while it was read. */
export function hasGrownTooLarge(
  file: string,
  rows: number,
  byteLength: number,
  most: number,
  line?: number,
): FormatError {
  return new FormatError(
    'too-large',
    `The first ${rows} rows of "${file}" already take ${bytesText(byteLength)} of memory; at most ${bytesText(most)} are allowed.`,
    { place: { file, ...(line === undefined ? {} : { line }) }, advice: ADVICE },
  );
}

/** `5.2 GB`, `12 MB`, `47 KB`: powers of 1024, as the limits are. */
function bytesText(byteLength: number): string {
  const megabytes = byteLength / 1024 / 1024;
  if (megabytes >= 1000) return `${(megabytes / 1024).toFixed(1)} GB`;
  if (megabytes < 1) return `${Math.ceil(byteLength / 1024)} KB`;
  return megabytes >= 10 ? `${Math.round(megabytes)} MB` : `${megabytes.toFixed(1)} MB`;
}

import { type ErrorPlace, FormatError } from '../../../core/errors.ts';

/**
 * The error for a LightGBM file that is not what its format says.
 *
 * @param what as in `"model.txt" is damaged: {what}.`
 */
export function damagedFile(file: string, what: string, place: Omit<ErrorPlace, 'file'> = {}): FormatError {
  const where = [place.node, place.line === undefined ? undefined : `line ${place.line}`]
    .filter((part) => part !== undefined)
    .join(', ');
  const prefix = where === '' ? '' : `${where}: `;
  return new FormatError('corrupt-model', `"${file}" is damaged: ${prefix}${what}.`, {
    place: { file, ...place },
    advice: 'Save the model again with `booster.save_model("model.txt")` and open the new file.',
  });
}

import { DataError } from '../../core/errors.ts';
import { nearNames } from '../../core/table/column-access.ts';

/** Names beyond this many are not spelled out in a message. */
const MOST_NAMED = 5;

/**
 * Which of a file's columns are to be read.
 *
 * @param names of the file's columns, in its order
 * @param wanted names to read, in any order; null or undefined = all
 * @returns one entry for each of `names`
 * @throws {DataError} `column-missing`: the file lacks some of `wanted` (all are named); `invalid-argument`: `wanted` is empty
 */
export function chooseColumns(
  names: readonly string[],
  wanted: readonly string[] | null | undefined,
  file: string,
): boolean[] {
  if (wanted === null || wanted === undefined) return names.map(() => true);
  if (wanted.length === 0) {
    throw new DataError('invalid-argument', `No column of "${file}" is chosen.`, {
      place: { file },
      advice: 'Choose at least one column.',
    });
  }
  const known = new Set(names);
  const unknown = wanted.filter((name) => !known.has(name));
  if (unknown.length > 0) throw unknownColumns(names, unknown, file);
  const chosen = new Set(wanted);
  return names.map((name) => chosen.has(name));
}

function unknownColumns(names: readonly string[], unknown: readonly string[], file: string): DataError {
  const listed = quoted(unknown);
  const near = nearNames(unknown[0]!, names);
  const advice = near.length > 0 ? `Did you mean ${quoted(near)}?` : `Its columns are ${quoted(names)}.`;
  return new DataError(
    'column-missing',
    `"${file}" has no ${unknown.length === 1 ? 'column' : 'columns'} ${listed}.`,
    { place: { file, column: unknown[0]! }, advice },
  );
}

/** `"a", "b" and 3 more`. */
export function quoted(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).map((name) => `"${name}"`);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

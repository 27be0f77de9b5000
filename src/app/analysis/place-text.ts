import type { ErrorPlace } from '../../core/errors.ts';
import { formatCount } from '../../design/format.ts';

/** Where an error is, in reading order: "loans.csv, line 14, column Amount"; '' when it has no place. */
export function placeText(place: ErrorPlace): string {
  return [
    place.file,
    place.line === undefined ? undefined : `line ${formatCount(place.line)}`,
    place.row === undefined ? undefined : `data row ${formatCount(place.row)}`,
    place.column === undefined ? undefined : `column ${place.column}`,
    place.node === undefined ? undefined : `node ${place.node}`,
    place.byteOffset === undefined ? undefined : `byte ${formatCount(place.byteOffset)}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

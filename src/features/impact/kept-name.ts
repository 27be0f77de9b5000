import { baseIdOf } from '../../contracts/table-id.ts';

/** Hex digits of the content hash that tell two files of one name apart. */
const HASH_DIGITS = 12;
const LONGEST = 200;

/**
 * The name under which the registry keeps what became of the decisions of a table: its file name, as far as a name may hold
 * it (no `/ : \`, no control or invisible characters), and the beginning of its content hash, so that the next visit
 * finds it without asking.
 */
export function keptName(tableName: string, tableId: string): string {
  const name = tableName
    .normalize('NFC')
    .replaceAll(/[/\\:\p{Cc}\p{Cs}\p{Bidi_Control}\u200b\u2060\ufeff]+/gu, ' ')
    .slice(0, LONGEST)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
  return `${name} ${baseIdOf(tableId).slice(0, HASH_DIGITS)}`.trim();
}

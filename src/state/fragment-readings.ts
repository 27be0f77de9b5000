/**
 * Readings in a fragment, by column in code-unit order, each with the parts that were changed.
 *
 *     zip,kind:category;income,missing:unknown/-999,decimal:comma;opened,dates:day-first
 */
import type { ColumnKind } from '../core/table/column.ts';
import type { ColumnReading, ColumnReadings, DateOrder } from '../core/table/column-reading.ts';
import {
  decodeAtom,
  decodeFields,
  decodeItems,
  decodeList,
  decodePairs,
  encodeAtom,
  encodeList,
  type Field,
  type Refuse,
} from './fragment-text.ts';

const KINDS: ReadonlySet<string> = new Set<ColumnKind>(['number', 'category', 'date', 'text']);
const DATE_ORDERS: ReadonlySet<string> = new Set<DateOrder>(['year-first', 'day-first', 'month-first']);
const decimalWords = { '.': 'point', ',': 'comma' } as const;

function isKind(text: string): text is ColumnKind {
  return KINDS.has(text);
}

function isDateOrder(text: string): text is DateOrder {
  return DATE_ORDERS.has(text);
}

/** A reading without any part says nothing and is left out. */
export function encodeReadings(readings: ColumnReadings): string {
  return Object.keys(readings)
    .sort()
    .map((column) => ({ column, parts: readingParts(readings[column] as ColumnReading) }))
    .filter(({ parts }) => parts.length > 0)
    .map(({ column, parts }) => [encodeAtom(column), ...parts].join(','))
    .join(';');
}

function readingParts({ kind, missing, values, dateOrder, decimal }: ColumnReading): string[] {
  const parts: string[] = [];
  if (kind !== undefined) parts.push(`kind:${kind}`);
  if (missing !== undefined) parts.push(`missing:${encodeList(missing, '/')}`);
  if (values !== undefined) parts.push(`values:${encodeList(values, '/')}`);
  if (dateOrder !== undefined) parts.push(`dates:${dateOrder}`);
  if (decimal !== undefined) parts.push(`decimal:${decimalWords[decimal]}`);
  return parts;
}

/**
 * Readings from `readings=`, over those of `kinds=<column>:<kind>,...`, as links were written when only the kind could be
 * changed. A broken item, or an unknown kind, is refused by name; the others are used.
 */
export function parseReadings(
  parts: { readonly readings: string; readonly kinds: string },
  refuse: Refuse,
): ColumnReadings {
  const readings = new Map<string, ColumnReading>();
  for (const pair of decodePairs(parts.kinds)) {
    if (pair === null) refuse('kinds', 'has a broken pair');
    else if (!isKind(pair[1])) refuse('kinds', `names an unknown type for “${pair[0]}”`);
    else readings.set(pair[0], { kind: pair[1] });
  }
  for (const item of decodeItems(parts.readings)) {
    const [atom = '', ...pieces] = item.split(',');
    const column = decodeAtom(atom);
    const reading = parseReading(pieces);
    if (column === null) refuse('readings', 'has a broken part');
    else if (reading === null) refuse('readings', `has a part for “${column}” that cannot be read`);
    else readings.set(column, { ...readings.get(column), ...reading });
  }
  return Object.fromEntries(readings);
}

function parseReading(pieces: readonly string[]): ColumnReading | null {
  const fields = decodeFields(pieces);
  if (fields === null || fields.length === 0) return null;
  let reading: ColumnReading = {};
  for (const field of fields) {
    const part = readingPart(field);
    if (part === null) return null;
    reading = { ...reading, ...part };
  }
  return reading;
}

function readingPart([name, raw]: Field): ColumnReading | null {
  switch (name) {
    case 'kind':
      return isKind(raw) ? { kind: raw } : null;
    case 'missing':
    case 'values': {
      const tokens = decodeList(raw, '/');
      return tokens === null ? null : { [name]: tokens };
    }
    case 'dates':
      return isDateOrder(raw) ? { dateOrder: raw } : null;
    case 'decimal':
      return raw === decimalWords['.']
        ? { decimal: '.' }
        : raw === decimalWords[',']
          ? { decimal: ',' }
          : null;
    default:
      return null;
  }
}

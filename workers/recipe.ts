/** A recipe in its one canonical form, and the hashes that come of it. */
import type { TableRecipe } from '../src/contracts/tasks.ts';
import type { ColumnReading } from '../src/core/table/column-reading.ts';
import type { JoinSpec } from '../src/core/table/join-spec.ts';
import { sha256Hex } from './content-hash.ts';

export type RecipeJoin = TableRecipe['joins'][number];

/** 64 bits are plenty to tell apart what one table can be made into. */
const HASH_DIGITS = 16;

/** The first 16 hex digits of the SHA-256 of a value's JSON. */
export async function shortHash(value: unknown): Promise<string> {
  return (await sha256Hex(JSON.stringify(value))).slice(0, HASH_DIGITS);
}

/** A reading with its parts in a fixed order and its lists as sorted sets; null when it says nothing. */
export function canonicalReading(reading: ColumnReading): readonly unknown[] | null {
  const { kind, missing = [], values = [], dateOrder, decimal } = reading;
  const parts = [kind ?? null, sortedSet(missing), sortedSet(values), dateOrder ?? null, decimal ?? null];
  return parts.some((part) => (Array.isArray(part) ? part.length > 0 : part !== null)) ? parts : null;
}

/** A join's rows: which rows of the other table each row finds, and in what order. */
export function canonicalMatch(join: Omit<RecipeJoin, 'columns'>): readonly unknown[] {
  const { tableId, leftKey, rightKey, orderBy } = join;
  return [tableId, leftKey, rightKey, orderBy];
}

/** What a join adds, in its order, which is that of the columns. */
export function canonicalColumns(columns: JoinSpec['columns']): readonly (readonly string[])[] {
  return columns.map(({ column, aggregate, as }) => [column, aggregate, as]);
}

function sortedSet(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

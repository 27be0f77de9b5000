/** A join while it is being described: keys and columns are guessed, the rest is for the user to say. */
import type { TableJoin } from '../../contracts/saved-state.ts';
import type { Aggregate, JoinedColumn } from '../../core/table/join-spec.ts';
import type { ColumnSummary, TableSummary } from '../../core/table/summary.ts';

export interface DraftColumn {
  /** Column of the other table; '' for the number of matching rows. */
  readonly column: string;
  readonly aggregate: Aggregate;
  readonly isChosen: boolean;
}

export interface JoinDraft {
  readonly leftKey: string | null;
  readonly rightKey: string | null;
  readonly orderBy: string | null;
  /** Goes before the name of every joined column. */
  readonly prefix: string;
  /** The number of matching rows first, then the other table's columns in their order. */
  readonly columns: readonly DraftColumn[];
}

/** So many columns are joined unless the user says otherwise; of a wider table each is chosen by hand. */
const MOST_CHOSEN_AT_FIRST = 8;

/** The draft for two tables: the most likely keys, and an aggregate for each column that fits the keys. */
export function guessJoin(left: TableSummary, right: TableSummary): JoinDraft {
  const { leftKey, rightKey } = guessKeys(left, right);
  const draft = {
    leftKey,
    rightKey,
    orderBy: guessOrder(right),
    prefix: `${stemOf(right.name)}_`,
    columns: [],
  };
  return withRightKey(draft, right, rightKey);
}

/** The draft with another key on the right; its columns start again, because their aggregates follow from it. */
export function withRightKey(draft: JoinDraft, right: TableSummary, rightKey: string | null): JoinDraft {
  const isUnique = isUniqueKey(right, rightKey);
  const others = right.columns.filter(({ name }) => name !== rightKey);
  const isChosen = others.length <= MOST_CHOSEN_AT_FIRST;
  const count: DraftColumn = { column: '', aggregate: 'count', isChosen: false };
  return {
    ...draft,
    rightKey,
    columns: [
      count,
      ...others.map(({ name, kind }): DraftColumn => {
        if (isUnique) return { column: name, aggregate: 'value', isChosen };
        return { column: name, aggregate: kind === 'number' ? 'sum' : 'last', isChosen };
      }),
    ],
  };
}

/** The draft of a join that is in force, to be changed. */
export function draftOfJoin(join: TableJoin, right: TableSummary): JoinDraft {
  const { leftKey, rightKey, orderBy } = join;
  const start = { leftKey, rightKey, orderBy, prefix: prefixOf(join), columns: [] };
  const all = withRightKey(start, right, rightKey);
  const columns = all.columns.map((column): DraftColumn => {
    const held = join.columns.find((other) => other.column === column.column);
    return { ...column, aggregate: held?.aggregate ?? column.aggregate, isChosen: held !== undefined };
  });
  return { ...all, columns };
}

function prefixOf({ columns }: TableJoin): string {
  const [first] = columns;
  if (first === undefined) return '';
  const plain = joinedName('', first);
  return first.as.endsWith(plain) ? first.as.slice(0, first.as.length - plain.length) : '';
}

/** Aggregates that a column can have: sums and means are of numbers. */
export function aggregatesFor(column: ColumnSummary | null): readonly Aggregate[] {
  if (column === null) return ['count'];
  return column.kind === 'number' ? ['value', 'sum', 'mean', 'last'] : ['value', 'last'];
}

/** Whether each value of the column is in one row only, so that a row matches at most one. False without a column. */
export function isUniqueKey(table: TableSummary, column: string | null): boolean {
  const key = table.columns.find(({ name }) => name === column);
  return key !== undefined && key.distinct === table.rowCount - key.missing;
}

/** The name that a joined column gets: `payments_amount_sum`, `payments_count`. */
export function joinedName(prefix: string, { column, aggregate }: Omit<JoinedColumn, 'as'>): string {
  if (aggregate === 'count') return `${prefix}count`;
  return aggregate === 'value' ? `${prefix}${column}` : `${prefix}${column}_${aggregate}`;
}

/**
 * Why the draft cannot be joined yet and what to do, or null.
 * @param taken names of the columns that the joined table has without this join
 */
export function draftProblem(draft: JoinDraft, right: TableSummary, taken: readonly string[]): string | null {
  const { leftKey, rightKey, prefix } = draft;
  if (leftKey === null || rightKey === null)
    return 'Choose the column on each side that names the same thing.';
  const chosen = draft.columns.filter(({ isChosen }) => isChosen);
  if (chosen.length === 0) return 'Choose at least one column to bring over.';
  const single = chosen.find(({ aggregate }) => aggregate === 'value');
  if (single !== undefined && !isUniqueKey(right, rightKey))
    return `“${rightKey}” holds some values more than once, so “${single.column}” has several values for a row. Choose how to bring them together: sum, mean or last.`;
  const clash = chosen.map((column) => joinedName(prefix, column)).find((name) => taken.includes(name));
  return clash === undefined ? null : `The table has a column “${clash}” already. Change the prefix.`;
}

/** The draft as the choices keep it; null while it has a problem. */
export function joinOfDraft(
  draft: JoinDraft,
  right: TableSummary,
  taken: readonly string[],
): TableJoin | null {
  const { leftKey, rightKey, orderBy, prefix, columns } = draft;
  if (leftKey === null || rightKey === null || draftProblem(draft, right, taken) !== null) return null;
  const chosen = columns.filter(({ isChosen }) => isChosen);
  const isOrdered = chosen.some(({ aggregate }) => aggregate === 'last');
  return {
    // By its own id: of a file that was read with some of its columns, those are the ones that are joined.
    table: { id: right.id, name: right.name },
    leftKey,
    rightKey,
    orderBy: isOrdered ? orderBy : null,
    columns: chosen.map(({ column, aggregate }) => ({
      column,
      aggregate,
      as: joinedName(prefix, { column, aggregate }),
    })),
  };
}

/** "sum of amount from payments.csv", by the name of the joined column. */
export function joinedSources(joins: readonly TableJoin[]): ReadonlyMap<string, string> {
  return new Map(
    joins.flatMap(({ table, columns }) =>
      columns.map((joined) => [joined.as, `${aggregateText(joined)} from ${table.name}`] as const),
    ),
  );
}

export function aggregateText({ column, aggregate }: Omit<JoinedColumn, 'as'>): string {
  if (aggregate === 'count') return 'matching rows';
  return aggregate === 'value' ? column : `${aggregate} of ${column}`;
}

/** "by loan_id = id, last by payment_date". */
export function joinText({ leftKey, rightKey, orderBy }: TableJoin): string {
  const keys = leftKey === rightKey ? leftKey : `${leftKey} = ${rightKey}`;
  return `by ${keys}${orderBy === null ? '' : `, last by ${orderBy}`}`;
}

interface Keys {
  readonly leftKey: string | null;
  readonly rightKey: string | null;
}

/** The pair of columns that most likely name the same thing: by name first, then by being an id; null without any. */
function guessKeys(left: TableSummary, right: TableSummary): Keys {
  let best: Keys & { readonly score: number } = { leftKey: null, rightKey: null, score: 0 };
  for (const l of left.columns.filter(canBeKey)) {
    for (const r of right.columns.filter(canBeKey)) {
      const score = keyScore(l, left.rowCount, r);
      if (score > best.score) best = { leftKey: l.name, rightKey: r.name, score };
    }
  }
  return best;
}

function canBeKey({ kind, distinct }: ColumnSummary): boolean {
  return kind !== 'date' && distinct > 1;
}

function keyScore(left: ColumnSummary, leftRows: number, right: ColumnSummary): number {
  const [l, r] = [plainName(left.name), plainName(right.name)];
  const isNamedAlike = l === r || ((l.endsWith(r) || r.endsWith(l)) && /(id|key|no|nr|number)$/.test(l));
  const areIds = left.guessedRole === 'id' && right.guessedRole === 'id';
  if (!isNamedAlike && !areIds) return 0;
  const isId = (left.guessedRole === 'id' ? 3 : 0) + (right.guessedRole === 'id' ? 1 : 0);
  const isDistinct = leftRows === 0 ? 0 : left.distinct / leftRows;
  return (l === r ? 8 : isNamedAlike ? 4 : 1) + isId + isDistinct;
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Dates order the rows of a key; without one the file's order does. */
function guessOrder(right: TableSummary): string | null {
  return right.columns.find(({ kind }) => kind === 'date')?.name ?? null;
}

/** "payments" of "payments-2024.csv.gz": what reads well before a column's name. */
function stemOf(file: string): string {
  const stem = file.replace(/\..*$/, '').replace(/[^\p{L}\p{N}]+/gu, '_');
  return /^\p{L}+/u.exec(stem)?.[0] ?? stem;
}

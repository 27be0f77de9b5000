import { isNamedScore } from './guess-roles.ts';
import type { Roles } from './roles.ts';
import type { ColumnSummary } from './summary.ts';

/**
 * The column of scores that a model of this table should reproduce: of the number columns with more than two values, all
 * in [0, 1], the one with the role `score`, else the first that is named like scores.
 *
 * @param fed columns that feed the model: a score that goes into it is none that comes out of it
 * @returns the column's name; null when the table has none
 */
export function goldenColumnOf(
  columns: readonly ColumnSummary[],
  roles: Roles,
  fed: ReadonlySet<string>,
): string | null {
  const found = scoreLike(columns, roles, fed);
  const meant =
    found.find(({ name }) => roles[name] === 'score') ?? found.find(({ name }) => isNamedScore(name));
  return meant?.name ?? null;
}

/** Names of all columns that could be scores of this table's rows, whatever they are called, in the table's order. */
export function scoreLikeColumns(
  columns: readonly ColumnSummary[],
  roles: Roles,
  fed: ReadonlySet<string>,
): readonly string[] {
  return scoreLike(columns, roles, fed).map(({ name }) => name);
}

function scoreLike(
  columns: readonly ColumnSummary[],
  roles: Roles,
  fed: ReadonlySet<string>,
): readonly ColumnSummary[] {
  return columns.filter(
    (column) => holdsScores(column) && !fed.has(column.name) && isFree(roles[column.name]),
  );
}

function holdsScores({ kind, min, max, distinct }: ColumnSummary): boolean {
  return kind === 'number' && min !== null && max !== null && min >= 0 && max <= 1 && distinct > 2;
}

function isFree(role: Roles[string] | undefined): boolean {
  return role === undefined || role === 'score' || role === 'ignore';
}

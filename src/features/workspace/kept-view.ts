/** What this browser keeps, in the words of the page. */
import type { KeptData, KeptFile } from '../../contracts/tasks.ts';
import { formatBytes, formatCount, formatCountOf } from '../../design/format.ts';

export interface KeptRow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'table' | 'model';
  /** "4,454 rows × 16 columns"; "model". */
  readonly what: string;
  readonly size: string;
  /** "today, 14:02", "yesterday", "3 Mar 2026". */
  readonly used: string;
}

/** All kept files, the most recently used first. */
export function keptRows(kept: KeptData, nowMs: number, locale?: string): readonly KeptRow[] {
  const files = [
    ...kept.tables.map((file) => ({ file, kind: 'table' as const })),
    ...kept.models.map((file) => ({ file, kind: 'model' as const })),
  ];
  return files
    .sort((a, b) => b.file.lastUsedMs - a.file.lastUsedMs)
    .map(({ file, kind }) => ({
      id: file.id,
      name: file.name,
      kind,
      what: shapeText(file),
      size: formatBytes(file.byteLength),
      used: whenText(file.lastUsedMs, nowMs, locale),
    }));
}

/** The kept files that are not among the open ones. */
export function rowsNotOpen(
  rows: readonly KeptRow[],
  open: readonly { readonly id: string }[],
): readonly KeptRow[] {
  return rows.filter((row) => !open.some(({ id }) => id === row.id));
}

function shapeText({ shape }: KeptFile): string {
  if (shape === null) return 'model';
  return `${formatCountOf(shape.rowCount, 'row')} × ${formatCountOf(shape.columnCount, 'column')}`;
}

/** When something was, as a person says it: the hour of today, else the day. In the browser's time zone. */
export function whenText(ms: number, nowMs: number, locale?: string): string {
  const [day, today] = [startOfDay(ms), startOfDay(nowMs)];
  if (day === today) return `today, ${new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(ms)}`;
  if (day === startOfDay(today - 1)) return 'yesterday';
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(ms);
}

function startOfDay(ms: number): number {
  const date = new Date(ms);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}

/** "212 MB of 1.20 GB"; null where the browser has no storage for the page. */
export function keptLine({ usedBytes, limitBytes }: KeptData): string | null {
  if (limitBytes <= 0) return null;
  return `${formatBytes(usedBytes)} of ${formatBytes(limitBytes)}`;
}

/** What "forget everything" deletes, one line a kind. */
export function forgottenText({ tables, models, scores }: KeptData): readonly string[] {
  const lines = [
    tables.length === 0 ? '' : `${formatCountOf(tables.length, 'table')}: ${namesOf(tables)}`,
    models.length === 0 ? '' : `${formatCountOf(models.length, 'model')}: ${namesOf(models)}`,
    scores.count === 0
      ? ''
      : `${formatCountOf(scores.count, 'column of scores', 'columns of scores')}, ${formatBytes(scores.byteLength)}`,
  ];
  return lines.filter((line) => line !== '');
}

const NAMED = 5;

function namesOf(files: readonly KeptFile[]): string {
  const more = files.length - NAMED;
  const names = files.slice(0, NAMED).map(({ name }) => name);
  return names.join(', ') + (more > 0 ? ` and ${formatCount(more)} more` : '');
}

/** What is said of the computation while it goes on, and of its end. */
import { formatCount, formatCountOf, formatRowsPerSecond } from '../../../design/format.ts';
import type { GlobalRun } from './global-run.ts';

/** Rows that a run is about, as far as it is known: more than are explained while it goes on and after a cancel. */
export function totalRows({ progress, shown, status }: GlobalRun): number {
  const done = shown?.rowCount ?? 0;
  return status === 'done' || progress === null ? done : Math.max(progress.total, done);
}

export function runningLabel({ progress }: GlobalRun): string {
  return progress === null ? 'Explaining the rows' : `Explaining ${formatCountOf(progress.total, 'row')}`;
}

/** "4,454 rows explained, 1.2 M rows/s"; of a cancelled run, how many of how many. Empty for a failed one: its error speaks. */
export function endText(run: GlobalRun): string {
  const { shown } = run;
  const rows = shown?.rowCount ?? 0;
  if (run.status === 'failed') return rows === 0 ? '' : `Stopped after ${partText(rows, totalRows(run))}.`;
  if (run.status === 'cancelled')
    return shown === null
      ? 'Cancelled before the first rows were explained.'
      : `Cancelled after ${partText(rows, totalRows(run))}; what is shown is about these alone${orderText(shown)}.`;
  const explained = `${formatCountOf(rows, 'row')} explained`;
  if (run.isRestored) return `${explained} before, and kept by this browser.`;
  return run.rowsPerSecond === null
    ? `${explained}.`
    : `${explained}, ${formatRowsPerSecond(run.rowsPerSecond)}.`;
}

/** Chunks are taken so that those done lie evenly over the table, also where it is sorted (`spreadRows`). */
function orderText({ plan }: NonNullable<GlobalRun['shown']>): string {
  return plan.isExact ? ', which are spread evenly over all' : '';
}

/** What begins a cancelled run again: "Explain 4,454 rows", "Explain the rows" while none were counted. */
export function againLabel(run: GlobalRun): string {
  const total = totalRows(run);
  return total === 0 ? 'Explain the rows' : `Explain ${formatCountOf(total, 'row')}`;
}

function partText(rows: number, total: number): string {
  return `${formatCount(rows)} of ${formatCountOf(total, 'row')}`;
}

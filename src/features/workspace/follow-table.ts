/** The table on screen follows the choices: changed readings and joins are derived in the worker, the latest wins. */
import { deriveTable } from '../../compute/tables.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { ViewState } from '../../contracts/saved-state.ts';
import type { Progress } from '../../contracts/tasks.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { useWorkspace, type WorkspaceState } from '../../state/workspace-store.ts';
import { keepDerived, shownTable } from './derived-tables.ts';
import { type WantedTable, wantedTable } from './recipe.ts';
import { stableSummary } from './stable-summary.ts';

interface DeriveJob {
  readonly key: string;
  readonly stop: AbortController;
}

let job: DeriveJob | null = null;

/** What was chosen when a table was last shown as wanted: a refusal goes back to it. */
let lastShown: { readonly baseId: string; readonly choices: Pick<ViewState, 'readings' | 'joins'> } | null =
  null;

/** Whether the table on screen is what the choices ask for; if not, brings it there. */
export function followTable(state: WorkspaceState): boolean {
  const { base, tables, choices } = state;
  if (base === null) {
    stopDeriving();
    return false;
  }
  const wanted = wantedTable(base, tables, choices);
  const ready = shownTable(base, wanted);
  if (ready === null) {
    if (job?.key !== wanted.key) void derive(base, wanted);
    return false;
  }
  stopDeriving();
  lastShown = { baseId: base.id, choices };
  if (state.table.value?.id === ready.id) return true;
  useWorkspace.getState().setTable({ value: stableSummary(state.table.value, ready) });
  return false;
}

function stopDeriving(): void {
  if (job === null) return;
  job.stop.abort();
  job = null;
  useWorkspace.getState().setTable({ loading: null });
}

/** Most changes are derived sooner than this: progress that only flashes would push the page down and up again. */
const QUIET_MS = 400;

async function derive(base: TableSummary, wanted: WantedTable): Promise<void> {
  job?.stop.abort();
  const own: DeriveJob = { key: wanted.key, stop: new AbortController() };
  job = own;
  const { table } = useWorkspace.getState();
  if (table.error !== null) useWorkspace.getState().setTable({ error: null });
  const showProgress = progressOf(own, base);
  if (table.value === null) showProgress(null);
  const startedAtMs = Date.now();
  const timer = setTimeout(() => showProgress(null), QUIET_MS);
  try {
    const summary = await deriveTable(base.id, wanted.recipe, {
      signal: own.stop.signal,
      onProgress: (progress) => {
        if (Date.now() - startedAtMs > QUIET_MS || table.value === null) showProgress(progress);
      },
    });
    if (job !== own) return;
    job = null;
    keepDerived(wanted, summary);
    const before = useWorkspace.getState().table.value;
    useWorkspace.getState().setTable({ value: stableSummary(before, summary), loading: null });
  } catch (thrown) {
    refuse(own, base.id, thrown);
  } finally {
    clearTimeout(timer);
  }
}

/** Shows how far a job is, as long as it is the current one. */
function progressOf(own: DeriveJob, base: TableSummary): (progress: Progress | null) => void {
  const cancel = (): void => refuse(own, base.id, null);
  const loading = { name: base.name, startedAtMs: Date.now(), cancel };
  return (progress) => {
    if (job === own) useWorkspace.getState().setTable({ loading: { ...loading, progress } });
  };
}

/** The choices go back to what is shown, and the slot says why (not after a cancel). */
function refuse(own: DeriveJob, baseId: string, thrown: unknown): void {
  if (job !== own) return;
  job = null;
  own.stop.abort();
  const { table, choices } = useWorkspace.getState();
  const before = lastShown?.baseId === baseId ? lastShown.choices : { readings: {}, joins: [] };
  const error = thrown === null ? null : asCutlineError(thrown);
  useWorkspace.setState({
    choices: { ...choices, readings: before.readings, joins: before.joins },
    table: { ...table, loading: null, error: error?.code === 'canceled' ? null : error },
  });
}

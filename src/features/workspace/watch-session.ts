/**
 * What follows from a change of the session, whoever made it (the user, a link, later undo): changed kinds are read anew,
 * the model is matched to the table again, scores that no longer fit are forgotten, and a reopened state is scored.
 */
import { bindModel } from '../../compute/models.ts';
import { retypeColumn } from '../../compute/tables.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { ColumnKind } from '../../core/table/column.ts';
import { useWorkspace, type WorkspaceState } from '../../state/workspace-store.ts';
import { forgetScores, scoringKey, startScoring } from './scoring-session.ts';
import { roledColumns } from './table-choices.ts';

/** Starts watching; answers a function that stops it. */
export function watchSession(): () => void {
  follow(useWorkspace.getState());
  return useWorkspace.subscribe((state) => follow(state));
}

let retyping = false;
let bound: Bound | null = null;
let bindJob: AbortController | null = null;
let scoredKey: string | null = null;
let scoreWhenBound = false;

/** Asks for scores as soon as table and model fit: for demos and links, whose choices count as confirmed. */
export function scoreOnceReady(): void {
  scoreWhenBound = true;
}

function follow(state: WorkspaceState): void {
  followScores(state);
  if (retyping) return;
  const change = nextRetype(state);
  if (change !== null) void retype(change.column, change.kind);
  else followBinding(state);
}

function followScores(state: WorkspaceState): void {
  const key = scoringKey(state);
  if (key === scoredKey) return;
  scoredKey = key;
  if (state.scoring.status !== 'idle') forgetScores();
}

/** The first column whose kind is not what the choices say (or the file said), or null. */
export function nextRetype(
  state: Pick<WorkspaceState, 'choices' | 'table' | 'kindsAsRead'>,
): { readonly column: string; readonly kind: ColumnKind } | null {
  for (const { name, kind } of state.table.value?.columns ?? []) {
    const wanted = state.choices.kinds[name] ?? state.kindsAsRead[name] ?? kind;
    if (wanted !== kind) return { column: name, kind: wanted };
  }
  return null;
}

async function retype(column: string, kind: ColumnKind): Promise<void> {
  const { table } = useWorkspace.getState();
  if (table.value === null) return;
  const before = table.value.id;
  const job = new AbortController();
  retyping = true;
  const loading = {
    name: `${column} as ${kind}`,
    progress: null,
    startedAtMs: Date.now(),
    cancel: () => job.abort(),
  };
  useWorkspace.getState().setTable({ loading, error: null });
  try {
    const summary = await retypeColumn(before, column, kind, { signal: job.signal });
    retyping = false;
    // Another table may have been opened meanwhile: this answer is then of no use to anyone.
    if (useWorkspace.getState().table.value?.id === before)
      useWorkspace.getState().setTable({ value: summary, loading: null });
    else follow(useWorkspace.getState());
  } catch (thrown) {
    retyping = false;
    refuseRetype(before, column, thrown);
  }
}

/** The column stays what it was, and so do the choices. */
function refuseRetype(tableId: string, column: string, thrown: unknown): void {
  const { table, choices, kindsAsRead } = useWorkspace.getState();
  if (table.value?.id !== tableId) {
    follow(useWorkspace.getState());
    return;
  }
  const { [column]: _refused, ...kinds } = choices.kinds;
  const kind = table.value.columns.find(({ name }) => name === column)?.kind;
  const stays = kind !== undefined && kind !== kindsAsRead[column] ? { ...kinds, [column]: kind } : kinds;
  const error = asCutlineError(thrown);
  useWorkspace.setState({
    choices: { ...choices, kinds: stays },
    table: { ...table, loading: null, error: error.code === 'canceled' ? null : error },
  });
}

interface Bound {
  readonly tableId: string;
  readonly modelId: string;
  readonly key: string;
}

function boundOf({ choices, table, model }: WorkspaceState): Bound | null {
  if (table.value === null || model.value === null || choices.scoreColumn !== null) return null;
  const tableId = table.value.id;
  const modelId = model.value.id;
  const key = JSON.stringify([tableId, modelId, choices.mapping, roledColumns(choices.roles)]);
  return { tableId, modelId, key };
}

function followBinding(state: WorkspaceState): void {
  const next = boundOf(state);
  if (next?.key === bound?.key) return;
  const sameFiles = next?.tableId === bound?.tableId && next?.modelId === bound?.modelId;
  bound = next;
  bindJob?.abort();
  // A report about other files must not be read as one about these; one about older choices is nearly right.
  if (!sameFiles && state.mapping !== null) useWorkspace.setState({ mapping: null });
  if (next !== null) void bind(next);
}

/** Matches the model to the table once more, after an error. */
export function matchAgain(): void {
  bound = null;
  useWorkspace.getState().setModel({ error: null });
}

async function bind(own: Bound): Promise<void> {
  const { choices } = useWorkspace.getState();
  const job = new AbortController();
  bindJob = job;
  const { tableId, modelId } = own;
  const args = { tableId, modelId, choices: choices.mapping, roled: roledColumns(choices.roles) };
  try {
    const mapping = await bindModel(args, { signal: job.signal });
    if (bound !== own) return;
    useWorkspace.setState({ mapping });
    if (scoreWhenBound && mapping.ready && useWorkspace.getState().confirmed) void startScoring();
    scoreWhenBound = false;
  } catch (thrown) {
    const error = asCutlineError(thrown);
    if (bound !== own || error.code === 'canceled') return;
    scoreWhenBound = false;
    useWorkspace.getState().setModel({ error });
  }
}

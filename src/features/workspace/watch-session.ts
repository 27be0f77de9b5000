/**
 * What follows from a change of the session, whoever made it (the user, a link, undo): the table is derived as the
 * choices say, the model is matched to it again, scores that no longer fit make way for those that do, and a reopened
 * state is scored.
 */
import { bindModel } from '../../compute/models.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import { useWorkspace, type WorkspaceState } from '../../state/workspace-store.ts';
import { followTable } from './follow-table.ts';
import { rememberedScores } from './remembered-scores.ts';
import { forgetScores, isSameModelRun, scoringKey, startScoring } from './scoring-session.ts';
import { roledColumns } from './table-choices.ts';

/** Starts watching; answers a function that stops it. */
export function watchSession(): () => void {
  follow(useWorkspace.getState());
  return useWorkspace.subscribe((state) => follow(state));
}

let bound: Bound | null = null;
let bindJob: AbortController | null = null;
let scoredKey: string | null = null;
let scoreWhenBound = false;

/**
 * Asks for scores as soon as table and model fit, at once when they do: for demos and links, whose choices count as
 * confirmed. To be called when these are in force.
 */
export function scoreOnceReady(): void {
  scoreWhenBound = true;
  follow(useWorkspace.getState());
}

/** Each step may change the session and is then called again from within: what it read before is old news. */
function follow(state: WorkspaceState): void {
  const isShown = followTable(state);
  // While another table is on its way nothing is matched to the one that is still shown.
  if (!isShown && useWorkspace.getState().table.value !== null) return;
  followScores(useWorkspace.getState());
  followBinding(useWorkspace.getState());
  scoreIfWanted(useWorkspace.getState());
}

function followScores(state: WorkspaceState): void {
  const key = scoringKey(state);
  if (key === scoredKey) return;
  const isAsked = state.scoring.status === 'done' || state.scoring.status === 'running';
  const asksSameScores = isAsked && isSameModelRun(scoredKey, key);
  scoredKey = key;
  const kept = key === null ? null : rememberedScores(key);
  if (state.scoring.status !== 'idle') forgetScores();
  if (!useWorkspace.getState().confirmed) return;
  if (kept !== null) useWorkspace.getState().setScoring(kept);
  // Another column was read anew, joined, or given a role: mostly the model reads none of it, and its scores are there.
  else if (asksSameScores) scoreWhenBound = true;
}

/** A wish for scores waits for the report on table and model as they are now, and ends with it. */
function scoreIfWanted({ mapping, confirmed, scoring }: WorkspaceState): void {
  if (!scoreWhenBound || mapping === null || bindJob !== null) return;
  scoreWhenBound = false;
  const isScored = scoring.status === 'running' || scoring.scoresId !== null;
  if (mapping.ready && confirmed && !isScored) void startScoring();
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
  bindJob = null;
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
    bindJob = null;
    useWorkspace.setState({ mapping });
  } catch (thrown) {
    const error = asCutlineError(thrown);
    if (bound !== own || error.code === 'canceled') return;
    bindJob = null;
    scoreWhenBound = false;
    useWorkspace.getState().setModel({ error });
  }
}

/** Scoring the table with a model that is not the current one, so that the two can be laid side by side. */
import { create } from 'zustand';
import { keptScores, type ScoringResult, scoreTable } from '../../compute/scoring.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { ModelOnTable } from '../../contracts/model-on-table.ts';
import type { Progress } from '../../contracts/tasks.ts';
import type { AnyCutlineError } from '../../core/errors.ts';
import { idleScoring, useWorkspace } from '../../state/workspace-store.ts';
import { modelOnTable } from './model-findings.ts';
import { rememberedScores, rememberScores } from './remembered-scores.ts';
import { keyOfRun } from './scoring-session.ts';

export interface BesideRun {
  readonly modelId: string;
  readonly progress: Progress | null;
  /** Epoch ms. */
  readonly startedAtMs: number;
  readonly cancel: () => void;
  /** Set when the run has failed. */
  readonly error: AnyCutlineError | null;
}

/** The run that is under way or has failed; a finished or canceled one is gone, its scores are remembered. */
export const useBesideRun = create<{ readonly run: BesideRun | null }>()(() => ({ run: null }));

/** The scores that an open model has made of the current table in this session; null when there are none. */
export function besideScores(modelId: string): string | null {
  const on = modelOnTable(useWorkspace.getState(), modelId);
  return on === null ? null : (rememberedScores(keyOfRun(on))?.scoresId ?? null);
}

/**
 * Brings the scores of an open model back when this browser keeps them for the table as it is; nothing is scored.
 * @returns whether they are there now
 */
export async function bringBesideScores(modelId: string, signal: AbortSignal): Promise<boolean> {
  if (besideScores(modelId) !== null) return true;
  const { table } = useWorkspace.getState();
  const on = modelOnTable(useWorkspace.getState(), modelId);
  if (on === null || table.value === null) return false;
  const kept = await keptScores({ ...on, rowCount: table.value.rowCount }, { signal });
  if (kept !== null) remember(on, kept);
  return kept !== null;
}

/**
 * Scores every row with an open model, with its own mapping; a run before it is canceled.
 *
 * @param order the columns that its unnamed inputs take, by the user's word; null leaves its mapping as it is
 */
export async function scoreBeside(modelId: string, order: readonly string[] | null = null): Promise<void> {
  if (order !== null) giveOrder(modelId, order);
  const { table } = useWorkspace.getState();
  const on = modelOnTable(useWorkspace.getState(), modelId);
  if (on === null || table.value === null) return;
  useBesideRun.getState().run?.cancel();
  const own = new AbortController();
  const show = (change: Partial<BesideRun>): void => {
    const { run } = useBesideRun.getState();
    if (run?.cancel === cancel) useBesideRun.setState({ run: { ...run, ...change } });
  };
  const cancel = (): void => {
    own.abort();
    if (useBesideRun.getState().run?.cancel === cancel) useBesideRun.setState({ run: null });
  };
  useBesideRun.setState({ run: { modelId, progress: null, startedAtMs: Date.now(), cancel, error: null } });
  try {
    await score(on, table.value.rowCount, own.signal, (progress) => show({ progress }));
    if (useBesideRun.getState().run?.cancel === cancel) useBesideRun.setState({ run: null });
  } catch (thrown) {
    const error = asCutlineError(thrown);
    if (error.code !== 'canceled') show({ error });
  }
}

function giveOrder(modelId: string, order: readonly string[]): void {
  const { choices, choose } = useWorkspace.getState();
  choose({
    otherModels: choices.otherModels.map((other) =>
      other.id === modelId ? { ...other, mapping: { ...other.mapping, order } } : other,
    ),
  });
}

async function score(
  on: ModelOnTable,
  rowCount: number,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  remember(on, await scoreTable({ ...on, rowCount }, { signal, onProgress }));
}

function remember(on: ModelOnTable, result: ScoringResult): void {
  const { scoresId, engine, gate, rowsPerSecond, restored, notices } = result;
  const done = { scoresId, engine, gate, rowsPerSecond, restored, notices };
  rememberScores(keyOfRun(on), on.tableId, { ...idleScoring, status: 'done', ...done });
}

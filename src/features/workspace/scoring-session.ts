/** Scoring as the session runs it: one run at a time, its progress and end in the store. */
import { scoreTable } from '../../compute/scoring.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { ModelOnTable } from '../../contracts/model-on-table.ts';
import { baseIdOf } from '../../contracts/table-id.ts';
import {
  idleScoring,
  type ScoringState,
  useWorkspace,
  type WorkspaceState,
} from '../../state/workspace-store.ts';
import { rememberScores } from './remembered-scores.ts';
import { roledColumns } from './table-choices.ts';

/**
 * Everything that scores depend on, as a text that changes when one of them does; null while something is missing.
 * When it changes, scores made before are no longer those of what is on screen.
 */
export function scoringKey(state: WorkspaceState): string | null {
  const { choices, table, model } = state;
  if (table.value === null || model.value === null || choices.scoreColumn !== null) return null;
  return keyOfRun({
    tableId: table.value.id,
    modelId: model.value.id,
    choices: choices.mapping,
    roled: roledColumns(choices.roles),
    positiveValues: choices.target?.positive ?? [],
  });
}

/** As {@link scoringKey}, of any model on the table. */
export function keyOfRun({ tableId, modelId, choices, roled, positiveValues }: ModelOnTable): string {
  return JSON.stringify([tableId, roled, modelId, choices, [...positiveValues].sort()]);
}

/** Whether two keys ask the same model for the same rows of one file; how its columns are read may differ. */
export function isSameModelRun(before: string | null, after: string | null): boolean {
  if (before === null || after === null) return false;
  const [tableBefore, , ...a]: readonly unknown[] = JSON.parse(before);
  const [tableAfter, , ...b]: readonly unknown[] = JSON.parse(after);
  return (
    baseIdOf(String(tableBefore)) === baseIdOf(String(tableAfter)) && JSON.stringify(a) === JSON.stringify(b)
  );
}

let run: AbortController | null = null;

/**
 * Confirms the choices and scores every row with the model (or brings kept scores back). Progress, result, crash and
 * cancel show in `scoring`; a cancel leaves it idle. Does nothing without table, model and target.
 */
export async function startScoring(): Promise<void> {
  const { choices, table, model, setScoring } = useWorkspace.getState();
  if (table.value === null || model.value === null || choices.target === null) return;
  const key = scoringKey(useWorkspace.getState());
  run?.abort();
  const own = new AbortController();
  run = own;
  const isCurrent = (): boolean => run === own;
  useWorkspace.setState({
    confirmed: true,
    scoring: {
      ...idleScoring,
      status: 'running',
      startedAtMs: Date.now(),
      cancel: () => own.abort(),
    },
  });
  const request = {
    tableId: table.value.id,
    modelId: model.value.id,
    choices: choices.mapping,
    roled: roledColumns(choices.roles),
    positiveValues: choices.target.positive,
    rowCount: table.value.rowCount,
  };
  try {
    const result = await scoreTable(request, {
      signal: own.signal,
      onProgress: (progress) => isCurrent() && setScoring({ progress }),
    });
    if (!isCurrent()) return;
    const { scoresId, engine, gate, rowsPerSecond, restored, notices } = result;
    const done = { scoresId, engine, gate, rowsPerSecond, restored, notices };
    const scoring: ScoringState = { ...idleScoring, status: 'done', ...done };
    if (key !== null) rememberScores(key, request.tableId, scoring);
    setScoring(scoring);
  } catch (thrown) {
    if (!isCurrent()) return;
    const error = asCutlineError(thrown);
    setScoring(error.code === 'canceled' ? idleScoring : { ...idleScoring, status: 'failed', error });
  } finally {
    if (isCurrent()) run = null;
  }
}

/** Stops a run and forgets its result, because what it would answer for has changed. */
export function forgetScores(): void {
  run?.abort();
  run = null;
  if (useWorkspace.getState().scoring.status !== 'idle') useWorkspace.getState().setScoring(idleScoring);
}

/** Confirms the choices for a table that holds its scores already. */
export function confirmChoices(): void {
  useWorkspace.getState().setConfirmed(true);
}

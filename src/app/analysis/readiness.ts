import type { JudgementSpec } from '../../contracts/judgement.ts';
import type { Progress } from '../../contracts/tasks.ts';
import type { AnyCutlineError } from '../../core/errors.ts';
import { formatCountOf } from '../../design/format.ts';
import { judgementSpecOf } from '../../state/judgement-spec.ts';
import type { Slot, WorkspaceState } from '../../state/workspace-store.ts';

/** What stands between the session and an analysis page. */
export type Readiness =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'opening';
      readonly what: string;
      readonly progress: Progress | null;
      /** Epoch ms. */
      readonly startedAtMs: number;
      readonly cancel: (() => void) | null;
    }
  | { readonly kind: 'failed'; readonly what: string; readonly error: AnyCutlineError }
  /** `missing` is the next thing to do, as the end of a sentence: "choose which values of the target are bad". */
  | { readonly kind: 'unfinished'; readonly missing: string }
  | { readonly kind: 'ready'; readonly spec: JudgementSpec };

/**
 * What an analysis page has to show for this session: an answer when table, target and scores are there; otherwise the
 * first thing in the way, work under way before errors, errors before what the user has yet to do.
 *
 * Answers go on while a second file is opened or refused: what is loaded is never taken off the screen.
 */
export function readinessOf(state: WorkspaceState): Readiness {
  const spec = judgementSpecOf(state);
  if (spec !== null) return { kind: 'ready', spec };
  const { table, model } = state;
  return (
    slotReadiness(table, 'table') ??
    slotReadiness(model, 'model') ??
    scoringReadiness(state) ??
    (table.value === null ? { kind: 'empty' } : { kind: 'unfinished', missing: missingStep(state) })
  );
}

function slotReadiness(slot: Slot<unknown>, what: 'table' | 'model'): Readiness | null {
  if (slot.loading !== null) {
    const { name, progress, startedAtMs, cancel } = slot.loading;
    return { kind: 'opening', what: `Opening ${name}`, progress, startedAtMs, cancel };
  }
  if (slot.error === null) return null;
  return { kind: 'failed', what: `The ${what} was not opened`, error: slot.error };
}

function scoringReadiness({ scoring, table }: WorkspaceState): Readiness | null {
  const { status, progress, startedAtMs, cancel, error } = scoring;
  // A table of one chunk reports no progress on the way: the count is then all that is said.
  const what = table.value === null ? 'Scoring' : `Scoring ${formatCountOf(table.value.rowCount, 'row')}`;
  if (status === 'running') return { kind: 'opening', what, progress, startedAtMs, cancel };
  return error === null ? null : { kind: 'failed', what: 'The rows were not scored', error };
}

function missingStep({ choices, model, confirmed }: WorkspaceState): string {
  if (choices.target === null) return 'choose the target column and which of its values are positive';
  if (choices.scoreColumn === null && model.value === null)
    return 'open a model, or name the column that holds scores';
  if (!confirmed) return 'confirm the roles of the columns';
  return 'score the rows';
}

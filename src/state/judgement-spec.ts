import { amountColumnsOf, type JudgementSpec } from '../contracts/judgement.ts';
import type { ViewState } from '../contracts/saved-state.ts';
import type { WorkspaceState } from './workspace-store.ts';

/**
 * What the analysis pages judge right now, or null while something is missing: a table, a confirmed target, and
 * scores (a score column, or a finished scoring run).
 */
export function judgementSpecOf(state: WorkspaceState): JudgementSpec | null {
  const { choices, table, scoring, confirmed } = state;
  if (table.value === null || choices.target === null || !confirmed) return null;
  const { target, split } = choices;
  const base = {
    tableId: table.value.id,
    target,
    split,
    amountColumns: amountColumns(choices),
    // It is fitted on the rows outside the split: without one there are none, and scores stay as they are.
    recalibration: split === null ? null : choices.recalibration,
  };
  if (choices.scoreColumn !== null)
    return { ...base, scores: { kind: 'column', column: choices.scoreColumn } };
  if (scoring.scoresId === null) return null;
  return { ...base, scores: { kind: 'model', scoresId: scoring.scoresId } };
}

/**
 * The scenario's money columns. Before there is a scenario, the column whose role is amount: the first scenario will want
 * it, and then nothing has to be sorted again.
 */
function amountColumns({ scenario, roles }: ViewState): readonly string[] {
  if (scenario !== null) return amountColumnsOf(scenario);
  return Object.keys(roles)
    .filter((column) => roles[column] === 'amount')
    .slice(0, 1);
}

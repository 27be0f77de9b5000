import type { JudgementSpec } from '../contracts/judgement.ts';
import type { WorkspaceState } from './workspace-store.ts';

/**
 * What the analysis pages judge right now, or null while something is missing: a table, a confirmed target, and
 * scores (a score column, or a finished scoring run).
 */
export function judgementSpecOf(state: WorkspaceState): JudgementSpec | null {
  const { choices, table, scoring, confirmed } = state;
  if (table.value === null || choices.target === null || !confirmed) return null;
  const amount = choices.scenario?.amount;
  const amountColumn = amount !== undefined && 'column' in amount ? amount.column : null;
  const base = { tableId: table.value.id, target: choices.target, split: choices.split, amountColumn };
  if (choices.scoreColumn !== null)
    return { ...base, scores: { kind: 'column', column: choices.scoreColumn } };
  if (scoring.scoresId === null) return null;
  return { ...base, scores: { kind: 'model', scoresId: scoring.scoresId } };
}

/** Where the session stands on its way to a judgement: the one thing the page offers next. */
import type { WorkspaceState } from '../../state/workspace-store.ts';
import { scoreColumns, scoreProblem } from './score-columns.ts';
import { targetView } from './target-values.ts';

export type NextStep =
  | { readonly kind: 'open-table' }
  | { readonly kind: 'open-scores' }
  | { readonly kind: 'choose-target' }
  | { readonly kind: 'fix-target'; readonly problem: string }
  | { readonly kind: 'fix-scores'; readonly problem: string }
  | { readonly kind: 'match' }
  | { readonly kind: 'fix-mapping' }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'score' }
  | { readonly kind: 'scoring' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'ready' };

/**
 * The first thing that stands between the session and the thresholds page; `ready` when nothing does. `confirm` asks
 * once for the guesses, `score` is the same button when they were confirmed before.
 */
export function nextStep(
  state: Pick<WorkspaceState, 'choices' | 'table' | 'model' | 'mapping' | 'scoring' | 'confirmed'>,
): NextStep {
  const { choices, table, model, mapping, scoring, confirmed } = state;
  if (table.value === null) return { kind: 'open-table' };
  if (scoring.status === 'running') return { kind: 'scoring' };
  const target = choices.target;
  const column = table.value.columns.find(({ name }) => name === target?.column);
  if (target === null || column === undefined) return { kind: 'choose-target' };
  const { problem } = targetView(column, target, table.value.rowCount);
  if (problem !== null) return { kind: 'fix-target', problem };
  const scores = table.value.columns.find(({ name }) => name === choices.scoreColumn);
  const scoresProblem = scores === undefined ? null : scoreProblem(scores);
  if (scoresProblem !== null) return { kind: 'fix-scores', problem: scoresProblem };
  if (choices.scoreColumn !== null) return { kind: confirmed ? 'ready' : 'confirm' };
  if (model.value === null) return { kind: 'open-scores' };
  if (mapping === null) return { kind: 'match' };
  if (!mapping.ready) return { kind: 'fix-mapping' };
  if (scoring.status === 'failed') return { kind: 'failed' };
  if (scoring.scoresId !== null && confirmed) return { kind: 'ready' };
  return { kind: confirmed ? 'score' : 'confirm' };
}

/** Whether the next step has the choice among score columns with it: one is used and others look like scores too. */
export function choosesScores(state: Parameters<typeof nextStep>[0]): boolean {
  const { kind } = nextStep(state);
  const { table, choices } = state;
  if (table.value === null || choices.scoreColumn === null) return false;
  return (kind === 'confirm' || kind === 'fix-scores') && scoreColumns(table.value, choices).length > 1;
}

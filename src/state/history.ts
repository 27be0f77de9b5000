/**
 * Undo and redo of the session's choices. Whoever changes them (a page, a link for the open files) makes a step by
 * changing them: nothing has to be reported here.
 *
 * The history belongs to the open table: a new one starts empty, and a table that is shown again has its own back as
 * long as its choices are those it was left with. Opening or closing a model or a demo ends it, closing a table ends all.
 */
import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ViewState } from '../contracts/saved-state.ts';
import { encodeFragment } from './fragment-codec.ts';
import {
  noSteps,
  type Steps,
  sealed,
  stepAhead,
  stepBack,
  stepsAfter,
  stepsAfterRefusal,
} from './history-steps.ts';
import { useWorkspace, type WorkspaceState, wasChosen } from './workspace-store.ts';

const useSteps = create<Steps>()(() => noSteps);

/** Set while undo or redo itself changes the choices. */
let travelling = false;
let held = false;

interface LeftTable {
  readonly steps: Steps;
  /** The choices that the steps lead to. */
  readonly fragment: string;
}

/** Histories of the tables that are open but not current, by the id that the choices name. */
const left = new Map<string, LeftTable>();

/**
 * Starts following the session's choices; answers a function that stops it and forgets all steps. To be started before
 * anything else that follows the session: what others change in answer to a change comes after it.
 */
export function startHistory(): () => void {
  const unsubscribe = useWorkspace.subscribe((state, old) => {
    if (state.choices !== old.choices && !travelling) follow(old.choices, state.choices);
    if (state.tables !== old.tables) forgetClosed(old.tables, state.tables);
  });
  return () => {
    unsubscribe();
    left.clear();
    useSteps.setState(noSteps);
  };
}

function follow(before: ViewState, after: ViewState): void {
  const steps = useSteps.getState();
  const refused = wasChosen(after) ? null : stepsAfterRefusal(steps, before, after);
  const next = refused ?? stepsAfter(steps, before, after, { nowMs: performance.now(), held });
  useSteps.setState(next ?? stepsOfTable(steps, before, after));
}

function stepsOfTable(steps: Steps, before: ViewState, after: ViewState): Steps {
  const from = before.table?.id;
  const to = after.table?.id;
  if (from === to || to === undefined) return noSteps;
  if (from !== undefined) left.set(from, { steps: sealed(steps), fragment: encodeFragment(before) });
  const kept = left.get(to);
  left.delete(to);
  return kept?.fragment === encodeFragment(after) ? kept.steps : noSteps;
}

/** Steps may name the closed table in a join, whichever table they are about. */
function forgetClosed(before: WorkspaceState['tables'], after: WorkspaceState['tables']): void {
  if (before.every(({ id }) => after.some((open) => open.id === id))) return;
  left.clear();
  useSteps.setState(noSteps);
}

/**
 * Ends a burst: what changes next is a step of its own. A pointer that is held keeps what it changes in one step.
 *
 * @param isHeld whether a pointer is down from now on
 */
export function sealStep(isHeld: boolean): void {
  held = isHeld;
  useSteps.setState(sealed(useSteps.getState()));
}

/** Takes the last step back; does nothing when there is none. Pages, address and workers follow the choices. */
export function undo(): void {
  travel(stepBack(useSteps.getState()));
}

/** Makes the last undone step again; does nothing when there is none. */
export function redo(): void {
  travel(stepAhead(useSteps.getState()));
}

function travel(way: ReturnType<typeof stepBack>): void {
  if (way === null) return;
  useSteps.setState(way.steps);
  travelling = true;
  try {
    useWorkspace.getState().choose(way.change);
  } finally {
    travelling = false;
  }
}

/** What can be undone and redone, by what was changed: "review cost"; null when there is nothing. */
export interface HistoryView {
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
}

function historyView({ past, future }: Steps): HistoryView {
  return { undoLabel: past.at(-1)?.label ?? null, redoLabel: future.at(-1)?.label ?? null };
}

/** {@link HistoryView} of the session, drawn again when it changes and not on each move of a drag. */
export function useHistory(): HistoryView {
  return useSteps(useShallow(historyView));
}

/** {@link HistoryView} at this moment. */
export function currentHistory(): HistoryView {
  return historyView(useSteps.getState());
}

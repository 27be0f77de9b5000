/** Joins as the user changes them: a step of undo, and a word about an amount that goes with a join. */
import type { ViewState } from '../../contracts/saved-state.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { amountLostText } from './table-choices.ts';

/** Puts choices with other joins in force; when the amount goes with a join, a notice names its column. */
export function chooseJoins(after: ViewState): void {
  const { choices, choose } = useWorkspace.getState();
  choose(after);
  sayAmountLost(choices, after);
}

/** Says by a notice that the amount went with a join; nothing when it did not. */
export function sayAmountLost(before: ViewState, after: ViewState): void {
  const message = amountLostText(before, after);
  if (message !== null) useWorkspace.getState().notify({ code: 'amount-removed', message });
}

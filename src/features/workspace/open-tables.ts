/** The open tables: one of them is current, the others are parked with what was chosen about them. */

import type { ViewState } from '../../contracts/saved-state.ts';
import { fileHashOf } from '../../contracts/table-id.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { initialChoices, useWorkspace, type WorkspaceState } from '../../state/workspace-store.ts';
import { sayAmountLost } from './choose-joins.ts';
import { derivedIdsOf, shownTable } from './derived-tables.ts';
import { useFileOffers } from './file-offer.ts';
import { letGo } from './load-file.ts';
import { championOf, choicesForNewTable, openTableOf, withOpenModels } from './open-decision.ts';
import { wantedTable } from './recipe.ts';
import { forgetScoresOf } from './remembered-scores.ts';
import { forgetScores } from './scoring-session.ts';
import { withoutJoin } from './table-choices.ts';

/** Parked tables whose guesses were never confirmed, by base id: going back to one asks again. */
const unconfirmed = new Set<string>();

/** Opens a table beside the current one: it joins the list, nothing else changes. */
export function addTable(base: TableSummary): void {
  useWorkspace.setState(({ tables }) => ({ tables: withTable(tables, base) }));
  unconfirmed.add(base.id);
}

/** Whether going back to a parked table asks nothing: its guesses were confirmed. */
export function isConfirmedAt(id: string): boolean {
  return !unconfirmed.has(id);
}

/** As {@link addTable}, with what was chosen about the table before; null = nothing, as for a new one. */
export function addParkedTable(base: TableSummary, choices: ViewState | null, isConfirmed: boolean): void {
  if (isConfirmed) unconfirmed.delete(base.id);
  else unconfirmed.add(base.id);
  useWorkspace.setState(({ tables, parked }) => ({
    tables: withTable(tables, base),
    parked: choices === null ? parked : { ...parked, [base.id]: choices },
  }));
}

/**
 * Makes a table that was read the current one, together with what changes because of it; the one before is parked. One
 * step, so that no page ever sees the new table with the old choices.
 */
export function adoptTable(
  base: TableSummary,
  change: Partial<Pick<WorkspaceState, 'choices' | 'confirmed'>>,
): void {
  const isSame = useWorkspace.getState().base?.id === base.id;
  if (!isSame) forgetScores();
  const state = useWorkspace.getState();
  const choices = change.choices ?? state.choices;
  const tables = withTable(state.tables, base);
  useWorkspace.setState({
    ...change,
    base,
    tables,
    parked: isSame ? state.parked : parkedBeside(state, base.id),
    table: { value: shownTable(base, wantedTable(base, tables, choices)), loading: null, error: null },
  });
  useFileOffers.setState({ table: null });
}

/** Makes another open table the current one, with what was chosen about it before. Unknown ids change nothing. */
export function switchTable(id: string): void {
  const { tables, base } = useWorkspace.getState();
  const next = tables.find((table) => table.id === id);
  if (next === undefined || next.id === base?.id) return;
  const choices = choicesAt(next);
  adoptTable(next, { choices, confirmed: !unconfirmed.has(next.id) });
}

/**
 * Closes an open table and frees it. The next in the list becomes current; joins that took columns from it go with it.
 * What the browser keeps of it stays kept. Unknown ids change nothing.
 */
export function closeTable(id: string): void {
  const { tables, base } = useWorkspace.getState();
  const index = tables.findIndex((table) => table.id === id);
  const closed = tables[index];
  if (closed === undefined) return;
  const next = tables[index + 1] ?? tables[index - 1];
  if (base?.id === id) {
    if (next === undefined) closeLast();
    else switchTable(next.id);
  }
  const before = useWorkspace.getState().choices;
  useWorkspace.setState(({ choices, parked, tables: open }) => {
    const { [id]: _closed, ...others } = parked;
    const left = open.filter((table) => table.id !== id);
    return {
      tables: left,
      parked: Object.fromEntries(
        Object.entries(others).map(([key, state]) => [key, withoutJoinsTo(state, closed, left)]),
      ),
      choices: withoutJoinsTo(choices, closed, left),
    };
  });
  sayAmountLost(before, useWorkspace.getState().choices);
  unconfirmed.delete(id);
  forgetScoresOf(id);
  for (const tableId of [...derivedIdsOf(id), id]) letGo(tableId);
}

/**
 * The choices without the joins that only a closed table had columns for, and without what was said of those columns.
 * @param left the tables that stay open: one may be of the same file
 */
function withoutJoinsTo(
  choices: ViewState,
  closed: Pick<TableSummary, 'id'>,
  left: readonly TableSummary[],
): ViewState {
  const hash = fileHashOf(closed.id);
  return choices.joins
    .filter(({ table }) => fileHashOf(table.id) === hash && openTableOf(left, table.id) === undefined)
    .reduce((rest, join) => withoutJoin(rest, join), choices);
}

function withTable(tables: readonly TableSummary[], base: TableSummary): readonly TableSummary[] {
  return tables.some(({ id }) => id === base.id) ? tables : [...tables, base];
}

/** What is parked once the current table makes way: it with its choices, without the one that takes its place. */
function parkedBeside(state: WorkspaceState, nextId: string): WorkspaceState['parked'] {
  const { [nextId]: _next, ...others } = state.parked;
  if (state.base === null) return others;
  if (state.confirmed) unconfirmed.delete(state.base.id);
  else unconfirmed.add(state.base.id);
  return { ...others, [state.base.id]: state.choices };
}

function choicesAt(next: TableSummary): ViewState {
  const { choices, parked, models, model } = useWorkspace.getState();
  const before = parked[next.id];
  const current = model.value?.id ?? null;
  if (before !== undefined) return withOpenModels(before, models, current, championOf(choices));
  return choicesForNewTable(choices, next, current !== null);
}

/** Without a table only the models are left, with nothing said about columns. */
function closeLast(): void {
  forgetScores();
  const { choices, models, model, setTable } = useWorkspace.getState();
  setTable({ value: null, error: null });
  useWorkspace.setState({
    choices: withOpenModels(
      { ...initialChoices, strategies: choices.strategies },
      models,
      model.value?.id ?? null,
      championOf(choices),
    ),
    base: null,
    confirmed: false,
  });
}

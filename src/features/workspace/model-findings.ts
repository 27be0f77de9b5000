/** What the session knows of a model on its table, for the questions that go beyond scoring: checks, latency, comparisons. */
import type { ModelOnTable } from '../../contracts/model-on-table.ts';
import type { ComparedForm, TaskArgs } from '../../contracts/tasks.ts';
import { goldenColumnOf } from '../../core/table/golden-column.ts';
import type { WorkspaceState } from '../../state/workspace-store.ts';
import { roledColumns } from './table-choices.ts';

type Session = Pick<WorkspaceState, 'choices' | 'table' | 'model' | 'mapping' | 'scoring'>;

/**
 * An open model on the current table with its own mapping; null without table, target, or when the choices do not name the
 * model. Without the id it is the current one.
 */
export function modelOnTable({ choices, table, model }: Session, modelId?: string): ModelOnTable | null {
  const id = modelId ?? model.value?.id;
  if (table.value === null || choices.target === null || id === undefined) return null;
  const mapping =
    choices.model?.id === id
      ? choices.mapping
      : choices.otherModels.find((other) => other.id === id)?.mapping;
  if (mapping === undefined) return null;
  return {
    tableId: table.value.id,
    modelId: id,
    choices: mapping,
    roled: roledColumns(choices.roles),
    positiveValues: choices.target.positive,
  };
}

/** The column of the table that the current model should reproduce; null without one. */
export function goldenColumn({ choices, table, mapping }: Session): string | null {
  if (table.value === null) return null;
  const fed = new Set(mapping?.bindings.flatMap(({ column }) => (column === null ? [] : [column])));
  return goldenColumnOf(table.value.columns, choices.roles, fed);
}

/** What the checks of the current model are asked with; null until it has scored the table. */
export function checksArgs(session: Session): TaskArgs<'model/check'> | null {
  const { choices, scoring } = session;
  const on = modelOnTable(session);
  if (on === null || choices.target === null || scoring.scoresId === null || choices.scoreColumn !== null)
    return null;
  const { target, split } = choices;
  return { ...on, scoresId: scoring.scoresId, target, split, goldenColumn: goldenColumn(session) };
}

/** The current model beside the column that it should reproduce; null without scores or such a column. */
export function goldenComparison(session: Session): TaskArgs<'scores/compare'> | null {
  const left = currentForm(session);
  const column = goldenColumn(session);
  if (left === null || column === null || session.table.value === null) return null;
  return {
    tableId: session.table.value.id,
    left,
    right: { kind: 'column', column },
    threshold: session.choices.threshold,
  };
}

/** The current model as one form of a comparison; null until it has scored the table. */
export function currentForm(session: Session): ComparedForm | null {
  const { scoresId } = session.scoring;
  const model = modelOnTable(session);
  return model === null || scoresId === null ? null : { kind: 'model', scoresId, model };
}

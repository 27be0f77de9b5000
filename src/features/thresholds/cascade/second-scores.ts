import type { BesideForm } from '../../../contracts/saved-state.ts';
import { scoreLikeColumns } from '../../../core/table/golden-column.ts';
import type { WorkspaceState } from '../../../state/workspace-store.ts';

/** Scores that can stand beside those in force, as a choice. */
export interface SecondScores {
  readonly form: BesideForm;
  /** Id of the choice: a model's hash, or the column's name behind a word that no hash begins with. */
  readonly id: string;
  readonly name: string;
}

/**
 * The second scores that there are: other open models in the order of the link, then columns with values in [0, 1] that
 * feed no model. Without the scores in force.
 */
export function secondScores({
  choices,
  models,
  table,
  mapping,
}: Pick<WorkspaceState, 'choices' | 'models' | 'table' | 'mapping'>): readonly SecondScores[] {
  const fed = new Set(mapping?.bindings.flatMap(({ column }) => (column === null ? [] : [column])));
  const current = choices.scoreColumn === null ? choices.model?.id : null;
  const listed = [choices.model, ...choices.otherModels].flatMap(
    (named) => models.filter(({ id }) => id === named?.id && id !== current) ?? [],
  );
  const columns = scoreLikeColumns(table.value?.columns ?? [], choices.roles, fed);
  return [
    ...listed.map(({ id, name }): SecondScores => ({ form: { kind: 'model', id }, id, name })),
    ...columns
      .filter((name) => name !== choices.scoreColumn)
      .map((name): SecondScores => ({ form: { kind: 'column', column: name }, id: `column ${name}`, name })),
  ];
}

/** The choice that a link or the user means; null when it is not there. */
export function secondOf(all: readonly SecondScores[], form: BesideForm): SecondScores | null {
  const id = form.kind === 'model' ? form.id : `column ${form.column}`;
  return all.find((second) => second.id === id) ?? null;
}

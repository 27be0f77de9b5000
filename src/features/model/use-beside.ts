/** What stands beside the model on its page: one answer for the sentence at its top and the panel below. */
import { skipToken, useQuery } from '@tanstack/react-query';
import { comparisonQuery } from '../../compute/comparison.ts';
import type { ViewState } from '../../contracts/saved-state.ts';
import type { ComparedForm } from '../../contracts/tasks.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import { areDifferentModels } from '../../core/parity/different-models.ts';
import type { FormComparison } from '../../core/parity/form-comparison.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { chosenForm, type OtherForm, otherForms } from './forms.view-model.ts';
import type { DifferingForm } from './model-answer.view-model.ts';
import type { PageParts } from './page-parts.ts';

export interface Beside {
  readonly forms: readonly OtherForm[];
  /** The chosen one, else the likeliest; null when there is none. */
  readonly other: OtherForm | null;
  /** The name of the model that should stand there and is not open; null otherwise. */
  readonly absent: string | null;
}

/** What can stand beside the model, and what does. */
export function useBeside(model: ModelSummary, parts: PageParts): Beside {
  const { models, table, choices, mapping } = useWorkspace();
  const fed = new Set(mapping?.bindings.flatMap(({ column }) => (column === null ? [] : [column])));
  // In the order of the link, so that it names the likeliest wherever it is opened.
  const listed = choices.otherModels.flatMap(({ id }) => models.filter((open) => open.id === id));
  const forms = otherForms(model, listed, table.value, choices.roles, fed, parts.golden);
  const chosen = chosenForm(forms, choices.besideForm);
  const absent = chosen === null ? absentModel(choices, model, forms.length === 0) : null;
  return { forms, other: chosen ?? forms[0] ?? null, absent };
}

/**
 * The name of the model that was chosen to stand beside this one and is not open; where none was chosen and nothing else
 * can stand there, the first that a link names. Null otherwise.
 */
function absentModel(
  { besideForm, otherModels }: ViewState,
  model: ModelSummary,
  isAlone: boolean,
): string | null {
  if (besideForm === null) return isAlone ? (otherModels[0]?.name ?? null) : null;
  if (besideForm.kind !== 'model' || besideForm.id === model.id) return null;
  return otherModels.find(({ id }) => id === besideForm.id)?.name ?? null;
}

/** Scores that this browser keeps come back by themselves; true while it looks for them. */
export function useKeptScores(other: OtherForm | null, { onTable, bringScores }: PageParts): boolean {
  const on = other?.kind === 'model' ? onTable(other.id) : null;
  const { isLoading } = useQuery<boolean>({
    queryKey: ['scores/kept', on],
    queryFn: on === null ? skipToken : ({ signal }) => bringScores(on.modelId, signal),
    gcTime: 0,
    retry: false,
  });
  return isLoading;
}

/** The other form as it is compared; null until it has scored the table. */
export function formOf(other: OtherForm, parts: PageParts): ComparedForm | null {
  if (other.kind === 'column') return { kind: 'column', column: other.name };
  const model = parts.onTable(other.id);
  const scoresId = parts.scoresOf(other.id);
  return model === null || scoresId === null ? null : { kind: 'model', scoresId, model };
}

const nothingToCompare = { queryKey: ['scores/compare', null], queryFn: skipToken } as const;

/**
 * The other form of this very model that gives other scores; null while that is not known, when they agree, and when the
 * two are no forms of one model: another model, or a column that only looks like scores.
 */
export function useDifferingForm(model: ModelSummary, parts: PageParts): DifferingForm | null {
  const { models, table, choices } = useWorkspace();
  const { other: shown, absent } = useBeside(model, parts);
  const other = absent === null && (shown?.kind === 'model' || shown?.name === parts.golden) ? shown : null;
  useKeptScores(other, parts);
  const { current: left, threshold } = parts;
  const right = other === null ? null : formOf(other, parts);
  const { data } = useQuery<FormComparison>(
    table.value === null || left === null || right === null || threshold.isPending
      ? nothingToCompare
      : comparisonQuery({ tableId: table.value.id, left, right, threshold: threshold.value }),
  );
  if (other === null || choices.scoreColumn !== null || data?.verdict !== 'differ') return null;
  const beside = models.find(({ id }) => id === other.id) ?? null;
  return areDifferentModels(data, model, beside) ? null : { name: other.name, comparison: data };
}

/** The open models: one of them is current, each has its own mapping to the current table. */
import { releaseModel } from '../../compute/models.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import { initialChoices, useWorkspace, type WorkspaceState } from '../../state/workspace-store.ts';
import { useFileOffers } from './file-offer.ts';
import { choicesWithModel, choicesWithoutModel, currentModel } from './open-decision.ts';
import { forgetScores } from './scoring-session.ts';

/** Opens a model beside the current one: it joins the list, nothing else changes. */
export function addModel(model: ModelSummary): void {
  useWorkspace.setState(({ models, choices }) => {
    const { id, name } = model;
    const isNamed = choices.model?.id === id || choices.otherModels.some((other) => other.id === id);
    const listed = { id, name, mapping: initialChoices.mapping };
    return {
      models: withModel(models, model),
      choices: isNamed ? choices : { ...choices, otherModels: [...choices.otherModels, listed] },
    };
  });
}

/**
 * Makes a model that was read the current one, together with what changes because of it; one step, as for tables. The
 * current one itself, opened again, keeps its report and scores.
 */
export function adoptModel(model: ModelSummary, change: Partial<Pick<WorkspaceState, 'choices'>>): void {
  const isSame = useWorkspace.getState().model.value?.id === model.id;
  if (!isSame) forgetScores();
  const { choices, models, mapping } = useWorkspace.getState();
  if (change.choices !== undefined) rememberPlace(choices);
  useWorkspace.setState({
    ...change,
    models: withModel(models, model),
    model: { value: model, loading: null, error: null },
    mapping: isSame ? mapping : null,
  });
  useFileOffers.setState({ model: null });
}

type Choices = WorkspaceState['choices'];
type Place = Pick<Choices, 'threshold' | 'pinned'>;

/** The threshold that each model had on each table, so that going back and forth between two models keeps both. */
const places = new Map<string, Place>();

function placeKey(choices: Choices, modelId: string): string {
  return JSON.stringify([choices.table?.id, modelId]);
}

function rememberPlace(choices: Choices): void {
  const { model, scoreColumn, threshold, pinned } = choices;
  if (model !== null && scoreColumn === null) places.set(placeKey(choices, model.id), { threshold, pinned });
}

function placeOf(choices: Choices, modelId: string): Place {
  return places.get(placeKey(choices, modelId)) ?? { threshold: null, pinned: null };
}

/** Makes another open model the current one, with its own mapping and its last threshold. Unknown ids change nothing. */
export function switchModel(id: string): void {
  const { models, model, choices } = useWorkspace.getState();
  const next = models.find((open) => open.id === id);
  if (next === undefined || (next.id === model.value?.id && choices.scoreColumn === null)) return;
  const place = placeOf(choices, id);
  adoptModel(next, { choices: { ...choicesWithModel(choices, next), scoreColumn: null, ...place } });
}

/** Closes an open model and frees it; the next of the others becomes current. What the browser keeps of it stays kept. */
export function closeModel(id: string): void {
  const { models, model, choices } = useWorkspace.getState();
  if (!models.some((open) => open.id === id)) return;
  const others = models.filter((open) => open.id !== id);
  const next = choicesWithoutModel(choices, id, others);
  if (model.value?.id === id) {
    const current = currentModel(next, others);
    if (current !== null) adoptModel(current, { choices: { ...next, ...placeOf(next, current.id) } });
    else
      useWorkspace.setState({
        choices: next,
        model: { value: null, loading: null, error: null },
        mapping: null,
      });
  } else useWorkspace.setState({ choices: next });
  useWorkspace.setState({ models: others });
  releaseModel(id).catch(() => undefined);
}

function withModel(models: readonly ModelSummary[], model: ModelSummary): readonly ModelSummary[] {
  return models.some(({ id }) => id === model.id) ? models : [...models, model];
}

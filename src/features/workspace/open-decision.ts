/** What becomes of a file that was read: pure decisions over what the session holds and what a link asks for. */
import type { FileName, ModelChoice, ViewState } from '../../contracts/saved-state.ts';
import { baseIdOf, fileHashOf } from '../../contracts/table-id.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { initialChoices, type WorkspaceState } from '../../state/workspace-store.ts';
import { carriedChoices, guessedChoices } from './table-choices.ts';

/**
 * - `restore`: the file the link asks for, or the open one again: all choices stay
 * - `beside`: named as a second table or model: it is opened beside the current one
 * - `offer`: a link asks for another file: say so, and let the user decide
 * - `replace`: a new file: it becomes the current one and starts from guesses
 */
export type OpenDecision = 'restore' | 'beside' | 'offer' | 'replace';

/**
 * @param wantedHash content hash that the choices name, or null
 * @param isOpen whether that file is open, so that a different one is a deliberate change and not the wrong answer to a link
 * @param beside content hashes of further files that the choices name
 */
export function openDecision(
  fileHash: string,
  wantedHash: string | null,
  isOpen: boolean,
  beside: readonly string[] = [],
): OpenDecision {
  if (wantedHash === null) return 'replace';
  if (wantedHash === fileHash) return 'restore';
  if (isOpen) return 'replace';
  return beside.includes(fileHash) ? 'beside' : 'offer';
}

/** A new table: everything that was said about another one is forgotten, the models stay. */
export function choicesForNewTable(choices: ViewState, table: TableSummary, hasModel: boolean): ViewState {
  return {
    ...initialChoices,
    strategies: choices.strategies,
    table: named(table),
    columns: someColumnsOf(table),
    model: choices.model,
    otherModels: choices.otherModels.map((model) => ({ ...model, mapping: initialChoices.mapping })),
    ...guessedChoices(table, hasModel),
  };
}

/** The choices with the table that they name, which may have been read with other columns than they say. */
export function choicesForWantedTable(choices: ViewState, table: TableSummary): ViewState {
  const columns = someColumnsOf(table);
  return JSON.stringify(columns) === JSON.stringify(choices.columns) ? choices : { ...choices, columns };
}

/** Another table in the place of the one that a link asks for: what fits is kept. */
export function choicesForOtherTable(choices: ViewState, table: TableSummary): ViewState {
  return {
    ...choices,
    demo: null,
    table: named(table),
    columns: someColumnsOf(table),
    ...carriedChoices(choices, table),
  };
}

/** A new model: scores come from it, by names; the threshold belonged to other scores. The one before stays beside it. */
export function choicesForNewModel(choices: ViewState, model: FileName): ViewState {
  return { ...choicesWithModel(choices, model), demo: null, scoreColumn: null };
}

/**
 * The choices with another model as the current one, with the mapping that it had. The model before it joins the others
 * with its own; without a threshold, which belonged to other scores.
 */
export function choicesWithModel(choices: ViewState, model: FileName): ViewState {
  if (choices.model?.id === model.id) return choices;
  const known = choices.otherModels.find(({ id }) => id === model.id);
  const others = choices.otherModels.filter(({ id }) => id !== model.id);
  const before: readonly ModelChoice[] =
    choices.model === null
      ? []
      : [asBeside({ ...choices.model, mapping: choices.mapping }, championOf(choices))];
  return {
    ...choices,
    model: { id: model.id, name: model.name },
    otherModels: [...others, ...before],
    mapping: known?.mapping ?? initialChoices.mapping,
    besideForm: besideAfter(choices, model.id),
    threshold: null,
    pinned: null,
  };
}

/** Two models that change places stay side by side. */
function besideAfter(choices: ViewState, next: string): ViewState['besideForm'] {
  if (besideModel(choices) !== next) return choices.besideForm;
  return choices.model === null ? null : { kind: 'model', id: choices.model.id };
}

/** The model that the current one is laid beside by the user's choice. */
function besideModel({ besideForm }: ViewState): string | null {
  return besideForm?.kind === 'model' ? besideForm.id : null;
}

/** The model that the others are measured against: the first that was opened, until it is closed; null without models. */
export function championOf({ model, otherModels }: ViewState): string | null {
  return (otherModels.find(({ isChampion }) => isChampion) ?? model)?.id ?? null;
}

function asBeside(model: Omit<ModelChoice, 'isChampion'>, champion: string | null): ModelChoice {
  return model.id === champion ? { ...model, isChampion: true } : model;
}

/**
 * The choices after a model was closed; the first of the others that is open takes the place of the current one.
 * @param open the models that stay open
 */
export function choicesWithoutModel(choices: ViewState, id: string, open: readonly FileName[]): ViewState {
  if (choices.model?.id !== id)
    return {
      ...choices,
      otherModels: choices.otherModels.filter((model) => model.id !== id),
      besideForm: besideModel(choices) === id ? null : choices.besideForm,
    };
  const next = choices.otherModels.find((other) => open.some((model) => model.id === other.id));
  if (next === undefined)
    return {
      ...choices,
      demo: null,
      model: null,
      mapping: initialChoices.mapping,
      threshold: null,
      pinned: null,
    };
  const changed = choicesWithModel(choices, next);
  return {
    ...changed,
    demo: null,
    otherModels: changed.otherModels.filter((model) => model.id !== id),
    besideForm: besideModel(changed) === id ? null : changed.besideForm,
  };
}

/**
 * Choices that were parked with their table, brought up to the models that are open now: the models stay as they are
 * on screen, each with the mapping that it had to this table.
 * @param current id of the current model, or null
 * @param champion as {@link championOf} the choices on screen
 */
export function withOpenModels(
  choices: ViewState,
  models: readonly FileName[],
  current: string | null,
  champion: string | null,
): ViewState {
  const mappingOf = (id: string): ViewState['mapping'] =>
    choices.model?.id === id
      ? choices.mapping
      : (choices.otherModels.find((model) => model.id === id)?.mapping ?? initialChoices.mapping);
  const model = models.find(({ id }) => id === current) ?? null;
  const isSame = model?.id === choices.model?.id;
  const isBesideOpen = models.some((open) => open.id !== current && open.id === besideModel(choices));
  return {
    ...choices,
    besideForm: choices.besideForm?.kind === 'model' && !isBesideOpen ? null : choices.besideForm,
    model: model === null ? null : { id: model.id, name: model.name },
    mapping: model === null ? initialChoices.mapping : mappingOf(model.id),
    otherModels: models
      .filter(({ id }) => id !== current)
      .map(({ id, name }) => asBeside({ id, name, mapping: mappingOf(id) }, champion)),
    threshold: isSame || choices.scoreColumn !== null ? choices.threshold : null,
    pinned: isSame || choices.scoreColumn !== null ? choices.pinned : null,
  };
}

/** How choices name a table: by the content of its file. */
export function named(table: Pick<TableSummary, 'id' | 'name'>): FileName {
  return { id: fileHashOf(table.id), name: table.name };
}

/** The columns of a table of which only some were read, as its id tells; null for a whole one. */
export function someColumnsOf({ id, columns }: TableSummary): readonly string[] | null {
  return baseIdOf(id) === fileHashOf(id) ? null : columns.map(({ name }) => name);
}

/** The open table of a file, whatever columns of it were read; the whole file first. */
export function openTableOf(tables: readonly TableSummary[], fileId: string): TableSummary | undefined {
  const fits = tables.filter(({ id }) => fileHashOf(id) === fileHashOf(fileId));
  return fits.find(({ id }) => id === fileId) ?? fits[0];
}

export interface NamedFile extends FileName {
  readonly kind: 'table' | 'model';
}

type Open = Pick<WorkspaceState, 'base' | 'tables' | 'models'>;

/** The files without which the choices cannot be shown and that are not open: what a link still needs. */
export function missingFiles(choices: ViewState, open: Open): readonly NamedFile[] {
  const missing: NamedFile[] = [];
  const ask = (kind: NamedFile['kind'], { id, name }: FileName): void => {
    if (!missing.some((file) => file.id === id)) missing.push({ kind, id, name });
  };
  const fromDemo = choices.demo !== null && open.base === null;
  if (fromDemo) return [];
  if (choices.table !== null && open.base === null) ask('table', choices.table);
  for (const { table } of choices.joins)
    if (openTableOf(open.tables, table.id) === undefined) ask('table', table);
  const { model } = choices;
  if (model !== null && choices.scoreColumn === null && !open.models.some(({ id }) => id === model.id))
    ask('model', model);
  return missing;
}

/** Models that the choices name beside the current one and that are not open: listed as such, nothing waits for them. */
export function absentModels(choices: ViewState, models: readonly FileName[]): readonly FileName[] {
  return choices.otherModels.filter(({ id }) => !models.some((model) => model.id === id));
}

/** Whether the session waits for files that a link names: an analysis page then asks for them, and is where they land. */
export function needsFiles({ choices, ...open }: Pick<WorkspaceState, 'choices'> & Open): boolean {
  return missingFiles(choices, open).length > 0;
}

/** The current model's summary among the open ones, by the choices. */
export function currentModel(choices: ViewState, models: readonly ModelSummary[]): ModelSummary | null {
  return models.find(({ id }) => id === choices.model?.id) ?? null;
}

/** Opening a demo: its manifest says which files, roles, target and scenario; one click leads to scores. */

import type { DemoManifest } from '../../contracts/demo-manifest.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { ViewState } from '../../contracts/saved-state.ts';
import { FormatError } from '../../core/errors.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { initialChoices, useWorkspace } from '../../state/workspace-store.ts';
import { bringBackMissing } from './bring-back.ts';
import { readDemoIndex, readDemoManifest } from './demo-manifest.ts';
import { beginFetching, clearRefusals, loadModel, loadTable } from './load-file.ts';
import { currentModel, named } from './open-decision.ts';
import { addModel, adoptModel } from './open-models.ts';
import { addTable, adoptTable } from './open-tables.ts';
import { scoreOnceReady } from './watch-session.ts';

/**
 * The demo workspaces of this build, by folder name.
 * @throws {FormatError} when the list cannot be fetched or read
 */
export async function fetchDemoNames(signal?: AbortSignal): Promise<readonly string[]> {
  const response = await fetchBesideApp('demo/index.json', signal);
  const value: unknown = await response.json().catch(() => null);
  return readDemoIndex(value, 'demo/index.json');
}

/**
 * The manifest of a demo, fetched from beside the app.
 * @throws {FormatError} when there is no such demo, or its manifest is not sound
 */
export async function fetchDemoManifest(name: string, signal?: AbortSignal): Promise<DemoManifest> {
  const file = `demo/${name}/manifest.json`;
  const response = await fetchBesideApp(file, signal);
  // A server that answers every path with the app's page has no such demo either.
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  if (!isJson || response.status === 404) throw noDemo(name);
  const value: unknown = await response.json().catch(() => null);
  return readDemoManifest(value, file);
}

/**
 * Opens a demo beside what is open, puts its choices in force and scores it. Refusals show in the slots.
 * @param linked what a link says beyond the demo's name; it wins over the manifest
 */
export async function openDemo(name: string, linked: ViewState = initialChoices): Promise<void> {
  const { setTable } = useWorkspace.getState();
  clearRefusals();
  const job = beginFetching();
  const cancel = (): void => {
    job.abort();
    setTable({ loading: null });
  };
  setTable({ loading: { name: `demo ${name}`, progress: null, startedAtMs: Date.now(), cancel } });
  try {
    const manifest = await fetchDemoManifest(name, job.signal);
    const fetchAll = (files: readonly string[]): Promise<File[]> =>
      Promise.all(files.map((file) => fetchFile(name, file, job.signal)));
    const [tableFiles, modelFiles] = await Promise.all([
      fetchAll([manifest.data, ...manifest.tables]),
      fetchAll(manifest.models),
    ]);
    const [tables, models] = await Promise.all([
      Promise.all(tableFiles.map((file) => loadTable(file))),
      Promise.all(modelFiles.map((file) => loadModel(file))),
    ]);
    if (!job.signal.aborted && isWhole(tables) && isWhole(models))
      adoptDemo(name, manifest, linked, tables, models);
  } catch (thrown) {
    if (!job.signal.aborted) setTable({ loading: null, error: asCutlineError(thrown) });
  }
}

/** Whether every file of the demo was read; a refusal shows in its slot. */
function isWhole<T>(files: readonly (T | null)[]): files is readonly T[] {
  return files.every((file) => file !== null);
}

function adoptDemo(
  name: string,
  manifest: DemoManifest,
  linked: ViewState,
  tables: readonly TableSummary[],
  models: readonly ModelSummary[],
): void {
  const [table] = tables;
  if (table === undefined) return;
  const choices = demoChoices(name, manifest, linked, table, models);
  if (linked.table !== null && linked.table.id !== choices.table?.id)
    useWorkspace.getState().notify({
      code: 'demo-changed',
      message: 'The link was made with another version of this demo: its figures may differ.',
    });
  for (const open of tables) addTable(open);
  for (const model of models) addModel(model);
  const current = currentModel(choices, models);
  adoptTable(table, { choices, confirmed: true });
  if (current !== null) adoptModel(current, {});
  scoreOnceReady();
  bringBackMissing();
}

/**
 * What is in force after a demo was opened. A link that names the demo's table says everything; one that names only the
 * demo (written by hand) leaves to the manifest what it does not say.
 */
export function demoChoices(
  name: string,
  manifest: DemoManifest,
  linked: ViewState,
  table: TableSummary,
  models: readonly ModelSummary[],
): ViewState {
  const files = { demo: name, table: named(table) };
  if (linked.table !== null) {
    const current = linkedModel(linked, models);
    return { ...linked, ...files, model: current, otherModels: linkedOthers(linked, current, models) };
  }
  const { roles, target, split, scenario, threshold, scoreColumn } = manifest;
  const [model, ...others] = models.map(({ id, name: file }) => ({ id, name: file }));
  const said = Object.entries(linked).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(initialChoices[key as keyof ViewState]),
  );
  return {
    ...initialChoices,
    model: model ?? null,
    otherModels: others.map((other) => ({ ...other, mapping: initialChoices.mapping })),
    scoreColumn,
    roles,
    target,
    split,
    scenario,
    threshold,
    ...Object.fromEntries(said),
    ...files,
  };
}

/** The model of a link; the demo's first one where this version of the demo does not have it. */
function linkedModel(linked: ViewState, models: readonly ModelSummary[]): ViewState['model'] {
  const [first] = models;
  const hasIt = models.some(({ id }) => id === linked.model?.id);
  if (hasIt || linked.scoreColumn !== null || first === undefined) return linked.model;
  return { id: first.id, name: first.name };
}

/** The further models of a link, and those that the demo has gained since the link was made: they are open too. */
function linkedOthers(
  linked: ViewState,
  current: ViewState['model'],
  models: readonly ModelSummary[],
): ViewState['otherModels'] {
  const named = [current, ...linked.otherModels];
  const gained = models.filter(({ id }) => named.every((other) => other?.id !== id));
  return [
    ...linked.otherModels,
    ...gained.map(({ id, name }) => ({ id, name, mapping: initialChoices.mapping })),
  ];
}

/** A file of a demo, to be saved: what was put into simulated data. */
export function demoFileUrl(demo: string, file: string): string {
  return `/demo/${demo}/${file}`;
}

async function fetchFile(demo: string, file: string, signal: AbortSignal): Promise<File> {
  const response = await fetchBesideApp(`demo/${demo}/${file}`, signal);
  if (!response.ok) throw notServed(`demo/${demo}/${file}`, response.status);
  return new File([await response.blob()], file);
}

async function fetchBesideApp(path: string, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(`/${path}`, signal === undefined ? {} : { signal });
  } catch (cause) {
    throw new FormatError('unknown-format', `${path} could not be fetched: the server does not answer.`, {
      place: { file: path },
      advice: 'See whether the server still runs, then try again. What is open here stays open.',
      cause,
    });
  }
}

function notServed(path: string, status: number): FormatError {
  return new FormatError('unknown-format', `${path} could not be fetched (HTTP ${status}).`, {
    place: { file: path },
    advice: 'This build lacks the file. Open your own files, or use another build.',
  });
}

function noDemo(name: string): FormatError {
  return new FormatError('unknown-format', `There is no demo ${name} in this build.`, {
    place: { file: `demo ${name}` },
    advice: 'Check the link, or open the demo that the first page offers.',
  });
}

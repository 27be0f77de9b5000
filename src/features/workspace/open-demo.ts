/** Opening a demo: its manifest says which files, roles, target and scenario; one click leads to scores. */

import type { DemoManifest } from '../../contracts/demo-manifest.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { ViewState } from '../../contracts/saved-state.ts';
import { fileHashOf } from '../../contracts/table-id.ts';
import { FormatError } from '../../core/errors.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { initialChoices, useWorkspace } from '../../state/workspace-store.ts';
import { readDemoManifest } from './demo-manifest.ts';
import { beginFetching, loadModel, loadTable } from './load-file.ts';
import { adoptModel, adoptTable } from './open-files.ts';
import { scoreOnceReady } from './watch-session.ts';

/** The demo that the first run offers. */
export const FIRST_DEMO = 'credit';

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
 * Opens a demo, puts its choices in force and scores it. Refusals show in the slots.
 * @param linked what a link says beyond the demo's name; it wins over the manifest
 */
export async function openDemo(name: string, linked: ViewState = initialChoices): Promise<void> {
  const { setTable } = useWorkspace.getState();
  const job = beginFetching();
  const cancel = (): void => {
    job.abort();
    setTable({ loading: null });
  };
  setTable({
    error: null,
    loading: { name: `demo ${name}`, progress: null, startedAtMs: Date.now(), cancel },
  });
  try {
    const manifest = await fetchDemoManifest(name, job.signal);
    const [data, model] = await Promise.all([
      fetchFile(name, manifest.data, job.signal),
      fetchFile(name, manifest.model, job.signal),
    ]);
    const [tableSummary, modelSummary] = await Promise.all([loadTable(data), loadModel(model)]);
    if (tableSummary === null || modelSummary === null) return;
    adoptDemo(name, manifest, linked, tableSummary, modelSummary);
  } catch (thrown) {
    if (!job.signal.aborted) setTable({ loading: null, error: asCutlineError(thrown) });
  }
}

function adoptDemo(
  name: string,
  manifest: DemoManifest,
  linked: ViewState,
  table: TableSummary,
  model: ModelSummary,
): void {
  const choices = demoChoices(name, manifest, linked, table, model);
  if (linked.table !== null && linked.table.id !== choices.table?.id)
    useWorkspace.getState().notify({
      code: 'demo-changed',
      message: 'The link was made with another version of this demo: its figures may differ.',
    });
  scoreOnceReady();
  adoptTable(table, { choices, confirmed: true });
  adoptModel(model, {});
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
  model: ModelSummary,
): ViewState {
  const files = {
    demo: name,
    table: { id: fileHashOf(table.id), name: table.name },
    model: { id: model.id, name: model.name },
  };
  if (linked.table !== null) return { ...linked, ...files };
  const { roles, target, split, scenario, threshold } = manifest;
  const said = Object.entries(linked).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(initialChoices[key as keyof ViewState]),
  );
  return {
    ...initialChoices,
    roles,
    target,
    split,
    scenario,
    threshold,
    ...Object.fromEntries(said),
    ...files,
  };
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

/**
 * Explaining a model on a table: kept explanations come back from the browser's storage, else the rows go to the pool in
 * chunks from one queue. Neither the chunks nor the order in which they are added depend on the number of workers, and so
 * neither do the figures.
 */

import { queryOptions } from '@tanstack/react-query';
import type { ExplainedTable } from '../contracts/explain-tasks.ts';
import type { ModelOnTable } from '../contracts/model-on-table.ts';
import { baseIdOf } from '../contracts/table-id.ts';
import type {
  ExplanationChoice,
  ExplanationPlan,
  GlobalExplanation,
  InteractionSummary,
  RowContributions,
} from '../core/explain/explanation.ts';
import type { ExplainedRows } from '../core/explain/explanation-ground.ts';
import type { Notice } from '../core/table/summary.ts';
import type { SplitDefinition } from '../core/table/target.ts';
import { explanationIdOf, groundIdOf } from './explanation-id.ts';
import { GlobalRun } from './global-run.ts';
import { computed, RESULT_GC_MS } from './queries.ts';
import { type Compute, defaultCompute, type RunOptions } from './run.ts';
import { runPieces } from './run-pieces.ts';
import { runTwice } from './run-twice.ts';

/** A model on a table, how it is to be explained, and over which rows. */
export interface ExplainRequest extends ModelOnTable {
  readonly choice: ExplanationChoice;
  /** Rows outside it are the reference rows; null = all rows are. */
  readonly split: SplitDefinition | null;
  /** The scores of the model on this table; null while there are none. Backgrounds near the threshold need them. */
  readonly scoresId: string | null;
  /** Rows that a global explanation speaks of. */
  readonly over: ExplainedRows;
}

export interface ExplainOptions extends RunOptions {
  /** Told the figures over the rows done so far, which are spread evenly over all, each time a chunk is done but the last. */
  readonly onPartial?: ((partial: GlobalExplanation) => void) | undefined;
}

export interface ExplainResult extends GlobalExplanation {
  /** Rows per second of all workers together, preparations not included; null when restored or no rows. */
  readonly rowsPerSecond: number | null;
  /** True when it came from this browser's storage. */
  readonly restored: boolean;
  /** Says when the browser's storage had no room: the figures then last until the page is closed. */
  readonly notices: readonly Notice[];
}

/**
 * Global importance over all or the judged rows: mean |φ| and mean φ of every feature; kept in the browser's storage.
 * Progress counts rows.
 * @throws {CanceledError} once `signal` aborts, within 300 ms; nothing is kept
 * @throws {DataError} for a background or split that selects nothing, naming what to do
 * @throws {ModelError} `input-missing` | `input-mistyped` | `positive-class-unknown` | `run-failed`, or `worker-crashed`
 *   when the same chunk took two workers with it
 */
export async function explainGlobally(
  request: ExplainRequest,
  options: ExplainOptions = {},
  compute: Compute = defaultCompute(),
): Promise<ExplainResult> {
  const { signal } = options;
  const groundId = await groundOf(request, signal, compute);
  const explanationId = await explanationIdOf(groundId, request.over, request.split);
  const { explanation } = await compute.run('explain/restore', { explanationId }, { signal });
  if (explanation !== null) return { ...explanation, rowsPerSecond: null, restored: true, notices: [] };
  const { ground, ...rows } = await compute.run('explain/prepare', { ...request, groundId }, { signal });
  const run = new GlobalRun({ ...request, groundId }, ground.plan, rows, options, compute);
  const { rowsPerSecond, ...found } = await run.explain();
  const put = { explanationId, tableId: baseIdOf(request.tableId), explanation: found };
  const { notice } = await compute.run('explain/put', put, { signal });
  return { ...found, rowsPerSecond, restored: false, notices: notice === null ? [] : [notice] };
}

/**
 * Contributions of chosen table rows, ahead of everything else that runs.
 *
 * @param rows table rows, in any order
 * @throws as {@link explainGlobally}
 */
export async function explainRows(
  request: ExplainRequest,
  rows: Uint32Array,
  { signal, onProgress }: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<RowContributions & { readonly plan: ExplanationPlan }> {
  const { groundId, plan } = await prepared(request, signal, compute);
  const [slot = 'home'] = compute.pool.scoringSlots();
  const options = { signal, onProgress, priority: 'urgent' } as const;
  const found = await runTwice(compute, slot, 'explain/rows', argsOf(request, groundId, rows), options);
  return { ...found, plan };
}

/** Pairs cost a row some ten times its contributions: few rows a chunk let every worker take a share. */
const PAIR_CHUNK_ROWS = 256;

/**
 * Mean size of all pairwise interactions over chosen table rows. Progress counts rows.
 *
 * @param rows table rows, in any order
 * @throws as {@link explainGlobally}; {@link DataError} `invalid-argument` for a model that is explained by sampling
 */
export async function explainInteractions(
  request: ExplainRequest,
  rows: Uint32Array,
  { signal, onProgress }: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<InteractionSummary> {
  const { groundId, plan } = await prepared(request, signal, compute);
  const chunks = Math.ceil(rows.length / PAIR_CHUNK_ROWS);
  let done = 0;
  const parts = await runPieces(compute.pool.scoringSlots(), chunks, signal, async (piece) => {
    const chunk = rows.slice(piece.index * PAIR_CHUNK_ROWS, (piece.index + 1) * PAIR_CHUNK_ROWS);
    const options = { signal: piece.signal, priority: 'background' } as const;
    const args = { ...argsOf(request, groundId, chunk), totalRows: rows.length };
    const part = await runTwice(compute, piece.slot, 'explain/interactions', args, options);
    done += chunk.length;
    onProgress?.({ done, total: rows.length, unit: 'rows', rows: done });
    return part;
  });
  const rowCount = parts.reduce((sum, part) => sum + part.rowCount, 0);
  const sums = new Float64Array(plan.features.length ** 2);
  for (const { absolute } of parts) for (let i = 0; i < sums.length; i++) sums[i]! += absolute[i]!;
  return { plan, rowCount, meanAbsolute: sums.map((sum) => sum / rowCount) };
}

/**
 * {@link explainGlobally} as a query, under one key for one request; its listeners hear the run that the query starts, and
 * no other.
 */
export function globalExplanationQuery(
  request: ExplainRequest,
  listeners: Pick<ExplainOptions, 'onProgress' | 'onPartial'> = {},
  compute?: Compute,
) {
  return queryOptions<ExplainResult>({
    ...computed,
    gcTime: RESULT_GC_MS,
    queryKey: ['explain/sums', request.tableId, keyOf(request)],
    queryFn: ({ signal }) =>
      explainGlobally(request, { ...listeners, signal, priority: 'background' }, compute),
  });
}

/** As text: React Query's own has no word for an infinite threshold. */
function keyOf(request: ExplainRequest): string {
  return JSON.stringify(request, (_key, part: unknown) =>
    typeof part === 'number' && !Number.isFinite(part) ? String(part) : part,
  );
}

/** The handle of the ground that a request asks for, before anything is prepared. */
async function groundOf(
  request: ExplainRequest,
  signal: AbortSignal | undefined,
  compute: Compute,
): Promise<string> {
  const { engine } = await compute.run('explain/engine', { modelId: request.modelId }, { signal });
  const made = await madeForRequest(request, signal, compute);
  return groundIdOf({ ...request, baseId: baseIdOf(request.tableId), made, engine });
}

/** The ground of a request, prepared now if it was not before. */
async function prepared(
  request: ExplainRequest,
  signal: AbortSignal | undefined,
  compute: Compute,
): Promise<{ readonly groundId: string; readonly plan: ExplanationPlan }> {
  const groundId = await groundOf(request, signal, compute);
  const known = compute.groundOf(groundId);
  if (known !== null) return { groundId, plan: known.plan };
  const { ground } = await compute.run('explain/prepare', { ...request, groundId }, { signal });
  return { groundId, plan: ground.plan };
}

/** How those columns were made that the explanation reads: those that feed the model, split, cohort and target. */
async function madeForRequest(
  { tableId, modelId, choices, roled, choice, split, over }: ExplainRequest,
  signal: AbortSignal | undefined,
  compute: Compute,
): Promise<Readonly<Record<string, string>>> {
  const made = compute.madeOf(tableId);
  if (Object.keys(made).length === 0) return {};
  const { bindings } = await compute.run('model/bind', { tableId, modelId, choices, roled }, { signal });
  const { rows } = choice.background;
  const read = new Set([
    ...bindings.map(({ column }) => column),
    split?.column,
    rows.kind === 'cohort' ? rows.column : null,
    over.kind === 'judged' ? over.target.column : null,
  ]);
  return Object.fromEntries(Object.entries(made).filter(([name]) => read.has(name)));
}

function argsOf(
  request: ExplainRequest,
  groundId: string,
  rows: Uint32Array,
): ExplainedTable & { rows: Uint32Array } {
  const { tableId, modelId, choices, roled, positiveValues } = request;
  return { tableId, modelId, choices, roled, positiveValues, groundId, rows };
}

/**
 * Scoring a whole table: kept scores come back from the browser's storage, else the rows go to the pool in chunks
 * from one queue, so that a slow worker does not hold up the others. The chunks do not depend on the number of
 * workers, and so neither do the scores.
 */

import type { ModelOnTable } from '../contracts/model-on-table.ts';
import { baseIdOf } from '../contracts/table-id.ts';
import type { ScoresInfo } from '../contracts/tasks.ts';
import { isCutlineError } from '../core/errors.ts';
import type { GateReport } from '../core/parity/gate-report.ts';
import type { Notice } from '../core/table/summary.ts';
import { mergeNotices } from './merge-notices.ts';
import type { WorkerSlot } from './pool.ts';
import { type Compute, defaultCompute, type RunOptions } from './run.ts';
import { runTwice } from './run-twice.ts';
import { scoresIdOf } from './scores-id.ts';

export interface ScoreRequest extends ModelOnTable {
  readonly rowCount: number;
}

/** `notices` says also when the browser's storage had no room: the scores then last until the page is closed. */
export interface ScoringResult extends ScoresInfo {
  readonly scoresId: string;
  /** Rows per second of scoring by all workers together, start of the engine not included; null when restored or no rows. */
  readonly rowsPerSecond: number | null;
  /** True when the scores came from this browser's storage. */
  readonly restored: boolean;
}

/** About 20-100 ms of work for tree ensembles: short enough to cancel, long enough that messages cost nothing. */
const CHUNK_ROWS = 8192;

/**
 * Scores every row of a table with a model, by the engine that the parity gate allows, and keeps the scores under
 * `scoresId`.
 * Progress counts rows of the table.
 * @throws {CanceledError} once `signal` aborts, within 300 ms; nothing is kept
 * @throws {ModelError} `input-missing` | `input-mistyped` | `session-failed` | `run-failed` | `no-score-output`, or
 *   `worker-crashed` when the same chunk took two workers with it
 */
export async function scoreTable(
  request: ScoreRequest,
  options: RunOptions = {},
  compute: Compute = defaultCompute(),
): Promise<ScoringResult> {
  const { signal } = options;
  const { kept, ...place } = await lookUp(request, signal, compute);
  if (kept !== null) return kept;
  const gate = await passGate(request, signal, compute);
  const scores = emptyScores(request.rowCount, compute.pool.options.shared);
  const { info, rowsPerSecond } = await scoreAsGated(request, gate, scores, options, compute);
  const put = { ...place, scores, info, persist: true };
  const { notice } = await compute.run('scores/put', put, { signal });
  const notices = notice === null ? info.notices : [...info.notices, notice];
  return { ...info, notices, scoresId: place.scoresId, rowsPerSecond, restored: false };
}

/**
 * The scores of a whole table as {@link scoreTable} made them before, from this browser's storage; null when it keeps
 * none. Nothing is scored.
 * @throws {CanceledError} once the signal aborts
 */
export async function keptScores(
  request: ScoreRequest,
  { signal }: Pick<RunOptions, 'signal'> = {},
  compute: Compute = defaultCompute(),
): Promise<ScoringResult | null> {
  return (await lookUp(request, signal, compute)).kept;
}

interface LookUp {
  readonly scoresId: string;
  /** Scores belong to the rows of the base: they outlive readings and joins of columns that the model does not read. */
  readonly tableId: string;
  readonly kept: ScoringResult | null;
}

async function lookUp(
  request: ScoreRequest,
  signal: AbortSignal | undefined,
  compute: Compute,
): Promise<LookUp> {
  const { engine } = await compute.run('model/engine', { modelId: request.modelId }, { signal });
  const { rowCount } = request;
  const tableId = baseIdOf(request.tableId);
  const made = await madeForModel(request, signal, compute);
  const scoresId = await scoresIdOf({ ...request, baseId: tableId, made, engine });
  const { info } = await compute.run('scores/restore', { scoresId, tableId, rowCount }, { signal });
  const kept = info === null ? null : { ...info, scoresId, rowsPerSecond: null, restored: true };
  return { scoresId, tableId, kept };
}

/** How those columns of the table were made that feed the model. */
async function madeForModel(
  { tableId, modelId, choices, roled }: ScoreRequest,
  signal: AbortSignal | undefined,
  compute: Compute,
): Promise<Readonly<Record<string, string>>> {
  const made = compute.madeOf(tableId);
  if (Object.keys(made).length === 0) return {};
  const { bindings } = await compute.run('model/bind', { tableId, modelId, choices, roled }, { signal });
  const fed = new Set(bindings.map(({ column }) => column));
  return Object.fromEntries(Object.entries(made).filter(([name]) => fed.has(name)));
}

function emptyScores(rowCount: number, shared: boolean): Float64Array {
  const byteLength = rowCount * Float64Array.BYTES_PER_ELEMENT;
  return new Float64Array(shared ? new SharedArrayBuffer(byteLength) : new ArrayBuffer(byteLength));
}

/** Asked of a scoring worker, which needs the engines anyway, so that the home worker stays free for answers. */
function passGate(
  request: ScoreRequest,
  signal: AbortSignal | undefined,
  compute: Compute,
): Promise<GateReport> {
  const { tableId, modelId, choices, roled, positiveValues } = request;
  const [slot = 'home'] = compute.pool.scoringSlots();
  const args = { tableId, modelId, choices, roled, positiveValues };
  return runTwice(compute, slot, 'model/gate', args, { signal, priority: 'background' });
}

/** What the worker says when the kernel cannot be made there, or breaks: the reference may still score the rows. */
const KERNEL_FAILURES: ReadonlySet<string> = new Set(['session-failed', 'out-of-memory', 'unexpected']);

/**
 * The gate made the kernel in one worker; another one may lack the memory for it. Then the reference scores all rows, as
 * when the kernel fails in the gate.
 */
async function scoreAsGated(...[request, gate, ...rest]: Parameters<typeof scoreChunks>) {
  try {
    return await scoreChunks(request, gate, ...rest);
  } catch (error) {
    if (gate.engine !== 'kernel' || !isCutlineError(error) || !KERNEL_FAILURES.has(error.code)) throw error;
    const reason = `The kernel did not score the rows to their end: ${error.message}`;
    const byReference = { engine: 'reference', engineName: gate.referenceName, reason } as const;
    return scoreChunks(request, { ...gate, ...byReference }, ...rest);
  }
}

async function scoreChunks(
  request: ScoreRequest,
  gate: GateReport,
  scores: Float64Array,
  options: RunOptions,
  compute: Compute,
): Promise<{ readonly info: ScoresInfo; readonly rowsPerSecond: number | null }> {
  const run = new ScoringRun(request, gate, scores, options, compute);
  const slots = compute.pool.scoringSlots();
  const ends = await Promise.allSettled(slots.map((slot) => run.work(slot)));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw run.failure ?? failed.reason;
  return { info: run.info(), rowsPerSecond: run.rowsPerSecond() };
}

/** One run over the table: the queue of chunks that all slots take from, and what they found. */
class ScoringRun {
  /** The first error; it stops the other slots, whose own CanceledErrors say nothing. */
  failure: unknown = null;
  readonly #request: ScoreRequest;
  readonly #gate: GateReport;
  readonly #scores: Float64Array;
  readonly #compute: Compute;
  readonly #onProgress: RunOptions['onProgress'];
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #nextRow = 0;
  #doneRows = 0;
  /** Time that each slot spent scoring; they work side by side, so the longest is the run's. */
  readonly #elapsedMs = new Map<WorkerSlot, number>();
  #unscored = 0;
  #notices: readonly Notice[] = [];
  #named: Pick<ScoresInfo, 'engine' | 'scoreOutput'> = { engine: '', scoreOutput: '' };

  constructor(
    request: ScoreRequest,
    gate: GateReport,
    scores: Float64Array,
    options: RunOptions,
    compute: Compute,
  ) {
    this.#request = request;
    this.#gate = gate;
    this.#scores = scores;
    this.#compute = compute;
    this.#onProgress = options.onProgress;
    const stop = this.#stop.signal;
    this.#signal = options.signal === undefined ? stop : AbortSignal.any([options.signal, stop]);
  }

  /** Takes chunks until none is left; a slot that comes too late never starts its worker. */
  async work(slot: WorkerSlot): Promise<void> {
    try {
      for (;;) {
        const rowStart = this.#nextRow;
        // An empty table still asks once, so that its result names the engine and the model's errors are heard.
        if (rowStart >= this.#request.rowCount && rowStart > 0) return;
        this.#nextRow = Math.max(rowStart + CHUNK_ROWS, 1);
        await this.#scoreChunk(slot, rowStart, Math.min(rowStart + CHUNK_ROWS, this.#request.rowCount));
      }
    } catch (error) {
      this.failure ??= error;
      this.#stop.abort();
      throw error;
    }
  }

  info(): ScoresInfo {
    return { ...this.#named, unscored: this.#unscored, notices: this.#notices, gate: this.#gate };
  }

  rowsPerSecond(): number | null {
    const longestMs = Math.max(0, ...this.#elapsedMs.values());
    return longestMs === 0 ? null : (1000 * this.#doneRows) / longestMs;
  }

  async #scoreChunk(slot: WorkerSlot, rowStart: number, rowEnd: number): Promise<void> {
    const { tableId, modelId, choices, roled, positiveValues } = this.#request;
    const into = this.#compute.pool.options.shared ? this.#scores : null;
    const { engine } = this.#gate;
    const args = { tableId, modelId, choices, roled, positiveValues, engine, rowStart, rowEnd, into };
    const options = { signal: this.#signal, priority: 'background' } as const;
    const chunk = await runTwice(this.#compute, slot, 'model/score', args, options);
    if (chunk.scores !== null) this.#scores.set(chunk.scores, rowStart);
    this.#named = { engine: chunk.engine, scoreOutput: chunk.scoreOutput };
    this.#elapsedMs.set(slot, (this.#elapsedMs.get(slot) ?? 0) + chunk.elapsedMs);
    this.#unscored += chunk.unscored;
    this.#notices = mergeNotices(this.#notices, chunk.notices);
    this.#doneRows += rowEnd - rowStart;
    const { rowCount } = this.#request;
    this.#onProgress?.({ done: this.#doneRows, total: rowCount, unit: 'rows', rows: this.#doneRows });
  }
}

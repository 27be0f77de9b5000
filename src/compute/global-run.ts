import type { ExplainedTable } from '../contracts/explain-tasks.ts';
import type { Progress, TaskResult } from '../contracts/tasks.ts';
import type { ExplanationPlan, GlobalExplanation } from '../core/explain/explanation.ts';
import type { ExplainedRows } from '../core/explain/explanation-ground.ts';
import type { SplitDefinition } from '../core/table/target.ts';
import { chunkEnds } from './explanation-chunks.ts';
import type { WorkerSlot } from './pool.ts';
import type { Compute, RunOptions } from './run.ts';
import { type Piece, runPieces } from './run-pieces.ts';
import { runTwice } from './run-twice.ts';

type Sums = TaskResult<'explain/sums'>;

interface GlobalRunRequest extends ExplainedTable {
  readonly split: SplitDefinition | null;
  readonly over: ExplainedRows;
}

/** How many rows are explained, and how many they were drawn from. */
interface RunRows {
  readonly rowCount: number;
  readonly drawnFrom: number;
}

interface GlobalRunOptions extends RunOptions {
  readonly onPartial?: ((partial: GlobalExplanation) => void) | undefined;
}

/** One run over the rows of a global explanation: its chunks, what they gave so far, and how fast. */
export class GlobalRun {
  readonly #request: GlobalRunRequest;
  readonly #plan: ExplanationPlan;
  readonly #rowCount: number;
  readonly #drawnFrom: number;
  readonly #options: GlobalRunOptions;
  readonly #compute: Compute;
  /** First place after each chunk. */
  readonly #ends: readonly number[];
  /** By chunk; empty where it is not done. */
  readonly #sums: (Sums | undefined)[];
  /** Rows done within the chunks under way. */
  readonly #underWay = new Map<number, number>();
  readonly #elapsedMs = new Map<WorkerSlot, number>();
  #told = 0;
  /** Of sampling: how often each row is gone through, and the answers of what was done before. */
  #rounds = 1;
  #spent = 0;
  #outcome: TaskResult<'explain/outcome'>['outcome'] = null;

  constructor(
    request: GlobalRunRequest,
    plan: ExplanationPlan,
    { rowCount, drawnFrom }: RunRows,
    options: GlobalRunOptions,
    compute: Compute,
  ) {
    this.#request = request;
    this.#plan = plan;
    this.#rowCount = rowCount;
    this.#drawnFrom = drawnFrom;
    this.#options = options;
    this.#compute = compute;
    this.#ends = chunkEnds(rowCount, plan.method);
    this.#sums = new Array(this.#ends.length);
  }

  async explain(): Promise<GlobalExplanation & { readonly rowsPerSecond: number | null }> {
    const slots = this.#compute.pool.scoringSlots();
    const run = () =>
      runPieces(slots, this.#ends.length, this.#options.signal, (piece) => this.#explainChunk(piece));
    await run();
    while (!(await this.#isSettled())) await run();
    const longestMs = Math.max(0, ...this.#elapsedMs.values());
    return {
      ...this.#figures(),
      rowsPerSecond: longestMs === 0 ? null : (1000 * this.#rowCount) / longestMs,
    };
  }

  /** False when the order over all rows is still open: they are then gone through anew, twice as often. */
  async #isSettled(): Promise<boolean> {
    if (this.#plan.method !== 'sampling') return true;
    const parts = this.#sums.flatMap((part) => {
      if (part === undefined || part.sampled === null) return [];
      const { rowCount, absolute, sampled } = part;
      return [{ rowCount, absolute, sampled }];
    });
    const args = { parts, drawnFrom: this.#drawnFrom, spent: this.#spent };
    const { outcome } = await this.#compute.run('explain/outcome', args, { signal: this.#options.signal });
    this.#outcome = outcome;
    if (outcome !== null) return true;
    this.#spent += this.#predictions();
    this.#rounds *= 2;
    return false;
  }

  async #explainChunk({ index, slot, signal }: Piece): Promise<void> {
    const { tableId, modelId, choices, roled, positiveValues, groundId, split, over } = this.#request;
    const from = this.#ends[index - 1] ?? 0;
    const to = this.#ends[index]!;
    const args = { tableId, modelId, choices, roled, positiveValues, groundId, split, over, from, to };
    const onProgress = ({ done }: Progress) => {
      this.#underWay.set(index, done);
      this.#tellProgress();
    };
    const sums = await runTwice(
      this.#compute,
      slot,
      'explain/sums',
      { ...args, totalRows: this.#rowCount, rounds: this.#rounds },
      { signal, onProgress, priority: 'background' },
    );
    this.#sums[index] = sums;
    this.#underWay.delete(index);
    this.#elapsedMs.set(slot, (this.#elapsedMs.get(slot) ?? 0) + sums.elapsedMs);
    this.#tellProgress();
    const isLast = this.#sums.filter((part) => part !== undefined).length === this.#ends.length;
    if (!isLast && this.#rounds === 1) this.#options.onPartial?.(this.#figures());
  }

  /** A chunk that starts again in a fresh worker must not move the bar back. */
  #tellProgress(): void {
    let done = 0;
    for (let index = 0; index < this.#ends.length; index++) {
      const isDone = this.#sums[index] !== undefined;
      done += isDone ? this.#ends[index]! - (this.#ends[index - 1] ?? 0) : (this.#underWay.get(index) ?? 0);
    }
    this.#told = Math.max(this.#told, done);
    this.#options.onProgress?.({ done: this.#told, total: this.#rowCount, unit: 'rows', rows: this.#told });
  }

  /** Of the chunks done so far, added in their order, so that the last bits are the same however they came in. */
  #figures(): GlobalExplanation {
    const { length } = this.#plan.features;
    const absolute = new Float64Array(length);
    const signed = new Float64Array(length);
    let rowCount = 0;
    let maxAdditivityError = 0;
    for (const part of this.#sums) {
      if (part === undefined) continue;
      for (let feature = 0; feature < length; feature++) {
        absolute[feature]! += part.absolute[feature]!;
        signed[feature]! += part.signed[feature]!;
      }
      rowCount += part.rowCount;
      maxAdditivityError = Math.max(maxAdditivityError, part.maxAdditivityError);
    }
    const meanOf = (sum: number) => sum / rowCount;
    return {
      plan: this.#plan,
      rowCount,
      meanAbsolute: absolute.map(meanOf),
      mean: signed.map(meanOf),
      ...(this.#outcome ?? this.#unfinished()),
      maxAdditivityError,
    };
  }

  /** Errors are told at the end, of all rows together. */
  #unfinished(): Pick<GlobalExplanation, 'standardErrors' | 'sampling'> {
    if (this.#plan.method !== 'sampling') return { standardErrors: null, sampling: null };
    const predictions = this.#spent + this.#predictions();
    return { standardErrors: null, sampling: { end: 'unfinished', predictions, open: null } };
  }

  #predictions(): number {
    return this.#sums.reduce((sum, part) => sum + (part?.sampled?.predictions ?? 0), 0);
  }
}

import type { ExplainedTable, Progress, TaskResult } from '../contracts/tasks.ts';
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

interface GlobalRunOptions extends RunOptions {
  readonly onPartial?: ((partial: GlobalExplanation) => void) | undefined;
}

/** One run over the rows of a global explanation: its chunks, what they gave so far, and how fast. */
export class GlobalRun {
  readonly #request: GlobalRunRequest;
  readonly #plan: ExplanationPlan;
  readonly #rowCount: number;
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

  constructor(
    request: GlobalRunRequest,
    plan: ExplanationPlan,
    rowCount: number,
    options: GlobalRunOptions,
    compute: Compute,
  ) {
    this.#request = request;
    this.#plan = plan;
    this.#rowCount = rowCount;
    this.#options = options;
    this.#compute = compute;
    this.#ends = chunkEnds(rowCount, plan.method);
    this.#sums = new Array(this.#ends.length);
  }

  async explain(): Promise<GlobalExplanation & { readonly rowsPerSecond: number | null }> {
    const slots = this.#compute.pool.scoringSlots();
    await runPieces(slots, this.#ends.length, this.#options.signal, (piece) => this.#explainChunk(piece));
    const longestMs = Math.max(0, ...this.#elapsedMs.values());
    return {
      ...this.#figures(),
      rowsPerSecond: longestMs === 0 ? null : (1000 * this.#rowCount) / longestMs,
    };
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
      { ...args, totalRows: this.#rowCount },
      { signal, onProgress, priority: 'background' },
    );
    this.#sums[index] = sums;
    this.#underWay.delete(index);
    this.#elapsedMs.set(slot, (this.#elapsedMs.get(slot) ?? 0) + sums.elapsedMs);
    this.#tellProgress();
    const isLast = this.#sums.filter((part) => part !== undefined).length === this.#ends.length;
    if (!isLast) this.#options.onPartial?.(this.#figures());
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
    // What is sampled is one chunk; exact sums have no errors.
    const { standardErrors = null, sampling = null } = this.#sums[0] ?? {};
    return {
      plan: this.#plan,
      rowCount,
      meanAbsolute: absolute.map(meanOf),
      mean: signed.map(meanOf),
      standardErrors,
      sampling,
      maxAdditivityError,
    };
  }
}

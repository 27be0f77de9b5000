import type { ExplainedTable, Progress, TaskResult } from '../contracts/tasks.ts';
import type {
  ContributionSums,
  ExplanationPlan,
  GlobalExplanation,
  GlobalSampling,
} from '../core/explain/explanation.ts';
import type { ExplainedRows } from '../core/explain/explanation-ground.ts';
import { addedSums, type SampledSums } from '../core/explain/sampled-sums.ts';
import type { SplitDefinition } from '../core/table/target.ts';
import { chunkEnds } from './explanation-chunks.ts';
import type { WorkerSlot } from './pool.ts';
import type { Compute, RunOptions } from './run.ts';
import { type Piece, runPieces } from './run-pieces.ts';
import { runTwice } from './run-twice.ts';
import { sampledFigures, samplingEnd } from './sampled-figures.ts';

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
  #end: GlobalSampling['end'] = 'unfinished';

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
    while (this.#needsMoreRounds()) await run();
    const longestMs = Math.max(0, ...this.#elapsedMs.values());
    return {
      ...this.#figures(),
      rowsPerSecond: longestMs === 0 ? null : (1000 * this.#rowCount) / longestMs,
    };
  }

  /** Whether the order over all rows is still open: they are then gone through anew, twice as often. */
  #needsMoreRounds(): boolean {
    const { sums, sampled } = this.#total();
    if (sampled === null) return false;
    const end = samplingEnd(sums, sampled, this.#spent + sampled.predictions);
    if (end !== null) {
      this.#end = end;
      return false;
    }
    this.#spent += sampled.predictions;
    this.#rounds *= 2;
    return true;
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

  #figures(): GlobalExplanation {
    const { sums, sampled } = this.#total();
    const { rowCount, maxAdditivityError } = sums;
    const meanOf = (sum: number) => sum / rowCount;
    const outcome = { end: this.#end, predictions: this.#spent + (sampled?.predictions ?? 0) };
    const exact = { standardErrors: null, sampling: null };
    return {
      plan: this.#plan,
      rowCount,
      meanAbsolute: sums.absolute.map(meanOf),
      mean: sums.signed.map(meanOf),
      ...(sampled === null ? exact : sampledFigures(sums, sampled, this.#drawnFrom, outcome)),
      maxAdditivityError,
    };
  }

  /** Of the chunks done so far, added in their order, so that the last bits are the same however they came in. */
  #total(): { readonly sums: ContributionSums; readonly sampled: SampledSums | null } {
    const { length } = this.#plan.features;
    const absolute = new Float64Array(length);
    const signed = new Float64Array(length);
    let rowCount = 0;
    let maxAdditivityError = 0;
    let sampled: SampledSums | null = null;
    for (const part of this.#sums) {
      if (part === undefined) continue;
      for (let feature = 0; feature < length; feature++) {
        absolute[feature]! += part.absolute[feature]!;
        signed[feature]! += part.signed[feature]!;
      }
      rowCount += part.rowCount;
      maxAdditivityError = Math.max(maxAdditivityError, part.maxAdditivityError);
      if (part.sampled !== null) sampled = sampled === null ? part.sampled : addedSums(sampled, part.sampled);
    }
    return { sums: { rowCount, absolute, signed, maxAdditivityError }, sampled };
  }
}

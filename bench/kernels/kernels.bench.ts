/**
 * The tree kernel against ONNX Runtime Web and the plain evaluation, in Node and in Chromium, by one worker and by two;
 * and how long large model files take to open. Alone: `npx tsx bench/kernels/kernels.bench.ts`.
 */
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createTreeKernel, kernelRefusal } from '../../src/engine/kernels/tree-kernel.ts';
import { CHUNK_ROWS } from '../../src/engine/score-rows.ts';
import { openModelFile } from '../../src/formats/model/open-model.ts';
import { median } from '../browser/statistics.ts';
import type { BenchRow } from '../row.ts';
import type { ForestShape } from '../scoring/random-forest-onnx.ts';
import { WORKERS } from '../two-workers.ts';
import { largeLightgbm, largeOnnx, largeXgboost, type MadeModel } from './large-models.ts';
import { type ScoringWorkers, scoringWorkers } from './scoring-workers.ts';
import type { Engine, ScoringAnswer } from './timed-scoring.ts';

interface Case {
  readonly name: string;
  readonly forest: ForestShape;
  readonly rows: number;
  /** The plain evaluation is timed on the first of the rows. */
  readonly plainRows: number;
}

const cases: readonly Case[] = [
  { name: '100x31', forest: { trees: 100, leaves: 31, features: 30 }, rows: 131_072, plainRows: 16_384 },
  { name: '500x63', forest: { trees: 500, leaves: 63, features: 60 }, rows: 32_768, plainRows: 4096 },
];
const SEED = 20_26;
const chunkSizes = [1024, 4096, 8192, 16_384, 32_768];
const CHUNK_ROUNDS = 3;
const ROUNDS = 5;
const LARGE_BYTES = 50e6;
const OPENINGS = 3;

/** @returns the figures of docs/bench.md, "kernels" */
export async function run(): Promise<readonly BenchRow[]> {
  const rows = [load('load of the machine before')];
  for (const start of scoringWorkers) {
    for (const one of cases) {
      const workers = await start({ forest: one.forest, rowCount: one.rows, seed: SEED });
      try {
        rows.push(...(await compareEngines(workers, one)));
      } finally {
        await workers.stop();
      }
    }
  }
  for (const make of [largeLightgbm, largeXgboost, largeOnnx]) rows.push(...timeOpening(make(LARGE_BYTES)));
  return [...rows, load('load of the machine after')];
}

function load(name: string): BenchRow {
  const note = 'runnable processes over the last minute; above the number of cores, trust the ratios alone';
  return { name, value: loadavg()[0] ?? Number.NaN, unit: '', note };
}

/** Rows [0, rowCount) split evenly over the workers: the slowest worker's time, and the sum of all scores. */
async function scoreAll(
  workers: ScoringWorkers,
  count: number,
  engine: Engine,
  rowCount: number,
  chunkRows: number,
): Promise<ScoringAnswer> {
  const share = Math.ceil(rowCount / count);
  const answers = await Promise.all(
    Array.from({ length: count }, (_, i) => {
      const rows = { rowStart: i * share, rowEnd: Math.min((i + 1) * share, rowCount) };
      return workers.run(i, { engine, ...rows, chunkRows });
    }),
  );
  return {
    elapsedMs: Math.max(...answers.map(({ elapsedMs }) => elapsedMs)),
    scoreSum: answers.reduce((sum, { scoreSum }) => sum + scoreSum, 0),
  };
}

/** The chunk size at which ONNX Runtime is fastest, by the best of interleaved rounds. */
async function bestChunk(workers: ScoringWorkers, rowCount: number): Promise<number> {
  const best = new Map(chunkSizes.map((size) => [size, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < CHUNK_ROUNDS; round++) {
    for (const size of chunkSizes) {
      const { elapsedMs } = await scoreAll(workers, 1, 'onnx', Math.min(rowCount, 32_768), size);
      best.set(size, Math.min(best.get(size)!, elapsedMs));
    }
  }
  return chunkSizes.reduce((a, b) => (best.get(b)! < best.get(a)! ? b : a));
}

async function compareEngines(workers: ScoringWorkers, one: Case): Promise<BenchRow[]> {
  const chunk = await bestChunk(workers, one.rows);
  const results: BenchRow[] = [];
  for (let count = 1; count <= WORKERS; count++) {
    const elapsed: Record<Engine, number[]> = { onnx: [], kernel: [], plain: [] };
    for (let round = 0; round < ROUNDS; round++) {
      const onnx = await scoreAll(workers, count, 'onnx', one.rows, chunk);
      const kernel = await scoreAll(workers, count, 'kernel', one.rows, CHUNK_ROWS);
      const plain = await scoreAll(workers, count, 'plain', one.plainRows, CHUNK_ROWS);
      if (Math.abs(onnx.scoreSum - kernel.scoreSum) > 1e-6 * one.rows)
        throw new Error('the engines disagree');
      elapsed.onnx.push(onnx.elapsedMs);
      elapsed.kernel.push(kernel.elapsedMs);
      elapsed.plain.push(plain.elapsedMs);
    }
    results.push(...figures(`${workers.platform} ${one.name}, ${count} w`, one, chunk, elapsed));
  }
  return results;
}

function figures(
  name: string,
  { rows, plainRows, forest }: Case,
  chunk: number,
  elapsed: Readonly<Record<Engine, readonly number[]>>,
): BenchRow[] {
  const ratios = elapsed.kernel.map((ms, round) => elapsed.onnx[round]! / ms);
  const rate = (engine: Engine, rowCount: number, note: string): BenchRow => ({
    name: `${name}: ${engine}`,
    value: Math.round(rowCount / (median(elapsed[engine]) / 1000)),
    unit: 'rows/s',
    note: `median of ${ROUNDS} interleaved, ${rowCount} rows x ${forest.features}, ${note}`,
  });
  return [
    rate('onnx', rows, `chunks of ${chunk}, its fastest of ${chunkSizes.join(', ')}`),
    rate('kernel', rows, `chunks of ${CHUNK_ROWS}`),
    rate('plain', plainRows, `chunks of ${CHUNK_ROWS}`),
    {
      name: `${name}: kernel / onnx`,
      value: median(ratios),
      unit: 'x',
      note: `aim 3; rounds ${ratios.map((ratio) => ratio.toFixed(1)).join(', ')}`,
    },
  ];
}

/** Opening a file to its trees, and packing those for the kernel. */
function timeOpening({ name, bytes }: MadeModel): BenchRow[] {
  const openings: number[] = [];
  const packings: number[] = [];
  const cpu: number[] = [];
  let nodes = 0;
  for (let i = 0; i < OPENINGS; i++) {
    const started = performance.now();
    const used = process.cpuUsage();
    const core = openModelFile(bytes, name).decoded?.core;
    openings.push(performance.now() - started);
    cpu.push(process.cpuUsage(used).user / 1000);
    if (core?.kind !== 'trees') throw new Error(`the trees of ${name} were not found`);
    nodes = core.ensemble.features.length;
    const opened = performance.now();
    const refusal = kernelRefusal(core.ensemble);
    if (refusal !== null) throw new Error(refusal);
    createTreeKernel(core.ensemble).release();
    packings.push(performance.now() - opened);
  }
  const what = `${(bytes.length / 1e6).toFixed(0)} MB, ${nodes.toLocaleString('en')} splits, median of ${OPENINGS}`;
  const processor = `in Node; ${Math.round(median(cpu))} ms of processor`;
  return [
    { name: `open ${name}`, value: Math.round(median(openings)), unit: 'ms', note: `${what}, ${processor}` },
    {
      name: `pack ${name}`,
      value: Math.round(median(packings)),
      unit: 'ms',
      note: 'for the kernel, once per worker',
    },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, value, unit, note } of await run())
    process.stdout.write(
      `${name.padEnd(36)} ${value.toPrecision(4).padStart(10)} ${unit.padEnd(7)} ${note}\n`,
    );
}

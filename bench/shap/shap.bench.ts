/**
 * SHAP by our engine against classic TreeSHAP in plain TypeScript and in WebAssembly, in Node and in Chromium, by one worker
 * and by two. Alone: `npx tsx bench/shap/shap.bench.ts [node] [100x31]`: the platforms and forests that are named, or all.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileKernel } from '../../scripts/build-kernels.ts';
import { median, quantile } from '../browser/statistics.ts';
import type { BenchRow } from '../row.ts';
import { startNodeWorkers, startPageWorkers, type TwoWorkers, WORKERS } from '../two-workers.ts';
import { makeForestData } from './forest-data.ts';
import { growForest, type ShapForest } from './grow-forest.ts';
import { lightgbmText } from './lightgbm-text.ts';
import type { ShapAnswer, ShapEngine, ShapJob, ShapSetup } from './timed-shap.ts';

type ShapWorkers = TwoWorkers<ShapJob, ShapAnswer>;

interface Case {
  readonly forest: ShapForest;
  /** Rows of each engine: enough for some 100 ms of it. */
  readonly rows: Readonly<Record<ShapEngine, number>>;
  /** Aim of the tables over classic TreeSHAP in plain TypeScript. */
  readonly aim: number;
}

const MANY_ROWS = 20_000;
const BACKGROUND_ROWS = 1000;
const SINGLE_ROWS = 300;
const TRAINING_ROWS = 12_000;
const SEED = 2026;
const ROUNDS = 5;
/** Sums of the engines' contributions may differ by so much of the largest. */
const TOLERANCE = 1e-9;

const cases: readonly Case[] = [
  {
    forest: { name: '100x31', trees: 100, leaves: 31, depth: 8, features: 30 },
    rows: {
      ...{ tables: MANY_ROWS, interventional: MANY_ROWS, quadrature: 4000, pairs: 4000 },
      ...{ 'classic-ts': 400, 'classic-wasm': 800 },
    },
    aim: 200,
  },
  {
    forest: { name: '500x63', trees: 500, leaves: 63, depth: 12, features: 60 },
    rows: {
      ...{ tables: MANY_ROWS, interventional: MANY_ROWS, quadrature: 400, pairs: 1000 },
      ...{ 'classic-ts': 32, 'classic-wasm': 64 },
    },
    aim: 80,
  },
];

const platforms = {
  node: (setup: ShapSetup): Promise<ShapWorkers> =>
    startNodeWorkers(new URL('./node-worker.ts', import.meta.url), setup),
  chromium: (setup: ShapSetup): Promise<ShapWorkers> =>
    startPageWorkers(new URL('./page-worker.ts', import.meta.url), setup),
};

/**
 * @param wanted names of platforms and forests; none of a kind stands for all
 * @returns the figures of docs/bench.md, "shap"
 */
export async function run(wanted: readonly string[] = []): Promise<readonly BenchRow[]> {
  const named = <T>(all: readonly T[], nameOf: (one: T) => string) => {
    const some = all.filter((one) => wanted.includes(nameOf(one)));
    return some.length > 0 ? some : all;
  };
  const rows = [load('load of the machine before')];
  const classicWasm = await compileClassic();
  for (const one of named(cases, ({ forest }) => forest.name)) {
    const setup = setupOf(one.forest, classicWasm);
    writeForOthers(one.forest.name, setup);
    for (const [, start] of named(Object.entries(platforms), ([name]) => name)) {
      const workers = await start(setup);
      try {
        rows.push(...(await compareEngines(workers, one)));
      } finally {
        await workers.stop();
      }
    }
  }
  return [...rows, load('load of the machine after')];
}

function load(name: string): BenchRow {
  const note = 'runnable processes over the last minute; above the number of cores, trust the ratios alone';
  return { name, value: loadavg()[0] ?? Number.NaN, unit: '', note };
}

async function compileClassic(): Promise<string> {
  const projectDir = join(import.meta.dirname, '..', '..');
  const source = 'bench/shap/classic.as.ts';
  return Buffer.from(await compileKernel(projectDir, { source })).toString('base64');
}

function setupOf(forest: ShapForest, classicWasm: string): ShapSetup {
  const { features } = forest;
  const trees = growForest(forest, makeForestData(TRAINING_ROWS, features, SEED), SEED);
  return {
    ...{ features, classicWasm, rowCount: MANY_ROWS, backgroundRows: BACKGROUND_ROWS, seed: SEED + 1 },
    model: lightgbmText(trees, features),
  };
}

/** Model and rows for a native library (docs/bench.md), where BENCH_SHAP_DIR names a folder. */
function writeForOthers(name: string, { model, rowCount, features, seed }: ShapSetup): void {
  const folder = process.env.BENCH_SHAP_DIR;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.txt`), model);
  const { columns } = makeForestData(rowCount, features, seed);
  const cells = (row: number) => columns.map((column) => (Number.isNaN(column[row]) ? 'nan' : column[row]));
  const lines = Array.from({ length: rowCount }, (_, row) => cells(row).join(','));
  writeFileSync(
    join(folder, `${name}.csv`),
    [columns.map((_, j) => `x${j}`).join(','), ...lines, ''].join('\n'),
  );
}

/** Rows [0, rowCount) split evenly over the workers: the slowest worker's time, and the first worker's contributions. */
async function explainAll(
  workers: ShapWorkers,
  count: number,
  engine: ShapEngine,
  rowCount: number,
): Promise<ShapAnswer> {
  const share = Math.ceil(rowCount / count);
  const answers = await Promise.all(
    Array.from({ length: count }, (_, i) => {
      const rows = { rowStart: i * share, rowEnd: Math.min((i + 1) * share, rowCount) };
      return workers.run(i, { engine, ...rows, totalRows: MANY_ROWS });
    }),
  );
  return { ...answers[0]!, elapsedMs: Math.max(...answers.map(({ elapsedMs }) => elapsedMs)) };
}

type Rates = Readonly<Record<ShapEngine, number[]>>;

async function compareEngines(workers: ShapWorkers, one: Case): Promise<BenchRow[]> {
  const results: BenchRow[] = [];
  const name = `${workers.platform} ${one.forest.name}`;
  for (let count = 1; count <= WORKERS; count++) {
    const rates: Rates = {
      ...{ tables: [], interventional: [], quadrature: [], pairs: [] },
      ...{ 'classic-ts': [], 'classic-wasm': [] },
    };
    for (let round = 0; round < ROUNDS; round++) {
      const first: Partial<Record<ShapEngine, readonly number[]>> = {};
      for (const engine of Object.keys(rates) as ShapEngine[]) {
        const answer = await explainAll(workers, count, engine, one.rows[engine]);
        rates[engine].push(one.rows[engine] / (answer.elapsedMs / 1000));
        first[engine] = answer.first;
      }
      checkAgreement(first);
    }
    results.push(...figures(`${name}, ${count} w`, one, rates));
  }
  return [...results, ...(await timeSingleRows(workers, name))];
}

/** All path-dependent engines, the published algorithm among them, answer the same. */
function checkAgreement({
  interventional: _,
  ...first
}: Partial<Record<ShapEngine, readonly number[]>>): void {
  const expected = first['classic-ts']!;
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (const [engine, values] of Object.entries(first)) {
    for (const [i, value] of values.entries()) {
      if (!(Math.abs(value - expected[i]!) <= TOLERANCE * largest))
        throw new Error(`${engine} disagrees with classic TreeSHAP: ${value} is not ${expected[i]}`);
    }
  }
}

function figures(name: string, { rows, aim }: Case, rates: Rates): BenchRow[] {
  const rate = (engine: ShapEngine): BenchRow => {
    const value = median(rates[engine]);
    const what = engine === 'interventional' ? `${BACKGROUND_ROWS} background rows, ` : '';
    const note = `median of ${ROUNDS} interleaved, ${what}${rows[engine]} rows, build included`;
    return {
      name: `${name}: ${engine}`,
      value: value < 100 ? value : Math.round(value),
      unit: 'rows/s',
      note,
    };
  };
  const ratio = (over: ShapEngine, under: ShapEngine, wanted: string): BenchRow => {
    const ratios = rates[over].map((value, round) => value / rates[under][round]!);
    const note = `${wanted}; rounds ${ratios.map((value) => value.toPrecision(3)).join(', ')}`;
    return { name: `${name}: ${over} / ${under}`, value: median(ratios), unit: 'x', note };
  };
  return [
    ...(Object.keys(rates) as ShapEngine[]).map(rate),
    ratio('tables', 'classic-ts', `aim ${aim}`),
    ratio('tables', 'classic-wasm', 'no aim'),
    ratio('quadrature', 'classic-wasm', 'no aim'),
    ratio('interventional', 'tables', 'aim 1/3'),
  ];
}

async function timeSingleRows(workers: ShapWorkers, name: string): Promise<BenchRow[]> {
  const job = { engine: 'quadrature', rowStart: 0, rowEnd: SINGLE_ROWS, singly: true, totalRows: 1 } as const;
  const { rowMs } = await workers.run(0, job);
  const note = `${SINGLE_ROWS} rows one after another, by an explainer that is ready`;
  return [
    { name: `${name}: one row, median`, value: median(rowMs), unit: 'ms', note },
    { name: `${name}: one row, p95`, value: quantile(rowMs, 0.95), unit: 'ms', note },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, value, unit, note } of await run(process.argv.slice(2)))
    process.stdout.write(
      `${name.padEnd(44)} ${value.toPrecision(4).padStart(10)} ${unit.padEnd(7)} ${note}\n`,
    );
}

/**
 * Sort, sweep, scenario change and bootstrap at 1 M and 5 M rows, and the radix sort against the platform's own sorts in the same run.
 * Run: npx tsx bench/sweep/sweep.bench.ts
 */
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { startingParameters } from '../../src/contracts/judgement.ts';
import { compileScenario, defaultScenario } from '../../src/core/money/scenario-templates.ts';
import { drain, type Sliced } from '../../src/core/sliced.ts';
import { decisionAt } from '../../src/core/threshold/decision-at.ts';
import { answerScenario, answerScenarioSliced, openJudgement } from '../../src/core/threshold/judgement.ts';
import { rankScores } from '../../src/core/threshold/ranked-scores.ts';
import { sortDescending } from '../../src/core/threshold/sort-descending.ts';
import type { BenchRow } from '../row.ts';
import { bootstrapRows } from './bootstrap-rows.ts';
import { type ScoredRows, scoredRows } from './scored-rows.ts';

const SEED = 20;

/** Median of `runs` timings after one warm-up, in ms. */
function medianMs(runs: number, work: () => unknown): number {
  work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)]!;
}

function sorts(size: string, { scores }: ScoredRows): BenchRow[] {
  const radix = medianMs(3, () => drain(sortDescending(scores)));
  const values = medianMs(3, () => Float64Array.from(scores).sort());
  const widened = Float64Array.from(new Float32Array(scores));
  const radixWidened = medianMs(3, () => drain(sortDescending(widened)));
  return [
    { name: `sort/radix/${size}`, value: radix, unit: 'ms', note: 'order of rows by falling score' },
    {
      name: `sort/radix-float32/${size}`,
      value: radixWidened,
      unit: 'ms',
      note: 'scores widened from float32',
    },
    {
      name: `sort/radix-to-typed-array/${size}`,
      value: radix / values,
      unit: 'ratio',
      note: `Float64Array.prototype.sort of the values alone: ${values.toFixed(0)} ms`,
    },
  ];
}

function comparatorSort(size: string, { scores }: ScoredRows, radixMs: number): BenchRow {
  const start = performance.now();
  Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const elapsed = performance.now() - start;
  return {
    name: `sort/radix-to-comparator/${size}`,
    value: radixMs / elapsed,
    unit: 'ratio',
    note: `index sort with a comparator, one run: ${elapsed.toFixed(0)} ms`,
  };
}

function sweeps(size: string, rows: ScoredRows): BenchRow[] {
  const { scores, labels, amounts } = rows;
  const rank = medianMs(3, () => rankScores(scores, labels, [amounts]));
  const open = medianMs(1, () =>
    drain(openJudgement(scores, labels, [{ column: 'Amount', values: amounts }])),
  );
  const judgement = drain(openJudgement(scores, labels, [{ column: 'Amount', values: amounts }]));
  const scenario = defaultScenario('lending', 'Amount');
  const answer = medianMs(5, () => answerScenario(judgement, scenario, startingParameters));
  const distinct = `${judgement.ranked.threshold.length} distinct scores`;
  return [
    {
      name: `rank/${size}`,
      value: rank,
      unit: 'ms',
      note: `sort and cumulative sums, with amounts; ${distinct}`,
    },
    { name: `open/${size}`, value: open, unit: 'ms', note: 'rank, metrics, histogram, curves' },
    {
      name: `open/longest-slice/${size}`,
      value: longestSliceMs(openJudgement(scores, labels, [{ column: 'Amount', values: amounts }])),
      unit: 'ms',
      note: 'longest time between two yields',
    },
    {
      name: `scenario/${size}`,
      value: answer,
      unit: 'ms',
      note: 'net at every distinct score, curves, all strategies',
    },
    {
      name: `scenario/longest-slice/${size}`,
      value: longestSliceMs(answerScenarioSliced(judgement, scenario, startingParameters)),
      unit: 'ms',
      note: 'how long a question about a threshold may have to wait for it',
    },
    {
      name: `decision-at/${size}`,
      value: decisionMicros(judgement.ranked),
      unit: 'us',
      note: 'per call, with money',
    },
  ];
}

/** The longest time between two yields of a sliced kernel. */
function longestSliceMs<T>(slices: Sliced<T>): number {
  let longest = 0;
  for (let done = false; !done; ) {
    const start = performance.now();
    done = slices.next().done === true;
    longest = Math.max(longest, performance.now() - start);
  }
  return longest;
}

function decisionMicros(ranked: ReturnType<typeof rankScores>): number {
  const model = compileScenario(defaultScenario('lending', 'Amount'), ['Amount']);
  const calls = 100_000;
  const elapsed = medianMs(3, () => {
    for (let call = 0; call < calls; call++) decisionAt(ranked, (call * 0.618034) % 1, model);
  });
  return (1000 * elapsed) / calls;
}

/** All results of this bench; about a minute on two cores. */
export async function run(): Promise<readonly BenchRow[]> {
  const results: BenchRow[] = [];
  for (const [size, rowCount] of [
    ['1M', 1_000_000],
    ['5M', 5_000_000],
  ] as const) {
    const rows = scoredRows(rowCount, SEED);
    const sorted = sorts(size, rows);
    results.push(...sorted);
    if (size === '1M') results.push(comparatorSort(size, rows, sorted[0]!.value));
    results.push(...sweeps(size, rows));
    results.push(...bootstrapRows(size, rows, startingParameters));
  }
  return results;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, value, unit, note } of await run()) {
    console.log(`${name.padEnd(34)} ${value.toFixed(3).padStart(10)} ${unit.padEnd(6)} ${note}`);
  }
}

import type { TaskArgs } from '../../src/contracts/tasks.ts';
import { DataError } from '../../src/core/errors.ts';
import type { MappingReport } from '../../src/core/model/mapping.ts';
import { latencyFigures } from '../../src/core/sanity/latency-figures.ts';
import type { LatencyFigures } from '../../src/core/sanity/model-check.ts';
import type { Table } from '../../src/core/table/column.ts';
import { pickRows } from '../../src/core/table/pick-rows.ts';
import type { RowRunner, Scorer } from '../../src/engine/scorer.ts';
import type { HeldTable, Shelf } from '../holds.ts';
import type { Job } from '../job.ts';
import type { TaskHandlers } from '../runtime.ts';
import type { LentScorers } from './lent-scorers.ts';

const THOUSAND = 1000;

/** For one row and for 1,000 rows each: with the warm-up about two seconds in all. */
const TIMED_MS = 800;
const WARM_UP_MS = 150;

/** So that p95 is not simply the slowest run, even of a model that needs longer than its time. */
const FEWEST_RUNS = 20;

/** p99 of more runs does not get steadier, and their times have to be kept. */
const MOST_TIMINGS = 5000;

/** A timing of fewer ticks of the clock would be mostly rounding. */
const TICKS_PER_TIMING = 10;

/** Time between two turns: others wait no longer than for a frame. */
const TURN_MS = 15;

/** Steps of the golden section spread over all rows and meet other ones each time, whatever their number. */
const GOLDEN_SECTION = 0.6180339887498949;

/** Timing the engine that scores a model: run after run over different rows of the table, one row and 1,000 at a time. */
export function latencyTasks(
  tables: Shelf<HeldTable>,
  reportOf: (args: TaskArgs<'model/bind'>) => MappingReport,
  { withScorer }: LentScorers,
): Pick<TaskHandlers, 'model/latency'> {
  return {
    'model/latency': (args, job) =>
      withScorer(args.modelId, args.engine, async (scorer) => {
        await job.turn();
        const { table } = tables.get(args.tableId);
        const timed = await job.drain(thousandRows(table));
        const runner = scorer.bind(timed, reportOf(args));
        const oneRow = await timeRuns(stepper(scorer, runner, timed.rowCount, 1), job);
        const thousand = await timeRuns(stepper(scorer, runner, timed.rowCount, THOUSAND), job);
        return { engineName: scorer.engine, oneRow, thousandRows: thousand };
      }),
  };
}

/** The table, or its rows again and again when it has fewer than 1,000. @throws {DataError} `invalid-argument` without rows */
async function* thousandRows(table: Table): AsyncGenerator<unknown, Table, void> {
  const { rowCount } = table;
  if (rowCount >= THOUSAND) return table;
  if (rowCount === 0) {
    throw new DataError('invalid-argument', `The table "${table.name}" has no rows to time a model on.`, {
      place: { file: table.name },
      advice: 'Open a table with rows.',
    });
  }
  const rows = Int32Array.from({ length: THOUSAND }, (_, i) => i % rowCount);
  const columns = [];
  for (const column of table.columns) columns.push(yield* pickRows(column, rows));
  return { ...table, rowCount: THOUSAND, columns };
}

/** A function that scores the next `count` rows, as one request would be. */
function stepper(scorer: Scorer, runner: RowRunner, rowCount: number, count: number): () => Promise<void> {
  const step = scorer.fixedRows ?? Math.min(count, scorer.mostRows);
  let place = 0;
  return async () => {
    place = (place + GOLDEN_SECTION) % 1;
    const at = Math.floor(place * (rowCount - count + 1));
    for (let done = 0; done < count; done += step) {
      await runner.run(at + done, at + Math.min(done + step, count), null);
    }
  };
}

async function timeRuns(run: () => Promise<void>, job: Job): Promise<LatencyFigures> {
  const perTiming = await warmUp(run, job);
  const timings: number[] = [];
  const endMs = performance.now() + TIMED_MS;
  let turnMs = performance.now();
  for (;;) {
    const startMs = performance.now();
    for (let i = 0; i < perTiming; i++) await run();
    const nowMs = performance.now();
    timings.push((nowMs - startMs) / perTiming);
    const isEnough = nowMs >= endMs && timings.length * perTiming >= FEWEST_RUNS;
    if (isEnough || timings.length >= MOST_TIMINGS) break;
    if (nowMs - turnMs < TURN_MS) continue;
    await job.turn();
    turnMs = performance.now();
  }
  return latencyFigures(timings, timings.length * perTiming);
}

/** Runs that are not timed: code gets compiled, memory taken. Answers how many runs one timing needs on this clock. */
async function warmUp(run: () => Promise<void>, job: Job): Promise<number> {
  const startMs = performance.now();
  let runs = 0;
  let elapsedMs = 0;
  while (elapsedMs < WARM_UP_MS) {
    await run();
    runs++;
    elapsedMs = performance.now() - startMs;
    if (runs % 64 === 0) await job.turn();
  }
  await job.turn();
  return Math.max(1, Math.ceil((TICKS_PER_TIMING * clockTickMs()) / (elapsedMs / runs)));
}

/** Smallest step of the clock: 0.005 ms in an isolated page, 0.1 ms in others. */
function clockTickMs(): number {
  let tickMs = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5; i++) {
    const startMs = performance.now();
    let nowMs = startMs;
    while (nowMs === startMs) nowMs = performance.now();
    tickMs = Math.min(tickMs, nowMs - startMs);
  }
  return tickMs;
}

import { isCutlineError } from '../core/errors.ts';
import type { InputBinding, MappingReport } from '../core/model/mapping.ts';
import { sampleRows } from '../core/sanity/feature-evidence.ts';
import type { MissingTrial } from '../core/sanity/missing-values.ts';
import { drain } from '../core/sliced.ts';
import type { Column, Table } from '../core/table/column.ts';
import { pickRows } from '../core/table/pick-rows.ts';
import { type ScoreProgress, scoreRows } from './score-rows.ts';
import type { Scorer } from './scorer.ts';

/** Rows that each input is taken away from: the mean shift is then known to about a tenth of itself. */
const TRIAL_ROWS = 300;

/** Fewer rows still tell whether there is a score at all. */
const FEWEST_TRIAL_ROWS = 20;

/** Rows scored in all, about a second of a heavy model. */
const MOST_SCORED = 60_000;

export interface MissingTrials {
  readonly trials: readonly Omit<MissingTrial, 'missingInTable'>[];
  readonly sampleRows: number;
}

/**
 * Takes each input of a model away from sample rows, one at a time, and scores them with the model's own scorer.
 *
 * Up to 300 rows spread over the table, fewer for models of many inputs (at most 60,000 scored rows in all, but at least
 * 20 rows each). An error of a run without an input is that trial's answer; an error with all inputs is thrown.
 *
 * @param report the mapping of this model and table; must be ready
 */
export async function* missingTrials(
  scorer: Scorer,
  table: Table,
  report: MappingReport,
  positiveValues: readonly string[],
): AsyncGenerator<ScoreProgress, MissingTrials, void> {
  const inputs = report.bindings.filter(({ column }) => column !== null);
  const share = Math.floor(MOST_SCORED / (inputs.length + 1));
  const rows = sampleRows(table.rowCount, Math.min(TRIAL_ROWS, Math.max(FEWEST_TRIAL_ROWS, share)));
  const sample = sampleTable(table, inputs, rows);
  const scoresOf = (given: Table) =>
    finished(scoreRows(scorer, given, report, { rowStart: 0, rowEnd: rows.length, positiveValues }));
  const trials: Omit<MissingTrial, 'missingInTable'>[] = [];
  if (rows.length === 0) return { trials, sampleRows: 0 };
  const before = await scoresOf(sample);
  for (const { feature, column } of inputs) {
    const trial = { feature, column: column! };
    try {
      const after = await scoresOf(without(sample, trial.column));
      trials.push({ ...trial, ...shiftOf(before, after), message: '' });
    } catch (error) {
      if (!isCutlineError(error)) throw error;
      const lost = { lost: rows.length, meanShift: Number.NaN, message: error.message };
      trials.push({ ...trial, ...lost, outcome: 'refused' });
    }
    yield { done: trials.length, total: inputs.length };
  }
  return { trials, sampleRows: rows.length };
}

async function finished(run: ReturnType<typeof scoreRows>): Promise<Float64Array> {
  for (;;) {
    const step = await run.next();
    if (step.done === true) return step.value.scores;
  }
}

function sampleTable(table: Table, inputs: readonly InputBinding[], rows: Uint32Array): Table {
  const used = new Set(inputs.map(({ column }) => column));
  const columns = table.columns
    .filter(({ name }) => used.has(name))
    .map((column) => drain(pickRows(column, Int32Array.from(rows))));
  return { name: table.name, rowCount: rows.length, columns };
}

/** The table with a column that holds no value in any row. */
function without(table: Table, name: string): Table {
  const none = new Int32Array(table.rowCount).fill(-1);
  const emptied = (column: Column) => (column.name === name ? drain(pickRows(column, none)) : column);
  return { ...table, columns: table.columns.map(emptied) };
}

function shiftOf(
  before: Float64Array,
  after: Float64Array,
): Pick<MissingTrial, 'outcome' | 'lost' | 'meanShift'> {
  let lost = 0;
  let both = 0;
  let sum = 0;
  for (let row = 0; row < before.length; row++) {
    if (Number.isNaN(before[row]!)) continue;
    const shift = Math.abs(after[row]! - before[row]!);
    if (Number.isNaN(shift)) lost++;
    else {
      both++;
      sum += shift;
    }
  }
  return { outcome: lost > 0 ? 'unscored' : 'scored', lost, meanShift: sum / both };
}

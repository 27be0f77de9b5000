import { parseArgs } from 'node:util';
import type { RecalibrationMethod } from '../src/core/metrics/calibration-figures.ts';
import { PROPORTION_METHODS, type ProportionMethod } from '../src/core/stats/proportion-interval.ts';
import type { SplitDefinition } from '../src/core/table/target.ts';
import { type ExplainArguments, parseExplain } from './explain-arguments.ts';
import { invalidArgument, listOf } from './usage.ts';

/** What `review` was asked to do; paths as given. */
export interface ReviewArguments {
  readonly data: string;
  readonly model: string | null;
  readonly target: string;
  readonly positive: readonly string[];
  readonly exclude: readonly string[];
  readonly split: SplitDefinition | null;
  readonly scoreColumn: string | null;
  readonly recalibrate: RecalibrationMethod | null;
  readonly features: readonly string[] | null;
  /** A second form of the model: its file, or a column that holds its scores. */
  readonly against:
    | { readonly kind: 'model'; readonly file: string }
    | { readonly kind: 'column'; readonly column: string }
    | null;
  readonly join: { readonly file: string; readonly on: string } | null;
  readonly scenario: string | null;
  readonly threshold: number | null;
  /** Predicted impact is told by month of this column; null = only in total. */
  readonly dateColumn: string | null;
  /** Replicates of the bootstrap; 0 = none. */
  readonly bootstrap: number;
  /** How the intervals of proportions are computed. */
  readonly intervals: ProportionMethod;
  /** Null = rows are not explained. */
  readonly explain: ExplainArguments | null;
  readonly scoresOut: string | null;
  readonly jsonOut: string | null;
}

const valueOption = { type: 'string' } as const;
const listOption = { type: 'string', multiple: true } as const;

const OPTIONS = {
  data: valueOption,
  model: valueOption,
  target: valueOption,
  positive: listOption,
  exclude: listOption,
  split: valueOption,
  'score-column': valueOption,
  recalibrate: valueOption,
  'against-model': valueOption,
  'against-column': valueOption,
  features: listOption,
  join: valueOption,
  on: valueOption,
  scenario: valueOption,
  threshold: valueOption,
  'date-column': valueOption,
  bootstrap: valueOption,
  intervals: valueOption,
  explain: { type: 'boolean' },
  shap: valueOption,
  'shap-method': valueOption,
  background: valueOption,
  'background-size': valueOption,
  scores: valueOption,
  json: valueOption,
} as const;

function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw invalidArgument(`--${name} is missing.`);
  return value;
}

function parseSplit(text: string | undefined): SplitDefinition | null {
  if (text === undefined) return null;
  const at = text.indexOf('=');
  if (at < 1) throw invalidArgument(`--split takes COLUMN=VALUE, not "${text}".`);
  return { column: text.slice(0, at), value: text.slice(at + 1) };
}

function parseRecalibration(text: string | undefined, split: string | undefined): RecalibrationMethod | null {
  if (text === undefined) return null;
  if (text !== 'isotonic' && text !== 'platt' && text !== 'intercept')
    throw invalidArgument(`--recalibrate takes isotonic, platt or intercept, not "${text}".`);
  if (split === undefined)
    throw invalidArgument(
      '--recalibrate needs --split: it is fitted on the labelled rows that are not judged.',
    );
  return text;
}

function parseThreshold(text: string | undefined): number | null {
  if (text === undefined) return null;
  const threshold = Number(text);
  if (text.trim() === '' || !Number.isFinite(threshold))
    throw invalidArgument(`--threshold takes a number, not "${text}".`);
  return threshold;
}

function parseDateColumn(column: string | undefined, scenario: string | undefined): string | null {
  if (column === undefined) return null;
  if (scenario === undefined) throw invalidArgument('--date-column needs --scenario: months are of money.');
  return required('date-column', column);
}

/** 1,000 replicates unless another number is asked for. */
function parseBootstrap(text: string | undefined): number {
  if (text === undefined) return 1000;
  if (!/^\d{1,6}$/.test(text))
    throw invalidArgument(`--bootstrap takes a whole number of replicates, 0 for none, not "${text}".`);
  return Number(text);
}

function parseIntervals(text: string | undefined): ProportionMethod {
  const method = PROPORTION_METHODS.find((known) => known === (text ?? 'wilson'));
  if (method === undefined) {
    throw invalidArgument(`--intervals takes ${PROPORTION_METHODS.join(', ')}, not "${text}".`);
  }
  return method;
}

function parseJoin(file: string | undefined, on: string | undefined): ReviewArguments['join'] {
  if (file === undefined && on === undefined) return null;
  if (file === undefined) throw invalidArgument('--on needs --join FILE.');
  return { file, on: required('on', on) };
}

function parseAgainst(file: string | undefined, column: string | undefined): ReviewArguments['against'] {
  if (file !== undefined && column !== undefined) {
    throw invalidArgument('--against-model and --against-column exclude each other: one form is compared.');
  }
  if (file !== undefined) return { kind: 'model', file };
  return column === undefined ? null : { kind: 'column', column };
}

function readOptions(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: false }).values;
  } catch (error) {
    // parseArgs explains itself over several lines; `review` promises one.
    const [what = ''] = String(error instanceof Error ? error.message : error).split(/[.\n]/);
    throw invalidArgument(`${what}.`);
  }
}

/**
 * Reads the command line of `review`.
 *
 * @param argv the words after `--`
 * @throws {DataError} `invalid-argument` naming the option that is missing or malformed
 */
export function parseArguments(argv: readonly string[]): ReviewArguments {
  const given = readOptions(argv);
  const positive = listOf(given.positive);
  if (positive.length === 0) throw invalidArgument('--positive is missing.');
  if (given.model === undefined && given['score-column'] === undefined) {
    throw invalidArgument('Neither --model nor --score-column is given: there is nothing to judge.');
  }
  if (given.model !== undefined && given['score-column'] !== undefined) {
    throw invalidArgument('--model and --score-column exclude each other: one of them gives the scores.');
  }
  return {
    data: required('data', given.data),
    model: given.model ?? null,
    target: required('target', given.target),
    positive,
    exclude: listOf(given.exclude),
    split: parseSplit(given.split),
    scoreColumn: given['score-column'] ?? null,
    recalibrate: parseRecalibration(given.recalibrate, given.split),
    features: given.features === undefined ? null : listOf(given.features),
    against: parseAgainst(given['against-model'], given['against-column']),
    join: parseJoin(given.join, given.on),
    scenario: given.scenario ?? null,
    threshold: parseThreshold(given.threshold),
    bootstrap: parseBootstrap(given.bootstrap),
    intervals: parseIntervals(given.intervals),
    dateColumn: parseDateColumn(given['date-column'], given.scenario),
    explain: parseExplain(given, given.model !== undefined),
    scoresOut: given.scores ?? null,
    jsonOut: given.json ?? null,
  };
}

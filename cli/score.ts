import { ModelError } from '../src/core/errors.ts';
import { bindInputs, columnsWithoutRole } from '../src/core/model/binding.ts';
import type { MappingChoices, MappingReport } from '../src/core/model/mapping.ts';
import type { ModelSummary } from '../src/core/model/signature.ts';
import { comparedColumn } from '../src/core/parity/compared-column.ts';
import type { ComparedScores } from '../src/core/parity/compared-form.ts';
import type { GateReport } from '../src/core/parity/gate-report.ts';
import type { ModelCheck } from '../src/core/sanity/model-check.ts';
import type { Table } from '../src/core/table/column.ts';
import { columnByName } from '../src/core/table/column-access.ts';
import type { Notice } from '../src/core/table/summary.ts';
import type { SplitDefinition, TargetDefinition } from '../src/core/table/target.ts';
import { checkModel } from '../src/engine/check-model.ts';
import { comparedModel } from '../src/engine/compared-model.ts';
import type { ExplainedModel } from '../src/engine/explain/explanation-approach.ts';
import { createModelScorer, scoringCandidates } from '../src/engine/model-scorers.ts';
import { type LendScorer, runGate } from '../src/engine/run-gate.ts';
import { type ScoreResult, scoreRows } from '../src/engine/score-rows.ts';
import type { Scorer } from '../src/engine/scorer.ts';
import type { OpenedModel } from '../src/formats/model/opened-model.ts';
import { summariseModel } from '../src/formats/model/summarise-model.ts';
import { readModel } from './read-files.ts';
import type { ModelSection } from './review-document.ts';
import { toEnd } from './to-end.ts';

export interface ScoredTable {
  readonly model: ModelSection;
  /** One score per data row (NaN where the model gave none), with the trees behind them where they are known. */
  readonly form: ComparedScores;
  /** Null for a score column. */
  readonly summary: ModelSummary | null;
  /** The sanity checks of the model; null when they were not asked for. */
  readonly checks: readonly ModelCheck[] | null;
  /** What explains its rows; null for a score column. */
  readonly explainable: ExplainedModel | null;
  readonly notices: readonly Notice[];
}

/** What the sanity checks hold the scores against. */
export interface CheckQuestion {
  readonly target: TargetDefinition;
  readonly split: SplitDefinition | null;
  /** The column of scores that a model fed by these columns should reproduce; null without one. */
  readonly recordedColumn: (fed: ReadonlySet<string>) => string | null;
}

export interface ScoreQuestion {
  readonly model: string;
  readonly table: Table;
  /** Columns of the data file itself (not of a joined one), in file order: what an order may be taken from. */
  readonly ownColumns: readonly string[];
  readonly roled: readonly string[];
  readonly features: readonly string[] | null;
  readonly target: string;
  readonly positive: readonly string[];
  /** Null = the sanity checks are not run. */
  readonly check: CheckQuestion | null;
}

/**
 * Scores every data row with a model file, by the engine that the parity gate allows. A `--features` column that the
 * table lacks is refused by its name.
 * @throws {FormatError} | {ModelError} | {DataError} as the reader, the mapping and the engine say
 */
export async function scoreWithModel(question: ScoreQuestion): Promise<ScoredTable> {
  const { table, roled, positive: positiveValues } = question;
  const { opened, name, sha256 } = readModel(question.model);
  const summary = summariseModel(opened, sha256);
  const { choices, notices: orderNotices } = chooseOrder(question, summary);
  const report = bindInputs(summary, table, choices, roled);
  refuseUnready(report, name);
  const ground = { opened, summary, table, report, positiveValues };
  const { gate, run, checks } = await scoreByGate(ground, question.check);
  const { rows, maxDifference, flipped, tolerance, reason } = gate;
  return {
    form: comparedModel(opened, table, report, run.scores),
    summary,
    checks,
    explainable: { opened, table, report, positiveValues },
    model: {
      format: opened.format,
      name,
      sha256,
      engine: gate.engineName,
      parity: gate.engine,
      gate: { rows, maxDifference, flipped, tolerance, reason },
      scoreOutput: run.scoreOutput,
      inputs: report.bindings.map(({ feature, column, how }) => ({ feature, column, how })),
    },
    notices: [
      ...summary.notices,
      ...orderNotices,
      ...report.notices,
      ...mappingNotices(report),
      ...leakNotices(report, question.target),
      ...run.notices,
    ],
  };
}

interface Ground {
  readonly opened: OpenedModel;
  readonly summary: ModelSummary;
  readonly table: Table;
  readonly report: MappingReport;
  readonly positiveValues: readonly string[];
}

interface GateRun {
  readonly gate: GateReport;
  readonly run: ScoreResult;
  readonly checks: readonly ModelCheck[] | null;
}

async function scoreByGate(ground: Ground, check: CheckQuestion | null): Promise<GateRun> {
  const { opened, table, report, positiveValues } = ground;
  const made = new Map<GateReport['engine'], Promise<Scorer>>();
  const lend: LendScorer = async (engine, use) => {
    const scorer = made.get(engine) ?? createModelScorer(opened, engine);
    made.set(engine, scorer);
    return use(await scorer);
  };
  const gate = await runGate(await scoringCandidates(opened), lend, ground, toEnd);
  const request = { rowStart: 0, rowEnd: table.rowCount, positiveValues };
  const run = await lend(gate.engine, (scorer) => toEnd(scoreRows(scorer, table, report, request)));
  const checks =
    check === null
      ? null
      : await checkModel(
          { ...ground, scores: run.scores, ...heldAgainst(ground, check) },
          (use) => lend(gate.engine, use),
          { turn: async () => undefined, drain: toEnd },
        );
  for (const scorer of made.values()) await (await scorer).release();
  return { gate, run, checks };
}

function heldAgainst({ table, report }: Ground, { target, split, recordedColumn }: CheckQuestion) {
  const fed = new Set(report.bindings.flatMap(({ column }) => column ?? []));
  const column = recordedColumn(fed);
  return { target, split, recorded: column === null ? null : comparedColumn(table, column) };
}

/** A model without names takes `--features`, or else the data file's columns without a role in file order, and says so. */
function chooseOrder(
  { table, ownColumns, roled, features }: ScoreQuestion,
  summary: ModelSummary,
): { choices: MappingChoices; notices: readonly Notice[] } {
  const choices: MappingChoices = { columnOf: {}, order: features };
  const { needsOrderConsent } = bindInputs(summary, table, choices, roled);
  if (!needsOrderConsent) {
    const ignored: Notice = {
      code: 'features-ignored',
      message: `${summary.name} names its inputs: they map by name, and --features is not used.`,
    };
    return { choices: { columnOf: {}, order: null }, notices: features === null ? [] : [ignored] };
  }
  if (features !== null) {
    for (const name of features) columnByName(table, name);
    return { choices, notices: repeatedNotices(features) };
  }
  const own = new Set(ownColumns);
  const order = columnsWithoutRole(table, roled).filter((name) => own.has(name));
  const message = `${summary.name} does not name its features: the ${order.length} columns without a role were taken in file order (${order.join(', ')}). Give --features to say otherwise.`;
  return { choices: { columnOf: {}, order }, notices: [{ code: 'feature-order-assumed', message }] };
}

/** @throws {ModelError} `input-missing` | `input-mistyped` | `feature-order-unknown`, listing every input one by one */
function refuseUnready(report: MappingReport, model: string): void {
  if (report.ready) return;
  const place = { file: model };
  const wrongLength = report.notices.find(({ code }) => code === 'order-length');
  if (wrongLength !== undefined) {
    throw new ModelError('feature-order-unknown', `${model}: ${wrongLength.message}`, {
      place,
      advice: 'Name all its features, in order, with --features.',
    });
  }
  if (report.missing.length > 0) {
    throw new ModelError('input-missing', `No column for ${quoted(report.missing)} of ${model}.`, {
      place: { ...place, column: report.missing[0] ?? '' },
      advice:
        report.extra.length > 0
          ? `Columns not used: ${quoted(report.extra)}.`
          : 'Add these columns to the table.',
    });
  }
  if (report.mistyped.length > 0) {
    const each = report.mistyped.map(
      ({ feature, column, expected, found }) =>
        `"${feature}" takes ${expected}, column "${column}" holds ${found}`,
    );
    throw new ModelError('input-mistyped', `${model}: ${each.join('; ')}.`, {
      place: { ...place, column: report.mistyped[0]?.column ?? '' },
      advice: report.mistyped.some(({ expected, found }) => expected === 'number' && found !== 'date')
        ? 'Where the model takes numbers for categories, it was trained on their codes and does not hold their texts: give the codes.'
        : 'Give the columns that the model was trained on.',
    });
  }
  const why = report.notices.map(({ message }) => message).join(' ');
  throw new ModelError(
    'feature-order-unknown',
    `The columns do not fit the features of ${model}. ${why}`.trim(),
    {
      place,
      advice: 'Name its features in order with --features.',
    },
  );
}

/** Right for a model that takes a column twice, but more often a slip of the hand. */
function repeatedNotices(features: readonly string[]): Notice[] {
  const repeated = new Set(features.filter((name, i) => features.indexOf(name) < i));
  if (repeated.size === 0) return [];
  return [{ code: 'feature-repeated', message: `--features names ${quoted([...repeated])} more than once.` }];
}

/** A model that reads the outcome knows it: its figures say nothing. */
function leakNotices({ bindings }: MappingReport, target: string): Notice[] {
  return bindings
    .filter(({ column }) => column === target)
    .map(({ feature }) => ({
      code: 'target-is-feature',
      message: `The target column "${target}" feeds the model's input "${feature}": the model is told the outcome, and its figures say nothing.`,
      column: target,
    }));
}

/** Unseen categories are scored (the encoder decides how), but never in silence; extra columns are reported, not used. */
function mappingNotices(report: MappingReport): Notice[] {
  const unseen = report.unseen.map(({ feature, column, values }): Notice => {
    const rows = values.reduce((sum, { count }) => sum + count, 0);
    const shown = quoted(values.slice(0, 5).map(({ value }) => value));
    return {
      code: 'unseen-category',
      message: `${rows === 1 ? '1 row' : `${rows} rows`} of "${column}" ${rows === 1 ? 'holds a value' : 'hold values'} that the model's input "${feature}" does not know: ${shown}${values.length > 5 ? ' and more' : ''}.`,
      column,
      count: rows,
    };
  });
  if (report.extra.length === 0) return unseen;
  return [
    ...unseen,
    { code: 'extra-columns', message: `Columns that the model does not use: ${quoted(report.extra)}.` },
  ];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

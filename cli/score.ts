import { ModelError } from '../src/core/errors.ts';
import { bindInputs, columnsWithoutRole } from '../src/core/model/binding.ts';
import type { MappingChoices, MappingReport } from '../src/core/model/mapping.ts';
import type { ModelSummary } from '../src/core/model/signature.ts';
import type { Table } from '../src/core/table/column.ts';
import { columnByName } from '../src/core/table/column-access.ts';
import type { Notice } from '../src/core/table/summary.ts';
import { createScorer } from '../src/engine/create-scorer.ts';
import { scoreRows } from '../src/engine/score-rows.ts';
import { openOnnx } from '../src/formats/model/onnx/open-onnx.ts';
import { summariseOnnx } from '../src/formats/model/onnx/summarise-onnx.ts';
import { readModelBytes } from './read-files.ts';
import type { ModelSection } from './review-document.ts';

export interface ScoredTable {
  /** One per data row; NaN where the model gave none. */
  readonly scores: Float64Array;
  readonly model: ModelSection;
  readonly notices: readonly Notice[];
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
}

/**
 * Scores every data row with a model file. A `--features` column that the table lacks is refused by its name.
 * @throws {FormatError} | {ModelError} | {DataError} as the reader, the mapping and the engine say
 */
export async function scoreWithModel(question: ScoreQuestion): Promise<ScoredTable> {
  const { table, roled } = question;
  const file = readModelBytes(question.model);
  const onnx = openOnnx(file.bytes, file.name);
  const summary = summariseOnnx(onnx, file.sha256);
  const { choices, notices: orderNotices } = chooseOrder(question, summary);
  const report = bindInputs(summary, table, choices, roled);
  refuseUnready(report, file.name);
  const scorer = await createScorer(onnx);
  const rows = scoreRows(scorer, table, report, {
    rowStart: 0,
    rowEnd: table.rowCount,
    positiveValues: question.positive,
  });
  let step = await rows.next();
  while (step.done !== true) step = await rows.next();
  await scorer.release();
  const { scores, scoreOutput, notices } = step.value;
  return {
    scores,
    model: {
      format: 'onnx',
      name: file.name,
      sha256: file.sha256,
      engine: scorer.engine,
      parity: 'reference',
      scoreOutput,
      inputs: report.bindings.map(({ feature, column, how }) => ({ feature, column, how })),
    },
    notices: [
      ...summary.notices,
      ...orderNotices,
      ...report.notices,
      ...mappingNotices(report),
      ...leakNotices(report, question.target),
      ...notices,
    ],
  };
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
      advice: 'Give the columns that the model was trained on.',
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
      message: `${rows} rows of "${column}" hold values that the model's input "${feature}" does not know: ${shown}${values.length > 5 ? ' and more' : ''}.`,
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

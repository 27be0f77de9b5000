import { amountColumnsOf, startingBootstrap, startingParameters } from '../src/contracts/judgement.ts';
import { valuesOf } from '../src/core/impact/outcomes-by-id.ts';
import type { RecalibrationFigures } from '../src/core/metrics/calibration-figures.ts';
import { calibrationFiguresOf } from '../src/core/metrics/calibration-of.ts';
import { fitOutsideSplit } from '../src/core/metrics/fit-outside-split.ts';
import { rankingFiguresOf } from '../src/core/metrics/ranking-of.ts';
import { recalibrateSliced } from '../src/core/metrics/recalibration.ts';
import { recalibrationFiguresSliced } from '../src/core/metrics/recalibration-figures.ts';
import { parseScenario } from '../src/core/money/parse-scenario.ts';
import type { Scenario } from '../src/core/money/scenario.ts';
import { compileScenario } from '../src/core/money/scenario-templates.ts';
import { compareForms } from '../src/core/parity/compare-forms.ts';
import { comparedColumn } from '../src/core/parity/compared-column.ts';
import { areDifferentModels } from '../src/core/parity/different-models.ts';
import { drain } from '../src/core/sliced.ts';
import type { Table } from '../src/core/table/column.ts';
import { columnByName } from '../src/core/table/column-access.ts';
import { goldenColumnOf } from '../src/core/table/golden-column.ts';
import { guessSplit } from '../src/core/table/guess-roles.ts';
import { leftJoin } from '../src/core/table/join.ts';
import { type JudgedRows, selectJudgedRows } from '../src/core/table/judged-rows.ts';
import { summarizeTable } from '../src/core/table/profile.ts';
import type { ColumnRole } from '../src/core/table/roles.ts';
import { amountsFromColumn, scoresFromColumn } from '../src/core/table/score-column.ts';
import type { ColumnSummary, Notice } from '../src/core/table/summary.ts';
import { takeRows } from '../src/core/table/take-rows.ts';
import type { TargetDefinition } from '../src/core/table/target.ts';
import { bootstrap } from '../src/core/threshold/bootstrap.ts';
import type { StrategyResult } from '../src/core/threshold/decision.ts';
import { defaultThreshold } from '../src/core/threshold/default-threshold.ts';
import { answerScenario, type Judgement, judgeAt, openJudgement } from '../src/core/threshold/judgement.ts';
import type { ReviewArguments } from './arguments.ts';
import type { ContributionSink } from './contributions-csv.ts';
import { calibrationSection, gainsSection, recalibrationSection } from './discrimination-sections.ts';
import type { JudgedExplanation } from './explain-judged.ts';
import { impactSection } from './impact-section.ts';
import { readJson, readTable } from './read-files.ts';
import {
  type ComparisonSection,
  checkNotices,
  checkSection,
  comparisonSection,
  differenceNotices,
  metricsSection,
  otherModelNotice,
  type ReviewDocument,
  SCHEMA_VERSION,
  warningText,
} from './review-document.ts';
import { scenarioSection } from './scenario-section.ts';
import { type CheckQuestion, type ScoredTable, type ScoreQuestion, scoreWithModel } from './score.ts';
import { decisionSection, strategySection } from './strategy-section.ts';
import { type BaseRateSection, baseRateSection } from './uncertainty-section.ts';

export interface Review {
  readonly document: ReviewDocument;
  /** One per data row, for `--scores`. */
  readonly scores: Float64Array;
}

interface Opened {
  readonly table: Table;
  /** Summaries of the data file's own columns, with the roles guessed for them. */
  readonly ownColumns: readonly ColumnSummary[];
  /** The same of all columns, joined ones too. */
  readonly columns: readonly ColumnSummary[];
  readonly sha256: string;
  readonly notices: readonly Notice[];
}

/**
 * Runs one headless review: read, join, score, judge, explain. Pure but for reading the files named in the arguments.
 *
 * @param sink takes the contributions of the judged rows, where they are asked for
 * @throws every error class of the product, with code and place
 */
export async function review(args: ReviewArguments, sink: ContributionSink | null = null): Promise<Review> {
  const opened = await openData(args);
  const { table } = opened;
  // Asked for before the long work, so that a misspelled column or value costs seconds, not minutes.
  columnByName(table, args.target);
  if (args.dateColumn !== null) valuesOf(table, args.dateColumn, 'date');
  const target = { column: args.target, positive: args.positive, excluded: args.exclude };
  const judged = selectJudgedRows(table, target, args.split);
  const { scenario, notices: scenarioNotices } = readScenario(args);
  const amounts = (scenario === null ? [] : amountColumnsOf(scenario)).map((column) => ({
    column,
    values: takeRows(amountsFromColumn(table, column), judged.rows),
  }));
  const scored = await scoresOf(args, opened);
  const { scores } = scored.form;
  const recalibrated = recalibratedRows(args, table, scores, judged);
  const judgement = drain(openJudgement(recalibrated.scores, judged.labels, amounts));
  const against = await comparisonOf(args, opened, scored);
  const { figures } = judgement;
  const { strategies } = answerScenario(judgement, scenario, startingParameters);
  const explained = await explainedRows(args, scored, judged, recalibrated, strategies, sink);
  const model = scenario === null ? null : compileScenario(scenario, judgement.amountColumns);
  // Asked apart: a fixed threshold has a bin of its own, and other bins draw other samples for every strategy.
  const uncertaintyAt = (threshold: number | null) =>
    args.bootstrap === 0
      ? null
      : bootstrap(judgement.ranked, {
          ...{ model, parameters: startingParameters, threshold },
          ...{ replicates: args.bootstrap, seed: startingBootstrap.seed },
        });
  const uncertainty = uncertaintyAt(null);
  const context = {
    ...{ method: args.intervals, uncertainty },
    fixed: args.threshold === null ? null : (uncertaintyAt(args.threshold)?.fixed ?? null),
    nobody: judgeAt(judgement, scenario, Number.POSITIVE_INFINITY),
  };
  const notices = [
    ...opened.notices,
    ...splitNotices(args, opened),
    ...scenarioNotices,
    ...scored.notices,
    ...figures.notices,
    ...recalibrated.notices,
    ...checkNotices(scored.checks ?? []),
    ...against.notices,
    ...(explained?.notices ?? []),
  ];
  const document: ReviewDocument = {
    schemaVersion: SCHEMA_VERSION,
    warnings: notices.map(warningText),
    rows: table.rowCount,
    excluded: judged.excluded.reduce((sum, { count }) => sum + count, 0),
    excludedValues: judged.excluded,
    data: { name: table.name, sha256: opened.sha256 },
    target,
    split:
      args.split === null
        ? null
        : { ...args.split, outside: judged.outsideSplit, baseRate: baseRateOf(judgement, table, target) },
    model: scored.model,
    metrics: metricsSection(figures.metrics),
    calibration: calibrationSection(calibrationFiguresOf(judgement.ranked)),
    recalibration: recalibrated.figures === null ? null : recalibrationSection(recalibrated.figures),
    gains: gainsSection(rankingFiguresOf(judgement.ranked, model)),
    scenario: scenario === null ? null : scenarioSection(scenario),
    strategies: strategies.map((result) => strategySection(result, context)),
    decision:
      args.threshold === null ? null : decisionSection(judgeAt(judgement, scenario, args.threshold), context),
    bootstrap:
      uncertainty === null
        ? null
        : {
            ...{ replicates: uncertainty.replicates, seed: uncertainty.seed },
            ...{ bins: uncertainty.bins, isExact: uncertainty.isExact },
          },
    impact: impactSection({
      ...{ table, rows: judged.rows, scores: recalibrated.scores, labels: judged.labels, amounts, scenario },
      ...{ strategies, threshold: args.threshold, dateColumn: args.dateColumn },
    }),
    checks: scored.checks?.map(checkSection) ?? null,
    comparison: against.comparison,
    ...(explained === null ? {} : { explain: explained.section }),
  };
  return { document, scores };
}

/** The judged rows beside the labelled ones that the split leaves out: are they of one kind? */
function baseRateOf(
  { figures: { positives, rows } }: Judgement,
  table: Table,
  target: TargetDefinition,
): BaseRateSection {
  const { labels } = selectJudgedRows(table, target, null);
  const events = labels.reduce((sum, label) => sum + label, 0);
  return baseRateSection({ events: positives, rows }, { events, rows: labels.length });
}

interface RecalibratedRows {
  /** One per judged row: what is judged. */
  readonly scores: Float64Array;
  /** The same of every table row. */
  readonly allScores: () => Float64Array;
  readonly figures: RecalibrationFigures | null;
  readonly notices: readonly Notice[];
}

/** The scores of the judged rows, recalibrated on the labelled rows outside the split where that was asked for. */
function recalibratedRows(
  { target, positive, exclude: excluded, split, recalibrate: recalibration }: ReviewArguments,
  table: Table,
  all: Float64Array,
  { rows, labels }: JudgedRows,
): RecalibratedRows {
  const raw = takeRows(all, rows);
  if (recalibration === null) return { scores: raw, allScores: () => all, figures: null, notices: [] };
  const asked = { target: { column: target, positive, excluded }, split, recalibration };
  const fit = drain(fitOutsideSplit(table, all, asked));
  const scores = drain(recalibrateSliced(fit, raw));
  const allScores = () => drain(recalibrateSliced(fit, all));
  return { scores, allScores, ...drain(recalibrationFiguresSliced(fit, raw, scores, labels)) };
}

/** Contributions of the judged rows; null unless they are asked for. */
async function explainedRows(
  { explain: asked, split, threshold }: ReviewArguments,
  { explainable, form, model: { parity } }: ScoredTable,
  { rows }: JudgedRows,
  { allScores }: RecalibratedRows,
  strategies: readonly StrategyResult[],
  sink: ContributionSink | null,
): Promise<JudgedExplanation | null> {
  if (asked === null || explainable === null) return null;
  const question = {
    ...{ model: explainable, asked, split, rows, engine: parity ?? 'reference' },
    ...{ scores: form.scores, judgedScores: allScores() },
    threshold: threshold ?? defaultThreshold(strategies),
  };
  // Loaded with its kernels only when something is explained.
  const { explainJudged } = await import('./explain-judged.ts');
  return explainJudged(question, sink);
}

async function openData(args: ReviewArguments): Promise<Opened> {
  const { table, notices, sha256 } = await readTable(args.data);
  const columns = summariesOf(table, sha256);
  if (args.join === null) return { table, ownColumns: columns, columns, sha256, notices };
  const right = await readTable(args.join.file);
  const joined = leftJoin(table, right.table, args.join.on);
  return {
    table: joined.table,
    ownColumns: columns,
    columns: summariesOf(joined.table, sha256),
    sha256,
    notices: [...notices, ...right.notices, ...joined.notices],
  };
}

function summariesOf(table: Table, id: string): readonly ColumnSummary[] {
  return summarizeTable(table, { id, byteLength: 0, notices: [], unparsable: new Map() }).columns;
}

function readScenario(args: ReviewArguments): { scenario: Scenario | null; notices: readonly Notice[] } {
  return args.scenario === null ? { scenario: null, notices: [] } : parseScenario(readJson(args.scenario));
}

async function scoresOf(args: ReviewArguments, opened: Opened): Promise<ScoredTable> {
  if (args.model !== null)
    return scoreWithModel({ ...questionOf(args, opened, args.model), check: checkOf(args, opened) });
  const column = args.scoreColumn ?? '';
  return {
    form: { name: column, scores: scoresFromColumn(opened.table, column), precision: 'column', trees: null },
    model: {
      format: 'score-column',
      name: column,
      sha256: null,
      engine: null,
      parity: null,
      gate: null,
      scoreOutput: column,
      inputs: [],
    },
    summary: null,
    checks: null,
    explainable: null,
    notices: [],
  };
}

/** The column that the model should reproduce is that of `--against-column`, else the one that the page would take. */
function checkOf(args: ReviewArguments, { columns }: Opened): CheckQuestion {
  const { against, exclude: excluded, split } = args;
  const roles: Record<string, ColumnRole> = {};
  for (const { name, guessedRole } of columns) if (guessedRole !== null) roles[name] = guessedRole;
  if (args.join !== null) roles[args.join.on] = 'id';
  if (split !== null) roles[split.column] = 'split';
  roles[args.target] = 'target';
  return {
    target: { column: args.target, positive: args.positive, excluded },
    split,
    recordedColumn: (fed) =>
      against?.kind === 'column' ? against.column : goldenColumnOf(columns, roles, fed),
  };
}

function questionOf(args: ReviewArguments, { table, ownColumns }: Opened, model: string): ScoreQuestion {
  return {
    model,
    table,
    ownColumns: ownColumns.map(({ name }) => name),
    roled: roledColumns(args, ownColumns),
    features: args.features,
    target: args.target,
    positive: args.positive,
    check: null,
  };
}

interface Compared {
  readonly comparison: ComparisonSection | null;
  readonly notices: readonly Notice[];
}

/**
 * The second form of the model beside the judged one. A model file that does not name its features takes the columns of
 * the judged model, in that one's order, unless `--features` says otherwise.
 */
async function comparisonOf(args: ReviewArguments, opened: Opened, scored: ScoredTable): Promise<Compared> {
  const { against } = args;
  if (against === null) return { comparison: null, notices: [] };
  if (against.kind === 'column') {
    return comparedWith(
      { form: comparedColumn(opened.table, against.column), summary: null, notices: [] },
      args,
      scored,
    );
  }
  const columns = scored.model.inputs.flatMap(({ column }) => column ?? []);
  const features = args.features ?? (columns.length === 0 ? null : columns);
  const question = { ...questionOf(args, opened, against.file), features };
  const { form, summary, notices } = await scoreWithModel(question);
  // What both forms say of the same table is said once.
  const assumed = notices.filter(({ code }) => code === 'feature-order-assumed');
  return comparedWith({ form, summary, notices: assumed }, args, scored);
}

function comparedWith(
  right: Pick<ScoredTable, 'form' | 'summary' | 'notices'>,
  args: ReviewArguments,
  left: ScoredTable,
): Compared {
  const found = drain(compareForms(left.form, right.form, args.threshold));
  const isOther = left.summary !== null && areDifferentModels(found, left.summary, right.summary);
  return {
    comparison: comparisonSection(found),
    notices: [...right.notices, ...(isOther ? [otherModelNotice(found)] : differenceNotices(found))],
  };
}

/**
 * Columns that are never features: what the arguments name, and ids, dates, splits and scores by their looks. An amount
 * stays a feature, and so does what looks like a target: the arguments have named the real one.
 */
function roledColumns(args: ReviewArguments, columns: readonly ColumnSummary[]): string[] {
  const guessed = columns
    .filter(({ guessedRole }) => guessedRole !== null && guessedRole !== 'amount' && guessedRole !== 'target')
    .map(({ name }) => name);
  const named = [args.target, args.split?.column, args.join?.on].filter((name) => name !== undefined);
  return [...new Set([...guessed, ...named])];
}

function splitNotices(args: ReviewArguments, { ownColumns }: Opened): Notice[] {
  if (args.split !== null) return [];
  const split = guessSplit(ownColumns);
  if (split === null) return [];
  return [
    {
      code: 'split-ignored',
      message: `Column "${split.column}" looks like a split, but all labelled rows are judged: rows that the model was trained on flatter it. Give --split ${split.column}=${split.value}.`,
      column: split.column,
    },
  ];
}

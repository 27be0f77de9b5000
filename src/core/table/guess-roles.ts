/** Guessing what columns are for, from their names and values. A guess is shown and confirmed, never silently used. */
import { oneHotColumns } from './one-hot.ts';
import type { ColumnRole, Roles } from './roles.ts';
import type { ColumnSummary } from './summary.ts';
import type { SplitDefinition, TargetDefinition } from './target.ts';

const ID_WORDS = [
  'id',
  'ids',
  'key',
  'number',
  'row',
  'uuid',
  'guid',
  'nr',
  'no',
  'index',
  'idx',
  'identifier',
  'pk',
];
const SPLIT_NAMES = [
  'split',
  'partition',
  'subset',
  'fold',
  'dataset',
  'set',
  'sample',
  'data_split',
  'train_test',
];
const SPLIT_VALUES = [
  ...['train', 'training', 'learn', 'dev', 'development', 'fit', 'insample', 'in_sample'],
  ...[
    'test',
    'testing',
    'holdout',
    'hold-out',
    'hold_out',
    'valid',
    'validation',
    'val',
    'eval',
    'evaluation',
  ],
  ...['oot', 'oos', 'out_of_time', 'out_of_sample'],
];
/** In order of preference. */
const TARGET_NAMES = [
  ...[
    'target',
    'label',
    'labels',
    'y',
    'y_true',
    'outcome',
    'default',
    'defaulted',
    'is_default',
    'churn',
    'churned',
  ],
  ...[
    'is_churn',
    'fraud',
    'is_fraud',
    'isfraud',
    'bad',
    'is_bad',
    'bad_flag',
    'good_bad',
    'event',
    'class',
    'status',
  ],
  ...['loan_status', 'response', 'exited'],
];
const TARGET_WORDS = [
  'target',
  'label',
  'outcome',
  'default',
  'churn',
  'churned',
  'fraud',
  'bad',
  'chargeback',
];
const SCORE_WORDS = [
  ...[
    'score',
    'scores',
    'probability',
    'probabilities',
    'prob',
    'proba',
    'prediction',
    'predictions',
    'predicted',
    'pred',
  ],
  ...['yhat', 'pd'],
];
/** In order of preference. */
const AMOUNT_WORDS = ['amount', 'amt', 'exposure', 'ead', 'principal', 'clv', 'cltv', 'value'];
/** Above this a column is a feature with many levels, not an outcome. */
const MOST_TARGET_VALUES = 20;
/** Below this many rows, all-different texts say nothing about being an id. */
const FEWEST_ROWS_FOR_TEXT_ID = 20;
const TEXT_ID_SHARE = 0.99;

/**
 * Roles by the rules of ARCHITECTURE ("Decisions already taken: Roles"). At most one column each of target, split, id, score,
 * amount, date; a column left out is a feature. `amount` only names the money column, which stays a feature too.
 *
 * - id: a column without a repeated or missing value whose name says so (id, key, number, row, uuid...), or a text that
 *   is more than 99 % distinct; further columns of the second kind are `ignore`, for an id is never a feature
 * - split: by name with 2 to 20 values, or a column whose values are all words like train, test, holdout
 * - score: a number column in [0,1] with more than two values, named score, probability, prediction... (exactly so before
 *   within a longer name; the first of equals)
 * - target: by name (target, label, default, churn, status, class, y, bad...), else the last column if it has two values;
 *   but for such a name by itself, never a level of a one-hot encoded category
 * - amount and date: by name and kind
 *
 * Only names, kinds, counts and ranges of the summaries are used; their own `guessedRole` is not read.
 */
export function guessRoles(columns: readonly ColumnSummary[], rowCount: number): Roles {
  const roles = new Map<string, ColumnRole>();
  const free = (column: ColumnSummary) => !roles.has(column.name);
  const give = (role: ColumnRole, column: ColumnSummary | undefined) => {
    if (column !== undefined) roles.set(column.name, role);
  };
  const textIds = columns.filter((column) => isTextId(column, rowCount));
  const id = columns.find((column) => isNamedId(column, rowCount)) ?? textIds[0];
  give('id', id);
  for (const column of textIds) if (column !== id) give('ignore', column);
  give('split', columns.filter(free).find(isSplit));
  give('score', scoreAmong(columns.filter(free)));
  give('target', targetAmong(columns, columns.filter(free)));
  give('amount', amountAmong(columns.filter(free)));
  give('date', dateAmong(columns.filter(free)));
  return Object.fromEntries(roles);
}

/** `applicationDate`, `application_date` and `Application date` as their words, in lower case. */
function words(name: string): string[] {
  return name
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function says(name: string, vocabulary: readonly string[]): boolean {
  return words(name).some((word) => vocabulary.includes(word));
}

function isNamedId(column: ColumnSummary, rowCount: number): boolean {
  const unique = rowCount > 0 && column.distinct === rowCount;
  return unique && column.kind !== 'date' && (says(column.name, ID_WORDS) || /[a-z]id$/i.test(column.name));
}

function isTextId(column: ColumnSummary, rowCount: number): boolean {
  if (column.kind !== 'text' && column.kind !== 'category') return false;
  const present = rowCount - column.missing;
  return present >= FEWEST_ROWS_FOR_TEXT_ID && column.distinct > TEXT_ID_SHARE * present;
}

function isSplit(column: ColumnSummary): boolean {
  if (column.kind !== 'category' || column.distinct < 2 || column.distinct > MOST_TARGET_VALUES) return false;
  const splitWords = column.topValues.filter(({ value }) => SPLIT_VALUES.includes(value.toLowerCase()));
  const named = SPLIT_NAMES.includes(words(column.name).join('_'));
  return splitWords.length === column.distinct || (named && splitWords.length > 0);
}

/** Whether a column's name says that it holds scores: `score`, `probability_bad`, `predicted`... */
export function isNamedScore(name: string): boolean {
  return says(name, SCORE_WORDS);
}

function isInScoreRange({ kind, min, max, distinct }: ColumnSummary): boolean {
  return kind === 'number' && min !== null && max !== null && min >= 0 && max <= 1 && distinct > 2;
}

function scoreAmong(free: readonly ColumnSummary[]): ColumnSummary | undefined {
  const inRange = free.filter(isInScoreRange);
  const named = inRange.filter(({ name }) => isNamedScore(name));
  const exact = named.find(({ name }) => SCORE_WORDS.includes(words(name).join('_')));
  if (exact !== undefined) return exact;
  // With one column of scores a model, a word within a model's name says nothing: `xgboost_base_score` is as good as the rest.
  const scoresAlone = free.every((column) => column.distinct <= 2 || isInScoreRange(column));
  return named.length > 0 && scoresAlone ? inRange[0] : named[0];
}

function targetAmong(
  all: readonly ColumnSummary[],
  free: readonly ColumnSummary[],
): ColumnSummary | undefined {
  const candidates = free.filter(
    (column) => column.kind !== 'date' && column.distinct >= 2 && column.distinct <= MOST_TARGET_VALUES,
  );
  for (const name of TARGET_NAMES) {
    const named = candidates.find((column) => words(column.name).join('_') === name);
    if (named !== undefined) return named;
  }
  const levels = oneHotColumns(all);
  const twoValued = candidates.filter((column) => column.distinct === 2 && !levels.has(column.name));
  const byWord = twoValued.findLast((column) => says(column.name, TARGET_WORDS));
  if (byWord !== undefined) return byWord;
  return twoValued.find((column) => column === all.at(-1));
}

function amountAmong(free: readonly ColumnSummary[]): ColumnSummary | undefined {
  const money = free.filter(
    (column) => column.kind === 'number' && column.distinct > 2 && (column.min ?? -1) >= 0,
  );
  for (const word of AMOUNT_WORDS) {
    const exact = money.find((column) => words(column.name).join('_') === word);
    const named = exact ?? money.find((column) => words(column.name).includes(word));
    if (named !== undefined) return named;
  }
  return undefined;
}

function dateAmong(free: readonly ColumnSummary[]): ColumnSummary | undefined {
  const dates = free.filter((column) => column.kind === 'date');
  return dates.find((column) => says(column.name, ['date', 'time', 'timestamp', 'month', 'at'])) ?? dates[0];
}

/** Words for the bad outcome, in order of preference. */
const POSITIVE_VALUES = [
  ...[
    'bad',
    'default',
    'defaulted',
    'charged off',
    'charged-off',
    'fraud',
    'fraudulent',
    'churn',
    'churned',
    'exited',
  ],
  ...[
    'left',
    'attrited customer',
    'delinquent',
    'late',
    'positive',
    'pos',
    'yes',
    'y',
    'true',
    't',
    '1',
    '1.0',
    'event',
  ],
];

/**
 * The target among the columns (the one with `guessedRole` target) and its positive value: a word for the bad outcome
 * (bad, default, fraud, churn, yes, true, 1...), else the rarer of its values. Null when there is no target column.
 */
export function guessTarget(columns: readonly ColumnSummary[]): TargetDefinition | null {
  const column = columns.find(({ guessedRole }) => guessedRole === 'target');
  return column === undefined ? null : targetOfColumn(column);
}

/** As {@link guessTarget} for a column that the user chose; null when it has no listed value. */
export function targetOfColumn(column: ColumnSummary): TargetDefinition | null {
  const rarest = column.topValues.at(-1);
  if (rarest === undefined) return null;
  const positive = firstListed(column, POSITIVE_VALUES) ?? rarest.value;
  return { column: column.name, positive: [positive], excluded: [] };
}

/** Values of a split column that name rows no model was trained on, in order of preference. */
const JUDGED_SPLIT_VALUES = [
  ...['test', 'testing', 'holdout', 'hold-out', 'hold_out', 'oot', 'out_of_time', 'oos', 'out_of_sample'],
  ...['valid', 'validation', 'val', 'eval', 'evaluation'],
];

/** The split column (the one with `guessedRole` split) and the value whose rows are judged (test, holdout, ...); else null. */
export function guessSplit(columns: readonly ColumnSummary[]): SplitDefinition | null {
  const column = columns.find(({ guessedRole }) => guessedRole === 'split');
  if (column === undefined) return null;
  const value = firstListed(column, JUDGED_SPLIT_VALUES);
  return value === undefined ? null : { column: column.name, value };
}

function firstListed(column: ColumnSummary, vocabulary: readonly string[]): string | undefined {
  for (const word of vocabulary) {
    const found = column.topValues.find(({ value }) => value.trim().toLowerCase() === word);
    if (found !== undefined) return found.value;
  }
  return undefined;
}

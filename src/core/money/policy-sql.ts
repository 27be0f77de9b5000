import type { DecisionPolicy, GoldenDecision } from './decision-policy.ts';
import { sqlNumber } from './sql-number.ts';

/** The table that the reader puts the name of their own in place of. */
const TABLE = 'scored_rows';

/** How the queries call it, so that its name stands once in each. */
const DATA = 'data';

/**
 * A policy as SQL text, three queries: one decides every row of a table by `CASE`; one decides the golden rows, given as
 * VALUES, by the same expression and returns those that come out otherwise; one looks the golden rows up in the table by
 * their id and returns those that are missing or decided otherwise there. The last two return none when right. Without an
 * id column the third is a comment that says so.
 *
 * Standard SQL that SQLite, PostgreSQL and DuckDB read: identifiers in double quotes, texts in single ones (quotes
 * doubled). The score is cast to a double, so that texts and decimals are compared as the core compares; an empty text and
 * NULL are no score: pass, approve. A cut-off that no score reaches is written `1 = 0`; numbers: see `sqlNumber`.
 *
 * @param idColumn the column of the golden rows' ids; null = known by position alone
 */
export function policySql(
  policy: DecisionPolicy,
  goldenRows: readonly GoldenDecision[],
  idColumn: string | null,
): string {
  const column = policy.scoreColumn ?? 'score';
  return [
    ...headerOf(policy, column),
    '',
    `-- 1. Decide. Put the name of your table in place of ${identifier(TABLE)}, here and in 3.`,
    'SELECT',
    `  ${identifier(DATA)}.*,`,
    decisionColumns(policy, column, DATA).join(',\n'),
    `FROM ${identifier(TABLE)} AS ${identifier(DATA)};`,
    '',
    `-- 2. Does this database compare as Cutline does? ${goldenRows.length} golden rows, their scores given here; your table is not read.`,
    '-- Returns no row when all are decided alike.',
    ...checkOf(policy, column, goldenRows),
    '',
    ...lookUpOf(policy, column, goldenRows, idColumn),
    '',
  ].join('\n');
}

function headerOf(policy: DecisionPolicy, column: string): readonly string[] {
  const { dataset, model, recalibration } = policy;
  const source = model === null ? 'a column of the table' : `${model.name} (${model.modelId})`;
  return [
    `Cutline decision policy, format ${policy.format}, exported ${policy.createdAt}`,
    `Data: ${dataset.name} (${dataset.tableId}), ${policy.judgedRows} judged rows. Scores: ${source}.`,
    ...(recalibration === null
      ? []
      : [
          `The threshold was chosen on scores recalibrated by ${recalibration}; the cut-offs below are on the raw score.`,
        ]),
    `${identifier(column)} is the score: a double, or a number or text that is read as one. Flagged means score >= threshold.`,
    `No score is NULL or an empty text, never NaN or another text: it is ${policy.bands === null ? 'passed.' : 'passed and approved.'}`,
  ].map((line) => `-- ${onOneLine(line)}`);
}

/** The decision, and the band where bands are designed, as columns of a query over `source`. */
function decisionColumns(policy: DecisionPolicy, column: string, source: string): readonly string[] {
  // With its table's name: SQLite reads a lone quoted name that is no column as a text.
  const cell = `${identifier(source)}.${identifier(column)}`;
  const score = `CAST(${cell} AS DOUBLE PRECISION)`;
  // SQLite reads an empty text as 0, others refuse it.
  const isEmpty = `CAST(${cell} AS VARCHAR) = ''`;
  const decided: Branch[] = [
    [isEmpty, 'pass'],
    [reaches(score, policy.rawThreshold), 'flag'],
  ];
  const columns = [caseOf(decided, 'pass', names(column).decision)];
  if (policy.bands === null) return columns;
  const { rawLow, rawHigh } = policy.bands;
  const branches: Branch[] = [
    [isEmpty, 'approve'],
    [reaches(score, rawHigh), 'decline'],
    [reaches(score, rawLow), 'refer'],
  ];
  return [...columns, caseOf(branches, 'approve', names(column).band)];
}

type Branch = readonly [condition: string, outcome: string];

function caseOf(branches: readonly Branch[], otherwise: string, name: string): string {
  return [
    '  CASE',
    ...branches.map(([condition, outcome]) => `    WHEN ${condition} THEN ${text(outcome)}`),
    `    ELSE ${text(otherwise)}`,
    `  END AS ${identifier(name)}`,
  ].join('\n');
}

function reaches(score: string, cutOff: number): string {
  if (cutOff === Number.NEGATIVE_INFINITY) return `${score} IS NOT NULL`;
  return Number.isFinite(cutOff) ? `${score} >= ${sqlNumber(cutOff)}` : '1 = 0';
}

function checkOf(
  policy: DecisionPolicy,
  column: string,
  goldenRows: readonly GoldenDecision[],
): readonly string[] {
  const { row, id, expected, expectedBand } = names(column);
  const hasBands = policy.bands !== null;
  const given = [row, id, column, expected, ...(hasBands ? [expectedBand] : [])].map(identifier);
  const values = goldenRows.map((golden, at) =>
    valuesOf(golden, [scoreValue(golden.score, at === 0)], hasBands),
  );
  return [
    `WITH "golden" (${given.join(', ')}) AS (VALUES`,
    values.join(',\n'),
    '),',
    '"decided" AS (SELECT',
    `  "golden".*,`,
    decisionColumns(policy, column, 'golden').join(',\n'),
    'FROM "golden")',
    'SELECT * FROM "decided"',
    `WHERE ${differsOf(column, hasBands)};`,
  ];
}

function lookUpOf(
  policy: DecisionPolicy,
  column: string,
  goldenRows: readonly GoldenDecision[],
  idColumn: string | null,
): readonly string[] {
  const title = '-- 3. Does your table decide the same?';
  const named = goldenRows.filter(({ id }) => id !== null);
  if (idColumn === null || named.length === 0)
    return [
      `${title} Not asked here: the golden rows have no id to look them up by, only their position in the file.`,
      '-- Export again with an id column to have this query.',
    ];
  const { row, id, expected, expectedBand, decision } = names(column);
  const hasBands = policy.bands !== null;
  const given = [row, id, expected, ...(hasBands ? [expectedBand] : [])].map(identifier);
  return [
    `${title} Looks ${named.length} golden rows up by ${onOneLine(identifier(idColumn))}, which must be unique; those without one are left out.`,
    '-- Returns no row when all are there and decided alike; what is empty in a row returned is missing in your table.',
    `WITH "golden" (${given.join(', ')}) AS (VALUES`,
    named.map((golden) => valuesOf(golden, [], hasBands)).join(',\n'),
    '),',
    '"there" AS (SELECT',
    `  CAST(${identifier(DATA)}.${identifier(idColumn)} AS VARCHAR) AS "id_there",`,
    `  ${identifier(DATA)}.${identifier(column)} AS "score_there",`,
    decisionColumns(policy, column, DATA).join(',\n'),
    `FROM ${identifier(TABLE)} AS ${identifier(DATA)})`,
    `SELECT * FROM "golden" LEFT JOIN "there" ON "id_there" = ${identifier(id)}`,
    `WHERE ${identifier(decision)} IS NULL OR ${differsOf(column, hasBands)};`,
  ];
}

/** The condition that a golden row is decided otherwise than expected. */
function differsOf(column: string, hasBands: boolean): string {
  const { expected, expectedBand, decision, band } = names(column);
  const differs = (first: string, second: string) => `${identifier(first)} <> ${identifier(second)}`;
  return [differs(decision, expected), ...(hasBands ? [differs(band, expectedBand)] : [])].join(' OR ');
}

/** A golden row of VALUES: where it is, what is `given`, what is expected. */
function valuesOf(golden: GoldenDecision, given: readonly string[], hasBands: boolean): string {
  const { row, id, decision, band } = golden;
  const values = [
    String(row),
    id === null ? 'NULL' : text(id),
    ...given,
    text(decision),
    ...(hasBands ? [text(band ?? 'approve')] : []),
  ];
  return `  (${values.join(', ')})`;
}

/** The first score gives the column its type, which a bare NULL and a short decimal do not. */
function scoreValue(score: number | null, isFirst: boolean): string {
  const value = score === null ? 'NULL' : sqlNumber(score);
  return isFirst ? `CAST(${value} AS DOUBLE PRECISION)` : value;
}

/** Column names of our own that are not the score's, in any case: quoted names ignore case in some databases. */
function names(column: string) {
  const free = (name: string) => (name === column.toLowerCase() ? `${name}_` : name);
  return {
    row: free('golden_row'),
    id: free('golden_id'),
    expected: free('expected_decision'),
    expectedBand: free('expected_band'),
    decision: free('decision'),
    band: free('band'),
  };
}

function identifier(name: string): string {
  return `"${withoutNul(name).replaceAll('"', '""')}"`;
}

function text(value: string): string {
  return `'${withoutNul(value).replaceAll("'", "''")}'`;
}

/** No SQL text can hold U+0000. */
function withoutNul(value: string): string {
  return value.replaceAll('\0', '');
}

/** A line break in a name would end the comment and let the rest of the name be run. */
function onOneLine(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return line.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ');
}

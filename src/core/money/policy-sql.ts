import type { DecisionPolicy, GoldenDecision } from './decision-policy.ts';

/** The table that the reader puts the name of their own in place of. */
const TABLE = 'scored_rows';

/**
 * A policy as SQL text: a query that decides every row by `CASE`, and a check that decides the golden rows, given as
 * VALUES, by the same expression and returns those that come out otherwise: none when right.
 *
 * Standard SQL that SQLite, PostgreSQL and DuckDB read: identifiers in double quotes, texts in single ones (quotes
 * doubled), doubles with 17 significant digits in exponent form, which reads back as the same float64. A NULL score fails
 * every comparison and so falls to the last branch: pass, approve. A cut-off that no score reaches is written `1 = 0`.
 */
export function policySql(policy: DecisionPolicy, goldenRows: readonly GoldenDecision[]): string {
  const column = policy.scoreColumn ?? 'score';
  return [
    ...headerOf(policy, column),
    '',
    `-- 1. Decide. Put the name of your table in place of ${identifier(TABLE)}.`,
    `SELECT`,
    `  ${identifier(TABLE)}.*,`,
    decisionColumns(policy, column).join(',\n'),
    `FROM ${identifier(TABLE)};`,
    '',
    `-- 2. Check, without any table: ${goldenRows.length} golden rows and what Cutline decided. Returns no row when all agree.`,
    ...checkOf(policy, column, goldenRows),
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
    `${identifier(column)} is the score as a double. Flagged means score >= threshold. No score is NULL, never NaN: it is ` +
      (policy.bands === null ? 'passed.' : 'passed and approved.'),
  ].map((line) => `-- ${onOneLine(line)}`);
}

/** The decision, and the band where bands are designed, as columns of a query. */
function decisionColumns(policy: DecisionPolicy, column: string): readonly string[] {
  const score = identifier(column);
  const columns = [caseOf([[reaches(score, policy.rawThreshold), 'flag']], 'pass', names(column).decision)];
  if (policy.bands === null) return columns;
  const { rawLow, rawHigh } = policy.bands;
  const branches: Branch[] = [
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
  return Number.isFinite(cutOff) ? `${score} >= ${double(cutOff)}` : '1 = 0';
}

function checkOf(
  policy: DecisionPolicy,
  column: string,
  goldenRows: readonly GoldenDecision[],
): readonly string[] {
  const { row, id, expected, expectedBand, decision, band } = names(column);
  const hasBands = policy.bands !== null;
  const given = [row, id, column, expected, ...(hasBands ? [expectedBand] : [])].map(identifier);
  const values = goldenRows.map((golden) => `  (${valuesOf(golden, hasBands).join(', ')})`);
  const differs = (first: string, second: string) => `${identifier(first)} <> ${identifier(second)}`;
  return [
    `WITH "golden" (${given.join(', ')}) AS (VALUES`,
    values.join(',\n'),
    '),',
    '"decided" AS (SELECT',
    `  "golden".*,`,
    decisionColumns(policy, column).join(',\n'),
    'FROM "golden")',
    'SELECT * FROM "decided"',
    `WHERE ${[differs(decision, expected), ...(hasBands ? [differs(band, expectedBand)] : [])].join(' OR ')};`,
  ];
}

function valuesOf(golden: GoldenDecision, hasBands: boolean): readonly string[] {
  const { row, id, score, decision, band } = golden;
  return [
    String(row),
    id === null ? 'NULL' : text(id),
    // A bare NULL has no type where the column's first value is one.
    score === null ? 'CAST(NULL AS DOUBLE PRECISION)' : double(score),
    text(decision),
    ...(hasBands ? [text(band ?? 'approve')] : []),
  ];
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

/** 17 significant digits: every float64 reads back as itself. */
function double(value: number): string {
  return value.toExponential(16);
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

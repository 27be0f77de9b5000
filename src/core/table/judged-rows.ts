/** Which rows are judged, and what their outcome was. */
import { DataError } from '../errors.ts';
import type { CategoryColumn, Table } from './column.ts';
import { columnByName } from './column-access.ts';
import { asCategory, codesOfValue, MISSING_VALUE } from './label-values.ts';
import type { ValueCount } from './summary.ts';
import type { SplitDefinition, TargetDefinition } from './target.ts';

export interface JudgedRows {
  /** Row indexes in file order, length n. */
  readonly rows: Uint32Array;
  /** 1 = positive (the bad outcome), 0 = negative; length n. */
  readonly labels: Uint8Array;
  /** Rows within the split that are left out because of their label, by value; `(missing)` for no label. */
  readonly excluded: readonly ValueCount[];
  /** Rows whose split column has another value, or none. */
  readonly outsideSplit: number;
}

const NEGATIVE = 0;
const POSITIVE = 1;
const EXCLUDED = 2;

/**
 * The labelled rows of the split with their outcome. rows + excluded + outsideSplit = the table's rows: nothing is lost silently.
 *
 * Values are matched by {@link codesOfValue}; a value that is neither positive nor excluded is negative.
 *
 * @param split null = all rows
 * @throws {DataError} `column-missing` | `value-missing` | `no-judged-rows` | `one-class` | `invalid-argument` (a value both positive
 *   and excluded, or no positive value)
 */
export function selectJudgedRows(
  table: Table,
  target: TargetDefinition,
  split: SplitDefinition | null,
): JudgedRows {
  const labels = asCategory(columnByName(table, target.column));
  const outcomes = outcomeByCode(labels, target);
  const inSplit = splitMask(table, split);
  const rows = new Uint32Array(table.rowCount);
  const outcome = new Uint8Array(table.rowCount);
  const excludedCounts = new Float64Array(labels.dictionary.length);
  let judged = 0;
  let unlabelled = 0;
  let outsideSplit = 0;
  for (let row = 0; row < table.rowCount; row++) {
    const code = labels.codes[row]!;
    if (inSplit !== null && inSplit[row] === 0) outsideSplit++;
    else if (code < 0) unlabelled++;
    else if (outcomes[code] === EXCLUDED) excludedCounts[code] = excludedCounts[code]! + 1;
    else {
      rows[judged] = row;
      outcome[judged++] = outcomes[code]!;
    }
  }
  const excluded = labels.dictionary
    .map((value, code) => ({ value, count: excludedCounts[code]! }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  if (unlabelled > 0) excluded.push({ value: MISSING_VALUE, count: unlabelled });
  const result = { rows: rows.slice(0, judged), labels: outcome.slice(0, judged), excluded, outsideSplit };
  checkClasses(result, target, split);
  return result;
}

/** All rows of a split, labelled or not. */
export interface SplitRows {
  /** Row indexes in file order. */
  readonly rows: Uint32Array;
  /** 1 positive, 0 negative, -1 without a label that counts (missing, or excluded). */
  readonly labels: Int8Array;
}

/**
 * The rows of the split with their label where they have one: the decisions that were taken, whatever is known of them.
 *
 * @param split null = all rows
 * @throws {DataError} `column-missing` | `value-missing` | `invalid-argument`, as {@link selectJudgedRows}
 */
export function selectSplitRows(
  table: Table,
  target: TargetDefinition,
  split: SplitDefinition | null,
): SplitRows {
  const column = asCategory(columnByName(table, target.column));
  const { codes } = column;
  const outcomes = outcomeByCode(column, target);
  const inSplit = splitMask(table, split);
  const rows = new Uint32Array(table.rowCount);
  const labels = new Int8Array(table.rowCount);
  let count = 0;
  for (let row = 0; row < table.rowCount; row++) {
    if (inSplit !== null && inSplit[row] === 0) continue;
    const outcome = codes[row]! < 0 ? EXCLUDED : outcomes[codes[row]!]!;
    rows[count] = row;
    labels[count++] = outcome === EXCLUDED ? -1 : outcome;
  }
  return { rows: rows.slice(0, count), labels: labels.slice(0, count) };
}

/**
 * The labelled rows outside the split, missing split values among them: what may be fitted on without touching judged rows.
 *
 * @returns row indexes in file order and their outcome, 1 = positive; may be empty or of one class
 * @throws {DataError} `column-missing` | `value-missing` | `invalid-argument`, as {@link selectJudgedRows}
 */
export function selectRowsOutside(
  table: Table,
  target: TargetDefinition,
  split: SplitDefinition,
): Pick<JudgedRows, 'rows' | 'labels'> {
  const all = selectSplitRows(table, target, null);
  const inSplit = splitMask(table, split)!;
  const isOutside = (_: unknown, row: number) => inSplit[row] === 0 && all.labels[row]! >= 0;
  return { rows: all.rows.filter(isOutside), labels: Uint8Array.from(all.labels.filter(isOutside)) };
}

function outcomeByCode(labels: CategoryColumn, target: TargetDefinition): Uint8Array {
  const outcomes = new Uint8Array(labels.dictionary.length).fill(NEGATIVE);
  const place = { column: target.column };
  if (target.positive.length === 0) {
    throw new DataError('invalid-argument', `No value of "${target.column}" is called positive.`, {
      place,
      advice: 'Name at least one value that is the bad outcome.',
    });
  }
  for (const value of target.positive) {
    for (const code of codesOfValue(labels, value)) outcomes[code] = POSITIVE;
  }
  for (const value of target.excluded) {
    if (value === MISSING_VALUE && !labels.dictionary.includes(value)) continue;
    for (const code of codesOfValue(labels, value)) {
      if (outcomes[code] === POSITIVE) {
        throw new DataError(
          'invalid-argument',
          `The value "${labels.dictionary[code]}" of "${target.column}" is both positive and excluded.`,
          { place, advice: 'Leave it in one of the two lists.' },
        );
      }
      outcomes[code] = EXCLUDED;
    }
  }
  return outcomes;
}

function splitMask(table: Table, split: SplitDefinition | null): Uint8Array | null {
  if (split === null) return null;
  const column = asCategory(columnByName(table, split.column));
  const wanted = new Uint8Array(column.dictionary.length);
  for (const code of codesOfValue(column, split.value)) wanted[code] = 1;
  const mask = new Uint8Array(table.rowCount);
  for (let row = 0; row < mask.length; row++) {
    const code = column.codes[row]!;
    mask[row] = code < 0 ? 0 : wanted[code]!;
  }
  return mask;
}

function checkClasses(judged: JudgedRows, target: TargetDefinition, split: SplitDefinition | null): void {
  const rowCount = judged.rows.length;
  const where = split === null ? '' : ` where "${split.column}" is "${split.value}"`;
  const place = { column: target.column };
  if (rowCount === 0) {
    throw new DataError('no-judged-rows', `No row has a label in "${target.column}"${where}.`, {
      place,
      advice: 'Choose another target column or split, or exclude fewer values.',
    });
  }
  let positives = 0;
  for (let i = 0; i < rowCount; i++) positives += judged.labels[i]!;
  if (positives > 0 && positives < rowCount) return;
  const only = positives === 0 ? 'negative' : 'positive';
  throw new DataError(
    'one-class',
    `All ${rowCount} judged rows${where} are ${only} (${positives} positive, ${rowCount - positives} negative).`,
    {
      place,
      advice: `A threshold needs both outcomes: check the positive values of "${target.column}"${split === null ? '' : ' and the split'}.`,
    },
  );
}

/** The features of a model's core, made of a table's columns: what the trees and the kernels read. */
import { ModelError } from '../errors.ts';
import type { Column, NumberColumn, Table } from '../table/column.ts';
import { cellText } from '../table/column-access.ts';
import type { FeatureBlock } from '../trees/tree-ensemble.ts';
import { textReader, transformOf } from './feature-steps.ts';
import type { MappingReport } from './mapping.ts';
import { missingText } from './missing-text.ts';
import type { FeatureStep, PlannedFeature } from './planned-feature.ts';

/** Where the values of one feature come from. */
type FeatureSource =
  /** The table's own numbers. */
  | { readonly kind: 'view'; readonly values: Float64Array }
  /** One value per category; the last entry is that of a missing cell. */
  | { readonly kind: 'lookup'; readonly codes: Int32Array; readonly valueOfCode: Float64Array }
  /** Computed row by row. */
  | { readonly kind: 'rows'; readonly valueAt: (row: number) => number };

/** Features bound to the columns of a table: made once per table, read in ranges of rows. */
export interface BoundFeatures {
  readonly rowCount: number;
  readonly sources: readonly FeatureSource[];
}

/**
 * Binds the features of a model's core to the columns that the mapping gives its inputs.
 *
 * A text step reads the cell as the table writes it; a missing text is written as the model's encoders know it
 * (`missingText` over the texts that the steps of the same input column name), as ONNX Runtime is fed. All other steps
 * read numbers; a category of true and false feeds them as 1 and 0. The steps of a category column run once per
 * category.
 *
 * @param report   the mapping of the same model and table; each feature's input must be bound
 * @param features in the core's order
 * @throws {ModelError} `input-missing` for an input without a column, `input-mistyped` for a column whose kind the
 *   feature cannot take; both name the feature
 */
export function bindFeatures(
  table: Table,
  report: MappingReport,
  features: readonly PlannedFeature[],
): BoundFeatures {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const columnOf = new Map(
    report.bindings.map(({ input, position, column }) => [
      placeKey(input, position),
      columns.get(column ?? ''),
    ]),
  );
  const missing = missingTexts(features);
  const sources = features.map((feature) => {
    const key = placeKey(feature.input, feature.position);
    const column = columnOf.get(key);
    if (column === undefined) throw unbound(feature);
    return sourceOf(column, feature, missing.get(key) ?? '');
  });
  return { rowCount: table.rowCount, sources };
}

/**
 * The features of table rows [rowStart, rowEnd) as rows 0.. of a block. Columns of numbers that need no preparation are
 * views of the table.
 *
 * @param rowStart, rowEnd within the table, rowStart <= rowEnd
 */
export function featureBlock(bound: BoundFeatures, rowStart: number, rowEnd: number): FeatureBlock {
  const rowCount = rowEnd - rowStart;
  const columns = bound.sources.map((source) => {
    if (source.kind === 'view') return source.values.subarray(rowStart, rowEnd);
    const values = new Float64Array(rowCount);
    if (source.kind === 'lookup') {
      const { codes, valueOfCode } = source;
      const last = valueOfCode.length - 1;
      for (let i = 0; i < rowCount; i++) {
        const code = codes[rowStart + i]!;
        values[i] = valueOfCode[code < 0 ? last : code]!;
      }
    } else for (let i = 0; i < rowCount; i++) values[i] = source.valueAt(rowStart + i);
    return values;
  });
  return { rowCount, columns };
}

/**
 * The features of chosen table rows, in their order; row i of the block is table row rows[i].
 *
 * @param rows row numbers of the table, each below its row count
 */
export function featureBlockOfRows(bound: BoundFeatures, rows: Uint32Array): FeatureBlock {
  const columns = bound.sources.map((source) => {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = valueAt(source, rows[i]!);
    return values;
  });
  return { rowCount: rows.length, columns };
}

function valueAt(source: FeatureSource, row: number): number {
  if (source.kind === 'view') return source.values[row]!;
  if (source.kind === 'rows') return source.valueAt(row);
  const code = source.codes[row]!;
  return source.valueOfCode[code < 0 ? source.valueOfCode.length - 1 : code]!;
}

function placeKey(input: string, position: number): string {
  return `${position} ${input}`;
}

/** The text of a missing cell, by input and position: it depends on all texts that any step of the place knows. */
function missingTexts(features: readonly PlannedFeature[]): ReadonlyMap<string, string> {
  const known = new Map<string, Set<string>>();
  for (const { input, position, steps } of features) {
    const key = placeKey(input, position);
    const texts = known.get(key) ?? new Set();
    known.set(key, texts);
    for (const text of knownTexts(steps)) texts.add(text);
  }
  return new Map([...known].map(([key, texts]) => [key, missingText([...texts])]));
}

/** Texts that reach an encoder, those among them that a step rewrites to one. */
function knownTexts(steps: readonly FeatureStep[]): ReadonlySet<string> {
  const known = new Set<string>();
  for (const step of steps.toReversed()) {
    if (step.kind === 'equals-text') known.add(step.value);
    if (step.kind === 'category-code') for (const value of step.values) known.add(value);
    if (step.kind === 'replace-text' && known.has(step.to)) known.add(step.from);
  }
  return known;
}

function sourceOf(column: Column, feature: PlannedFeature, missing: string): FeatureSource {
  const { steps } = feature;
  const text = textReader(steps);
  if (text !== null) return textSource(column, feature, text, missing);
  if (column.kind === 'number' && steps.length === 0) return { kind: 'view', values: column.values };
  const transform = transformOf(steps);
  if (column.kind === 'number') {
    const { values } = column;
    return { kind: 'rows', valueAt: (row) => transform(values[row]!) };
  }
  if (column.kind !== 'category') throw mistyped(column, feature);
  const truths = column.dictionary.map((value) => truthOf(value, column, feature));
  return lookup(column.codes, [...truths, Number.NaN].map(transform));
}

function textSource(
  column: Column,
  feature: PlannedFeature,
  read: (text: string) => number,
  missing: string,
): FeatureSource {
  if (column.kind === 'category') return lookup(column.codes, [...column.dictionary, missing].map(read));
  if (column.kind === 'date') throw mistyped(column, feature);
  if (column.kind === 'number') return { kind: 'rows', valueAt: remembered(column, read, missing) };
  return { kind: 'rows', valueAt: (row) => read(cellText(column, row) ?? missing) };
}

function lookup(codes: Int32Array, values: readonly number[]): FeatureSource {
  return { kind: 'lookup', codes, valueOfCode: Float64Array.from(values) };
}

/** Numbers read as texts are codes, few and often repeated; beyond this many distinct ones, remembering costs more. */
const MOST_REMEMBERED = 65_536;

function remembered(
  column: NumberColumn,
  read: (text: string) => number,
  missing: string,
): (row: number) => number {
  const results = new Map<number, number>();
  return (row) => {
    const value = column.values[row]!;
    const before = results.get(value);
    if (before !== undefined) return before;
    const result = read(cellText(column, row) ?? missing);
    if (results.size < MOST_REMEMBERED) results.set(value, result);
    return result;
  };
}

function truthOf(text: string, column: Column, feature: PlannedFeature): number {
  if (/^true$/i.test(text)) return 1;
  if (/^false$/i.test(text)) return 0;
  throw mistyped(column, feature);
}

function unbound({ name }: PlannedFeature): ModelError {
  return new ModelError(
    'input-missing',
    `The model's feature "${name}" is not mapped to a column of this table.`,
    {
      place: { node: name },
      advice: 'Map the inputs of the model again.',
    },
  );
}

function mistyped(column: Column, { name }: PlannedFeature): ModelError {
  return new ModelError(
    'input-mistyped',
    `Column "${column.name}" is of kind ${column.kind} and cannot feed the model's feature "${name}".`,
    {
      place: { column: column.name, node: name },
      advice: 'Change the type of the column, or map another one.',
    },
  );
}

/** What a model takes and what it was trained for, as a table and lines of facts. */
import type { MappingChoices, MappingReport } from '../../core/model/mapping.ts';
import { type ModelFeature, modelFeatures } from '../../core/model/model-features.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import { formatCount, formatCountOf, formatValue } from '../../design/format.ts';
import type { FactLine } from './engine.view-model.ts';

export interface SignatureRow {
  readonly feature: string;
  /** "number (float)", "text". */
  readonly type: string;
  /** "owner, rent, priv and 3 more" or "0 to 48"; '' when the file says neither. */
  readonly known: string;
  /** All values, for the title; '' as above. */
  readonly allKnown: string;
  /** The column that feeds it; null when none does, or no table is open. */
  readonly column: string | null;
}

export interface SignatureView {
  readonly rows: readonly SignatureRow[];
  readonly hasKnown: boolean;
  /** Says that features were left out; null when all are there. */
  readonly leftOut: string | null;
}

/** More features than this are no table to read. */
const MOST_ROWS = 500;

/** The inputs one by one, with the columns that feed them where a table is open. */
export function signatureView(
  model: ModelSummary,
  choices: MappingChoices,
  report: MappingReport | null,
): SignatureView {
  const features = modelFeatures(model, choices);
  const columnOf = new Map(report?.bindings.map(({ feature, column }) => [feature, column]));
  const rows = features.slice(0, MOST_ROWS).map((feature) => rowOf(feature, model, columnOf));
  return {
    rows,
    hasKnown: rows.some(({ known }) => known !== ''),
    leftOut:
      features.length > MOST_ROWS
        ? `The first ${formatCount(MOST_ROWS)} of ${formatCountOf(features.length, 'feature')}.`
        : null,
  };
}

function rowOf(
  feature: ModelFeature,
  model: ModelSummary,
  columnOf: ReadonlyMap<string, string | null>,
): SignatureRow {
  const values = feature.knownValues ?? [];
  const input = model.inputs.find(({ name }) => name === feature.input);
  const range = input?.trainingRanges?.[feature.position] ?? null;
  return {
    feature: feature.feature,
    type: typeText(feature),
    known:
      values.length > 0 || range === null
        ? knownText(values)
        : `${formatValue(range[0])} to ${formatValue(range[1])}`,
    allKnown: values.map(shownValue).join(', '),
    column: columnOf.get(feature.feature) ?? null,
  };
}

function typeText({ kind, elementType }: ModelFeature): string {
  if (kind === 'string') return 'text';
  return kind === 'boolean' ? 'true or false' : `number (${elementType})`;
}

const NAMED_VALUES = 3;

function knownText(values: readonly string[]): string {
  if (values.length === 0) return '';
  const named = values.slice(0, NAMED_VALUES).map(shownValue).join(', ');
  const more = values.length - NAMED_VALUES;
  return more > 0 ? `${named} and ${formatCount(more)} more` : named;
}

/** An empty text is a value too, and would not be seen. */
function shownValue(value: string): string {
  return value === '' ? '(empty)' : value;
}

/** Classes, objective and outputs of a model. */
export function signatureLines({
  format,
  classLabels,
  objective,
  inputs,
  trees,
}: ModelSummary): readonly FactLine[] {
  return [
    { name: 'Classes', value: classLabels === null ? 'not stated in the file' : classLabels.join(', ') },
    ...(objective === null ? [] : [{ name: 'Objective', value: objective }]),
    ...(format === 'onnx' ? [{ name: 'Inputs', value: formatCountOf(inputs.length, 'tensor') }] : []),
    ...(trees === null ? [] : [{ name: 'Margins per row', value: formatCount(trees.outputCount) }]),
  ];
}

import type { DecodedCore } from '../model/decoded-core.ts';
import type { MappingReport } from '../model/mapping.ts';
import type { PlannedFeature } from '../model/planned-feature.ts';
import type { ModelSummary } from '../model/signature.ts';
import type { Table } from '../table/column.ts';
import type { FeatureValues } from './feature-fit.ts';
import { knownRanges } from './known-range.ts';

/** Rows of a sample: the share of rows outside a range is then known to within 0.5 % (three standard errors at 95 %). */
const SAMPLE_ROWS = 20_000;

/** Values of all columns together, 32 MB: wide models are judged on fewer rows. */
const SAMPLE_VALUES = 4_000_000;

/** At most so many rows of a table, evenly spread from the first on; always the same for the same count. */
export function sampleRows(rowCount: number, most: number): Uint32Array {
  const count = Math.min(rowCount, most);
  return Uint32Array.from({ length: count }, (_, i) => Math.floor((i * rowCount) / count));
}

/**
 * The numeric columns that feed a model, on sample rows, with what the model knows of each: one entry per column of a
 * model input (features of the core that share one, such as one-hot columns, are one), in the order of the inputs.
 *
 * @param decoded null when the inside of the model could not be told; then nothing is known
 * @returns null without a decoded core
 * O(columns x sample + nodes)
 */
export function featureEvidence(
  table: Table,
  report: MappingReport,
  decoded: DecodedCore | null,
  model: Pick<ModelSummary, 'inputs'>,
): FeatureValues[] | null {
  if (decoded === null) return null;
  const rows = sampleRows(
    table.rowCount,
    Math.min(SAMPLE_ROWS, Math.ceil(SAMPLE_VALUES / report.bindings.length)),
  );
  const ranges = knownRanges(decoded, trainingRangeOf(model));
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  return report.bindings.flatMap((binding): FeatureValues[] => {
    const column = columns.get(binding.column ?? '');
    if (column?.kind !== 'number') return [];
    const isHere = ({ input, position }: PlannedFeature) =>
      input === binding.input && position === binding.position;
    const known = ranges.find((range, j) => range !== null && isHere(decoded.features[j]!)) ?? null;
    const values = Float64Array.from(rows, (row) => column.values[row]!);
    return [{ feature: binding.feature, column: column.name, how: binding.how, values, known }];
  });
}

function trainingRangeOf({ inputs }: Pick<ModelSummary, 'inputs'>) {
  const rangesOf = new Map(inputs.map(({ name, trainingRanges }) => [name, trainingRanges]));
  return ({ input, position }: PlannedFeature) => rangesOf.get(input)?.[position] ?? null;
}

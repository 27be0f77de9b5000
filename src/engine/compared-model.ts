import { isCutlineError } from '../core/errors.ts';
import { type BoundFeatures, bindFeatures, featureBlockOfRows } from '../core/model/feature-block.ts';
import type { MappingReport } from '../core/model/mapping.ts';
import type { PlannedFeature } from '../core/model/planned-feature.ts';
import type { ComparedScores, FormTrees } from '../core/parity/compared-form.ts';
import type { Table } from '../core/table/column.ts';
import type { OpenedModel } from '../formats/model/opened-model.ts';

/**
 * A scored model as one of two forms to compare: what it gave, how exactly, and its trees where they are known and this
 * table feeds them (ONNX Runtime takes columns that the steps before the trees do not).
 *
 * @param report the mapping with which the scores were made
 * @param scores one per row of the table, NaN = no score
 */
export function comparedModel(
  opened: OpenedModel,
  table: Table,
  report: MappingReport,
  scores: Float64Array,
): ComparedScores {
  return { name: opened.name, scores, precision: precisionOf(opened), trees: treesOf(opened, table, report) };
}

/** How exactly a model computes its scores: what its reference sums in. */
export function precisionOf(opened: OpenedModel): 'float64' | 'float32' {
  return opened.format !== 'onnx' && opened.native.ensemble.sums === 'float64' ? 'float64' : 'float32';
}

function treesOf({ decoded }: OpenedModel, table: Table, report: MappingReport): FormTrees | null {
  if (decoded?.core.kind !== 'trees') return null;
  const { features, core } = decoded;
  const bound = boundOrNull(table, report, features);
  if (bound === null) return null;
  return {
    ensemble: core.ensemble,
    featureNames: features.map((feature) => shownName(feature, report)),
    blockOf: (rows) => featureBlockOfRows(bound, rows),
  };
}

function boundOrNull(
  table: Table,
  report: MappingReport,
  features: readonly PlannedFeature[],
): BoundFeatures | null {
  try {
    return bindFeatures(table, report, features);
  } catch (error) {
    if (isCutlineError(error)) return null;
    throw error;
  }
}

/** A feature that the file does not name is known to the user by the column that feeds it. */
function shownName({ name, input, position }: PlannedFeature, report: MappingReport): string {
  if (!/^column \d+$/.test(name)) return name;
  const binding = report.bindings.find((other) => other.input === input && other.position === position);
  return binding?.column ?? name;
}

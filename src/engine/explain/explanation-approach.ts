import { isCutlineError } from '../../core/errors.ts';
import type { ExplanationChoice } from '../../core/explain/explanation.ts';
import type { LinearModel } from '../../core/model/decoded-core.ts';
import { type BoundFeatures, bindFeatures } from '../../core/model/feature-block.ts';
import type { MappingReport } from '../../core/model/mapping.ts';
import type { Table } from '../../core/table/column.ts';
import type { Notice } from '../../core/table/summary.ts';
import type { TreeEnsemble } from '../../core/trees/tree-ensemble.ts';
import type { OpenedModel } from '../../formats/model/opened-model.ts';
import { type ExplainedOutput, explainedOutput } from './explained-output.ts';

/** A model on a table, with the target's values that count as positive. */
export interface ExplainedModel {
  readonly opened: OpenedModel;
  readonly table: Table;
  /** The mapping of the same model and table; must be ready. */
  readonly report: MappingReport;
  readonly positiveValues: readonly string[];
}

/** The features of a known core on a table, and the model's own feature that each belongs to. */
export interface CoreFeatures {
  readonly bound: BoundFeatures;
  /** Per feature of the core, the number of the model's feature that it is made of: one-hot levels share one. */
  readonly columnOf: Int32Array;
  /** Features of the model. */
  readonly columnCount: number;
}

/** By which method a model is explained, and what it takes. */
export type ExplanationApproach = {
  readonly explained: ExplainedOutput;
  readonly notices: readonly Notice[];
} & (
  | ({
      readonly method: 'tree-path-dependent' | 'tree-interventional';
      readonly ensemble: TreeEnsemble;
      readonly output: number;
    } & CoreFeatures)
  | ({ readonly method: 'linear'; readonly linear: LinearModel; readonly output: number } & CoreFeatures)
  | { readonly method: 'sampling' }
);

/**
 * Chooses the method: what the user asked for where the model can be explained so, else the nearest that can, and says so.
 *
 * `auto`: trees by path-dependent SHAP, linear models by linear SHAP, everything else by sampling. A linear model answers
 * an exact method by linear SHAP, which is its interventional SHAP.
 *
 * @throws {ModelError} `positive-class-unknown`; `input-missing` for an input without a column
 */
export function explanationApproach(
  model: ExplainedModel,
  method: ExplanationChoice['method'],
): ExplanationApproach {
  const { opened, table, report, positiveValues } = model;
  const core = opened.decoded?.core ?? null;
  const explained = explainedOutput(opened, core, positiveValues);
  const sampled = (notices: readonly Notice[]): ExplanationApproach => ({
    method: 'sampling',
    explained: explained.kind === 'score' ? explained : { ...explained, kind: 'score', notices: [] },
    notices,
  });
  if (method === 'sampling') return sampled([]);
  if (core === null) return sampled(method === 'auto' ? [] : [notKnown(opened.name)]);
  if (explained.kind === 'score') return sampled([]);
  if (core.kind === 'trees' && core.ensemble.linearLeaves !== null) return sampled([linearLeaves()]);
  const bound = boundOrNull(model);
  if (bound === null) return sampled([notBound(table.name)]);
  const features = { bound, columnOf: featureNumbers(opened, report), columnCount: report.bindings.length };
  const { output } = explained;
  if (core.kind === 'linear') {
    const notices = method === 'path-dependent' ? [noTrees()] : [];
    return { method: 'linear', linear: core.linear, output, ...features, explained, notices };
  }
  const isInterventional = method === 'interventional';
  return {
    method: isInterventional ? 'tree-interventional' : 'tree-path-dependent',
    ...{ ensemble: core.ensemble, output, ...features, explained, notices: [] },
  };
}

/** ONNX Runtime feeds some columns to the model that the steps before its core cannot read here. */
function boundOrNull({ opened, table, report }: ExplainedModel): BoundFeatures | null {
  try {
    return bindFeatures(table, report, opened.decoded?.features ?? []);
  } catch (error) {
    if (isCutlineError(error) && error.code === 'input-mistyped') return null;
    throw error;
  }
}

function featureNumbers({ decoded }: OpenedModel, { bindings }: MappingReport): Int32Array {
  const numbers = new Map(bindings.map(({ input, position }, number) => [`${position} ${input}`, number]));
  return Int32Array.from(
    decoded?.features ?? [],
    ({ input, position }) => numbers.get(`${position} ${input}`)!,
  );
}

function notKnown(name: string): Notice {
  return {
    code: 'explained-by-sampling',
    message: `What is inside of ${name} is not known, so that it is explained by sampling.`,
  };
}

function notBound(table: string): Notice {
  return {
    code: 'explained-by-sampling',
    message: `A column of ${table} reaches the model in a way that its exact method does not read, so that it is explained by sampling.`,
  };
}

function linearLeaves(): Notice {
  return {
    code: 'linear-leaves',
    message:
      'The leaves of this model hold linear models, for which no exact method is known (LightGBM refuses its contributions too, LightGBM#4006): it is explained by sampling.',
  };
}

function noTrees(): Notice {
  return {
    code: 'linear-not-trees',
    message: 'The model is linear and has no paths: its contributions are computed by linear SHAP.',
  };
}

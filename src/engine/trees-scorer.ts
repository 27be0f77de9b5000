import { bindFeatures, featureBlock } from '../core/model/feature-block.ts';
import type { PlannedFeature } from '../core/model/planned-feature.ts';
import { applyLink } from '../core/trees/apply-link.ts';
import { marginsOf } from '../core/trees/evaluate-trees.ts';
import type { FeatureBlock, TreeEnsemble } from '../core/trees/tree-ensemble.ts';
import { classLabels } from '../formats/model/onnx/class-labels.ts';
import type { OpenedModel } from '../formats/model/opened-model.ts';
import { outputName } from './raw-output.ts';
import type { OutputTensor } from './score-output.ts';
import type { Scorer } from './scorer.ts';

/** Trees with what feeds them and what their columns are called: what a scorer without ONNX Runtime is made of. */
export interface ScorableTrees {
  readonly modelName: string;
  readonly ensemble: TreeEnsemble;
  /** In the ensemble's order. */
  readonly features: readonly PlannedFeature[];
  readonly classLabels: readonly string[] | null;
  /** What a native file was trained for, in its own words; null for ONNX. */
  readonly objective: string | null;
  /** Name of the one output, for reports. */
  readonly output: string;
}

/** Margins of the rows of a block, rowCount x outputCount, row by row. */
export type MarginsOf = (block: FeatureBlock) => Float64Array;

/** Nodes that one turn visits at most: some 50 ms of the plain evaluation (25 ns a node, measured in Node 20). */
const VISITS_A_TURN = 2_000_000;

/**
 * The reference of a native file: its trees, evaluated node by node as its own library does. Nothing is loaded for it.
 */
export function createPlainScorer(trees: ScorableTrees): Scorer {
  const { ensemble } = trees;
  return treesScorer(trees, plainEngineName(ensemble), (block) => marginsOf(ensemble, block), {
    mostRows: Math.max(64, Math.floor(VISITS_A_TURN / visitsARow(ensemble))),
    release: async () => undefined,
  });
}

/** Name and version of the plain evaluation; the version rises when any score changes. */
export function plainEngineName({ sums }: TreeEnsemble): string {
  return `Cutline trees 1 (${sums === 'float64' ? 'float64' : 'float32'})`;
}

/**
 * A scorer over an evaluation of trees. Its one output holds what the model returns (`applyLink`), one column a class.
 *
 * @param margins must be those of `marginsOf` for the same rows
 */
export function treesScorer(
  { modelName, ensemble, features, classLabels, objective, output }: ScorableTrees,
  engine: string,
  margins: MarginsOf,
  { mostRows, release }: Pick<Scorer, 'mostRows' | 'release'>,
): Scorer {
  return {
    modelName,
    engine,
    classLabels,
    objective,
    fixedRows: null,
    mostRows,
    quirkOf: () => 'none',
    bind: (table, report) => {
      const bound = bindFeatures(table, report, features);
      return {
        run: async (rowStart, rowEnd) => {
          const data = applyLink(ensemble, margins(featureBlock(bound, rowStart, rowEnd)));
          return [{ name: output, data, width: widthOf(ensemble) } satisfies OutputTensor];
        },
      };
    },
    release,
  };
}

/** The trees of an opened model, or null when it has none that are known. */
export function scorableTrees(opened: OpenedModel): ScorableTrees | null {
  const { decoded, name } = opened;
  if (decoded === null || decoded.core.kind !== 'trees') return null;
  const { ensemble } = decoded.core;
  const objective = opened.format === 'onnx' ? null : opened.native.objective;
  return {
    modelName: name,
    ensemble,
    features: decoded.features,
    classLabels:
      opened.format === 'onnx'
        ? classLabels(opened.onnx)
        : (opened.native.classLabels ?? numberedClasses(opened.native.ensemble)),
    objective,
    output: decoded.output ?? outputName(objective ?? '', isProbability(ensemble)),
  };
}

function isProbability({ link, classCount }: TreeEnsemble): boolean {
  return classCount > 0 || link.kind === 'logistic';
}

/** LightGBM and XGBoost number their classes from 0 when they keep no names. */
function numberedClasses({ classCount }: TreeEnsemble): readonly string[] | null {
  return classCount === 0 ? null : Array.from({ length: classCount }, (_, k) => String(k));
}

function widthOf({ outputCount, classCount }: TreeEnsemble): number {
  return Math.max(outputCount, outputCount === 1 ? classCount : 0);
}

/** Splits on the way to a leaf, over all trees, for trees that are about balanced. */
function visitsARow({ roots, features }: TreeEnsemble): number {
  const treeCount = Math.max(1, roots.length);
  return treeCount * (1 + Math.log2(1 + features.length / treeCount)) * 1.5;
}

import { ModelError } from '../../../core/errors.ts';
import type { Notice } from '../../../core/table/summary.ts';
import {
  missingRule,
  splitRule,
  type TreeEnsemble,
  ZERO_THRESHOLD,
} from '../../../core/trees/tree-ensemble.ts';
import type { NativeModel } from '../opened-model.ts';
import { type AttributeValue, buildNode, buildTensorInfo } from './build-node.ts';
import { withLeafTreesFor } from './leaf-trees.ts';
import type { OnnxGraph, OnnxNode, OnnxTensor, OnnxValueInfo } from './onnx-types.ts';
import { feedOf } from './tree-inputs.ts';
import { type TreeRows, treeRows } from './tree-rows.ts';
import { writeOnnxFile } from './write-onnx-file.ts';

const FLOAT32 = 1;
const INT64 = 7;
const STRING = 8;

/** A model as ONNX, and what is not quite the same in it. */
export interface WrittenModel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly notices: readonly Notice[];
}

/**
 * Writes a LightGBM or XGBoost model as an ONNX file that scores the same.
 *
 * Numbers come in as one float32 matrix `features`, its names in the metadata (`feature_names`); with text categories every
 * feature has an input of its own, and a LabelEncoder turns the texts into their codes (unknown ones into NaN). Two classes
 * or more leave as `label` and `probabilities`, everything else as `prediction`. Tree weights, averaging and the slope of
 * the sigmoid are multiplied into the leaf values.
 *
 * Inputs and sums are float32: a value that is no float32 may land in another leaf, and scores differ by up to 2e-6.
 * Categories must be whole numbers: the native libraries cut a fraction off, ONNX does not. Both are said in `notices`.
 *
 * @throws {ModelError} `not-writable` naming what ONNX cannot say: zeros that count as missing, linear leaves, text
 *   categories beside features without a name, categories of numbers known by their position, a link and classes that no
 *   ONNX operator joins
 */
export function writeTreesAsOnnx(model: NativeModel): WrittenModel {
  refuse(model);
  const ensemble = withLeafTreesFor(model.ensemble);
  const feed = feedOf(model);
  const head = headOf({ ...model, ensemble }, feed.tensor, treeRows(ensemble));
  const graph: OnnxGraph = {
    name: model.name,
    nodes: [...feed.nodes, ...head.nodes],
    initializers: head.initializers,
    inputs: feed.inputs,
    outputs: head.outputs,
  };
  const bytes = writeOnnxFile({
    irVersion: 7,
    producerName: 'Cutline',
    producerVersion: '',
    opsets: [
      { domain: '', version: 13 },
      { domain: 'ai.onnx.ml', version: 2 },
    ],
    metadata: feed.names === null ? [] : [{ key: 'feature_names', value: JSON.stringify(feed.names) }],
    graph,
  });
  return { bytes: bytes as Uint8Array<ArrayBuffer>, notices: noticesOf(ensemble) };
}

function refuse({ name, ensemble, features }: NativeModel): void {
  const what = unwritable(ensemble) ?? unwritableFeature(features);
  if (what === null) return;
  throw new ModelError('not-writable', `${name} cannot be written as ONNX: it has ${what}.`, {
    place: { file: name },
    advice: 'Keep the model in its own format, which Cutline scores as its library does.',
  });
}

function unwritableFeature(features: NativeModel['features']): string | null {
  if (features.some(({ kind, isCoded }) => isCoded && kind !== 'text')) {
    return 'a list of categories that are numbers or truth values (pandas_categorical), whose positions ONNX has no operator for';
  }
  const isText = features.some(({ kind }) => kind === 'text');
  return isText && features.some(({ name }) => name === null)
    ? 'text categories beside features without a name'
    : null;
}

function unwritable(ensemble: TreeEnsemble): string | null {
  if (ensemble.linearLeaves !== null)
    return 'leaves that hold linear models (linear_tree), which ONNX has no operator for';
  for (let node = 0; node < ensemble.features.length; node++) {
    if (ensemble.missing[node] === missingRule.nanAndZero && !isZeroAtHome(ensemble, node)) {
      return 'zeros that count as missing (zero_as_missing), which ONNX has no operator for';
    }
  }
  return null;
}

/** True when 0 and what counts as it go where the comparison sends them anyway. */
function isZeroAtHome({ rules, thresholds, defaultLeft }: TreeEnsemble, node: number): boolean {
  const threshold = thresholds[node]!;
  const isLeft = defaultLeft[node] === 1;
  if (rules[node] === splitRule.lessOrEqual) {
    return isLeft ? threshold >= ZERO_THRESHOLD : threshold < -ZERO_THRESHOLD;
  }
  return (
    rules[node] === splitRule.less && (isLeft ? threshold > ZERO_THRESHOLD : threshold <= -ZERO_THRESHOLD)
  );
}

function noticesOf({ rules }: TreeEnsemble): Notice[] {
  const notices: Notice[] = [
    {
      code: 'float32-inputs',
      message:
        'The ONNX file takes its inputs as float32 and adds up in float32: numbers with more than seven digits can land in another leaf, and scores differ by up to 0.000002.',
      count: 1,
    },
  ];
  const sets = rules.filter((rule) => rule === splitRule.inSet).length;
  if (sets > 0) {
    notices.push({
      code: 'whole-categories',
      message:
        'Category codes must be whole numbers in the ONNX file; the model itself cuts a fraction off before it looks a category up.',
      count: sets,
    });
  }
  return notices;
}

interface Head {
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly outputs: readonly OnnxValueInfo[];
}

/** The trees and what turns their margins into the model's output. */
function headOf(model: NativeModel, tensor: string, rows: TreeRows): Head {
  const { outputCount, classCount, link } = model.ensemble;
  const isBinary = classCount === 2 && outputCount === 1 && link.kind === 'logistic';
  const isMulti =
    classCount > 1 && outputCount === classCount && (link.kind === 'softmax' || link.kind === 'logistic');
  if (isBinary || isMulti) return classifierHead(model, tensor, rows);
  if (classCount !== 0) {
    throw new ModelError(
      'not-writable',
      `${model.name} cannot be written as ONNX: no operator makes ${classCount} classes of ${outputCount} margins by ${link.kind}.`,
      {
        place: { file: model.name },
        advice: 'Keep the model in its own format, which Cutline scores as its library does.',
      },
    );
  }
  return regressorHead(model, tensor, rows);
}

function classifierHead({ ensemble, classLabels }: NativeModel, tensor: string, rows: TreeRows): Head {
  const labels = classLabels?.length === ensemble.classCount ? classLabels : null;
  const node = buildNode('ai.onnx.ml:TreeEnsembleClassifier', [tensor], ['label', 'probabilities'], {
    ...nodeAttributes(rows),
    ...weightAttributes(ensemble, rows, 'class'),
    ...(labels === null
      ? { classlabels_int64s: integers(Array.from({ length: ensemble.classCount }, (_, k) => k)) }
      : { classlabels_strings: labels }),
    post_transform: ensemble.link.kind === 'softmax' ? 'SOFTMAX' : 'LOGISTIC',
  });
  return {
    nodes: [node],
    initializers: [],
    outputs: [
      buildTensorInfo('label', labels === null ? INT64 : STRING, [null]),
      buildTensorInfo('probabilities', FLOAT32, [null, ensemble.classCount]),
    ],
  };
}

function regressorHead({ ensemble }: NativeModel, tensor: string, rows: TreeRows): Head {
  const { link, outputCount } = ensemble;
  const output = 'prediction';
  const margins = link.kind === 'identity' ? output : 'margins';
  const trees = buildNode('ai.onnx.ml:TreeEnsembleRegressor', [tensor], [margins], {
    ...nodeAttributes(rows),
    ...weightAttributes(ensemble, rows, 'target'),
    n_targets: BigInt(outputCount),
  });
  return {
    nodes: [trees, ...linkNodes(link.kind, margins, output)],
    initializers: [],
    outputs: [buildTensorInfo(output, FLOAT32, [null, outputCount])],
  };
}

function linkNodes(link: TreeEnsemble['link']['kind'], margins: string, output: string): OnnxNode[] {
  switch (link) {
    case 'identity':
      return [];
    case 'logistic':
      return [buildNode('Sigmoid', [margins], [output])];
    case 'softmax':
      return [buildNode('Softmax', [margins], [output], { axis: 1n })];
    case 'exponential':
      return [buildNode('Exp', [margins], [output])];
    case 'signed-square':
      return [buildNode('Abs', [margins], ['sizes']), buildNode('Mul', ['sizes', margins], [output])];
  }
}

function nodeAttributes(rows: TreeRows): Record<string, AttributeValue> {
  return {
    nodes_treeids: integers(rows.treeIds),
    nodes_nodeids: integers(rows.nodeIds),
    nodes_featureids: integers(rows.features),
    nodes_modes: rows.modes,
    nodes_values: Float32Array.from(rows.thresholds),
    nodes_truenodeids: integers(rows.whenTrue),
    nodes_falsenodeids: integers(rows.whenFalse),
    nodes_missing_value_tracks_true: integers(rows.tracksTrue),
  };
}

/** Leaf values and base values with tree weight, average and slope multiplied in, then rounded to float32 once. */
function weightAttributes(
  ensemble: TreeEnsemble,
  { leaves }: TreeRows,
  prefix: 'class' | 'target',
): Record<string, AttributeValue> {
  const { leafWidth, leafValues, treeWeights, treeOutputs, baseValues, averageOver, link } = ensemble;
  const factor = (link.kind === 'logistic' ? link.slope : 1) / averageOver;
  const count = leaves.length * leafWidth;
  const weights = new Float32Array(count);
  const outputs = new Array<number>(count);
  leaves.forEach(({ tree, leaf }, i) => {
    for (let k = 0; k < leafWidth; k++) {
      weights[i * leafWidth + k] = leafValues[leaf * leafWidth + k]! * (treeWeights?.[tree] ?? 1) * factor;
      outputs[i * leafWidth + k] = leafWidth === 1 ? treeOutputs[tree]! : k;
    }
  });
  const places = Array.from({ length: count }, (_, i) => leaves[Math.floor(i / leafWidth)]!);
  const bases = baseValues.map((value) => value * factor);
  return {
    [`${prefix}_treeids`]: integers(places.map(({ tree }) => tree)),
    [`${prefix}_nodeids`]: integers(places.map(({ node }) => node)),
    [`${prefix}_ids`]: integers(outputs),
    [`${prefix}_weights`]: weights,
    ...(bases.some((value) => value !== 0) ? { base_values: Float32Array.from(bases) } : {}),
  };
}

/** Whole numbers of 32 bits as int64; by halves, since a bigint for each of millions is slow. */
function integers(values: readonly number[]): BigInt64Array {
  const out = new BigInt64Array(values.length);
  const halves = new Int32Array(out.buffer);
  for (let i = 0; i < values.length; i++) {
    halves[2 * i] = values[i]!;
    halves[2 * i + 1] = values[i]! >> 31;
  }
  return out;
}

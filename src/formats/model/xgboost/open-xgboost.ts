import { FormatError } from '../../../core/errors.ts';
import type { Notice } from '../../../core/table/summary.ts';
import type { TreeEnsemble } from '../../../core/trees/tree-ensemble.ts';
import type { NativeFeature, NativeModel } from '../opened-model.ts';
import {
  childOf,
  countOf,
  type DocumentNode,
  damagedAt,
  itemsOf,
  numbersOf,
  textOf,
} from './document-node.ts';
import { matchXgboost } from './match-xgboost.ts';
import { readBaseValues } from './read-base-score.ts';
import { readCategories } from './read-categories.ts';
import { readJsonText } from './read-json-text.ts';
import { readObjective, type XgboostObjective } from './read-objective.ts';
import { readTrees } from './read-trees.ts';
import { readUbjson } from './read-ubjson.ts';
import { orderedTrees } from './tree-lists.ts';

/** A file that does not name its features can claim any number of them. */
const MAX_FEATURES = 1_000_000;

/** The parts of a learner that make up its trees. */
interface Booster {
  readonly model: DocumentNode;
  /** Dart: a factor per tree. */
  readonly weights: DocumentNode | null;
}

/**
 * Opens a model that XGBoost saved as JSON or UBJSON (1.0 to 3.x), with the boosters gbtree and dart.
 *
 * @param bytes the whole file
 * @param name  file name, for messages
 * @returns an ensemble in XGBoost's own arithmetic: values and thresholds in float32, sums in float32 from base_score
 * @throws {FormatError} `not-a-model` for other files, `corrupt-model` for damaged ones, `unsupported-type` for the
 *   booster gblinear and unknown objectives, `too-large`. Any bytes open or throw one of these.
 * Source: XGBoost's model schema (doc/model.schema) and sources of 1.7 and 3.1.
 */
export function openXgboost(bytes: Uint8Array, name: string): NativeModel {
  const encoding = matchXgboost(bytes);
  if (encoding === null) {
    throw new FormatError('not-a-model', `${name} is not an XGBoost model in JSON or UBJSON.`, {
      place: { file: name },
      advice: 'Save it with booster.save_model("model.json").',
    });
  }
  const value = encoding === 'json' ? readJsonText(bytes, name) : readUbjson(bytes, name);
  const document: DocumentNode = { value, path: '', file: name };
  const learner = childOf(document, 'learner');
  const version = versionOf(document);
  refuseConfiguration(learner);
  const objective = readObjective(learner);
  const booster = boosterOf(learner);
  const features = readFeatures(learner, booster.model);
  const ensemble = readEnsemble(learner, booster, objective, features.length);
  return {
    name,
    byteLength: bytes.length,
    formatName: `XGBoost ${encoding === 'json' ? 'JSON' : 'UBJSON'}${version === '' ? '' : ` (${version})`}`,
    producer: version === '' ? 'XGBoost' : `XGBoost ${version}`,
    objective: objective.name,
    features,
    classLabels:
      ensemble.classCount === 0 ? null : Array.from({ length: ensemble.classCount }, (_, k) => `${k}`),
    ensemble,
    notices: [...objective.notices, ...earlyStopNotices(learner, booster.model, ensemble)],
  };
}

function versionOf(document: DocumentNode): string {
  const version = childOf(document, 'version');
  return version.value === undefined ? '' : Array.from(numbersOf(version)).join('.');
}

/** `save_config` writes how a booster was trained, which no model file does, and no trees. */
function refuseConfiguration(learner: DocumentNode): void {
  const booster = childOf(learner, 'gradient_booster');
  const models = [booster, childOf(booster, 'gbtree')].map((node) => childOf(node, 'model').value);
  const isConfiguration = childOf(learner, 'learner_train_param').value !== undefined;
  if (!isConfiguration || models.some((model) => model !== undefined)) return;
  throw new FormatError('not-a-model', `${learner.file} is a configuration of XGBoost without trees.`, {
    place: { file: learner.file },
    advice: 'Save the booster itself: `booster.save_model("model.json")`.',
  });
}

/** Two features of one name could not be told apart in a table. */
function refuseRepeated(listed: DocumentNode, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw damagedAt(listed, `names "${name}" twice`);
    seen.add(name);
  }
}

function boosterOf(learner: DocumentNode): Booster {
  const booster = childOf(learner, 'gradient_booster');
  const kind = textOf(childOf(booster, 'name'));
  if (kind === 'gbtree') return { model: childOf(booster, 'model'), weights: null };
  if (kind === 'dart') {
    return { model: childOf(childOf(booster, 'gbtree'), 'model'), weights: childOf(booster, 'weight_drop') };
  }
  throw new FormatError(
    'unsupported-type',
    `${learner.file} has the booster ${kind}; this version reads gbtree and dart.`,
    {
      place: { file: learner.file },
      advice: 'Score the rows where the model runs, and bring the score column.',
    },
  );
}

function readFeatures(learner: DocumentNode, model: DocumentNode): readonly NativeFeature[] {
  const listed = childOf(learner, 'feature_names');
  const names = listed.value === undefined ? [] : itemsOf(listed).map(textOf);
  const count = countOf(childOf(childOf(learner, 'learner_model_param'), 'num_feature'), names.length);
  if (names.length > 0 && names.length !== count) {
    throw damagedAt(listed, `has ${names.length} entries, and the model has ${count} features`);
  }
  refuseRepeated(listed, names);
  if (count > MAX_FEATURES) throw damagedAt(learner, `claims ${count} features`);
  const categories = readCategories(model, count);
  return Array.from({ length: count }, (_, j): NativeFeature => {
    const listed = categories?.[j] ?? null;
    return {
      name: names[j] ?? null,
      kind: listed?.kind ?? 'number',
      isCoded: listed !== null,
      categories: listed?.values ?? null,
      range: null,
    };
  });
}

function readEnsemble(
  learner: DocumentNode,
  { model, weights }: Booster,
  objective: XgboostObjective,
  featureCount: number,
): TreeEnsemble {
  const params = childOf(learner, 'learner_model_param');
  const classes = countOf(childOf(params, 'num_class'), 0);
  const outputCount = Math.max(1, classes, countOf(childOf(params, 'num_target'), 1));
  const { trees, outputs } = orderedTrees(model, outputCount);
  const leafWidth = leafWidthOf(trees, outputCount);
  if (leafWidth === 1 && outputCount > trees.length) throw damagedAt(params, `claims ${outputCount} outputs`);
  const parts = readTrees(trees, featureCount, leafWidth);
  return {
    ...parts,
    featureCount,
    outputCount,
    classCount: classCountOf(objective, outputCount),
    comparison: 'float32',
    sums: 'float32-from-base',
    treeOutputs: leafWidth === 1 ? outputs : new Int32Array(trees.length),
    treeWeights: weights === null ? null : Float64Array.from(numbersOf(weights, trees.length), Math.fround),
    linearLeaves: null,
    baseValues: readBaseValues(learner, objective, outputCount),
    averageOver: 1,
    link: objective.link,
  };
}

/** Several logistic outputs are labels of their own (multi-label), not classes that exclude each other. */
function classCountOf({ link, isBinary }: XgboostObjective, outputCount: number): number {
  if (link.kind === 'softmax') return outputCount;
  return isBinary && outputCount === 1 ? 2 : 0;
}

/** Values per leaf: 1, or one per output where the trees were grown with multi_output_tree. */
function leafWidthOf(trees: readonly DocumentNode[], outputCount: number): number {
  const widths = trees.map((tree) => childOf(childOf(tree, 'tree_param'), 'size_leaf_vector'));
  const width = Math.max(1, countOf(widths[0]!, 1));
  for (const node of widths) {
    if (Math.max(1, countOf(node, 1)) !== width) throw damagedAt(node, 'differs between trees');
  }
  if (width > 1 && width !== outputCount) {
    throw damagedAt(widths[0]!, `is ${width}, and the model has ${outputCount} outputs`);
  }
  return width;
}

function earlyStopNotices(learner: DocumentNode, model: DocumentNode, ensemble: TreeEnsemble): Notice[] {
  const best = childOf(childOf(learner, 'attributes'), 'best_iteration').value;
  if (typeof best !== 'string' || !/^\d+$/.test(best)) return [];
  const parallel = countOf(childOf(childOf(model, 'gbtree_model_param'), 'num_parallel_tree'), 1);
  const groups = ensemble.leafWidth === 1 ? ensemble.outputCount : 1;
  const iterations = Math.floor(ensemble.roots.length / (Math.max(1, parallel) * groups));
  const used = Number(best) + 1;
  if (used >= iterations) return [];
  return [
    {
      code: 'early-stopping',
      message: `Training stopped early: the best iteration was ${used} of ${iterations}. Scores here use all ${iterations}, as Booster.predict does; XGBClassifier.predict_proba uses the first ${used}. For those, save booster[:${used}].`,
    },
  ];
}

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blockOfCsv, blockOfRows, type GoldenNumber } from '../../../../fixtures/feature-block.ts';
import { goldenCsv, goldenJson, numbers } from '../../../../fixtures/golden.ts';
import { FormatError } from '../../../core/errors.ts';
import { applyLink } from '../../../core/trees/apply-link.ts';
import { marginsOf } from '../../../core/trees/evaluate-trees.ts';
import type { FeatureBlock } from '../../../core/trees/tree-ensemble.ts';
import type { NativeModel } from '../opened-model.ts';
import { matchXgboost } from './match-xgboost.ts';
import { openXgboost } from './open-xgboost.ts';
import { type UbjsonValue, withPackedLists, writeUbjson } from './write-ubjson.laws.ts';

const fixtures = new URL('../../../../fixtures/', import.meta.url).pathname;

function openFixture(path: string): NativeModel {
  return openXgboost(new Uint8Array(readFileSync(fixtures + path)), path);
}

function scoresOf({ ensemble }: NativeModel, block: FeatureBlock): { margins: number[]; scores: number[] } {
  const margins = marginsOf(ensemble, block);
  const link = applyLink(ensemble, margins);
  const scores = ensemble.classCount === 2 ? link.filter((_, i) => i % 2 === 1) : link;
  return { margins: [...margins], scores: [...scores] };
}

function largestDifference(actual: readonly number[], expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  return actual.reduce((max, value, i) => Math.max(max, Math.abs(value - expected[i]!)), 0);
}

function namesOf(model: NativeModel): string[] {
  return model.features.map(({ name }) => name!);
}

describe('openXgboost on the reference models', () => {
  const scored: readonly [file: string, column: string, matrix: string][] = [
    ['credit_data/models/xgboost_binary.json', 'xgboost_binary', 'matrix_onehot_test.csv'],
    ['credit_data/models/xgboost_dart.json', 'xgboost_dart', 'matrix_onehot_test.csv'],
    ['credit_data/models/xgboost_base_score.json', 'xgboost_base_score', 'matrix_native_codes_test.csv'],
    ['credit_data/models/xgboost_base_score.ubj', 'xgboost_base_score', 'matrix_native_codes_test.csv'],
    [
      'credit_data/models/synthetic_xgboost31_base_score_array.json',
      'xgboost_base_score',
      'matrix_native_codes_test.csv',
    ],
    ['credit_data/models/xgboost_categorical.json', 'xgboost_categorical', 'matrix_native_codes_test.csv'],
    ['mlc_churn/models/xgboost_base_score.json', 'xgboost_base_score', 'matrix_native_codes_test.csv'],
    ['mlc_churn/models/xgboost_base_score.ubj', 'xgboost_base_score', 'matrix_native_codes_test.csv'],
    ['mlc_churn/models/xgboost_categorical.json', 'xgboost_categorical', 'matrix_native_codes_test.csv'],
  ];

  it.each(scored)('%s gives the probabilities of all test rows', (file, column, matrix) => {
    const model = openFixture(file);
    const dataset = file.slice(0, file.indexOf('/'));
    const block = blockOfCsv(`./${dataset}/${matrix}`, namesOf(model));
    const expected = numbers(goldenCsv(`./${dataset}/expected/probabilities_test.csv`)(column));
    // The stated tolerance is 2e-6; the file's nine digits are met.
    expect(largestDifference(scoresOf(model, block).scores, expected)).toBeLessThan(1e-7);
  });

  const edges: readonly [file: string, expected: string][] = [
    ['credit_data/models/xgboost_base_score.json', 'edge_rows_xgboost_base_score.json'],
    ['credit_data/models/xgboost_base_score.ubj', 'edge_rows_xgboost_base_score.json'],
    ['credit_data/models/synthetic_xgboost31_base_score_array.json', 'edge_rows_xgboost_base_score.json'],
    ['credit_data/models/xgboost_binary.json', 'edge_rows_xgboost_binary.json'],
    ['credit_data/models/xgboost_categorical.json', 'edge_rows_xgboost_categorical.json'],
    ['mlc_churn/models/xgboost_base_score.json', 'edge_rows_xgboost_base_score.json'],
    ['mlc_churn/models/xgboost_categorical.json', 'edge_rows_xgboost_categorical.json'],
  ];

  it.each(edges)('%s gives the edge rows of %s', (file, expectedFile) => {
    const model = openFixture(file);
    const golden = goldenJson<{
      feature_names: string[];
      rows: GoldenNumber[][];
      raw_margin: number[];
      probability: number[];
    }>(`./${file.slice(0, file.indexOf('/'))}/expected/${expectedFile}`);
    expect(namesOf(model)).toEqual(golden.feature_names);
    const { margins, scores } = scoresOf(model, blockOfRows(golden.rows));
    expect(largestDifference(margins, golden.raw_margin)).toBeLessThan(1e-6);
    expect(largestDifference(scores, golden.probability)).toBeLessThan(1e-7);
  });

  it('rounds value and threshold to float32 where they tie', () => {
    const model = openFixture('credit_data/models/xgboost_hist_ties.json');
    const golden = goldenJson<{ row_ids: number[]; raw_margin: number[]; probability: number[] }>(
      './credit_data/expected/xgboost_hist_ties.json',
    );
    const file = './credit_data/matrix_numeric_div7_test.csv';
    const ids = goldenCsv(file)('row_id').map(Number);
    const all = blockOfCsv(file, namesOf(model));
    const rows = golden.row_ids.map((id) => ids.indexOf(id));
    const columns = all.columns.map((column) => Float64Array.from(rows, (row) => column[row]!));
    const { margins, scores } = scoresOf(model, { rowCount: rows.length, columns });
    expect(largestDifference(margins, golden.raw_margin)).toBeLessThan(1e-6);
    expect(largestDifference(scores, golden.probability)).toBeLessThan(1e-7);
  });

  it.each(['credit_data', 'mlc_churn'])('the classes of %s/xgboost_small_multiclass', (dataset) => {
    const model = openFixture(`${dataset}/models/xgboost_small_multiclass.json`);
    const golden = goldenJson<{ row_ids: number[]; raw_margin: number[][]; probability: number[][] }>(
      `./${dataset}/expected/predictions_xgboost_small_multiclass.json`,
    );
    const file = `./${dataset}/matrix_native_codes_test.csv`;
    const ids = goldenCsv(file)('row_id').map(Number);
    const all = blockOfCsv(file, namesOf(model));
    const rows = golden.row_ids.map((id) => ids.indexOf(id));
    const columns = all.columns.map((column) => Float64Array.from(rows, (row) => column[row]!));
    const { margins, scores } = scoresOf(model, { rowCount: rows.length, columns });
    expect(largestDifference(margins, golden.raw_margin.flat())).toBeLessThan(1e-6);
    expect(largestDifference(scores, golden.probability.flat())).toBeLessThan(1e-6);
    expect(model.classLabels).toEqual(['0', '1', '2']);
  });

  it.each(['credit_data', 'mlc_churn'])('UBJSON and JSON of %s are one model', (dataset) => {
    const json = openFixture(`${dataset}/models/xgboost_base_score.json`);
    const ubjson = openFixture(`${dataset}/models/xgboost_base_score.ubj`);
    expect(json.formatName).toBe('XGBoost JSON (1.7.4)');
    expect(ubjson.formatName).toBe('XGBoost UBJSON (1.7.4)');
    expect({ ...ubjson, name: '', byteLength: 0, formatName: '' }).toEqual({
      ...json,
      name: '',
      byteLength: 0,
      formatName: '',
    });
  });

  it.each(
    ['credit_data', 'mlc_churn'].flatMap((dataset) =>
      readdirSync(`${fixtures}${dataset}/models`)
        .filter((file) => /xgboost.*\.json$/.test(file))
        .map((file) => `${dataset}/models/${file}`),
    ),
  )('law: %s written as UBJSON is the same model', (file) => {
    const text = readFileSync(fixtures + file, 'utf8').replaceAll('NaN', 'null');
    const written = writeUbjson(withPackedLists(JSON.parse(text) as UbjsonValue));
    const twin = openXgboost(written, file);
    const { byteLength, formatName } = twin;
    expect(twin).toEqual({ ...openFixture(file), byteLength, formatName });
  });

  it('what the file says beside the trees', () => {
    const model = openFixture('credit_data/models/xgboost_dart.json');
    expect(model).toMatchObject({ producer: 'XGBoost 1.7.4', objective: 'binary:logistic', notices: [] });
    expect(model.classLabels).toEqual(['0', '1']);
    expect(model.features[9]).toEqual({ name: 'Home=ignore', kind: 'number', categories: null, range: null });
    expect(model.ensemble.treeWeights?.[0]).toBe(Math.fround(0.9615385));
    expect(model.ensemble.covers?.kind).toBe('hessian');
    expect(model.ensemble.covers?.nodes[0]).toBe(Math.fround(654.78));
    expect(model.ensemble.gains?.[0]).toBe(Math.fround(247.46994));
  });
});

/** A document of one tree: root on feature 0 below 1.5, leaves -1 and 2, missing right. */
function documentOf(changes: {
  readonly learner?: object;
  readonly params?: object;
  readonly booster?: object;
  readonly model?: object;
  readonly tree?: object;
  readonly trees?: readonly object[];
  readonly objective?: string;
  readonly version?: readonly number[];
}): object {
  const tree = {
    id: 0,
    tree_param: { num_feature: '2', num_nodes: '3', size_leaf_vector: '1' },
    left_children: [1, -1, -1],
    right_children: [2, -1, -1],
    split_indices: [0, 0, 0],
    split_conditions: [1.5, -1, 2],
    split_type: [0, 0, 0],
    default_left: [0, 0, 0],
    sum_hessian: [10, 4, 6],
    loss_changes: [3, 0, 0],
    categories: [],
    categories_nodes: [],
    categories_segments: [],
    categories_sizes: [],
    ...changes.tree,
  };
  const trees = changes.trees ?? [tree];
  const model = {
    gbtree_model_param: { num_trees: `${trees.length}`, num_parallel_tree: '1' },
    tree_info: trees.map(() => 0),
    trees: trees.map((given, id) => ({ ...tree, id, ...given })),
    ...changes.model,
  };
  return {
    learner: {
      attributes: {},
      feature_names: ['a', 'b'],
      feature_types: ['float', 'float'],
      gradient_booster: { name: 'gbtree', model, ...changes.booster },
      learner_model_param: {
        base_score: '5E-1',
        num_class: '0',
        num_feature: '2',
        num_target: '1',
        ...changes.params,
      },
      objective: { name: changes.objective ?? 'binary:logistic' },
      ...changes.learner,
    },
    version: changes.version ?? [3, 1, 0],
  };
}

function bytesOf(document: object | string): Uint8Array {
  return new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document));
}

function open(document: object | string): NativeModel {
  return openXgboost(bytesOf(document), 'm.json');
}

function outputs(model: NativeModel, rows: readonly (readonly GoldenNumber[])[]): number[] {
  return [...applyLink(model.ensemble, marginsOf(model.ensemble, blockOfRows(rows)))];
}

function margins(model: NativeModel, rows: readonly (readonly GoldenNumber[])[]): number[] {
  return [...marginsOf(model.ensemble, blockOfRows(rows))];
}

describe('openXgboost by hand', () => {
  it('one split: below goes left, the threshold itself and missing right', () => {
    const model = open(documentOf({}));
    expect(
      margins(model, [
        [1, 0],
        [1.5, 0],
        [null, 0],
      ]),
    ).toEqual([-1, 2, 2]);
    expect(model.formatName).toBe('XGBoost JSON (3.1.0)');
  });

  it('missing goes left where the file says so', () => {
    const model = open(documentOf({ tree: { default_left: [true, false, false] } }));
    expect(margins(model, [[null, 0]])).toEqual([-1]);
  });

  it('a categorical split: listed right, others, negative and unseen left, missing as the file says', () => {
    const tree = {
      split_type: [1, 0, 0],
      split_conditions: [0, -1, 2],
      categories: [0, 33],
      categories_nodes: [0],
      categories_segments: [0],
      categories_sizes: [2],
    };
    const rows = [
      [0, 0],
      [33, 0],
      [1, 0],
      [99, 0],
      [-1, 0],
      [33.7, 0],
      [null, 0],
    ];
    expect(margins(open(documentOf({ tree })), rows)).toEqual([2, 2, -1, -1, -1, 2, 2]);
    const left = { ...tree, default_left: [1, 0, 0] };
    expect(margins(open(documentOf({ tree: left })), [[null, 0]])).toEqual([-1]);
  });

  it('a categorical split that lists nothing sends every value left', () => {
    const model = open(documentOf({ tree: { split_type: [1, 0, 0] } }));
    expect(
      margins(model, [
        [0, 0],
        [7, 0],
        [null, 0],
      ]),
    ).toEqual([-1, -1, 2]);
  });

  it('unused and reordered nodes of the file are left behind', () => {
    // Node 1 was pruned; the root's right child stands at 4 and splits on b to the earlier nodes 2 and 3.
    const model = open(
      documentOf({
        tree: {
          left_children: [5, -1, -1, -1, 3, -1],
          right_children: [4, -1, -1, -1, 2, -1],
          split_indices: [0, 0, 0, 0, 1, 0],
          split_conditions: [1.5, 99, 30, 20, 7, 10],
          split_type: [0, 0, 0, 0, 0, 0],
          default_left: [0, 0, 0, 0, 0, 0],
          sum_hessian: [6, 9, 3, 2, 5, 1],
          loss_changes: [8, 0, 0, 0, 4, 0],
        },
      }),
    );
    const { ensemble } = model;
    expect(
      margins(model, [
        [1, 0],
        [2, 6],
        [2, 7],
      ]),
    ).toEqual([10, 20, 30]);
    expect([...ensemble.left, ...ensemble.right].every((child, i) => child < 0 || child > i % 2)).toBe(true);
    expect([...ensemble.leafValues].sort()).toEqual([10, 20, 30]);
    expect([...ensemble.covers!.nodes]).toEqual([6, 5]);
    expect([...ensemble.gains!]).toEqual([8, 4]);
  });

  it('a tree of one leaf', () => {
    const single = {
      left_children: [-1],
      right_children: [-1],
      split_indices: [0],
      split_conditions: [0.25],
      split_type: [0],
      default_left: [0],
      sum_hessian: [5],
      loss_changes: [0],
    };
    expect(margins(open(documentOf({ tree: single })), [[3, 3]])).toEqual([0.25]);
  });

  it('dart weighs each tree', () => {
    const { learner } = documentOf({ trees: [{}, {}] }) as { learner: { gradient_booster: object } };
    const booster = { name: 'dart', gbtree: learner.gradient_booster, weight_drop: [0.5, 0.25] };
    const model = open(documentOf({ learner: { gradient_booster: booster } }));
    expect(margins(model, [[2, 0]])).toEqual([1.5]);
  });

  it('trees stand in the order of their numbers', () => {
    const low = { split_conditions: [1.5, 1, 1] };
    const high = { split_conditions: [1.5, 1e8, 1e8] };
    const minus = { split_conditions: [1.5, -1e8, -1e8] };
    const sum = (ids: number[]) =>
      margins(open(documentOf({ trees: [low, high, minus].map((tree, i) => ({ ...tree, id: ids[i] })) })), [
        [0, 0],
      ])[0];
    // In float32 the 1 is lost beside 1e8, and kept when it comes last.
    expect(sum([0, 1, 2])).toBe(0);
    expect(sum([2, 0, 1])).toBe(1);
  });

  it.each([
    ['"2E-1"', 'binary:logistic', '2E-1', -1.3862943649291992],
    ['"[2E-1]"', 'binary:logistic', '[2E-1]', -1.3862943649291992],
    ['a bare number', 'binary:logistic', 0.2, -1.3862943649291992],
    ['logit for margins too', 'binary:logitraw', '2E-1', -1.3862943649291992],
    ['log of a mean', 'count:poisson', '2E0', Math.fround(Math.log(2))],
    ['as it is', 'reg:squarederror', '-3.5E0', -3.5],
  ])('base_score %s of %s', (_, objective, base_score, expected) => {
    expect(open(documentOf({ objective, params: { base_score } })).ensemble.baseValues[0]).toBeCloseTo(
      expected,
      7,
    );
  });

  it('one base value per class', () => {
    const trees = [{}, {}, {}];
    const model = open(
      documentOf({
        objective: 'multi:softprob',
        trees,
        model: { tree_info: [0, 1, 2] },
        params: { num_class: '3', base_score: '[1E-1, 2E-1,3E-1]' },
      }),
    );
    expect([...model.ensemble.baseValues]).toEqual([0.1, 0.2, 0.3].map(Math.fround));
    expect(model.classLabels).toEqual(['0', '1', '2']);
  });

  it.each([
    ['binary:logistic', [0, 1], 2],
    ['reg:logistic', [1], 0],
    ['binary:logitraw', [2], 0],
    ['reg:squarederror', [2.5], 0],
    ['binary:hinge', [2.5], 0],
    ['reg:gamma', [Math.exp(2) / 2], 0],
  ])('%s', (objective, expected, classCount) => {
    const model = open(documentOf({ objective }));
    const given = outputs(model, [[5, 0]]);
    expect(model.ensemble.classCount).toBe(classCount);
    expect(given.length).toBe(expected.length);
    if (objective.endsWith('logistic')) expect(given.at(-1)).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
    else expect(given[0]).toBeCloseTo(expected[0]!, 5);
    expect(model.notices.map(({ code }) => code)).toEqual(
      /logitraw|hinge/.test(objective) ? ['objective-output'] : [],
    );
  });

  it('leaves with one value per output, as XGBoost 2 and as 3.1 write them', () => {
    const tree = { tree_param: { size_leaf_vector: '2' }, sum_hessian: undefined, loss_changes: undefined };
    const params = { num_target: '2', base_score: '[0E0,1E0]' };
    const objective = 'reg:squarederror';
    const older = open(
      documentOf({ objective, params, tree: { ...tree, base_weights: [0, 0, 1, 2, 3, 4] } }),
    );
    const newer = open(
      documentOf({
        objective,
        params,
        tree: { ...tree, right_children: [2, 1, 0], base_weights: [9], leaf_weights: [3, 4, 1, 2] },
      }),
    );
    for (const model of [older, newer]) {
      expect(
        margins(model, [
          [0, 0],
          [2, 0],
        ]),
      ).toEqual([1, 3, 3, 5]);
      expect(model.ensemble.covers).toBeNull();
      expect(model.ensemble.gains).toBeNull();
    }
  });

  it('categories that the file carries are the texts of the table', () => {
    const bytes = [...new TextEncoder().encode('rentö')].map((byte) => (byte > 127 ? byte - 256 : byte));
    const cats = {
      enc: [
        { offsets: [0, 4, 6], values: bytes },
        { type: 10, values: [] },
      ],
      feature_segments: [0, 2, 2],
      sorted_idx: [],
    };
    const model = open(documentOf({ model: { cats } }));
    expect(model.features).toEqual([
      { name: 'a', kind: 'text', categories: ['rent', 'ö'], range: null },
      { name: 'b', kind: 'number', categories: null, range: null },
    ]);
  });

  it('features without names', () => {
    const model = open(documentOf({ learner: { feature_names: [], feature_types: [] } }));
    expect(model.features.map(({ name }) => name)).toEqual([null, null]);
  });

  it('training that stopped early is said, and all trees are used', () => {
    const learner = { attributes: { best_iteration: '0' } };
    const model = open(documentOf({ learner, trees: [{}, {}] }));
    expect(model.notices).toMatchObject([{ code: 'early-stopping' }]);
    expect(margins(model, [[2, 0]])).toEqual([4]);
    expect(open(documentOf({ learner })).notices).toEqual([]);
  });

  it('NaN and Infinity tokens are numbers, and the same words in names are names', () => {
    const text = JSON.stringify(documentOf({ learner: { feature_names: ['NaN "x\\', '-Infinity'] } }))
      .replace('[1.5,-1,2]', '[Infinity,NaN,-Infinity]')
      .replace('[10,4,6]', '[NaN,4,6]');
    const model = open(text);
    expect(namesOf(model)).toEqual(['NaN "x\\', '-Infinity']);
    expect(model.ensemble.thresholds[0]).toBe(Number.POSITIVE_INFINITY);
    expect([...model.ensemble.leafValues]).toEqual([Number.NaN, Number.NEGATIVE_INFINITY]);
  });
});

describe('what openXgboost refuses', () => {
  const refusal = (document: object | string): FormatError => {
    try {
      open(document);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      return error as FormatError;
    }
    throw new Error('it was opened');
  };

  it.each([
    ['other JSON', '{"a": 1}', 'not-a-model', /not an XGBoost model/],
    ['half a file', JSON.stringify(documentOf({})).slice(0, -9), 'corrupt-model', /not complete JSON/],
    ['gblinear', documentOf({ booster: { name: 'gblinear' } }), 'unsupported-type', /gblinear/],
    [
      'an unknown objective',
      documentOf({ objective: 'reg:expectileerror' }),
      'unsupported-type',
      /reg:expectileerror/,
    ],
    ['no trees', documentOf({ trees: [] }), 'corrupt-model', /no trees/],
    [
      'a list that is too short',
      documentOf({ tree: { default_left: [0] } }),
      'corrupt-model',
      /default_left has 1/,
    ],
    ['a loop', documentOf({ tree: { right_children: [0, -1, -1] } }), 'corrupt-model', /node 0 twice/],
    [
      'a child that is not there',
      documentOf({ tree: { left_children: [7, -1, -1] } }),
      'corrupt-model',
      /node 7/,
    ],
    [
      'a feature that is not there',
      documentOf({ tree: { split_indices: [2, 0, 0] } }),
      'corrupt-model',
      /feature 2/,
    ],
    ['a class that is not there', documentOf({ model: { tree_info: [3] } }), 'corrupt-model', /tree_info/],
    ['tree numbers twice', documentOf({ trees: [{ id: 1 }, { id: 1 }] }), 'corrupt-model', /number 1/],
    [
      'too few dart weights',
      documentOf({ booster: { name: 'dart', weight_drop: [] } }),
      'corrupt-model',
      /trees|weight/,
    ],
    ['a base score of 1', documentOf({ params: { base_score: '1E0' } }), 'corrupt-model', /base_score/],
    ['no base score', documentOf({ params: { base_score: '[]' } }), 'corrupt-model', /base_score/],
    [
      'classes by the billion',
      documentOf({ params: { num_class: '2000000000' } }),
      'corrupt-model',
      /outputs/,
    ],
    [
      'features by the billion',
      documentOf({ learner: { feature_names: [] }, params: { num_feature: '2000000000' } }),
      'corrupt-model',
      /2000000000 features/,
    ],
    [
      'names that do not fit',
      documentOf({ learner: { feature_names: ['a'] } }),
      'corrupt-model',
      /feature_names/,
    ],
    [
      'a category beyond float32',
      documentOf({
        tree: {
          split_type: [1, 0, 0],
          categories: [16777216],
          categories_nodes: [0],
          categories_segments: [0],
          categories_sizes: [1],
        },
      }),
      'corrupt-model',
      /16777216 is not a category/,
    ],
  ])('%s', (_, document, code, message) => {
    const error = refusal(document);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.place.file).toBe('m.json');
    expect(error.advice).not.toBe('');
  });
});

describe('matchXgboost', () => {
  it.each([
    ['JSON', '{"learner":{"attributes":{}},"version":[3,1,0]}', 'json'],
    ['JSON that a person laid out', '\ufeff {\n  "version": [3, 1, 0],\n  "learner": {', 'json'],
    ['UBJSON', '{L\0\0\0\0\0\0\0\x07learner{', 'ubjson'],
    ['a dump', '[{"nodeid":0,"split":"learner"}]', null],
    ['other JSON', '{"a":"learner"}', null],
    ['text', 'learner', null],
    ['nothing', '', null],
  ])('%s', (_, text, expected) => expect(matchXgboost(bytesOf(text))).toBe(expected));
});

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf, ensembleOf, type HandTree } from '../../../../fixtures/ensemble-of.ts';
import { type LightgbmText, lightgbmText } from '../../../../fixtures/lightgbm-text.ts';
import { FormatError } from '../../../core/errors.ts';
import { marginsOf } from '../../../core/trees/evaluate-trees.ts';
import type { NativeModel } from '../opened-model.ts';
import { matchLightgbm, openLightgbm } from './open-lightgbm.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 5000 : 200;
const fixtures = new URL('../../../../fixtures/', import.meta.url).pathname;

const bytesOf = (text: string) => new TextEncoder().encode(text);
const open = (text: string) => openLightgbm(bytesOf(text), 'm.txt');

const stump: HandTree = { feature: 0, threshold: 0.5, left: -1, right: 1 };
const plain: LightgbmText = { trees: [stump, stump], featureNames: ['a', 'b'] };

function openPlain(parts: Partial<LightgbmText> = {}): NativeModel {
  return open(lightgbmText({ ...plain, ...parts }));
}

function withHeader(header: Record<string, string | null>): NativeModel {
  return openPlain({ header });
}

function refusal(text: string): FormatError {
  try {
    open(text);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    expect((error as FormatError).place.file).toBe('m.txt');
    expect((error as FormatError).advice).not.toBe('');
    return error as FormatError;
  }
  throw new Error('the file was opened');
}

describe('matchLightgbm', () => {
  it.each(['tree\nversion=v4\n', 'tree\r\nversion=v2', '\uFEFFtree\nversion=v3', 'tree\nnum_class=1'])(
    'takes %j',
    (text) => expect(matchLightgbm(bytesOf(text))).toBe(true),
  );

  it.each(['', 'tree', 'tree\n', 'trees\nversion=v4', 'a,tree\n', ' tree\nversion=v4', '{"name":"tree"}'])(
    'leaves %j',
    (text) => expect(matchLightgbm(bytesOf(text))).toBe(false),
  );
});

describe('the file as a whole', () => {
  const path = `${fixtures}credit_data/models/lightgbm_raw_columns.txt`;
  const text = readFileSync(path, 'utf8');
  const opened = open(text);

  it('says what it is', () => {
    expect(opened).toMatchObject({
      name: 'm.txt',
      byteLength: text.length,
      formatName: 'LightGBM text (v4)',
      producer: 'LightGBM',
      objective: 'binary sigmoid:1',
      classLabels: ['0', '1'],
      notices: [],
    });
    expect(opened.features[2]).toEqual({
      name: 'Time',
      kind: 'number',
      isCoded: false,
      categories: null,
      range: [6, 72],
    });
    expect(opened.features[6]).toEqual({
      name: 'Job',
      kind: 'text',
      isCoded: true,
      categories: ['fixed', 'freelance', 'others', 'partime'],
      range: null,
    });
  });

  it('reads covers and gains node by node', () => {
    const { covers, gains, roots } = opened.ensemble;
    expect(covers?.kind).toBe('count');
    // First tree of the file: internal_count, leaf_count and split_gain of the root and of leaves 0 and 1.
    expect([covers?.nodes[roots[0]!], covers?.leaves[0], covers?.leaves[1], gains?.[roots[0]!]]).toEqual([
      3118, 30, 151, 258.717,
    ]);
  });

  it('numbers children higher than their parents', () => {
    const { left, right } = opened.ensemble;
    for (const children of [left, right]) {
      children.forEach((child, node) => {
        if (child >= 0) expect(child).toBeGreaterThan(node);
      });
    }
  });

  it('is the same with CRLF line ends and a byte order mark', () => {
    const windows = open(`\uFEFF${text.replaceAll('\n', '\r\n')}`);
    expect({ ...windows, byteLength: 0 }).toEqual({ ...opened, byteLength: 0 });
  });

  it('does not need tree_sizes, nor believe them', () => {
    expect(open(text.replace(/tree_sizes=.*\n/, '')).ensemble).toEqual(opened.ensemble);
    expect(open(text.replace(/tree_sizes=.*\n/, 'tree_sizes=1 2 3\n')).ensemble).toEqual(opened.ensemble);
  });

  it.each(['v2', 'v3'])('reads version %s', (version) => {
    const native = withHeader({ version });
    expect(native.formatName).toBe(`LightGBM text (${version})`);
    expect(native.ensemble).toEqual(openPlain().ensemble);
  });

  it('takes the trees per iteration from num_class in files that have no other line', () => {
    const header = { num_tree_per_iteration: null, num_class: '2', objective: 'multiclass num_class:2' };
    expect(withHeader(header).ensemble.outputCount).toBe(2);
  });

  it('refuses other content, empty files and other versions by name', () => {
    expect(refusal('').code).toBe('empty-file');
    expect(refusal('a,b\n1,2\n').code).toBe('not-a-model');
    for (const version of ['v1', 'v5', null]) {
      const error = refusal(lightgbmText({ ...plain, header: { version, num_class: '1' } }));
      expect(error.code).toBe('unknown-format');
      expect(error.message).toContain(version ?? 'no stated version');
    }
  });
});

describe('trees', () => {
  it('reads a tree of one leaf, which may say nothing of splits', () => {
    const block = blockOf([[0, 0]]);
    expect([...marginsOf(openPlain({ trees: [0.25, stump] }).ensemble, block)]).toEqual([-0.75]);
    const bare = lightgbmText({ ...plain, trees: [0.25] }).replace(
      /num_leaves=1\n[\s\S]*?\n\n/,
      (tree) =>
        `${tree
          .split('\n')
          .filter((line) => /^(num_leaves|leaf_value)/.test(line))
          .join('\n')}\n\n`,
    );
    expect(bare).not.toContain('leaf_count');
    expect([...marginsOf(open(bare).ensemble, block)]).toEqual([0.25]);
    expect(open(bare).ensemble.covers).not.toBeNull();
  });

  it('has no covers or gains when a tree lacks them, and default decisions when it lacks those', () => {
    const text = lightgbmText(plain);
    expect(open(text.replace(/internal_count=.*\n/, '')).ensemble.covers).toBeNull();
    expect(open(text.replace(/split_gain=.*\n/, '')).ensemble.gains).toBeNull();
    const { ensemble } = open(text.replaceAll(/decision_type=.*\n/g, ''));
    expect([...ensemble.missing, ...ensemble.defaultLeft]).toEqual([0, 0, 0, 0]);
  });

  it('adds tree t to output t modulo their number', () => {
    const header = { num_tree_per_iteration: '2', objective: 'multiclassova num_class:2 sigmoid:1' };
    const { ensemble } = openPlain({ trees: [1, 2, 3, 4], header });
    expect([...marginsOf(ensemble, blockOf([[0, 0]]))]).toEqual([4, 6]);
  });

  it('averages over iterations, not trees', () => {
    const text = lightgbmText({
      ...plain,
      trees: [1, 2, 3, 4],
      header: { num_tree_per_iteration: '2', objective: 'multiclass num_class:2' },
    });
    expect(open(text).ensemble.averageOver).toBe(1);
    expect(open(text.replace('feature_names', 'average_output\nfeature_names')).ensemble.averageOver).toBe(2);
  });

  it('mixes linear and plain trees', () => {
    const linear = lightgbmText(plain).replace(
      'is_linear=0',
      'is_linear=1\nleaf_const=0.5 0.25\nnum_features=2 0\nleaf_features=0 1  \nleaf_coeff=2 3  ',
    );
    const rows = [
      [0, 10],
      [1, 10],
      [0, Number.NaN],
    ];
    expect([...marginsOf(open(linear).ensemble, blockOf(rows))]).toEqual([30.5 - 1, 0.25 + 1, -1 - 1]);
  });

  const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
  const { tree } = fc.letrec<{ tree: HandTree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6, depthSize: 'medium' },
      value,
      fc.record({
        feature: fc.nat(2),
        threshold: fc.oneof(value, fc.constantFrom(0, 1e300, Number.POSITIVE_INFINITY)),
        missing: fc.constantFrom('nanIsZero', 'nan', 'nanAndZero'),
        defaultLeft: fc.boolean(),
        left: tie('tree'),
        right: tie('tree'),
      }),
      // LightGBM writes a set's missing type too; a missing category goes right whatever it says.
      fc.record({
        feature: fc.nat(2),
        set: fc.uniqueArray(fc.nat(100), { minLength: 1, maxLength: 6 }),
        left: tie('tree'),
        right: tie('tree'),
      }),
    ) as fc.Arbitrary<HandTree>,
  }));
  const cell = fc.oneof(
    value,
    fc.nat(100),
    fc.constantFrom(Number.NaN, 0, 1e-36, -1, Number.NEGATIVE_INFINITY),
  );

  it('law: whatever is written is read back, and scores as it did', () => {
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 5 }), rows, (trees, given) => {
        const { ensemble } = open(lightgbmText({ trees, featureNames: ['a', 'b', 'c'] }));
        const block = blockOf(given);
        expect([...marginsOf(ensemble, block)]).toEqual([...marginsOf(ensembleOf(trees), block)]);
        expect(ensemble.leafValues.length).toBe(ensembleOf(trees).leafValues.length);
      }),
      { numRuns },
    );
  });
});

describe('damage is named with its place', () => {
  const text = lightgbmText({
    trees: [stump, { feature: 1, set: [3, 40], left: stump, right: 2 }],
    featureNames: ['a', 'b'],
    trailer: '\nfeature_importances:\na=2\n\nparameters:\n[boosting: gbdt]\n\nend of parameters\n',
  });

  it('has a file to damage', () => expect(open(text).ensemble.roots.length).toBe(2));

  it('a file cut anywhere before its end', () => {
    const lastLine = text.lastIndexOf('end of parameters');
    for (let length = 'tree\nversion='.length; length < lastLine; length++) {
      const isWhole =
        text.slice(0, length).includes('end of trees') && !text.slice(0, length).includes('parameters:');
      if (isWhole) expect(() => open(text.slice(0, length))).not.toThrow();
      else expect(['corrupt-model', 'unknown-format']).toContain(refusal(text.slice(0, length)).code);
    }
  });

  const second = (from: string | RegExp, to: string) => {
    const at = text.indexOf('Tree=1');
    return text.slice(0, at) + text.slice(at).replace(from, to);
  };

  it.each([
    [text.replace('Tree=1', 'Tree=2'), /begins "Tree=2" where tree 1 should begin/],
    [second(/num_leaves=3/, 'num_leaves=4'), /tree 1, line \d+: "leaf_value" has 3 values, not 4/],
    [second(/num_leaves=3/, 'num_leaves=0'), /tree 1, line \d+: "num_leaves" holds 0/],
    [second(/num_leaves=3/, 'num_leaves=2147483647'), /"leaf_value" has 3 values, not 2147483647/],
    [second(/left_child=1 -2/, 'left_child=0 -2'), /tree 1: node 0 is reached twice/],
    [second(/left_child=1 -2/, 'left_child=1 -1'), /tree 1: leaf 0 is reached twice/],
    [second(/left_child=1 -2/, 'left_child=-2 -3'), /tree 1: 1 nodes are never reached/],
    [second(/left_child=1 -2/, 'left_child=2 -2'), /"left_child" holds 2, not a whole number from -3 to 1/],
    [second(/left_child=1 -2/, 'left_child=1 -4'), /"left_child" holds -4/],
    [second(/left_child=1 -2/, 'left_child=1 -2.5'), /"left_child" holds -2.5/],
    [
      second(/split_feature=1 0/, 'split_feature=2 0'),
      /"split_feature" holds 2, not a whole number from 0 to 1/,
    ],
    [second(/decision_type=9 8/, 'decision_type=9 12'), /"decision_type" holds 12/],
    [second(/cat_boundaries=0 2/, 'cat_boundaries=0 -1'), /"cat_boundaries" holds -1/],
    [second(/cat_boundaries=0 2/, 'cat_boundaries=1 2'), /"cat_boundaries" does not begin at 0/],
    [second(/cat_boundaries=0 2/, 'cat_boundaries=0 3'), /"cat_threshold" has 2 values, not 3/],
    [second(/num_cat=1\n/, 'num_cat=0\n'), /node 0 names category set 0, and there are 0/],
    [second(/cat_threshold=8/, 'cat_threshold=4294967296'), /"cat_threshold" holds 4294967296/],
    [second(/leaf_value=\S+/, 'leaf_value=nan'), /"leaf_value" holds a number that is not finite/],
    [second(/leaf_value=\S+/, 'leaf_value=0x10'), /"leaf_value" holds something that is no number/],
    [second(/(threshold=0\S*) \S+/, '$1 nan'), /the threshold of node 1 is no number/],
    [second(/leaf_count=1/, 'leaf_count=-1'), /"leaf_count" holds -1/],
    [second(/right_child=.*\n/, ''), /tree 1: the line "right_child=" is missing/],
    [second(/shrinkage=1\n/, 'num_cat=1\n'), /"num_cat" is there twice/],
    [second(/shrinkage=1\n/, 'shrink\n'), /tree 1, line \d+: there is a line that says nothing/],
    [text.replace(/Tree=0[\s\S]*end of trees/, 'end of trees'), /it holds no trees/],
    [
      text.replace('num_tree_per_iteration=1', 'num_tree_per_iteration=2000000000'),
      /no multiple of its 2000000000/,
    ],
    [text.replace('max_feature_idx=1', 'max_feature_idx=2147483646'), /the model has 2147483647 features/],
    [text.replace('feature_infos=none', 'feature_infos='), /"feature_infos" has 1 entries/],
    [text.replace('feature_names=a b', 'feature_names=a a'), /two features have the name "a"/],
    [text.replace(/feature_names=.*\n/, ''), /the line "feature_names=" is missing/],
    [text.replace('sigmoid:1', 'sigmoid:0'), /"sigmoid" of the objective is no positive number/],
    [`${text}\npandas_categorical:[["a"\n`, /line \d+: "pandas_categorical" is not a list of lists/],
  ])('case %#', (damaged, message) => {
    expect(damaged).not.toBe(text);
    const error = refusal(damaged);
    expect(error.code).toBe('corrupt-model');
    expect(error.message).toMatch(message);
  });

  it('puts tree and line into the place', () => {
    const line = text.slice(0, text.indexOf('leaf_value', text.indexOf('Tree=1'))).split('\n').length;
    const { place } = refusal(second(/leaf_value=\S+/, 'leaf_value=oops'));
    expect(place).toEqual({ file: 'm.txt', node: 'tree 1', line });
  });
});

import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../core/errors.ts';
import { bytesOf, documentOf } from './made-document.laws.ts';
import { openXgboost } from './open-xgboost.ts';

describe('what openXgboost refuses', () => {
  const refusal = (document: object | string): FormatError => {
    try {
      openXgboost(bytesOf(document), 'm.json');
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      return error as FormatError;
    }
    throw new Error('it was opened');
  };

  /** What `save_config` writes, as far as it differs from a model. */
  const configurationOf = (gradient_booster: object) =>
    documentOf({ learner: { gradient_booster, learner_train_param: { booster: 'gbtree' } } });

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
      'a name that is there twice',
      documentOf({ learner: { feature_names: ['a', 'a'] } }),
      'corrupt-model',
      /feature_names names "a" twice/,
    ],
    ['the configuration of a booster', configurationOf({ name: 'gbtree' }), 'not-a-model', /without trees/],
    [
      'the configuration of a dart booster',
      configurationOf({ name: 'dart', gbtree: { name: 'gbtree' } }),
      'not-a-model',
      /is a configuration of XGBoost without trees/,
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

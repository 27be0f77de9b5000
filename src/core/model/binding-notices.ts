import type { Column } from '../table/column.ts';
import { missingCount } from '../table/column-access.ts';
import type { Notice } from '../table/summary.ts';
import { featureMisfit } from './feature-misfit.ts';
import type { MappingChoices } from './mapping.ts';
import { missingText } from './missing-text.ts';
import type { ModelFeature } from './model-features.ts';
import type { ModelFormat } from './signature.ts';
import type { UnseenValues } from './unseen-values.ts';

/** A feature with the column that feeds it and the values that its encoder does not know. */
export interface BoundFeature {
  readonly feature: ModelFeature;
  readonly column: Column;
  readonly unseen: UnseenValues;
}

/** What the mapping does that the user should know, though it does not stop the scoring. */
export function bindingNotices(
  bound: readonly BoundFeature[],
  features: readonly ModelFeature[],
  choices: MappingChoices,
  format: ModelFormat,
): Notice[] {
  const isOnnx = format === 'onnx';
  return [
    ...orderNotice(features, choices),
    // A native file has a missing value of its own and was trained in the precision it compares in: nothing to say there.
    ...(isOnnx ? bound.flatMap(({ feature, column }) => missingTextNotice(feature, column)) : []),
    ...(isOnnx ? bound.flatMap(({ feature, column }) => precisionNotice(feature, column)) : []),
    ...bound.flatMap(({ feature, column, unseen }) => unlistedNotice(feature, column, unseen)),
  ];
}

/** True when the order given, if any, is as long as there are features without a name. */
export function hasWholeOrder(features: readonly ModelFeature[], choices: MappingChoices): boolean {
  const unnamed = features.filter(({ named }) => !named).length;
  return choices.order === null || unnamed === 0 || choices.order.length === unnamed;
}

function orderNotice(features: readonly ModelFeature[], choices: MappingChoices): Notice[] {
  if (choices.order === null || hasWholeOrder(features, choices)) return [];
  const unnamed = features.filter(({ named }) => !named).length;
  return [
    {
      code: 'order-length',
      message: `The model takes ${unnamed} columns in order, but ${choices.order.length} are given.`,
    },
  ];
}

function missingTextNotice(feature: ModelFeature, column: Column): Notice[] {
  const count =
    feature.kind === 'string' && featureMisfit(feature, column) === null ? missingCount(column) : 0;
  const known = feature.knownValues;
  const text = missingText(known);
  if (count === 0 || known?.includes('')) return [];
  const cells = count === 1 ? '1 missing value' : `${count} missing values`;
  const reach = count === 1 ? 'reaches' : 'reach';
  const place = { column: column.name, count };
  if (known === null) {
    const message = `${cells} of ${column.name} ${reach} the model as empty text; the model does not say which text it was trained on.`;
    return [{ code: 'missing-as-empty-text', message, ...place }];
  }
  if (text !== '') {
    const message = `${cells} of ${column.name} ${reach} the model as "${text}", the value its encoder knows for missing.`;
    return [{ code: 'missing-as-known-text', message, ...place }];
  }
  const message = `${cells} of ${column.name} ${reach} the model as empty text, and its encoder knows no value for missing: the row gets none of its categories.`;
  return [{ code: 'missing-unknown-to-model', message, ...place }];
}

function unlistedNotice(feature: ModelFeature, column: Column, found: UnseenValues): Notice[] {
  if (found.unlisted === 0) return [];
  return [
    {
      code: 'unseen-values-cut',
      message: `${column.name} has more values unknown to ${feature.feature} than the ${found.values.length} listed: ${found.unlisted} further rows.`,
      column: column.name,
      count: found.unlisted,
    },
  ];
}

/** Whole numbers above this are not all exact in float32; a threshold learned on them may be crossed by rounding. */
const FLOAT32_EXACT = 2 ** 24;

function precisionNotice(feature: ModelFeature, column: Column): Notice[] {
  if (feature.elementType !== 'float32' || column.kind !== 'number') return [];
  let count = 0;
  for (const value of column.values) {
    if (Math.abs(value) > FLOAT32_EXACT && Math.fround(value) !== value) count += 1;
  }
  if (count === 0) return [];
  const values = count === 1 ? '1 value' : `${count} values`;
  return [
    {
      code: 'float32-precision',
      message: `${values} of ${column.name} are too large to be exact in the model's float32 input "${feature.feature}": rounding can move them across a split, so scores may differ from the original model's.`,
      column: column.name,
      count,
    },
  ];
}

import type { Column, Table } from '../table/column.ts';
import { missingCount } from '../table/column-access.ts';
import type { Notice } from '../table/summary.ts';
import type { InputBinding, MappingChoices, MappingReport } from './mapping.ts';
import { missingText } from './missing-text.ts';
import { type ModelFeature, modelFeatures } from './model-features.ts';
import type { ModelSummary } from './signature.ts';
import { type UnseenValues, unseenValues } from './unseen-values.ts';

/**
 * Maps the inputs of a model to the columns of a table and says everything that stands between the user and a score.
 *
 * Each feature takes, in this order: the column the user chose; the column of exactly its name; the only column whose
 * name equals it but for case, spaces, hyphens, dots and underscores. Features without a name take the columns of
 * `choices.order`, and nothing without it. A column that has a role is taken when the model names it, or when the user
 * lists it in the order; `extra` are the columns that neither have a role nor feed the model.
 *
 * @param table   its kinds decide what is mistyped; its values are read for unseen categories, over all rows
 * @param choices the user's decisions; `{ columnOf: {}, order: null }` for none
 * @param roled   names of the columns whose role keeps them from being features (target, split, id, score, date,
 *                ignore; not `amount`, which is both)
 * Never throws. Independent of the order of the table's columns, but for the order in which extras are listed.
 */
export function bindInputs(
  model: ModelSummary,
  table: Table,
  choices: MappingChoices,
  roled: readonly string[],
): MappingReport {
  const features = modelFeatures(model, choices);
  const bindings = bindFeatures(features, table, choices);
  const columnOf = new Map(table.columns.map((column) => [column.name, column]));
  const used = new Set(bindings.map(({ column }) => column));
  const unordered = features.filter(
    (feature) => !feature.named && choices.columnOf[feature.feature] === undefined,
  );
  const needsOrderConsent = unordered.length > 0 || hasOpenWidth(model);
  const waiting = needsOrderConsent && choices.order === null;
  const bound = features.flatMap((feature, i) => {
    const column = columnOf.get(bindings[i]?.column ?? '');
    return column === undefined ? [] : [{ feature, column }];
  });
  const missing = bindings
    .filter(({ column }, i) => column === null && !(waiting && !features[i]!.named))
    .map(({ feature }) => feature);
  const mistyped = bound.flatMap(({ feature, column }) => mistypedEntry(feature, column));
  const unseen = bound.map(({ feature, column }) => ({ feature, column, found: unseenOf(feature, column) }));
  const lengthNotice = orderNotice(features, choices);
  return {
    bindings,
    missing,
    extra: columnsWithoutRole(table, roled).filter((name) => !used.has(name)),
    mistyped,
    unseen: unseen
      .filter(({ found }) => found.values.length > 0)
      .map(({ feature, column, found }) => ({
        feature: feature.feature,
        column: column.name,
        values: found.values,
      })),
    needsOrderConsent,
    ready: missing.length === 0 && mistyped.length === 0 && !waiting && lengthNotice.length === 0,
    notices: [
      ...lengthNotice,
      ...bound.flatMap(({ feature, column }) => missingTextNotice(feature, column)),
      ...bound.flatMap(({ feature, column }) => precisionNotice(feature, column)),
      ...unseen.flatMap(({ feature, column, found }) => unlistedNotice(feature, column, found)),
    ],
  };
}

/** Names of the columns without a role, in file order: the order offered for a model whose features have no names. */
export function columnsWithoutRole(table: Table, roled: readonly string[]): string[] {
  const withRole = new Set(roled);
  return table.columns.map(({ name }) => name).filter((name) => !withRole.has(name));
}

function hasOpenWidth(model: ModelSummary): boolean {
  return model.featureNames === null && model.inputs.some(({ columns }) => columns === null);
}

function bindFeatures(
  features: readonly ModelFeature[],
  table: Table,
  choices: MappingChoices,
): InputBinding[] {
  const columnNames = table.columns.map(({ name }) => name);
  const byLooseName = uniqueByLooseName(columnNames);
  const looseFeatures = uniqueByLooseName(features.map(({ feature }) => feature));
  const exact = new Set(columnNames);
  let ordered = 0;
  return features.map(({ feature, input, position, named }) => {
    const bind = (column: string | null, how: InputBinding['how']): InputBinding =>
      column === null || !exact.has(column)
        ? { feature, input, position, column: null, how: 'none' }
        : { feature, input, position, column, how };
    const fromOrder = named ? null : (choices.order?.[ordered++] ?? null);
    const chosen = choices.columnOf[feature];
    if (chosen !== undefined) return bind(chosen, 'user');
    if (!named) return bind(fromOrder, 'order');
    if (exact.has(feature)) return bind(feature, 'name');
    const alike = byLooseName.get(looseName(feature)) ?? null;
    const isOnlyClaim = looseFeatures.get(looseName(feature)) === feature;
    // A column that another feature has by its exact name is not up for grabs by similarity.
    const isFree = alike !== null && !features.some((other) => other.feature === alike);
    return bind(isOnlyClaim && isFree ? alike : null, 'name');
  });
}

function looseName(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]+/g, '');
}

/** Loose name -> the one name that has it; names that share a loose name are left out. */
function uniqueByLooseName(names: readonly string[]): ReadonlyMap<string, string> {
  const byLoose = new Map<string, string | null>();
  for (const name of names) {
    const loose = looseName(name);
    byLoose.set(loose, byLoose.has(loose) ? null : name);
  }
  return new Map([...byLoose].flatMap(([loose, name]) => (name === null ? [] : [[loose, name] as const])));
}

function mistypedEntry(feature: ModelFeature, column: Column): MappingReport['mistyped'] {
  const found = misfit(feature, column);
  return found === null
    ? []
    : [{ feature: feature.feature, column: column.name, expected: feature.kind, found }];
}

/** Why a column cannot feed a feature, as the words after "found"; null when it can. */
function misfit(feature: ModelFeature, column: Column): string | null {
  switch (feature.kind) {
    case 'number':
      return column.kind === 'number' ? null : column.kind;
    case 'string':
      if (column.kind === 'category' || column.kind === 'text') return null;
      if (column.kind === 'date') return 'date';
      // Which text the encoder was trained on cannot be told when the file writes 1 and 1.0 side by side.
      return column.spelling === 'mixed' ? 'number written in several forms' : null;
    case 'boolean':
      return booleanMisfit(column);
  }
}

function booleanMisfit(column: Column): string | null {
  if (column.kind === 'number') {
    const isBoolean = column.values.every((value) => value === 0 || value === 1 || Number.isNaN(value));
    return isBoolean ? null : 'number other than 0 and 1';
  }
  if (column.kind !== 'category') return column.kind;
  return column.dictionary.every((value) => /^(true|false)$/i.test(value)) ? null : column.kind;
}

function unseenOf(feature: ModelFeature, column: Column): UnseenValues {
  const fits = misfit(feature, column) === null && feature.kind !== 'boolean';
  if (!fits || feature.knownValues === null) return { values: [], unlisted: 0 };
  return unseenValues(column, feature.knownValues);
}

function orderNotice(features: readonly ModelFeature[], choices: MappingChoices): Notice[] {
  const unnamed = features.filter(({ named }) => !named).length;
  if (choices.order === null || unnamed === 0 || choices.order.length === unnamed) return [];
  return [
    {
      code: 'order-length',
      message: `The model takes ${unnamed} columns in order, but ${choices.order.length} are given.`,
    },
  ];
}

function missingTextNotice(feature: ModelFeature, column: Column): Notice[] {
  const count = feature.kind === 'string' && misfit(feature, column) === null ? missingCount(column) : 0;
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

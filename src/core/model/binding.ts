import type { Column, Table } from '../table/column.ts';
import { type BoundFeature, bindingNotices, hasWholeOrder } from './binding-notices.ts';
import { featureMisfit } from './feature-misfit.ts';
import type { InputBinding, MappingChoices, MappingReport } from './mapping.ts';
import { type ModelFeature, modelFeatures } from './model-features.ts';
import type { ModelSummary } from './signature.ts';
import { type UnseenValues, unseenValues } from './unseen-values.ts';

/**
 * Maps the inputs of a model to the columns of a table and says everything that stands between the user and a score.
 *
 * Each feature takes, in this order: the column the user chose; the column of exactly its name; the only column whose
 * name is it with spaces for underscores (LightGBM writes them so); the only column whose name equals it but for case,
 * spaces, hyphens, dots and underscores. Features without a name take the columns of `choices.order`; without an order,
 * those of the names that their library made up, if the table has all of them, and else nothing. A column that has a role is taken when the model names it, or when the user
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
  const bound = boundFeatures(features, bindings, table);
  const isUnordered =
    !bindsMadeUpNames(features, table, choices) &&
    features.some(({ feature, named }) => !named && choices.columnOf[feature] === undefined);
  const needsOrderConsent = isUnordered || hasOpenWidth(model);
  const isWaiting = needsOrderConsent && choices.order === null;
  const missing = bindings
    .filter(({ column }, i) => column === null && !(isWaiting && !features[i]!.named))
    .map(({ feature }) => feature);
  const mistyped = bound.flatMap(({ feature, column }) => mistypedEntry(feature, column));
  const used = new Set(bindings.map(({ column }) => column));
  return {
    bindings,
    missing,
    extra: columnsWithoutRole(table, roled).filter((name) => !used.has(name)),
    mistyped,
    unseen: bound
      .filter(({ unseen }) => unseen.values.length > 0)
      .map(({ feature, column, unseen }) => ({
        feature: feature.feature,
        column: column.name,
        values: unseen.values,
      })),
    needsOrderConsent,
    ready: missing.length === 0 && mistyped.length === 0 && !isWaiting && hasWholeOrder(features, choices),
    notices: bindingNotices(bound, features, choices, model.format),
  };
}

function boundFeatures(
  features: readonly ModelFeature[],
  bindings: readonly InputBinding[],
  table: Table,
): BoundFeature[] {
  const columnOf = new Map(table.columns.map((column) => [column.name, column]));
  return features.flatMap((feature, i) => {
    const column = columnOf.get(bindings[i]?.column ?? '');
    return column === undefined ? [] : [{ feature, column, unseen: unseenOf(feature, column) }];
  });
}

/** Names of the columns without a role, in file order: the order offered for a model whose features have no names. */
export function columnsWithoutRole(table: Table, roled: readonly string[]): string[] {
  const withRole = new Set(roled);
  return table.columns.map(({ name }) => name).filter((name) => !withRole.has(name));
}

/** Whether features without a name take the columns that have the names their library made up for them. */
function bindsMadeUpNames(features: readonly ModelFeature[], table: Table, choices: MappingChoices): boolean {
  const columns = new Set(table.columns.map(({ name }) => name));
  const isThere = ({ named, madeUpName }: ModelFeature) =>
    named || (madeUpName !== null && columns.has(madeUpName));
  return choices.order === null && features.every(isThere);
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
  const byUnderscores = uniqueBy(columnNames, withUnderscores);
  const byLooseName = uniqueBy(columnNames, looseName);
  const looseFeatures = uniqueBy(
    features.map(({ feature }) => feature),
    looseName,
  );
  const exact = new Set(columnNames);
  const claimed = new Set(features.map(({ feature }) => feature));
  const isMadeUp = bindsMadeUpNames(features, table, choices);
  let ordered = 0;
  return features.map(({ feature, input, position, named, madeUpName }) => {
    const bind = (column: string | null, how: InputBinding['how']): InputBinding =>
      column === null || !exact.has(column)
        ? { feature, input, position, column: null, how: 'none' }
        : { feature, input, position, column, how };
    const fromOrder = named ? null : (choices.order?.[ordered++] ?? null);
    const chosen = choices.columnOf[feature];
    if (chosen !== undefined) return bind(chosen, 'user');
    if (!named) return isMadeUp ? bind(madeUpName, 'name') : bind(fromOrder, 'order');
    if (exact.has(feature)) return bind(feature, 'name');
    // A column that another feature has by its exact name is not up for grabs by similarity.
    const free = (column: string | undefined) =>
      column === undefined || claimed.has(column) ? null : column;
    const spaced = free(byUnderscores.get(feature));
    if (spaced !== null) return bind(spaced, 'name');
    const alike = free(byLooseName.get(looseName(feature)));
    const isOnlyClaim = looseFeatures.get(looseName(feature)) === feature;
    return bind(isOnlyClaim ? alike : null, 'name');
  });
}

function looseName(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]+/g, '');
}

function withUnderscores(name: string): string {
  return name.replace(/\s/g, '_');
}

/** Key -> the one name that has it; names that share a key are left out. */
function uniqueBy(names: readonly string[], keyOf: (name: string) => string): ReadonlyMap<string, string> {
  const byKey = new Map<string, string | null>();
  for (const name of names) {
    const key = keyOf(name);
    byKey.set(key, byKey.has(key) ? null : name);
  }
  return new Map([...byKey].flatMap(([key, name]) => (name === null ? [] : [[key, name] as const])));
}

function mistypedEntry(feature: ModelFeature, column: Column): MappingReport['mistyped'] {
  const found = featureMisfit(feature, column);
  return found === null
    ? []
    : [{ feature: feature.feature, column: column.name, expected: feature.kind, found }];
}

function unseenOf(feature: ModelFeature, column: Column): UnseenValues {
  const fits = featureMisfit(feature, column) === null && feature.kind !== 'boolean';
  if (!fits || feature.knownValues === null) return { values: [], unlisted: 0 };
  return unseenValues(column, feature.knownValues, feature.kind === 'number');
}

import { splitRule, type TreeEnsemble } from '../../../core/trees/tree-ensemble.ts';
import type { NativeFeature } from '../opened-model.ts';
import { type CategoryList, placeCategories } from './pandas-categories.ts';
import type { LightgbmHeader } from './read-header.ts';

/** What `feature_infos` says of one feature: what it held in training. */
interface TrainingValues {
  readonly range: readonly [number, number] | null;
  /** Category codes, ascending; null when the feature is not categorical by this line. */
  readonly codes: readonly number[] | null;
}

const unknownValues: TrainingValues = { range: null, codes: null };

/**
 * The features that the file asks for, with their training range or categories.
 *
 * @param lists    categories of pandas (`pandas_categorical`), empty when the model was not trained on such columns
 * @param declared features that the training parameters call categorical
 * @returns null when it cannot be told which features the lists belong to
 */
export function nativeFeatures(
  { featureNames, featureInfos }: LightgbmHeader,
  ensemble: TreeEnsemble,
  lists: readonly CategoryList[],
  declared: ReadonlySet<number>,
): readonly NativeFeature[] | null {
  const values = featureNames.map((_, j) => trainingValues(featureInfos?.[j] ?? 'none'));
  const splitOn = categoricallySplit(ensemble);
  const candidates = values.map(({ codes, range }, j) => ({
    isCategorical: codes !== null || splitOn.has(j) || declared.has(j),
    codes: codes !== null && codes.length > 0 ? ([codes[0]!, codes.at(-1)!] as const) : range,
  }));
  const places = placeCategories(lists, candidates);
  if (places === null) return null;
  const listOf = new Map(places.map((feature, i) => [feature, lists[i]!]));
  const isUnnamed = lists.length === 0 && featureNames.every((name, j) => name === `Column_${j}`);
  return featureNames.map((name, j): NativeFeature => {
    const { codes, range } = values[j]!;
    const list = listOf.get(j);
    return {
      name: isUnnamed ? null : name,
      kind: list?.kind ?? 'number',
      isCoded: list !== undefined,
      categories: list?.values ?? codes?.map(String) ?? null,
      range: list === undefined && codes === null ? range : null,
    };
  });
}

/** `[0:47]` -> a range; `-1:2:0` -> the codes 0 and 2 (negative ones mark missing values); `none` -> neither. */
function trainingValues(info: string): TrainingValues {
  if (info === 'none') return unknownValues;
  if (info.startsWith('[') && info.endsWith(']')) {
    const [low = Number.NaN, high = Number.NaN, ...others] = info.slice(1, -1).split(':').map(Number);
    const isRange = others.length === 0 && Number.isFinite(low) && Number.isFinite(high) && low <= high;
    return isRange ? { range: [low, high], codes: null } : unknownValues;
  }
  const codes = info.split(':').map(Number);
  if (!codes.every(Number.isInteger)) return unknownValues;
  return { range: null, codes: codes.filter((code) => code >= 0).sort((a, b) => a - b) };
}

function categoricallySplit({ features, rules }: TreeEnsemble): ReadonlySet<number> {
  const found = new Set<number>();
  for (let node = 0; node < features.length; node++) {
    if (rules[node] === splitRule.inSet) found.add(features[node]!);
  }
  return found;
}

/** Of each feature what tells whether a list of categories can be its own. */
export interface CategoryCandidate {
  /** Treated as categories in training, as far as the file shows. */
  readonly isCategorical: boolean;
  /** Smallest and largest code seen in training; null when the file does not say. */
  readonly codes: readonly [number, number] | null;
}

/** The categories of one column, in the order of their codes. */
export interface CategoryList {
  /** `text` also where the list mixes kinds. */
  readonly kind: 'number' | 'text' | 'boolean';
  /** As a table writes them (true as `True`, as pandas writes it). */
  readonly values: readonly string[];
}

/**
 * Parses the last line of a file that was trained on pandas categories: one list a category column.
 *
 * @param text JSON, without the key
 * @returns the lists, empty when there are none; null when it is not a list of lists of texts, numbers and truth values
 * Source: LightGBM 4.6 `basic.py` (_dump_pandas_categorical).
 */
export function parsePandasCategories(text: string): readonly CategoryList[] | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (parsed === null) return [];
  if (!Array.isArray(parsed)) return null;
  const lists: CategoryList[] = [];
  for (const list of parsed as readonly unknown[]) {
    if (!Array.isArray(list)) return null;
    const values = list as readonly unknown[];
    const texts = values.map(categoryText);
    if (texts.includes(null)) return null;
    lists.push({ kind: kindOf(values), values: texts as string[] });
  }
  return lists;
}

function kindOf(values: readonly unknown[]): CategoryList['kind'] {
  const isEvery = (type: string): boolean =>
    values.length > 0 && values.every((value) => typeof value === type);
  if (isEvery('number')) return 'number';
  return isEvery('boolean') ? 'boolean' : 'text';
}

function categoryText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? String(value) : null;
}

/**
 * Which feature each list belongs to. The lists are in the order of the features, but the file does not number them.
 *
 * With as many categorical features as lists, each takes its own. Otherwise some are ordered categories, which LightGBM
 * takes as numbers, or whole numbers that pandas did not hold as categories: then the one way to lay the lists over the
 * features whose codes fit.
 *
 * @returns feature number of each list; null when there is no way, or more than one. O(features + lists).
 */
export function placeCategories(
  lists: readonly CategoryList[],
  candidates: readonly CategoryCandidate[],
): readonly number[] | null {
  const categorical = candidates.flatMap(({ isCategorical }, j) => (isCategorical ? [j] : []));
  const fitsAll = categorical.every((j, i) => lists[i] !== undefined && fits(lists[i], candidates[j]!));
  if (categorical.length === lists.length && fitsAll) return categorical;
  const first = laidFromStart(lists, candidates);
  const last = laidFromStart([...lists].reverse(), [...candidates].reverse());
  if (first === null || last === null) return null;
  const count = candidates.length;
  // The earliest and the latest way are the same one only when there is no other.
  const isOnly = first.every((j, i) => count - 1 - last[lists.length - 1 - i]! === j);
  const isCovering = lists.length < categorical.length || categorical.every((j) => first.includes(j));
  return isOnly && isCovering ? first : null;
}

function laidFromStart(
  lists: readonly CategoryList[],
  candidates: readonly CategoryCandidate[],
): readonly number[] | null {
  const placed: number[] = [];
  let feature = 0;
  for (const list of lists) {
    while (feature < candidates.length && !fits(list, candidates[feature]!)) feature += 1;
    if (feature === candidates.length) return null;
    placed.push(feature++);
  }
  return placed;
}

function fits({ values }: CategoryList, { isCategorical, codes }: CategoryCandidate): boolean {
  if (codes === null) return isCategorical;
  const [low, high] = codes;
  return Number.isInteger(low) && Number.isInteger(high) && low >= 0 && high < values.length;
}

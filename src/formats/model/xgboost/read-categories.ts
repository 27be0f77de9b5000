import { decodeText } from '../decode-text.ts';
import { childOf, type DocumentNode, damagedAt, itemsOf, numbersOf } from './document-node.ts';

/** The categories of one feature, in the order of their codes. */
interface ListedCategories {
  readonly kind: 'number' | 'text';
  readonly values: readonly string[];
}

/**
 * The category values that a model of XGBoost 3.1 or later carries, per feature: the values as a table writes them, in
 * the order of their codes; null for features without.
 *
 * Texts are written as Arrow writes them: the bytes of all values in a row (UTF-8, signed in JSON) and the offsets where
 * each begins. Numbers are written as they are.
 * @param model the document's `gradient_booster.model`
 * @returns null when the file carries no categories: then the table must hold the codes
 * @throws {FormatError} `corrupt-model` when the offsets do not fit the bytes, or the list the features
 * Source: XGBoost 3.1, `cat_container.cc` (Save, Load).
 */
export function readCategories(
  model: DocumentNode,
  featureCount: number,
): readonly (ListedCategories | null)[] | null {
  const cats = childOf(model, 'cats');
  if (cats.value === undefined) return null;
  const columns = itemsOf(childOf(cats, 'enc'));
  if (columns.length === 0) return null;
  if (columns.length !== featureCount) {
    throw damagedAt(cats, `speaks of ${columns.length} features, and the model has ${featureCount}`);
  }
  return columns.map((column) => {
    const values = categoriesOf(column);
    return values.values.length === 0 ? null : values;
  });
}

function categoriesOf(column: DocumentNode): ListedCategories {
  const values = childOf(column, 'values');
  const offsets = childOf(column, 'offsets');
  if (offsets.value === undefined) return { kind: 'number', values: Array.from(numbersOf(values), String) };
  return { kind: 'text', values: textsOf(Uint8Array.from(numbersOf(values)), numbersOf(offsets), offsets) };
}

function textsOf(bytes: Uint8Array, offsets: ArrayLike<number>, node: DocumentNode): readonly string[] {
  const texts: string[] = [];
  for (let i = 0; i + 1 < offsets.length; i++) {
    const [start, end] = [offsets[i]!, offsets[i + 1]!];
    if (!(start >= 0 && start <= end && end <= bytes.length))
      throw damagedAt(node, 'does not fit the values');
    texts.push(decodeText(bytes.subarray(start, end)));
  }
  return texts;
}

/** What pipelines write for a missing category, in the order in which we look for it among an encoder's values. */
const MISSING_WORDS = ['', 'missing', 'nan', 'None', 'NA'] as const;

/**
 * The text that a missing cell becomes on a string input.
 *
 * String tensors have no missing value, so training code wrote some text instead. It is the first of "", "missing",
 * "nan", "None", "NA" that the model's encoder knows; "" when its values are not known or hold none of these.
 *
 * @param known the encoder's values, or null when they cannot be read from the model
 * Sources: sklearn SimpleImputer (fill_value "missing_value" is rewritten inside of the graph), pandas `astype(str)`
 * ("nan", "None"), and the pipelines of fixtures/ ("" and "missing").
 */
export function missingText(known: readonly string[] | null): string {
  return MISSING_WORDS.find((word) => known?.includes(word)) ?? '';
}

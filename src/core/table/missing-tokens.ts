/**
 * Which texts stand for "no value".
 *
 * The first list holds in every column. It is pandas' default (`read_csv`, `na_values`, pandas 2.2), because most models that
 * Cutline opens were trained on tables read by pandas and must see the same cells missing. A region called NA is therefore
 * missing here as it was in training. 'none' in lower case is a value, as in pandas.
 */
export const MISSING_TOKENS: readonly string[] = [
  '',
  '#N/A',
  '#N/A N/A',
  '#NA',
  '-1.#IND',
  '-1.#QNAN',
  '-NaN',
  '-nan',
  '1.#IND',
  '1.#QNAN',
  '<NA>',
  'N/A',
  'NA',
  'NULL',
  'NaN',
  'None',
  'n/a',
  'nan',
  'null',
];

/**
 * Texts that mean "no value" only where all the other cells are numbers or dates: a category column keeps them as
 * values, because an encoder trained on that column knows them as values ('?' in the UCI tables).
 */
export const NUMERIC_MISSING_TOKENS: readonly string[] = [
  '?',
  '-',
  '--',
  '---',
  '.',
  '..',
  '#NUM!',
  '#VALUE!',
  '#DIV/0!',
  '#REF!',
  'na',
  'NAN',
  'Na',
  'none',
  'NONE',
  'Null',
  'missing',
  'MISSING',
  'Missing',
];

const inNumbers = new Set([...MISSING_TOKENS, ...NUMERIC_MISSING_TOKENS]);

/** True when the cell's text means "no value" in a column of numbers or dates. */
export function isNumericMissingToken(text: string): boolean {
  return inNumbers.has(text);
}

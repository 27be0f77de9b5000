import { damagedFile } from './damaged-file.ts';
import type { TextLines } from './text-lines.ts';

/** What the file says behind its trees. */
export interface Trailer {
  /** JSON of the categories that pandas held, with the number of its line; null when there is no such line. */
  readonly pandasCategories: { readonly text: string; readonly line: number } | null;
  /** Feature numbers that the training parameters call categorical. */
  readonly categoricalFeatures: ReadonlySet<number>;
}

const PANDAS = 'pandas_categorical:';
const CATEGORICAL = '[categorical_feature:';

/**
 * Reads the lines behind `end of trees`: importances and parameters are passed over.
 *
 * @throws {FormatError} `corrupt-model`: the parameters are cut short, so that categories behind them may be lost; or a
 *   line is longer than any list of names
 */
export function readTrailer(lines: TextLines, name: string): Trailer {
  let pandasCategories: Trailer['pandasCategories'] = null;
  let categoricalFeatures: ReadonlySet<number> = new Set();
  let isInParameters = false;
  while (lines.next()) {
    if (lines.is('parameters:')) isInParameters = true;
    else if (lines.is('end of parameters')) isInParameters = false;
    else if (isInParameters) {
      if (lines.startsWith(CATEGORICAL)) categoricalFeatures = numbersIn(textFrom(lines, CATEGORICAL, name));
    } else if (lines.startsWith(PANDAS)) {
      pandasCategories = { text: textFrom(lines, PANDAS, name), line: lines.line };
    }
  }
  if (!isInParameters) return { pandasCategories, categoricalFeatures };
  throw damagedFile(name, 'it is cut short: it ends within its parameters', { line: lines.line });
}

function textFrom(lines: TextLines, key: string, name: string): string {
  const text = lines.textFrom(key.length);
  if (text === null) throw damagedFile(name, `"${key}" is too long to be read`, { line: lines.line });
  return text;
}

/** `1,4,5]` -> 1, 4, 5; what is no number (a name) is left out. */
function numbersIn(text: string): ReadonlySet<number> {
  const numbers = text
    .replace(']', '')
    .split(',')
    .filter((part) => /^\s*\d+\s*$/.test(part))
    .map(Number);
  return new Set(numbers);
}

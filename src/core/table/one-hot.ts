/** Telling the 0/1 columns that one-hot encoding made of a category from flags that stand for themselves. */
import type { ColumnSummary } from './summary.ts';

const ZERO_ONE = ['0', '1', '0.0', '1.0', 'false', 'true'];

/** First words that make a flag of what follows: `is_late` and `has_phone` are no levels of a category. */
const FLAG_WORDS = ['is', 'has', 'had', 'was', 'will', 'did', 'can', 'flag'];

/**
 * Names of the columns that look like the levels of a one-hot encoded category:
 *
 * - `name=level` with at most two values (scikit-learn's DictVectorizer, patsy)
 * - a 0/1 column that shares its first word and separator with another 0/1 column (`Job_fixed`, `Job_part_time`: pandas'
 *   get_dummies), unless that word makes it a flag of its own (`is_late`, `has_phone`)
 */
export function oneHotColumns(columns: readonly ColumnSummary[]): ReadonlySet<string> {
  const zeroOne = columns.filter(isZeroOne);
  const sharing = new Map<string, number>();
  for (const { name } of zeroOne) {
    const prefix = prefixOf(name);
    if (prefix !== null) sharing.set(prefix, (sharing.get(prefix) ?? 0) + 1);
  }
  const shares = ({ name }: ColumnSummary): boolean => (sharing.get(prefixOf(name) ?? '') ?? 0) > 1;
  const byName = columns.filter(({ name, distinct }) => name.indexOf('=') > 0 && distinct <= 2);
  return new Set([...byName, ...zeroOne.filter(shares)].map(({ name }) => name));
}

function isZeroOne({ distinct, topValues }: ColumnSummary): boolean {
  if (distinct < 1 || distinct > 2) return false;
  return topValues.length > 0 && topValues.every(({ value }) => ZERO_ONE.includes(value.toLowerCase()));
}

/** `Job_part_time` -> `Job_`; null without a separator, or when the first word makes a flag of the rest. */
function prefixOf(name: string): string | null {
  const prefix = /^[^=_.:|/\s[(-]+[=_.:|/\s[(-]/.exec(name)?.[0] ?? null;
  return prefix === null || FLAG_WORDS.includes(prefix.slice(0, -1).toLowerCase()) ? null : prefix;
}

import type { TargetView } from './target-values.ts';

/** How a sentence names one row of each outcome: "a bad one", "a good one". */
export interface RankedPair {
  readonly positive: string;
  readonly negative: string;
}

/** Words that are answers, not properties: "a yes one" cannot be read. */
const ANSWERS: ReadonlySet<string> = new Set(['yes', 'no', 'true', 'false', 'none', 'null', 'nan']);

/**
 * One row of each outcome in words. Label values are used when they read as properties (letters, at least three, no
 * answers such as "yes") and each outcome has one; else "a positive row" and "a negative row".
 *
 * @param positive the values that count as positive
 */
export function rankedPair(positive: readonly string[], view: TargetView | null): RankedPair {
  const negative = view?.values.filter(({ group }) => group === 'negative') ?? [];
  const [bad, good] = [positive[0], negative[0]?.value];
  const isOneEach = positive.length === 1 && negative.length === 1 && view?.unlisted === 0;
  if (!isOneEach || bad === undefined || good === undefined || !reads(bad) || !reads(good))
    return { positive: 'a positive row', negative: 'a negative one' };
  return { positive: `${withArticle(bad)} one`, negative: `${withArticle(good)} one` };
}

/** Whether a label value can stand before "one". */
export function reads(value: string): boolean {
  return /^\p{L}{3,}$/u.test(value) && !ANSWERS.has(value.toLowerCase());
}

function withArticle(word: string): string {
  return `${/^[aeiou]/iu.test(word) ? 'an' : 'a'} ${word}`;
}

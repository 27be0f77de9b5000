/** Words and number forms that the views of this page share. */
import type { ExplanationMethod, ExplanationPlan } from '../../core/explain/explanation.ts';
import type { SplitDefinition } from '../../core/table/target.ts';
import { formatCount, formatCountOf, formatDecimals, formatValue } from '../../design/format.ts';

/** A piece of the sentence; strong ones hold its numbers and names, quiet ones its uncertainty. */
export interface AnswerPart {
  readonly text: string;
  readonly tone: 'plain' | 'strong' | 'quiet';
}

/** In what contributions are counted: "log-odds", "margin", "score". */
export function unitText({ space, isLogOdds }: Pick<ExplanationPlan, 'space' | 'isLogOdds'>): string {
  if (space === 'score') return 'score';
  return isLogOdds ? 'log-odds' : 'margin';
}

export const methodNames: Readonly<Record<ExplanationMethod, string>> = {
  'tree-path-dependent': 'path-dependent SHAP of trees',
  'tree-interventional': 'interventional SHAP of trees',
  linear: 'SHAP of a linear model',
  sampling: 'sampled SHAP',
};

/**
 * Numbers of one scale: three decimals as any metric, more when the largest of them is below 0.1 (three digits of it are
 * left), fewer when it is 100 or more. Below 1e-8 each is written with its power of ten.
 */
export function formatOfScale(largest: number): (value: number) => string {
  if (!(largest >= 1e-8)) return (value) => (value === 0 ? formatDecimals(0, 3) : formatValue(value));
  const power = Math.floor(Math.log10(largest));
  const digits = power < -1 ? 2 - power : Math.max(0, Math.min(3, 4 - power));
  return (value) => formatDecimals(value, digits);
}

/** "all 4,454 rows", "the 1,336 test rows", "the 4,454 labelled rows". */
export function explainedRows(
  rowCount: number,
  over: 'all' | 'judged',
  split: SplitDefinition | null,
): string {
  if (over === 'all') return `all ${formatCountOf(rowCount, 'row')}`;
  if (split === null) return `the ${formatCountOf(rowCount, 'labelled row')}`;
  return `the ${formatCount(rowCount)} ${split.value} rows`;
}

/** Which rows stand for "without this feature": "500 rows just below the threshold 0.236". */
export function backgroundText(
  { rows: rowCount, choice }: NonNullable<ExplanationPlan['background']>,
  threshold: string,
): string {
  const count = formatCountOf(rowCount, 'row');
  const { rows } = choice;
  if (rows.kind === 'all') return `${count} of all reference rows`;
  if (rows.kind === 'cohort') return `${count} with ${rows.column} ${listed(rows.values)}`;
  const side = rows.side === 'passed' ? 'just passed, score below' : 'just flagged, score at or above';
  return `${count} ${side} ${threshold}`;
}

const MOST_LISTED = 4;

function listed(values: readonly string[]): string {
  if (values.length > MOST_LISTED) return `one of ${formatCountOf(values.length, 'value')}`;
  const quoted = values.map((value) => (value === '' ? 'empty' : value));
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

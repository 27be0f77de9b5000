import type { ScenarioTemplate } from '../../core/money/scenario.ts';
import type { TargetDefinition } from '../../core/table/target.ts';

/** Words that a column of one domain hardly does without; lending is what remains. */
const hints: readonly (readonly [ScenarioTemplate, RegExp])[] = [
  ['retention', /churn|attrition|retention|cancell?ed|subscri/iu],
  ['fraud', /fraud|chargeback/iu],
];

/**
 * The template that the table's own words speak for: those of the target first, then the names of its columns.
 *
 * @returns lending when nothing speaks for another
 */
export function templateHint(
  target: TargetDefinition | null,
  columns: readonly { readonly name: string }[],
): ScenarioTemplate {
  const outcome = target === null ? [] : [target.column, ...target.positive];
  return matching(outcome) ?? matching(columns.map(({ name }) => name)) ?? 'lending';
}

function matching(texts: readonly string[]): ScenarioTemplate | null {
  return hints.find(([, words]) => texts.some((text) => words.test(text)))?.[0] ?? null;
}

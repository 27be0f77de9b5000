import type { Scenario } from '../../core/money/scenario.ts';
import { defaultScenario } from '../../core/money/scenario-templates.ts';

/** The scenarios of a workspace that have a name: the one in force first, then those kept at hand. */
export function namedScenarios(inForce: Scenario | null, kept: readonly Scenario[]): readonly Scenario[] {
  const others = kept.filter(({ name }) => name !== inForce?.name);
  return [...(inForce === null ? [] : [inForce]), ...others].filter(({ name }) => name.trim() !== '');
}

/** The kept scenarios with one put in the place of the one of its name, or at the end. */
export function withScenario(kept: readonly Scenario[], scenario: Scenario): readonly Scenario[] {
  const at = kept.findIndex(({ name }) => name === scenario.name);
  return at < 0 ? [...kept, scenario] : kept.with(at, scenario);
}

/**
 * A scenario that fits a table: when its amount is a column that the table lacks, the column with the amount role takes
 * its place, else the template's starting amount.
 * @returns `lacking`: the column that was not there, null when nothing had to change
 */
export function fittedScenario(
  scenario: Scenario,
  columns: readonly string[],
  amountRoleColumn: string | null,
): { readonly scenario: Scenario; readonly lacking: string | null } {
  const { amount, template } = scenario;
  if (!('column' in amount) || columns.length === 0 || columns.includes(amount.column))
    return { scenario, lacking: null };
  const started = defaultScenario(template, amountRoleColumn);
  return { scenario: { ...scenario, amount: started.amount }, lacking: amount.column };
}

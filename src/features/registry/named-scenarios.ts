import type { Scenario } from '../../core/money/scenario.ts';

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

import type { Scenario } from '../../core/money/scenario.ts';
import { scenarioTemplates } from '../../core/money/scenario-templates.ts';
import { scenarioChanges } from './scenario-change.ts';

/** How the scenario in force stands to those that are kept: kept as it is, kept under its name but changed, or not kept. */
export type SavedState = 'saved' | 'changed' | 'unsaved';

/** Scenarios are told apart by name. */
export function savedState(scenario: Scenario, saved: readonly Scenario[]): SavedState {
  const kept = saved.find(({ name }) => name === scenario.name);
  if (kept === undefined) return 'unsaved';
  return isSameScenario(kept, scenario) ? 'saved' : 'changed';
}

/** Whether two scenarios say the same, name included. */
export function isSameScenario(a: Scenario, b: Scenario): boolean {
  return a.name === b.name && a.currency === b.currency && scenarioChanges(a, b).length === 0;
}

/** The kept scenarios with this one among them, in place of one of the same name, else last. */
export function withSaved(saved: readonly Scenario[], scenario: Scenario): readonly Scenario[] {
  const index = saved.findIndex(({ name }) => name === scenario.name);
  return index < 0 ? [...saved, scenario] : saved.with(index, scenario);
}

/** The scenario under the first free name: "Base case copy", "Base case copy 2". */
export function copyOf(scenario: Scenario, saved: readonly Scenario[]): Scenario {
  const taken = new Set([...saved, scenario].map(({ name }) => name));
  const first = `${scenario.name} copy`.trim();
  let name = first;
  for (let n = 2; taken.has(name); n += 1) name = `${first} ${n}`;
  return { ...scenario, name };
}

/** What a scenario is called on screen; one without a name by its template. */
export function scenarioName({ name, template }: Scenario): string {
  return name === '' ? scenarioTemplates[template].label : name;
}

import type { Scenario } from '../../core/money/scenario.ts';
import { assumptionsOf } from '../../core/money/scenario-templates.ts';

/**
 * What the money rests on, in one line.
 *
 * @param line name and terms of the scenario of what is shown
 * @param scenario that scenario; null when it is not the page's any more
 * @returns says so where every number is still the one that the template starts with
 */
export function assumptionsText(line: string, scenario: Scenario | null): string {
  return scenario !== null && isAsTemplate(scenario)
    ? `Example numbers of the template, assumed until you set your own: ${line}.`
    : `Assumed: ${line}.`;
}

function isAsTemplate(scenario: Scenario): boolean {
  if (scenario.fixedCost !== 0 || scenario.rowsPerYear !== null) return false;
  const numbers: Readonly<Record<string, unknown>> = { ...scenario };
  return assumptionsOf(scenario.template).every(({ name, start }) => numbers[name] === start);
}

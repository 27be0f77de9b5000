import { DataError } from '../errors.ts';
import type { ScenarioTemplate } from './scenario.ts';
import { assumptionsOf, templateNames } from './scenario-templates.ts';

/**
 * The error of a scenario that cannot be used, with what its template needs.
 *
 * @param template the one that was understood; null: what all of them have in common is advised
 */
export function invalidScenario(template: ScenarioTemplate | null, message: string): DataError {
  return new DataError('invalid-scenario', message, { advice: adviceFor(template) });
}

function adviceFor(template: ScenarioTemplate | null): string {
  if (template === null)
    return `A scenario has a template (${templateNames.join(', ')}), an amount (a column or a constant) and the numbers of its template.`;
  const needed = assumptionsOf(template).filter(({ isOptional }) => !isOptional);
  if (template === 'fourValues')
    return `A fourValues scenario has ${listed(needed.map(({ name }) => name))}: each a number (a gain above 0, a loss below) or a column of money and the number that it is multiplied by.`;
  const wanted = needed.map(({ name, most }) => `${name} (${most === 1 ? '0 to 1' : '0 or more'})`);
  return `A ${template} scenario has amount (a column or a constant), ${listed(wanted)}.`;
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A value as it stands in the file, cut to what an error message can hold. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

import { DataError } from '../errors.ts';
import type { Scenario } from './scenario.ts';
import { assumptionsOf, assumptionValue, commonAssumptions, withAssumption } from './scenario-templates.ts';
import type { MovedAssumption } from './sensitivity-figures.ts';

/**
 * The numbers of a scenario that can be moved, in the order in which they are shown: its template's, a constant amount, the
 * fixed cost, and the rows a year where they are given. An amount from a column is not one number.
 */
export function movableAssumptions(scenario: Scenario): readonly MovedAssumption[] {
  const own = assumptionsOf(scenario.template).map(({ name }) => name);
  return [
    ...(hasConstantAmount(scenario) ? (['amount'] as const) : []),
    ...own,
    'fixedCost',
    ...(scenario.rowsPerYear === null ? [] : (['rowsPerYear'] as const)),
  ];
}

/** The value of an assumption; NaN when the scenario has no such number. */
export function movedValue(scenario: Scenario, assumption: MovedAssumption): number {
  switch (assumption) {
    case 'amount':
      return hasConstantAmount(scenario) && 'constant' in scenario.amount
        ? scenario.amount.constant
        : Number.NaN;
    case 'fixedCost':
      return scenario.fixedCost;
    case 'rowsPerYear':
      return scenario.rowsPerYear ?? Number.NaN;
    default:
      return assumptionValue(scenario, assumption);
  }
}

/** The scenario with one of its numbers changed. */
export function withMoved(scenario: Scenario, assumption: MovedAssumption, value: number): Scenario {
  switch (assumption) {
    case 'amount':
      return { ...scenario, amount: { constant: value } };
    case 'fixedCost':
    case 'rowsPerYear':
      return { ...scenario, [assumption]: value };
    default:
      return withAssumption(scenario, assumption, value);
  }
}

/** The least and the greatest value that an assumption may take. */
export function movedRange(scenario: Scenario, assumption: MovedAssumption): readonly [number, number] {
  if (assumption === 'amount') return [0, Number.MAX_VALUE];
  const { least, most } =
    assumption === 'fixedCost' || assumption === 'rowsPerYear'
      ? commonAssumptions[assumption]
      : assumptionsOf(scenario.template).find(({ name }) => name === assumption)!;
  return [least, most];
}

/** @throws {DataError} `invalid-argument` when the scenario has no such number */
export function checkMovable(scenario: Scenario, assumption: MovedAssumption): void {
  if (movableAssumptions(scenario).includes(assumption)) return;
  throw new DataError('invalid-argument', `The scenario has no number "${assumption}" that could be moved.`, {
    advice: `It has ${movableAssumptions(scenario).join(', ')}.`,
  });
}

/** The four-value form only remembers an amount. */
function hasConstantAmount({ template, amount }: Scenario): boolean {
  return template !== 'fourValues' && 'constant' in amount;
}

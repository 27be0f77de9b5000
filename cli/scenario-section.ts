import type { Scenario } from '../src/core/money/scenario.ts';

/** The scenario as it was understood, without the parts that it does without: a file that gives it back means the same. */
export type ScenarioSection = Partial<Scenario>;

/** Leaves out a fixed cost of 0, the rows a year when there are none, and a friction cost of 0 in lending. */
export function scenarioSection(scenario: Scenario): ScenarioSection {
  const { fixedCost, rowsPerYear, ...rest } = scenario;
  return {
    ...(rest.template === 'lending' ? withoutFriction(rest) : rest),
    ...(fixedCost === 0 ? {} : { fixedCost }),
    ...(rowsPerYear === null ? {} : { rowsPerYear }),
  };
}

function withoutFriction<S extends { readonly frictionCost: number }>({ frictionCost, ...rest }: S) {
  return frictionCost === 0 ? rest : { ...rest, frictionCost };
}

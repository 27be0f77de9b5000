import { DataError } from '../errors.ts';
import type { Scenario } from '../money/scenario.ts';
import { assumptionsOf, compileScenario, withAssumption } from '../money/scenario-templates.ts';
import type { CellValues, LinearValue } from '../money/value-model.ts';
import type { Valuation } from './impact-tally.ts';

/**
 * A scenario as what each row is worth, its costs told apart: a kind of cost is the cost that is left when every other
 * number of the scenario is 0, so that the kinds sum to the cost of the scenario.
 *
 *     fixed cost of one decision = fixedCost / rowsPerYear, or / judged rows when the scenario is not scaled to a year
 *
 * so that the decisions of a whole book carry the fixed cost exactly once.
 *
 * @param amountColumns names of `amounts`, in their order
 * @param amounts one number per row for each of them
 * @param judgedRows rows that the scenario's net value is of
 * @throws {DataError} `invalid-scenario`: a value takes its amount from a column that is not among them
 */
export function valuationOf(
  scenario: Scenario,
  amountColumns: readonly string[],
  amounts: readonly Float64Array[],
  judgedRows: number,
): Valuation {
  const { benefit, missed } = compileScenario(scenario, amountColumns);
  const names = assumptionsOf(scenario.template);
  const costs = names.map(({ name, label }) => {
    const alone = names.reduce<Scenario>(
      (rest, other) => (other.name === name ? rest : withAssumption(rest, other.name, 0)),
      scenario,
    );
    return { label, values: compileScenario(alone, amountColumns).cost };
  });
  const valuation = {
    benefit,
    missed,
    costs: costs.filter(({ values }) => cellsOf(values).some(isPaid)),
    amounts,
    fixedCost: scenario.fixedCost / (scenario.rowsPerYear ?? judgedRows),
  };
  checkColumns(valuation);
  return valuation;
}

/**
 * All that a positive row can lose: the missed loss with every share of the scenario at 1. What was recovered is taken
 * off this.
 * @throws {DataError} `invalid-scenario`: the four-value form has no such amount
 */
export function stakeOf(scenario: Scenario, amountColumns: readonly string[]): LinearValue {
  if (scenario.template === 'fourValues') {
    throw new DataError(
      'invalid-scenario',
      'The four-value form does not say what is at stake on a row, so that lost and recovered amounts have nothing to replace.',
      {
        advice:
          'Leave the amount of the outcomes file out, or choose a lending, retention or fraud scenario.',
      },
    );
  }
  const whole = assumptionsOf(scenario.template).reduce<Scenario>(
    (rest, { name, most }) => (most === 1 ? withAssumption(rest, name, 1) : rest),
    scenario,
  );
  return compileScenario(whole, amountColumns).missed;
}

/** Share of a real loss that flagging the row would have avoided: the save rate in retention, all of it elsewhere. */
export function worthOfLoss(scenario: Scenario): number {
  return scenario.template === 'retention' ? scenario.saveRate : 1;
}

function cellsOf(values: CellValues): readonly LinearValue[] {
  return Object.values(values);
}

function isPaid({ constant, perAmount }: LinearValue): boolean {
  return constant !== 0 || perAmount !== 0;
}

function checkColumns({ benefit, missed, costs, amounts }: Valuation): void {
  const values = [missed, ...cellsOf(benefit), ...costs.flatMap((cost) => cellsOf(cost.values))];
  if (values.every(({ perAmount, amount }) => perAmount === 0 || amounts[amount] !== undefined)) return;
  throw new DataError(
    'invalid-scenario',
    'The scenario takes its amounts from a column that the rows were judged without.',
    { advice: 'Choose the amount column again, or give one constant amount for all rows.' },
  );
}

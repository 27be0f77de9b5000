/** The numbers of a scenario as pictures and sentences name them. */
import { movedRange, movedValue } from '../../core/money/moved-assumption.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import { assumptionsOf, commonAssumptions, scenarioTemplates } from '../../core/money/scenario-templates.ts';
import type { MovedAssumption } from '../../core/money/sensitivity-figures.ts';
import { formatCount, formatMoneyExact, formatRatio, formatValue } from '../../design/format.ts';
import { VOLUME_LABEL } from './field-meanings.ts';
import { type NumberKind, numberKind } from './scenario-form.ts';

/** "Review cost", as in the form. */
export function assumptionLabel(scenario: Scenario, assumption: MovedAssumption): string {
  if (assumption === 'rowsPerYear') return VOLUME_LABEL;
  if (assumption === 'fixedCost') return commonAssumptions.fixedCost.label;
  if (assumption === 'amount') return scenarioTemplates[scenario.template].amount.label;
  return assumptionsOf(scenario.template).find(({ name }) => name === assumption)?.label ?? assumption;
}

/** What the assumption may be, for its fields. */
export function assumptionKind(scenario: Scenario, assumption: MovedAssumption): NumberKind {
  if (assumption === 'rowsPerYear') return 'volume';
  const [least, most] = movedRange(scenario, assumption);
  return numberKind({ least, most });
}

/** A value of the assumption in the digits that it needs: "0.64", "1,250", "12,000". */
export function assumptionText(scenario: Scenario, assumption: MovedAssumption, value: number): string {
  const kind = assumptionKind(scenario, assumption);
  if (kind === 'volume') return formatCount(value);
  if (kind !== 'share')
    return Math.abs(value) < 1 && value !== 0 ? formatValue(value) : formatMoneyExact(value);
  return Number(value.toFixed(2)) === Number(value.toPrecision(12))
    ? formatRatio(value)
    : formatValue(Number(value.toPrecision(4)));
}

/** One press of the arrows in a field of the assumption. */
export function assumptionStep(scenario: Scenario, assumption: MovedAssumption): number {
  if (assumption === 'fixedCost' || assumption === 'rowsPerYear') return commonAssumptions[assumption].step;
  if (assumption === 'amount') return scenarioTemplates[scenario.template].amount.step;
  return assumptionsOf(scenario.template).find(({ name }) => name === assumption)?.step ?? 1;
}

/** How many times its value the picture of a cost for each row goes to: what one knows least, and what turns rankings round. */
const FAR_COST = 10;

/**
 * Where a picture of the assumption begins and ends: from nothing to ten times its value for a cost of each row, to twice
 * its value for any other (a volume from half of it), inside its range; a gain or a loss keeps its sign. One that is 0 now
 * gets twenty presses of its field's arrows.
 */
export function startingRange(scenario: Scenario, assumption: MovedAssumption): readonly [number, number] {
  const value = movedValue(scenario, assumption);
  const [least, most] = movedRange(scenario, assumption);
  if (assumption === 'rowsPerYear') return [value / 2, value * 2];
  const isRowCost =
    assumption !== 'amount' && assumption !== 'fixedCost' && assumptionKind(scenario, assumption) === 'cost';
  const far = value === 0 ? 20 * assumptionStep(scenario, assumption) : (isRowCost ? FAR_COST : 2) * value;
  return [Math.max(least, Math.min(0, far)), Math.min(most, Math.max(0, far))];
}

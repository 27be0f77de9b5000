import type { Scenario, ScenarioTemplate } from '../../core/money/scenario.ts';
import {
  assumptionsOf,
  assumptionValue,
  commonAssumptions,
  defaultScenario,
  scenarioTemplates,
  templateNames,
  withAssumption,
} from '../../core/money/scenario-templates.ts';
import { Button } from '../../design/Button.tsx';
import { Select } from '../../design/Select.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { CheckedNumber } from './CheckedNumber.tsx';
import { CurrencyField } from './CurrencyField.tsx';
import { FourValueFields } from './FourValueFields.tsx';
import { VOLUME_LABEL } from './field-meanings.ts';
import {
  amountChoice,
  amountColumns,
  amountRoleColumn,
  assumedAmountNote,
  CONSTANT_AMOUNT,
  numberKind,
  withAmountChoice,
  withTemplate,
} from './scenario-form.ts';

export interface ScenarioEditorProps {
  readonly scenario: Scenario;
  /** Mean amount of the judged rows; NaN when they were judged without one. */
  readonly meanAmount: number;
}

/** The scenario's fields in the side panel: every change takes effect at once; a value that cannot be used does not. */
export function ScenarioEditor({ scenario, meanAmount }: ScenarioEditorProps) {
  const choose = useWorkspace((state) => state.choose);
  const strategies = useWorkspace((state) => state.choices.strategies);
  const roles = useWorkspace((state) => state.choices.roles);
  const columns = useWorkspace((state) => state.table.value?.columns ?? noColumns);
  const set = (next: Scenario) => choose({ scenario: next });
  const { template, amount } = scenario;
  const amountField = scenarioTemplates[template].amount;
  const names = amountColumns(columns, roles);
  const isYear = scenario.rowsPerYear !== null;
  const note = assumedAmountNote(scenario, names);
  const reset = () =>
    set({
      ...defaultScenario(template, amountRoleColumn(roles)),
      name: scenario.name,
      currency: scenario.currency,
    });
  return (
    <div className="grid">
      <Select<ScenarioTemplate>
        label="Template"
        options={templateOptions}
        value={template}
        onChange={(next) => set(withTemplate(scenario, next))}
      />
      {scenario.template === 'fourValues' ? (
        <FourValueFields scenario={scenario} columns={names} onChange={set} />
      ) : (
        <>
          <Select
            label={amountField.label}
            unit="per row"
            options={[
              ...names.map((name) => ({ id: name, label: name })),
              { id: CONSTANT_AMOUNT, label: 'Constant', detail: 'the same for every row' },
            ]}
            value={amountChoice(amount)}
            onChange={(choice) => set(withAmountChoice(scenario, choice, meanAmount))}
          />
          {'constant' in amount && (
            <CheckedNumber
              label="Amount"
              step={amountField.step}
              kind="cost"
              value={amount.constant}
              onChange={(typed) => set({ ...scenario, amount: { constant: typed } })}
            />
          )}
          {note !== null && <p className="mb-1 text-caption text-warn">{note}</p>}
          {assumptionsOf(template).map((assumption) => (
            <CheckedNumber
              key={`${template} ${assumption.name}`}
              label={assumption.label}
              unit={assumption.unit}
              step={assumption.step}
              kind={numberKind(assumption)}
              value={assumptionValue(scenario, assumption.name)}
              onChange={(typed) => set(withAssumption(scenario, assumption.name, typed))}
            />
          ))}
        </>
      )}
      <CheckedNumber
        label="Fixed cost"
        unit={isYear ? 'a year' : 'once, for these rows'}
        step={commonAssumptions.fixedCost.step}
        kind="cost"
        value={scenario.fixedCost}
        onChange={(fixedCost) => set({ ...scenario, fixedCost })}
      />
      <CheckedNumber
        label={VOLUME_LABEL}
        unit={isYear ? 'money is a year' : 'empty: of these rows'}
        step={commonAssumptions.rowsPerYear.step}
        kind="volume"
        value={scenario.rowsPerYear ?? Number.NaN}
        onChange={(typed) => set({ ...scenario, rowsPerYear: Number.isNaN(typed) ? null : typed })}
      />
      <CheckedNumber
        label="Near the best"
        unit="within this share of it"
        step={0.01}
        kind="openShare"
        value={strategies.plateauShare}
        onChange={(plateauShare) => choose({ strategies: { ...strategies, plateauShare } })}
      />
      <CurrencyField currency={scenario.currency} onChange={(currency) => set({ ...scenario, currency })} />
      <div className="mt-1.5 flex gap-2 *:h-7!">
        <Button onPress={reset}>Reset</Button>
        <Button kind="quiet" onPress={() => choose({ scenario: null, versus: null })}>
          Remove
        </Button>
      </div>
    </div>
  );
}

const noColumns: readonly never[] = [];
const templateOptions = templateNames.map((id) => ({ id, label: scenarioTemplates[id].label }));

import type { Scenario, ScenarioTemplate } from '../../core/money/scenario.ts';
import {
  assumptionsOf,
  assumptionValue,
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
import {
  amountChoice,
  amountColumns,
  amountRoleColumn,
  assumedAmountNote,
  CONSTANT_AMOUNT,
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
  const roles = useWorkspace((state) => state.choices.roles);
  const columns = useWorkspace((state) => state.table.value?.columns ?? noColumns);
  const set = (next: Scenario) => choose({ scenario: next });
  const { template, amount } = scenario;
  const amountField = scenarioTemplates[template].amount;
  const names = amountColumns(columns, roles);
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
          most={Number.MAX_VALUE}
          value={amount.constant}
          onChange={(typed) => set({ ...scenario, amount: { constant: typed } })}
        />
      )}
      {note !== null && <p className="mb-1 text-caption text-warn">{note}</p>}
      {assumptionsOf(template).map(({ name, label, unit, step, most }) => (
        <CheckedNumber
          key={`${template} ${name}`}
          label={label}
          unit={unit}
          step={step}
          most={most}
          value={assumptionValue(scenario, name)}
          onChange={(typed) => set(withAssumption(scenario, name, typed))}
        />
      ))}
      <CurrencyField currency={scenario.currency} onChange={(currency) => set({ ...scenario, currency })} />
      <div className="mt-2 flex gap-2">
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

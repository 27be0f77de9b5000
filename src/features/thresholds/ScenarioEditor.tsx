import { useState } from 'react';
import { defaultLendingScenario } from '../../core/money/parse-scenario.ts';
import type { LendingScenario } from '../../core/money/scenario.ts';
import { Button } from '../../design/Button.tsx';
import { NumberField } from '../../design/NumberField.tsx';
import { Select } from '../../design/Select.tsx';
import { TextField } from '../../design/TextField.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import {
  amountChoice,
  amountColumns,
  amountRoleColumn,
  assumedAmountNote,
  CONSTANT_AMOUNT,
  currencyError,
  fieldError,
  type ScenarioField,
  withAmountChoice,
  withField,
} from './scenario-form.ts';

export interface ScenarioEditorProps {
  readonly scenario: LendingScenario;
  /** Mean amount of the judged rows; NaN when they were judged without one. */
  readonly meanAmount: number;
}

/** The lending scenario in the side panel: every change takes effect at once; a value that cannot be used does not. */
export function ScenarioEditor({ scenario, meanAmount }: ScenarioEditorProps) {
  const choose = useWorkspace((state) => state.choose);
  const roles = useWorkspace((state) => state.choices.roles);
  const columns = useWorkspace((state) => state.table.value?.columns ?? noColumns);
  const set = (next: LendingScenario) => choose({ scenario: next });
  const names = amountColumns(columns, roles);
  const note = assumedAmountNote(scenario.amount, names);
  const options = [
    ...names.map((name) => ({ id: name, label: name })),
    { id: CONSTANT_AMOUNT, label: 'Constant', detail: 'the same for every row' },
  ];
  const field = (name: ScenarioField, value: number) => ({
    value,
    check: (typed: number) => fieldError(name, typed),
    onChange: (typed: number) => set(withField(scenario, name, typed)),
  });
  return (
    <div className="grid">
      <Select
        label="Amount at risk"
        unit="per row"
        options={options}
        value={amountChoice(scenario.amount)}
        onChange={(choice) => set(withAmountChoice(scenario, choice, meanAmount))}
      />
      {'constant' in scenario.amount && (
        <CheckedNumber label="Amount" step={100} {...field('constant', scenario.amount.constant)} />
      )}
      {note !== null && <p className="mb-1 text-caption text-warn">{note}</p>}
      <CheckedNumber
        label="Loss rate"
        unit="share of the amount"
        step={0.05}
        format={twoDecimals}
        {...field('lossRate', scenario.lossRate)}
      />
      <CheckedNumber
        label="Review cost"
        unit="per flagged row"
        step={5}
        {...field('reviewCost', scenario.reviewCost)}
      />
      <CurrencyField scenario={scenario} onChange={set} />
      <div className="mt-2.5 flex gap-2">
        <Button onPress={() => set(defaultLendingScenario(amountRoleColumn(roles)))}>Reset</Button>
        <Button kind="quiet" onPress={() => choose({ scenario: null })}>
          Remove
        </Button>
      </div>
    </div>
  );
}

const noColumns: readonly never[] = [];
const twoDecimals = { minimumFractionDigits: 2, maximumFractionDigits: 6 };
const anyNumber = { maximumFractionDigits: 6 };

interface CheckedNumberProps {
  readonly label: string;
  readonly unit?: string;
  readonly step: number;
  readonly format?: Intl.NumberFormatOptions;
  readonly value: number;
  readonly check: (value: number) => string | null;
  readonly onChange: (value: number) => void;
}

/** A number that is taken over only when it can be used; what was typed otherwise stays, with the reason. */
function CheckedNumber({ label, unit, step, format, value, check, onChange }: CheckedNumberProps) {
  const [refused, setRefused] = useState<{ readonly typed: number; readonly instead: number } | null>(null);
  // Reset or undo changed the value under a refused one: the refused one is history.
  const standing = refused !== null && Object.is(refused.instead, value) ? refused : null;
  const commit = (typed: number) => {
    if (check(typed) === null) {
      setRefused(null);
      onChange(typed);
    } else setRefused({ typed, instead: value });
  };
  return (
    <NumberField
      label={label}
      {...(unit === undefined ? {} : { unit })}
      step={step}
      format={format ?? anyNumber}
      value={standing?.typed ?? value}
      error={standing === null ? null : refusal(check(standing.typed), value, format)}
      onCommit={commit}
    />
  );
}

/** Why a value is refused, and with which one the page goes on. */
function refusal(
  reason: string | null,
  inForce: number,
  format: Intl.NumberFormatOptions = anyNumber,
): string | null {
  if (reason === null) return null;
  return `${reason} Not used: ${new Intl.NumberFormat(undefined, format).format(inForce)} is in force.`;
}

interface CurrencyFieldProps {
  readonly scenario: LendingScenario;
  readonly onChange: (scenario: LendingScenario) => void;
}

function CurrencyField({ scenario, onChange }: CurrencyFieldProps) {
  const [typed, setTyped] = useState<{ readonly code: string; readonly instead: string } | null>(null);
  const standing = typed !== null && typed.instead === scenario.currency ? typed.code : scenario.currency;
  const change = (text: string) => {
    const code = text.toUpperCase();
    if (currencyError(code) === null) {
      setTyped(null);
      onChange({ ...scenario, currency: code });
    } else setTyped({ code, instead: scenario.currency });
  };
  return (
    <TextField
      label="Currency"
      value={standing}
      onChange={change}
      placeholder="of the file"
      error={standing.length < 3 && standing.length > 0 ? null : currencyError(standing)}
      className="min-h-9 grid-cols-[1fr_104px] items-center"
    />
  );
}

import type { FourValueScenario, ValueCell } from '../../core/money/scenario.ts';
import { assumptionsOf, assumptionValue, withAssumption } from '../../core/money/scenario-templates.ts';
import { Select } from '../../design/Select.tsx';
import { CheckedNumber } from './CheckedNumber.tsx';
import { NO_COLUMN, withCellColumn } from './scenario-form.ts';

export interface FourValueFieldsProps {
  readonly scenario: FourValueScenario;
  /** Columns that can be money. */
  readonly columns: readonly string[];
  readonly onChange: (scenario: FourValueScenario) => void;
}

/** What each of the four outcomes is worth: a number for every row, or a number times a column of the row. */
export function FourValueFields({ scenario, columns, onChange }: FourValueFieldsProps) {
  return (
    <>
      <p className="mt-0.5 mb-1 text-caption text-text-3">A gain above 0, a loss below.</p>
      {assumptionsOf('fourValues').map(({ name, label, step }) => {
        const cell = name as ValueCell;
        return (
          <div key={cell} className="grid min-h-9 grid-cols-[minmax(0,1fr)_70px_92px] items-center gap-1.5">
            <p aria-hidden="true" className="text-table leading-4 text-text-2">
              {label}
            </p>
            <CheckedNumber
              label={label}
              layout="bare"
              step={step}
              kind="value"
              value={assumptionValue(scenario, cell)}
              onChange={(typed) => onChange(withAssumption(scenario, cell, typed) as FourValueScenario)}
            />
            <Select
              label={`${label}: times`}
              layout="bare"
              options={[
                { id: NO_COLUMN, label: 'each', detail: 'the number for every row' },
                ...columns.map((column) => ({ id: column, label: `× ${column}` })),
              ]}
              value={scenario.columns[cell] ?? NO_COLUMN}
              onChange={(choice) => onChange(withCellColumn(scenario, cell, choice))}
            />
          </div>
        );
      })}
    </>
  );
}

import type { StrategyParameters, StrategyRule } from '../../core/threshold/decision.ts';
import { NumberField } from '../../design/NumberField.tsx';
import { Select } from '../../design/Select.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import type { CapacityPer } from './strategy-label.ts';

// Kept as they are: a new format object would make the field build its number parser anew.
const share: Intl.NumberFormatOptions = {
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
  useGrouping: false,
};
const factor: Intl.NumberFormatOptions = { maximumFractionDigits: 4, useGrouping: false };
const wholeRows: Intl.NumberFormatOptions = { maximumFractionDigits: 0 };

interface Parameter {
  readonly of: Exclude<keyof StrategyParameters, 'capacityPer' | 'plateauShare'>;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly format: Intl.NumberFormatOptions;
}

const shares = { min: 0, max: 1, step: 0.05, format: share } as const;

/** The rules that have a number of their own. */
const parameters: Partial<Readonly<Record<StrategyRule, Parameter>>> = {
  recallAtLeast: { of: 'recallAtLeast', label: 'Least recall', ...shares },
  precisionAtLeast: { of: 'precisionAtLeast', label: 'Least precision', ...shares },
  fprAtMost: { of: 'fprAtMost', label: 'Greatest false-positive rate', ...shares },
  maxFBeta: {
    of: 'beta',
    label: 'Beta: how many times recall counts as much as precision',
    // F-beta needs a beta above 0.
    min: 0.01,
    max: 100,
    step: 0.5,
    format: factor,
  },
  capacity: {
    of: 'capacity',
    label: 'Most rows that can be flagged',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    step: 10,
    format: wholeRows,
  },
};

/** The number of a rule, edited in its row; of a capacity also the period. */
export function ParameterField({
  rule,
  parameter,
}: {
  readonly rule: StrategyRule;
  readonly parameter: number;
}) {
  const choose = useWorkspace((state) => state.choose);
  const strategies = useWorkspace((state) => state.choices.strategies);
  const field = parameters[rule];
  if (field === undefined) return null;
  const { of, label, min, max, step, format } = field;
  const commit = (value: number) => {
    if (value >= min && value <= max) choose({ strategies: { ...strategies, [of]: value } });
  };
  return (
    <>
      <NumberField
        label={label}
        layout="bare"
        size="compact"
        value={parameter}
        onCommit={commit}
        min={min}
        max={max}
        step={step}
        format={format}
        // Arrow keys step the value; the arrows themselves have room on large screens only.
        className="relative z-1 -my-1 w-[46px] shrink-0 font-normal wide:max-[1599px]:[&_input]:pr-1.5 max-[1599px]:[&_span:has(button)]:hidden min-[1600px]:w-[66px]"
      />
      {rule === 'capacity' && (
        <Select<CapacityPer>
          label="Capacity counts"
          layout="bare"
          look="cell"
          options={periods}
          value={strategies.capacityPer}
          onChange={(capacityPer) => choose({ strategies: { ...strategies, capacityPer } })}
          className="relative z-1 -my-1 -ml-1 font-normal"
        />
      )}
    </>
  );
}

const periods = [
  { id: 'rows', label: 'rows', detail: 'of the judged rows' },
  { id: 'day', label: 'a\u00A0day', detail: 'of the yearly decisions' },
  { id: 'week', label: 'a\u00A0week', detail: 'of the yearly decisions' },
] as const;

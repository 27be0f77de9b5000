import { Label, Radio, RadioGroup } from 'react-aria-components';
import { classNames } from './class-names.ts';

export interface ChoiceChip<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

export interface ChoiceChipsProps<Id extends string> {
  /** What is chosen; stands before the chips. */
  readonly label: string;
  readonly options: readonly ChoiceChip<Id>[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly isDisabled?: boolean;
  /** The label is for screen readers only. */
  readonly isBare?: boolean;
}

/** One of a few, all in sight; arrow keys go from one to the next. */
export function ChoiceChips<Id extends string>(props: ChoiceChipsProps<Id>) {
  const { label, options, value, onChange, isDisabled = false, isBare = false } = props;
  return (
    <RadioGroup
      value={value}
      onChange={(id) => onChange(id as Id)}
      isDisabled={isDisabled}
      orientation="horizontal"
      className="flex flex-wrap items-center gap-1"
    >
      <Label className={classNames('text-table text-text-2', isBare ? 'sr-only' : 'mr-1.5')}>{label}</Label>
      {options.map((option) => (
        <Radio
          key={option.id}
          value={option.id}
          className="inline-flex h-6 cursor-default items-center rounded-chip bg-sunk px-2 text-caption font-medium whitespace-nowrap text-text-2 selected:bg-accent-soft selected:text-accent-ink disabled:text-text-3"
        >
          {option.label}
        </Radio>
      ))}
    </RadioGroup>
  );
}

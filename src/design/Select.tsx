import { ChevronDown } from 'lucide-react';
import { memo } from 'react';
import {
  Select as AriaSelect,
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import { menuItem, menuSurface } from './menu-style.ts';
import { OptionText } from './OptionText.tsx';
import { sameValue } from './same-value.ts';
import { useLatestCallback } from './use-latest-callback.ts';

export interface SelectOption<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** Second, quieter line. */
  readonly detail?: string;
  /** Listed, and cannot be chosen: `detail` says why. */
  readonly isDisabled?: boolean;
}

export interface SelectProps<Id extends string> {
  readonly label: string;
  readonly options: readonly SelectOption<Id>[];
  /** null shows the placeholder. */
  readonly value: Id | null;
  readonly onChange: (id: Id) => void;
  readonly placeholder?: string;
  readonly unit?: string;
  readonly isDisabled?: boolean;
  /** row: label left, field right (side panel); stack: label above; bare: label for screen readers only. */
  readonly layout?: 'row' | 'stack' | 'bare';
  /** plain: bordered; cell: borderless until hovered, for tables. */
  readonly look?: 'plain' | 'cell';
  readonly className?: string;
}

const frames = {
  row: 'grid grid-cols-[1fr_104px] content-center min-h-9',
  stack: 'grid gap-1',
  bare: 'grid',
};

const looks = {
  plain: 'h-7 border-ctl bg-surface px-2 font-medium hover:bg-sunk',
  cell: 'h-6 border-transparent px-1.5 hover:border-line-2 hover:bg-surface',
};

/** One choice of a list, with type-ahead. */
export function Select<Id extends string>(props: SelectProps<Id>) {
  const { options, value, onChange, ...rest } = props;
  const choose = useLatestCallback((id: string) => onChange(id as Id));
  return <StillSelect {...rest} options={options} value={value} onChange={choose} />;
}

/** Drawn again only when what it shows changes (see NumberField). */
const StillSelect = memo(function StillSelect(props: SelectProps<string>) {
  const { label, options, value, onChange, placeholder, unit, isDisabled, className } = props;
  const { layout = 'row', look = 'plain' } = props;
  return (
    <AriaSelect
      value={value}
      onChange={(key) => key !== null && onChange(String(key))}
      className={classNames(frames[layout], className)}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(isDisabled === undefined ? {} : { isDisabled })}
    >
      <Label
        className={classNames(
          layout === 'bare' ? 'sr-only' : 'text-table leading-4 text-text-2',
          layout === 'row' && unit === undefined && 'row-start-1 row-end-3 self-center',
        )}
      >
        {label}
      </Label>
      <Button
        className={classNames(
          'flex min-w-0 items-center justify-between gap-1 rounded-control border text-left text-table disabled:border-line-2 disabled:text-text-3',
          looks[look],
          layout === 'row' && 'col-start-2 row-start-1 row-end-3 self-center',
        )}
      >
        <SelectValue className="truncate data-[placeholder]:text-text-3 [&_[slot=description]]:hidden [&_[slot=label]]:truncate" />
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-text-3" />
      </Button>
      {unit !== undefined && layout !== 'bare' && (
        <Text
          slot="description"
          className={classNames('text-caption text-text-3', layout === 'row' && 'col-start-1 leading-[15px]')}
        >
          {unit}
        </Text>
      )}
      <Popover offset={4} className={classNames(menuSurface, 'min-w-(--trigger-width)')}>
        <ListBox className="max-h-80 overflow-auto outline-none">
          {options.map((option) => (
            <ListBoxItem
              key={option.id}
              id={option.id}
              textValue={option.label}
              isDisabled={option.isDisabled ?? false}
              className={menuItem}
            >
              {({ isSelected }) => (
                <OptionText label={option.label} detail={option.detail} isSelected={isSelected} />
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}, sameValue);

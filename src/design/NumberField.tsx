import { ChevronDown, ChevronUp } from 'lucide-react';
import { memo } from 'react';
import {
  NumberField as AriaNumberField,
  Button,
  FieldError,
  Group,
  Input,
  Label,
  Text,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import { sameValue } from './same-value.ts';
import { useEitherMark } from './use-either-mark.ts';
import { useLatestCallback } from './use-latest-callback.ts';

export interface NumberFieldProps {
  readonly label: string;
  /** NaN shows an empty field. */
  readonly value: number;
  /** Called once per committed value: on Enter, on blur, and on each step. NaN when the field was emptied. */
  readonly onCommit: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  /** Size of one step of the arrows and of the arrow keys; typed values are snapped to it only with `snap`. */
  readonly step?: number;
  /** Shown and read by the user's locale: digits, percent, currency. With `useGrouping: false` comma and point are both the decimal mark. */
  readonly format?: Intl.NumberFormatOptions;
  /** Second line of the label: "per flagged row". */
  readonly unit?: string;
  /** Why the value cannot be used; the field is then marked invalid. */
  readonly error?: string | null;
  readonly isDisabled?: boolean;
  /** row: label left, field right (side panel); stack: label above; bare: label for screen readers only. */
  readonly layout?: 'row' | 'stack' | 'bare';
  /** plain: 28 px; compact: 22 px, in a table's row, without arrows on narrow screens; threshold: 36 px with the 20 px figure of the decision bar; threshold-long: as wide, for up to eight characters. */
  readonly size?: 'plain' | 'compact' | 'threshold' | 'threshold-long';
  readonly className?: string;
}

const frames = {
  row: 'grid grid-cols-[1fr_104px] content-center min-h-9',
  stack: 'grid gap-1',
  bare: 'grid',
};

/** The field stands at the right of both lines of its label. */
const rowField = 'col-start-2 row-start-1 row-end-3 self-center';

const sizes = {
  plain: 'h-7 pl-2 text-table font-medium',
  compact: 'h-[22px] pl-1.5 text-table font-medium max-wide:pr-1.5',
  threshold: 'h-9 w-[104px] pl-2.5 text-[20px] font-semibold tracking-[-0.01em]',
  'threshold-long': 'h-9 w-[104px] pl-2.5 text-[15px] font-semibold tracking-[-0.01em]',
};

/** A number with stepper, unit and locale-aware reading; commits on Enter and blur. */
export function NumberField(props: NumberFieldProps) {
  const onCommit = useLatestCallback(props.onCommit);
  return <StillNumberField {...props} onCommit={onCommit} />;
}

/** Drawn again only when what it shows changes: it takes about a millisecond, and a drag has sixteen for a whole page. */
const StillNumberField = memo(function StillNumberField(props: NumberFieldProps) {
  const { label, value, onCommit, min, max, step, format, unit, error, isDisabled, className } = props;
  const { layout = 'row', size = 'plain' } = props;
  const invalid = error !== undefined && error !== null;
  const eitherMark = useEitherMark(format?.useGrouping === false);
  return (
    <AriaNumberField
      ref={eitherMark}
      value={value}
      onChange={onCommit}
      isInvalid={invalid}
      commitBehavior="validate"
      {...(min === undefined ? {} : { minValue: min })}
      {...(max === undefined ? {} : { maxValue: max })}
      {...(step === undefined ? {} : { step })}
      {...(format === undefined ? {} : { formatOptions: format })}
      {...(isDisabled === undefined ? {} : { isDisabled })}
      className={classNames(frames[layout], className)}
    >
      <Label
        className={classNames(
          layout === 'bare' ? 'sr-only' : 'text-table leading-4 text-text-2',
          layout === 'row' && unit === undefined && 'row-start-1 row-end-3 self-center',
        )}
      >
        {label}
      </Label>
      <Group
        className={classNames(
          'group flex items-center rounded-control border border-ctl bg-surface focus-within:border-accent',
          'disabled:border-line-2 data-[invalid]:border-fail',
          sizes[size],
          layout === 'row' && rowField,
        )}
      >
        <Input
          className={classNames(
            'w-full min-w-0 bg-transparent outline-none disabled:text-text-3',
            (size === 'plain' || size === 'compact') && 'text-right',
          )}
        />
        <span
          className={classNames(
            'grid shrink-0 self-stretch px-1 text-text-3',
            size === 'compact' ? 'max-wide:hidden' : 'py-0.5',
          )}
        >
          <Button slot="increment" className="grid place-items-center hover:text-text disabled:opacity-40">
            <ChevronUp size={12} strokeWidth={1.75} aria-hidden />
          </Button>
          <Button slot="decrement" className="grid place-items-center hover:text-text disabled:opacity-40">
            <ChevronDown size={12} strokeWidth={1.75} aria-hidden />
          </Button>
        </span>
      </Group>
      {unit !== undefined && layout !== 'bare' && (
        <Text
          slot="description"
          className={classNames('text-caption text-text-3', layout === 'row' && 'col-start-1 leading-[15px]')}
        >
          {unit}
        </Text>
      )}
      <FieldError className="col-span-full text-caption text-fail">{error}</FieldError>
    </AriaNumberField>
  );
}, sameValue);

import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';

export interface CheckboxProps {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}

/** Yes or no, with its words at the right. */
export function Checkbox({ children, isDisabled, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox
      {...rest}
      {...(isDisabled === undefined ? {} : { isDisabled })}
      className="group flex min-h-6 items-center gap-2 rounded-badge text-table text-text-2 data-[disabled]:text-text-3"
    >
      <span className="grid h-4 w-4 shrink-0 place-items-center rounded-badge border border-ctl bg-surface text-on-accent group-data-[selected]:border-accent group-data-[selected]:bg-accent">
        <Check
          size={12}
          strokeWidth={2.5}
          aria-hidden
          className="opacity-0 group-data-[selected]:opacity-100"
        />
      </span>
      <span>{children}</span>
    </AriaCheckbox>
  );
}

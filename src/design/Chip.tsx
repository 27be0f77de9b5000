import type { ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components';
import { classNames } from './class-names.ts';

export interface ChipProps {
  readonly children: ReactNode;
  /** Without `onChange` the chip only states something; with it, it is a toggle. */
  readonly isSelected?: boolean;
  readonly onChange?: (isSelected: boolean) => void;
}

const shape =
  'inline-flex h-6 items-center gap-1.5 rounded-chip px-2 text-caption font-medium whitespace-nowrap';

/** A small fact or filter: "All test rows, 1,336". */
export function Chip({ children, isSelected = false, onChange }: ChipProps) {
  if (onChange === undefined)
    return <span className={classNames(shape, 'bg-sunk text-text-2')}>{children}</span>;
  return (
    <ToggleButton
      isSelected={isSelected}
      onChange={onChange}
      className={classNames(shape, 'bg-sunk text-text-2 selected:bg-accent-soft selected:text-accent-ink')}
    >
      {children}
    </ToggleButton>
  );
}

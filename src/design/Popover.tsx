import type { ReactNode } from 'react';
import { Popover as AriaPopover, Dialog, DialogTrigger } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { menuSurface } from './menu-style.ts';

export interface PopoverProps {
  /** The button that opens it: a design Button. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
}

/** A small sheet beside its button, for a definition or a short form. */
export function Popover({ trigger, label, children }: PopoverProps) {
  return (
    <DialogTrigger>
      {trigger}
      <AriaPopover offset={4} className={classNames(menuSurface, 'max-w-sm')}>
        <Dialog aria-label={label} className="p-2 outline-none">
          {children}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}

import type { ReactNode } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { menuSurface } from './menu-style.ts';

export interface TooltipProps {
  /** The focusable control that is explained: a design Button. */
  readonly trigger: ReactNode;
  readonly children: ReactNode;
}

/** A few words about a control, on hover and on keyboard focus. Never the only place of an information. */
export function Tooltip({ trigger, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={400} closeDelay={100}>
      {trigger}
      <AriaTooltip offset={6} className={classNames(menuSurface, 'max-w-64 px-2 text-caption')}>
        {children}
      </AriaTooltip>
    </TooltipTrigger>
  );
}

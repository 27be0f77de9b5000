import type { ReactNode } from 'react';
import { Button as AriaButton, type PressEvent } from 'react-aria-components';
import { classNames } from './class-names.ts';

export interface ButtonProps {
  /** What happens, as words: "Score 4,454 rows". An icon may stand before them (16 px). */
  readonly children: ReactNode;
  /** primary: the one next step; plain: everything else with a border; quiet: text only; icon: a square of 30 px, needs `label`. */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'icon';
  readonly onPress?: (event: PressEvent) => void;
  readonly isDisabled?: boolean;
  /** What it does is under way: it takes no press, and keeps the focus, which a disabled button loses. */
  readonly isPending?: boolean;
  /** Accessible name when the children are only an icon. */
  readonly label?: string;
  readonly type?: 'button' | 'submit';
  readonly className?: string;
  /** 'close' inside a dialog closes it. */
  readonly slot?: string;
  readonly autoFocus?: boolean;
}

const shapes = {
  primary: 'h-8 px-3 border border-accent bg-accent text-on-accent hover:opacity-90 pressed:opacity-80',
  plain: 'h-8 px-3 border border-ctl bg-surface text-text hover:bg-sunk pressed:bg-line',
  quiet: 'h-[30px] px-2.5 text-text-2 hover:bg-sunk hover:text-text pressed:bg-line',
  icon: 'h-[30px] w-[30px] justify-center text-text-2 hover:bg-sunk hover:text-text pressed:bg-line',
};

/** A button; keyboard, touch and screen reader behave alike (react-aria). */
export function Button(props: ButtonProps) {
  const { kind = 'plain', label, className, children, isPending = false, onPress, ...rest } = props;
  return (
    <AriaButton
      {...rest}
      // Not react-aria's own isPending, which announces the button's name when it is pressed.
      {...(isPending ? { 'aria-disabled': true } : {})}
      {...(onPress === undefined || isPending ? {} : { onPress })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className={classNames(
        'inline-flex shrink-0 cursor-default items-center gap-1.5 rounded-control text-table font-medium whitespace-nowrap',
        'transition-colors duration-150 disabled:border-line-2 disabled:bg-sunk disabled:text-text-3',
        'aria-disabled:border-line-2 aria-disabled:bg-sunk aria-disabled:text-text-3',
        shapes[kind],
        className,
      )}
    >
      {children}
    </AriaButton>
  );
}

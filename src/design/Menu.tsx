import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { menuItem, menuSurface } from './menu-style.ts';

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly onAction: () => void;
  readonly isDisabled?: boolean;
}

export interface MenuProps {
  /** The button that opens it: a design Button. */
  readonly trigger: ReactNode;
  readonly label: string;
  readonly actions: readonly MenuAction[];
}

/** A button with a list of actions. */
export function Menu({ trigger, label, actions }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover offset={4} placement="bottom end" className={menuSurface}>
        <AriaMenu aria-label={label} className="max-h-96 min-w-44 overflow-auto outline-none">
          {actions.map((action) => (
            <MenuItem
              key={action.id}
              id={action.id}
              textValue={action.label}
              onAction={action.onAction}
              isDisabled={action.isDisabled ?? false}
              className={menuItem}
            >
              {action.icon !== undefined && <span className="text-text-3">{action.icon}</span>}
              {action.label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

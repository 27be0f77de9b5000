/**
 * One list of options for many cells. A Select in each of a thousand cells would build a thousand lists (measured: 0.6 s for
 * one screen of a wide table); here each cell is a plain button, and the one list opens beside the cell that was pressed.
 */
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { Dialog, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { classNames } from '../../design/class-names.ts';
import { menuItem, menuSurface } from '../../design/menu-style.ts';
import { OptionText } from '../../design/OptionText.tsx';
import type { SelectOption } from '../../design/Select.tsx';

export interface ChoiceRequest {
  /** Names the list: "Type of Amount". */
  readonly label: string;
  readonly options: readonly SelectOption<string>[];
  readonly value: string | null;
  readonly onChoose: (id: string) => void;
}

export type OpenChoice = (trigger: HTMLElement, request: ChoiceRequest) => void;

export interface ChoiceList {
  /** Stable: cells that get it are not rendered anew when the list opens. */
  readonly open: OpenChoice;
  /** To be rendered once beside the cells. */
  readonly list: ReactNode;
}

/** The list of a table of {@link ChoiceCell}s. */
export function useChoiceList(): ChoiceList {
  const trigger = useRef<HTMLElement>(null);
  const [request, setRequest] = useState<ChoiceRequest | null>(null);
  const open = useMemo<OpenChoice>(
    () => (element, next) => {
      trigger.current = element;
      setRequest(next);
    },
    [],
  );
  const close = (): void => {
    setRequest(null);
    // The popover would give the focus back to where it was before the press, which in Safari is not the button.
    trigger.current?.focus();
  };
  const list = request !== null && (
    <Popover
      isOpen
      triggerRef={trigger}
      offset={4}
      placement="bottom start"
      onOpenChange={(isOpen) => !isOpen && close()}
      className={classNames(menuSurface, 'min-w-40')}
    >
      <Dialog aria-label={request.label} className="outline-none">
        <OptionList request={request} onClose={close} />
      </Dialog>
    </Popover>
  );
  return { open, list };
}

function OptionList({ request, onClose }: { readonly request: ChoiceRequest; readonly onClose: () => void }) {
  const { label, options, value, onChoose } = request;
  return (
    <ListBox
      aria-label={label}
      autoFocus
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={value === null ? [] : [value]}
      onSelectionChange={(keys) => {
        const [id] = keys === 'all' ? [] : keys;
        onClose();
        if (typeof id === 'string' && id !== value) onChoose(id);
      }}
      className="max-h-80 overflow-auto outline-none"
    >
      {options.map((option) => (
        <ListBoxItem key={option.id} id={option.id} textValue={option.label} className={menuItem}>
          {({ isSelected }) => (
            <OptionText label={option.label} detail={option.detail} isSelected={isSelected} />
          )}
        </ListBoxItem>
      ))}
    </ListBox>
  );
}

const looks = {
  cell: 'h-6 border-transparent px-1.5 hover:border-line-2 hover:bg-surface',
  field: 'h-7 border-ctl bg-surface px-2 font-medium hover:bg-sunk',
};

export interface ChoiceCellProps extends ChoiceRequest {
  readonly open: OpenChoice;
  readonly placeholder?: string;
  /** cell: looks like text until it is hovered or focused; field: bordered, as a Select. */
  readonly look?: keyof typeof looks;
  readonly className?: string;
}

/** A value that is changed in place by the list of its table or form. */
export function ChoiceCell({
  open,
  placeholder = '',
  look = 'cell',
  className,
  ...request
}: ChoiceCellProps) {
  const shown = request.options.find(({ id }) => id === request.value)?.label ?? request.value;
  return (
    <button
      type="button"
      aria-haspopup="listbox"
      aria-label={`${request.label}: ${shown ?? 'not chosen'}`}
      onClick={(event) => open(event.currentTarget, request)}
      className={classNames(
        'flex min-w-0 cursor-default items-center justify-between gap-1 rounded-control border text-left text-table',
        looks[look],
        shown === null && 'text-text-3',
        className,
      )}
    >
      <span className="truncate">{shown ?? placeholder}</span>
      <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" className="shrink-0 text-text-3" />
    </button>
  );
}

/** A choice cell under its label, in a form. */
export function ChoiceField({ label, ...rest }: Omit<ChoiceCellProps, 'look' | 'className'>) {
  return (
    <div className="grid min-w-0 content-start gap-1">
      <span aria-hidden="true" className="text-table leading-4 text-text-2">
        {label}
      </span>
      <ChoiceCell label={label} look="field" {...rest} />
    </div>
  );
}

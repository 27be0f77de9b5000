/**
 * One list of options for many cells. A Select in each of a thousand cells would build a thousand lists (measured: 0.6 s for
 * one screen of a wide table); here each cell is a plain button, and the one list opens beside the cell that was pressed.
 */
import { Check, ChevronDown } from 'lucide-react';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { Dialog, ListBox, ListBoxItem, Popover, Text } from 'react-aria-components';
import { classNames } from '../../design/class-names.ts';
import { menuItem, menuSurface } from '../../design/menu-style.ts';
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
            <>
              <span className="w-4 shrink-0">{isSelected && <Check size={14} aria-hidden="true" />}</span>
              <span className="grid min-w-0">
                <Text slot="label">{option.label}</Text>
                {option.detail !== undefined && (
                  <Text slot="description" className="text-caption text-text-3">
                    {option.detail}
                  </Text>
                )}
              </span>
            </>
          )}
        </ListBoxItem>
      ))}
    </ListBox>
  );
}

export interface ChoiceCellProps extends ChoiceRequest {
  readonly open: OpenChoice;
  readonly placeholder?: string;
  readonly className?: string;
}

/** A cell whose value is changed in place: looks like text until it is hovered or focused. */
export function ChoiceCell({ open, placeholder = '', className, ...request }: ChoiceCellProps) {
  const shown = request.options.find(({ id }) => id === request.value)?.label ?? request.value;
  return (
    <button
      type="button"
      aria-haspopup="listbox"
      aria-label={`${request.label}: ${shown ?? 'not chosen'}`}
      onClick={(event) => open(event.currentTarget, request)}
      className={classNames(
        'flex h-6 min-w-0 cursor-default items-center justify-between gap-1 rounded-control border border-transparent px-1.5 text-left text-table hover:border-line-2 hover:bg-surface',
        shown === null && 'text-text-3',
        className,
      )}
    >
      <span className="truncate">{shown ?? placeholder}</span>
      <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" className="shrink-0 text-text-3" />
    </button>
  );
}

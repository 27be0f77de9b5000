import { Search } from 'lucide-react';
import {
  Dialog as AriaDialog,
  Autocomplete,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  Text,
  TextField,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import { Kbd } from './Kbd.tsx';
import { menuItem } from './menu-style.ts';

export interface CommandItem {
  readonly id: string;
  readonly label: string;
  /** What it would change, quieter: "0.236", "now 0.191". */
  readonly detail?: string;
  /** The keys that do the same. */
  readonly keys?: readonly string[];
}

export interface CommandSection {
  readonly title: string;
  readonly items: readonly CommandItem[];
}

export interface CommandDialogProps {
  readonly label: string;
  readonly placeholder: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** What the query finds, the best first: finding is the caller's. */
  readonly sections: readonly CommandSection[];
  readonly onRun: (id: string) => void;
  /** Stands where nothing is found. */
  readonly emptyText: string;
}

/**
 * A search field over a list of commands: the field keeps the focus, arrow keys walk the list, Enter runs, Escape goes
 * back to where the focus was.
 */
export function CommandDialog(props: CommandDialogProps) {
  const { label, placeholder, isOpen, onClose, query, onQuery, sections, onRun, emptyText } = props;
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-bg/80 px-4 pt-[12vh] max-wide:px-2 max-wide:pt-2"
    >
      <Modal className="w-full max-w-xl rounded-control border border-line-2 bg-surface shadow-menu">
        <AriaDialog aria-label={label} className="flex max-h-[70vh] min-h-0 flex-col outline-none">
          <Autocomplete inputValue={query} onInputChange={onQuery}>
            <TextField
              aria-label={placeholder}
              autoFocus
              className="flex h-11 shrink-0 items-center gap-2.5 border-b border-line px-3.5"
            >
              <Search size={16} strokeWidth={1.5} aria-hidden className="shrink-0 text-text-3" />
              <Input
                // The listbox under it is always open, and the field keeps the focus.
                role="combobox"
                aria-expanded
                aria-haspopup="listbox"
                placeholder={placeholder}
                className="h-full w-full min-w-0 bg-transparent text-body outline-none placeholder:text-text-3"
              />
            </TextField>
            <ListBox
              aria-label={label}
              onAction={(id) => onRun(String(id))}
              renderEmptyState={() => <p className="px-2.5 py-3 text-table text-text-2">{emptyText}</p>}
              className="min-h-0 overflow-auto p-1.5 outline-none"
            >
              {sections.map((section) => (
                <ListBoxSection key={section.title} id={section.title}>
                  <Header className="px-2 pt-2 pb-1 text-caption text-text-3">{section.title}</Header>
                  {section.items.map((item) => (
                    <CommandLine key={item.id} item={item} />
                  ))}
                </ListBoxSection>
              ))}
            </ListBox>
          </Autocomplete>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function CommandLine({ item: { id, label, detail, keys } }: { readonly item: CommandItem }) {
  return (
    <ListBoxItem id={id} textValue={label} className={classNames(menuItem, 'min-h-8 gap-3 text-table')}>
      <Text slot="label" className="min-w-0 flex-1 truncate">
        {label}
      </Text>
      {detail !== undefined && (
        <Text slot="description" className="shrink-0 text-caption text-text-2">
          {detail}
        </Text>
      )}
      {keys !== undefined && <Kbd keys={keys} className="max-wide:hidden" />}
    </ListBoxItem>
  );
}

import { type FormEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import type { ColumnKind } from '../../core/table/column.ts';
import type { ColumnSummary } from '../../core/table/summary.ts';
import { Button } from '../../design/Button.tsx';
import { classNames } from '../../design/class-names.ts';
import { menuSurface } from '../../design/menu-style.ts';
import { Select } from '../../design/Select.tsx';
import { TextField } from '../../design/TextField.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { ColumnFacts } from './ColumnFacts.tsx';
import { changeKind, changeReading } from './change-column.ts';
import { DATE_ORDER_OPTIONS, DECIMAL_OPTIONS, KIND_OPTIONS } from './column-options.ts';
import {
  withDateOrder,
  withDecimal,
  withMissing,
  asRead as withoutReading,
  withValue,
} from './column-readings.ts';
import { missingTitle } from './column-row.ts';
import { columnSettingsView, type MissingToken } from './column-settings-view.ts';
import { joinedSources } from './join-draft.ts';

export interface ColumnSettings {
  /** Stable, as `ChoiceList.open`. */
  readonly open: (trigger: HTMLElement, column: string) => void;
  /** To be rendered once beside the rows. */
  readonly popover: ReactNode;
}

/** One sheet of settings for all rows of the column table; it opens beside the row whose button was pressed. */
export function useColumnSettings(): ColumnSettings {
  const trigger = useRef<HTMLElement>(null);
  const [column, setColumn] = useState<string | null>(null);
  const open = useMemo(
    () => (element: HTMLElement, name: string) => {
      trigger.current = element;
      setColumn(name);
    },
    [],
  );
  const popover = column !== null && (
    <Popover
      isOpen
      triggerRef={trigger}
      offset={4}
      placement="bottom end"
      onOpenChange={(isOpen) => {
        if (isOpen) return;
        setColumn(null);
        trigger.current?.focus();
      }}
      className={classNames(menuSurface, 'w-[min(360px,calc(100vw-24px))] p-0')}
    >
      <Dialog aria-label={`Settings of ${column}`} className="grid gap-3 overflow-auto p-4 outline-none">
        <SettingsSheet name={column} />
      </Dialog>
    </Popover>
  );
  return { open, popover };
}

function SettingsSheet({ name }: { readonly name: string }) {
  const column = useWorkspace((state) => state.table.value?.columns.find((other) => other.name === name));
  const asRead = useWorkspace((state) => state.base?.columns.find((other) => other.name === name));
  const rowCount = useWorkspace((state) => state.table.value?.rowCount ?? 0);
  const joins = useWorkspace((state) => state.choices.joins);
  if (column === undefined) return <p className="text-table">“{name}” is not in the table any more.</p>;
  return (
    <>
      <div className="grid gap-0.5">
        <h3 className="[overflow-wrap:anywhere]">{name}</h3>
        <p role="status" className="text-caption text-text-2">
          {missingTitle(column, rowCount)}.
        </p>
      </div>
      <ColumnFacts column={column} rowCount={rowCount} />
      {asRead === undefined ? (
        <p className="text-table text-text-2">
          Joined: {joinedSources(joins).get(name)}. It is read as in that file.
        </p>
      ) : (
        <ReadingForm column={column} asRead={asRead} />
      )}
    </>
  );
}

interface ReadingFormProps {
  readonly column: ColumnSummary;
  readonly asRead: ColumnSummary;
}

function ReadingForm({ column, asRead }: ReadingFormProps) {
  const { name } = column;
  const reading = useWorkspace((state) => state.choices.readings[name]);
  const error = useWorkspace((state) => state.table.error);
  const view = columnSettingsView(column, asRead, reading);
  return (
    <>
      <Select
        label="Type"
        layout="stack"
        options={KIND_OPTIONS}
        value={column.kind}
        onChange={(kind: ColumnKind) => changeKind(name, kind)}
      />
      {view.dateOrder !== null && (
        <Select
          label="Order in dates"
          layout="stack"
          options={DATE_ORDER_OPTIONS}
          value={view.dateOrder}
          onChange={(order) => changeReading(name, (readings, read) => withDateOrder(readings, read, order))}
        />
      )}
      {view.decimal !== null && (
        <Select
          label="Decimal mark"
          layout="stack"
          options={DECIMAL_OPTIONS}
          value={view.decimal}
          onChange={(mark) => changeReading(name, (readings, read) => withDecimal(readings, read, mark))}
        />
      )}
      <MissingTokens name={name} tokens={view.tokens} />
      {error !== null && error.code !== 'canceled' && <p className="text-table text-fail">{error.message}</p>}
      {view.isChanged && (
        <div>
          <Button onPress={() => changeReading(name, (readings) => withoutReading(readings, name))}>
            Read as the file says
          </Button>
        </div>
      )}
    </>
  );
}

function MissingTokens({
  name,
  tokens,
}: {
  readonly name: string;
  readonly tokens: readonly MissingToken[];
}) {
  const [text, setText] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const add = (event: FormEvent): void => {
    event.preventDefault();
    // Several tokens are often added in a row.
    form.current?.querySelector('input')?.focus();
    changeReading(name, (readings) => withMissing(readings, name, text));
    setText('');
  };
  return (
    <div className="grid gap-1.5">
      <p className="text-table leading-4 text-text-2">Missing</p>
      <p className="text-caption text-text-3">
        Empty cells and the usual tokens (NA, null, NaN …) count as missing. Add what else means “no value”
        here.
      </p>
      {tokens.length > 0 && (
        <ul aria-label="Tokens" className="grid max-h-40 overflow-auto">
          {tokens.map((token) => (
            <TokenLine key={token.token} name={name} token={token} />
          ))}
        </ul>
      )}
      <form ref={form} onSubmit={add} className="flex items-end gap-2">
        <TextField
          label="Counts as missing too"
          hideLabel
          placeholder="unknown, -999"
          value={text}
          onChange={setText}
          className="flex-1"
        />
        <Button type="submit">Count as missing</Button>
      </form>
    </div>
  );
}

function TokenLine({ name, token }: { readonly name: string; readonly token: MissingToken }) {
  const shown = token.token === '' ? '(empty)' : token.token;
  const isMissing = token.state !== 'value';
  const turn = (): void =>
    changeReading(name, (readings) =>
      isMissing ? withValue(readings, name, token.token) : withMissing(readings, name, token.token),
    );
  return (
    <li className="flex min-h-8 items-center gap-2 border-b border-line text-table last:border-b-0">
      <span className={classNames('min-w-0 truncate font-medium', !isMissing && 'text-text-3')}>{shown}</span>
      <span className="text-text-3">{token.count}</span>
      <span className="flex-1" />
      {token.token !== '' && (
        <Button
          kind="quiet"
          label={`${shown}: ${isMissing ? 'make it a value' : 'count as missing'}`}
          onPress={turn}
        >
          {isMissing ? 'Make it a value' : 'Count as missing'}
        </Button>
      )}
    </li>
  );
}

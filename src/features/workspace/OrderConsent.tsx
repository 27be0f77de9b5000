import { useState } from 'react';
import type { MappingReport } from '../../core/model/mapping.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { Button } from '../../design/Button.tsx';
import { formatCount } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { ChoiceCell, useChoiceList } from './ChoiceList.tsx';
import { orderedCount, proposedOrder } from './mapping-view.ts';

export interface OrderConsentProps {
  readonly table: TableSummary;
  readonly model: ModelSummary;
  readonly mapping: MappingReport;
}

/** A model without input names: the order of the columns is shown, can be changed, and is used only once confirmed. */
export function OrderConsent({ table, model, mapping }: OrderConsentProps) {
  const choices = useWorkspace((state) => state.choices);
  const choose = useWorkspace((state) => state.choose);
  const { open, list } = useChoiceList();
  const width = orderedCount(mapping);
  const [edited, setEdited] = useState<readonly string[] | null>(null);
  const given = choices.mapping.order;
  const offered = proposedOrder(table, model, choices.roles, 0);
  const order = given ?? edited ?? (width === 0 ? offered : offered.slice(0, width));
  const confirm = (next: readonly string[] | null): void =>
    choose({ mapping: { ...choices.mapping, order: next } });
  if (given !== null)
    return (
      <Notice
        tone="info"
        actions={
          <Button
            kind="quiet"
            onPress={() => {
              setEdited(given);
              confirm(null);
            }}
          >
            Change the order
          </Button>
        }
      >
        The model names no inputs; you confirmed that its {formatCount(given.length)} columns are, in order:{' '}
        {given.join(', ')}.
      </Notice>
    );
  const fits = width === 0 || order.length === width;
  const options = table.columns.map(({ name, kind }) => ({ id: name, label: name, detail: kind }));
  return (
    <section aria-labelledby="order-title" className="grid gap-2 border-l-2 border-warn pl-3">
      <h3 id="order-title">This model does not name its inputs</h3>
      <p className="max-w-[80ch] text-table text-text-2">
        It takes {width === 0 ? 'columns' : `${formatCount(width)} columns`} by position alone
        {width > 0 && offered.length >= width && `; ${offerText(width, offered.length)}`}. A wrong order gives
        wrong scores without any error: compare this list with the training code before you confirm it.
      </p>
      <ol className="grid max-h-80 gap-1 overflow-auto text-table wide:grid-cols-2">
        {order.map((column, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the position is what a line is about
          <li key={position} className="flex items-center gap-2">
            <span className="w-8 text-right text-text-3">{formatCount(position + 1)}</span>
            <ChoiceCell
              open={open}
              label={`Column at position ${position + 1}`}
              className="w-48"
              options={options}
              value={column}
              onChoose={(next) => setEdited(order.map((name, i) => (i === position ? next : name)))}
            />
          </li>
        ))}
      </ol>
      {list}
      {!fits && (
        <p className="text-table text-fail">
          The model takes {formatCount(width)} columns; the table has {formatCount(order.length)} that could
          feed it. Open the table that this model was made for, or give back a column the role “feature”.
        </p>
      )}
      <div>
        <Button kind="primary" isDisabled={!fits || order.length === 0} onPress={() => confirm(order)}>
          Confirm this order of {formatCount(order.length)} columns
        </Button>
      </div>
    </section>
  );
}

/** "all 26 are here", or which of too many are listed. */
function offerText(width: number, offered: number): string {
  const count = formatCount(width);
  if (offered === width) return `${count} of ${count} are here`;
  return `${formatCount(offered)} could feed it, of which the first ${count} are listed`;
}

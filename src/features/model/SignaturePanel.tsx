import type { ModelSummary } from '../../core/model/signature.ts';
import { formatCountOf } from '../../design/format.ts';
import { Panel } from '../../design/Panel.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../design/Table.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { FactList } from './FactList.tsx';
import { type SignatureView, signatureLines, signatureView } from './signature.view-model.ts';

/** What the model takes, column by column, and what it was trained for. */
export function SignaturePanel({ model }: { readonly model: ModelSummary }) {
  const mapping = useWorkspace((state) => state.mapping);
  const choices = useWorkspace((state) => state.choices.mapping);
  const table = useWorkspace((state) => state.table.value);
  const view = signatureView(model, choices, mapping);
  return (
    <Panel
      ruled
      title="Signature"
      caption={`${formatCountOf(view.rows.length, 'feature')}${table === null ? '' : `, with the columns of ${table.name} that feed them`}`}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <FactList lines={signatureLines(model)} />
        {view.rows.length === 0 ? (
          <p className="text-table text-text-3">
            The file leaves open how many columns it takes; the workspace asks for their order.
          </p>
        ) : (
          <Features view={view} hasTable={table !== null} />
        )}
        {view.leftOut !== null && <p className="text-caption text-text-3">{view.leftOut}</p>}
      </div>
    </Panel>
  );
}

function Features({ view, hasTable }: { readonly view: SignatureView; readonly hasTable: boolean }) {
  return (
    <Table label="Features of the model" className="max-h-[520px]">
      <thead>
        <tr>
          <HeaderCell>Feature</HeaderCell>
          <HeaderCell>Type</HeaderCell>
          {view.hasKnown && <HeaderCell>Known from training</HeaderCell>}
          {hasTable && <HeaderCell>Column</HeaderCell>}
        </tr>
      </thead>
      <tbody>
        {view.rows.map(({ feature, type, known, allKnown, column }) => (
          <Row key={feature}>
            <RowHeaderCell>{feature}</RowHeaderCell>
            <Cell className="text-text-2">{type}</Cell>
            {view.hasKnown && <Cell title={allKnown}>{known}</Cell>}
            {hasTable && <Cell className={column === null ? 'text-text-3' : ''}>{column ?? 'none'}</Cell>}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

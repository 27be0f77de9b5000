import { useEffect, useState } from 'react';
import type { TableJoin } from '../../contracts/saved-state.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { Button } from '../../design/Button.tsx';
import { formatCountOf } from '../../design/format.ts';
import { Panel } from '../../design/Panel.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../design/Table.tsx';
import { type Command, offerCommands } from '../../state/offered-commands.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { chooseJoins } from './choose-joins.ts';
import { JoinDialog } from './JoinDialog.tsx';
import { aggregateText, joinText } from './join-draft.ts';
import { matchText } from './join-match.ts';
import { withoutJoin } from './table-choices.ts';

/** Which join is being described: a new one, or one of those in force by its place. */
type Editing = { readonly index: number | null } | null;

/** The tables that were joined to this one, with how many rows found a partner, and the way to join another. */
export function JoinPanel({ table }: { readonly table: TableSummary }) {
  const joins = useWorkspace((state) => state.choices.joins);
  const [editing, setEditing] = useState<Editing>(null);
  useEffect(() => offerCommands({ commands: [joinCommand(() => setEditing({ index: null }))] }), []);
  return (
    <Panel
      title="Joined tables"
      caption={
        joins.length === 0
          ? 'Outcomes or further features from a second table, found by an id that both have'
          : `All ${formatCountOf(table.rowCount, 'row')} stay; columns of other tables are found by an id`
      }
      ruled
    >
      <div className="mb-1.5 wide:absolute wide:top-2 wide:right-0">
        <Button onPress={() => setEditing({ index: null })}>Join a second table</Button>
      </div>
      {joins.length > 0 && (
        <Table label="Joined tables">
          <thead>
            <tr>
              <HeaderCell>Table</HeaderCell>
              <HeaderCell className="max-wide:hidden">Columns</HeaderCell>
              <HeaderCell>Matched</HeaderCell>
              <HeaderCell>
                <span className="sr-only">Actions</span>
              </HeaderCell>
            </tr>
          </thead>
          <tbody>
            {joins.map((join, index) => (
              <JoinRow
                // biome-ignore lint/suspicious/noArrayIndexKey: one table may be joined twice; the place tells them apart
                key={`${index} ${join.table.id}`}
                join={join}
                table={table}
                onEdit={() => setEditing({ index })}
              />
            ))}
          </tbody>
        </Table>
      )}
      {editing !== null && (
        <JoinDialog key={String(editing.index)} index={editing.index} onClose={() => setEditing(null)} />
      )}
    </Panel>
  );
}

function joinCommand(run: () => void): Command {
  const words = 'merge combine lookup outcome features';
  return { id: 'join-table', group: 'Data', label: 'Join a second table', words, run };
}

interface JoinRowProps {
  readonly join: TableJoin;
  readonly table: TableSummary;
  readonly onEdit: () => void;
}

function JoinRow({ join, table, onEdit }: JoinRowProps) {
  const names = join.columns.map(aggregateText).join(', ');
  return (
    <Row>
      <RowHeaderCell className="max-w-56 max-wide:max-w-32 max-wide:px-1">
        <span className="block truncate" title={join.table.name}>
          {join.table.name}
        </span>
        <span className="block truncate text-caption font-normal text-text-3">{joinText(join)}</span>
      </RowHeaderCell>
      <Cell className="max-w-64 truncate text-text-2 max-wide:hidden" title={names}>
        {names}
      </Cell>
      <Cell className="max-wide:px-1 max-wide:whitespace-normal">{matchText(join, table)}</Cell>
      <Cell className="w-0">
        <span className="flex justify-end max-wide:flex-col">
          <Button kind="quiet" label={`Change the join with ${join.table.name}`} onPress={onEdit}>
            Change
          </Button>
          <Button
            kind="quiet"
            label={`Remove the join with ${join.table.name}`}
            onPress={() => {
              const { choices } = useWorkspace.getState();
              chooseJoins(withoutJoin(choices, join));
            }}
          >
            Remove
          </Button>
        </span>
      </Cell>
    </Row>
  );
}

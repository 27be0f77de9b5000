import { Checkbox } from 'react-aria-components';
import type { Aggregate } from '../../core/table/join-spec.ts';
import type { ColumnSummary, TableSummary } from '../../core/table/summary.ts';
import { CheckMark } from '../../design/CheckMark.tsx';
import { formatCount } from '../../design/format.ts';
import { Select, type SelectOption } from '../../design/Select.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../design/Table.tsx';
import { TextField } from '../../design/TextField.tsx';
import { ChoiceCell, type OpenChoice, useChoiceList } from './ChoiceList.tsx';
import { aggregatesFor, type DraftColumn, type JoinDraft, joinedName, withRightKey } from './join-draft.ts';
import { NONE } from './role-fields.ts';

const AGGREGATES: Readonly<Record<Aggregate, SelectOption<Aggregate>>> = {
  value: { id: 'value', label: 'value', detail: 'of the one matching row' },
  count: { id: 'count', label: 'count', detail: 'of matching rows' },
  sum: { id: 'sum', label: 'sum', detail: 'of the matching rows' },
  mean: { id: 'mean', label: 'mean', detail: 'of the matching rows' },
  last: { id: 'last', label: 'last', detail: 'of the matching rows, in order' },
};

interface JoinFormProps {
  readonly left: TableSummary;
  readonly right: TableSummary;
  readonly draft: JoinDraft;
  readonly onDraft: (draft: JoinDraft) => void;
}

/** Keys, order and columns of a join. */
export function JoinForm({ left, right, draft, onDraft }: JoinFormProps) {
  const { open, list } = useChoiceList();
  const keyOptions = (table: TableSummary): readonly SelectOption<string>[] =>
    table.columns.map(({ name, kind, distinct }) => ({
      id: name,
      label: name,
      detail: `${kind}, ${formatCount(distinct)} distinct`,
    }));
  const orders = right.columns.filter(({ kind }) => kind === 'date' || kind === 'number');
  const change = (changed: DraftColumn): void =>
    onDraft({
      ...draft,
      columns: draft.columns.map((column) => (column.column === changed.column ? changed : column)),
    });
  return (
    <>
      <div className="grid gap-3 wide:grid-cols-2">
        <Select
          label={`Id in ${left.name}`}
          layout="stack"
          options={keyOptions(left)}
          value={draft.leftKey}
          placeholder="choose a column"
          onChange={(leftKey) => onDraft({ ...draft, leftKey })}
        />
        <Select
          label={`Id in ${right.name}`}
          layout="stack"
          options={keyOptions(right)}
          value={draft.rightKey}
          placeholder="choose a column"
          onChange={(key) => onDraft(withRightKey(draft, right, key))}
        />
        <Select
          label="Last means last by"
          layout="stack"
          options={[
            { id: NONE, label: 'order of the file' },
            ...orders.map(({ name, kind }) => ({ id: name, label: name, detail: kind })),
          ]}
          value={draft.orderBy ?? NONE}
          onChange={(id) => onDraft({ ...draft, orderBy: id === NONE ? null : id })}
        />
        <TextField
          label="Prefix of the new names"
          value={draft.prefix}
          onChange={(prefix) => onDraft({ ...draft, prefix })}
        />
      </div>
      <Table label={`Columns of ${right.name}`} className="max-h-72">
        <thead>
          <tr>
            <HeaderCell>Column</HeaderCell>
            <HeaderCell>Brought over as</HeaderCell>
            <HeaderCell className="max-wide:hidden">New name</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {draft.columns.map((column) => (
            <DraftRow
              key={column.column}
              draft={column}
              column={right.columns.find(({ name }) => name === column.column) ?? null}
              prefix={draft.prefix}
              open={open}
              onChange={change}
            />
          ))}
        </tbody>
      </Table>
      {list}
    </>
  );
}

interface DraftRowProps {
  readonly draft: DraftColumn;
  /** null for the number of matching rows. */
  readonly column: ColumnSummary | null;
  readonly prefix: string;
  readonly open: OpenChoice;
  readonly onChange: (changed: DraftColumn) => void;
}

function DraftRow({ draft, column, prefix, open, onChange }: DraftRowProps) {
  const name = column?.name ?? 'Number of matching rows';
  return (
    <Row>
      <RowHeaderCell className="max-w-56">
        <Checkbox
          isSelected={draft.isChosen}
          onChange={(isChosen) => onChange({ ...draft, isChosen })}
          className="group flex items-center gap-2"
        >
          <CheckMark />
          <span className="truncate">{name}</span>
        </Checkbox>
      </RowHeaderCell>
      <Cell>
        {column === null ? (
          <span className="px-1.5">count</span>
        ) : (
          <ChoiceCell
            open={open}
            label={`${name} is brought over as`}
            className="w-24"
            options={aggregatesFor(column).map((aggregate) => AGGREGATES[aggregate])}
            value={draft.aggregate}
            onChoose={(aggregate) =>
              onChange({ ...draft, aggregate: aggregate as Aggregate, isChosen: true })
            }
          />
        )}
      </Cell>
      <Cell className="max-w-64 truncate text-text-2 max-wide:hidden">{joinedName(prefix, draft)}</Cell>
    </Row>
  );
}

import { useState } from 'react';
import type { MappingReport } from '../../core/model/mapping.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { Button } from '../../design/Button.tsx';
import { Disclosure } from '../../design/Disclosure.tsx';
import { formatCount } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { Panel } from '../../design/Panel.tsx';
import { Select } from '../../design/Select.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../design/Table.tsx';
import { Verdict } from '../../design/Verdict.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { bindingText, type MappingProblem, mappingProblems } from './mapping-view.ts';
import { OrderConsent } from './OrderConsent.tsx';

export interface MappingPanelProps {
  readonly table: TableSummary;
  readonly model: ModelSummary;
  readonly mapping: MappingReport;
}

/** Every input of the model with the column that feeds it, and everything that does not fit, one by one. */
export function MappingPanel({ table, model, mapping }: MappingPanelProps) {
  const problems = mappingProblems(mapping);
  const bound = mapping.bindings.filter(({ column }) => column !== null).length;
  return (
    <Panel
      title="Inputs and columns"
      caption={`${formatCount(bound)} of ${formatCount(mapping.bindings.length)} inputs of ${model.name} have their column`}
      menu={
        <Verdict
          kind={mapping.ready ? 'pass' : 'fail'}
          word={mapping.ready ? 'Fits this table' : 'Does not fit yet'}
        />
      }
      ruled
    >
      <div className="grid gap-3">
        {problems.map((problem) => (
          <ProblemNotice key={problem.title} problem={problem} />
        ))}
        {mapping.notices.map((notice) => (
          <Notice key={notice.code + notice.message} tone="info">
            {notice.message}
          </Notice>
        ))}
        {mapping.needsOrderConsent && <OrderConsent table={table} model={model} mapping={mapping} />}
        {mapping.bindings.length > 0 && (
          <Disclosure
            key={String(mapping.ready)}
            title={`All ${formatCount(mapping.bindings.length)} inputs`}
            isOpenAtFirst={!mapping.ready && mapping.bindings.length <= 40}
          >
            <BindingTable table={table} mapping={mapping} />
          </Disclosure>
        )}
      </div>
    </Panel>
  );
}

function ProblemNotice({ problem }: { readonly problem: MappingProblem }) {
  return (
    <Notice tone={problem.stops ? 'fail' : 'warn'}>
      <p className="font-medium">{problem.title}</p>
      <ul className="my-1 flex max-h-40 flex-wrap gap-x-4 gap-y-0.5 overflow-auto">
        {problem.items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      <p className="text-text-2">{problem.advice}</p>
    </Notice>
  );
}

/** A list of columns in each row is built for each row: beyond this many entries in all, one row at a time gets its list. */
const MOST_OPTIONS = 2000;

function BindingTable({ table, mapping }: { readonly table: TableSummary; readonly mapping: MappingReport }) {
  const [editing, setEditing] = useState<string | null>(null);
  const options = table.columns.map(({ name, kind }) => ({ id: name, label: name, detail: kind }));
  const isLight = options.length * mapping.bindings.length > MOST_OPTIONS;
  return (
    <Table label="Model inputs and the columns that feed them" className="max-h-96">
      <thead>
        <tr>
          <HeaderCell>Input</HeaderCell>
          <HeaderCell>Column</HeaderCell>
          <HeaderCell>Matched</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {mapping.bindings.map((binding) => (
          <Row key={binding.feature}>
            <RowHeaderCell>{binding.feature}</RowHeaderCell>
            <Cell>
              {isLight && editing !== binding.feature ? (
                <Button
                  kind="quiet"
                  label={`Column for ${binding.feature}: ${binding.column ?? 'none'}, change`}
                  onPress={() => setEditing(binding.feature)}
                >
                  {binding.column ?? 'choose a column'}
                </Button>
              ) : (
                <Select
                  label={`Column for ${binding.feature}`}
                  layout="bare"
                  look="cell"
                  className="max-w-56"
                  options={options}
                  value={binding.column}
                  placeholder="choose a column"
                  onChange={(column) => chooseColumn(binding.feature, column)}
                />
              )}
            </Cell>
            <Cell className="text-text-3">{bindingText(binding)}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** A choice that only repeats the match by name is not kept: the link stays short and the scores keep their key. */
function chooseColumn(feature: string, column: string): void {
  const { choices, choose } = useWorkspace.getState();
  const { [feature]: _before, ...others } = choices.mapping.columnOf;
  const columnOf = feature === column ? others : { ...others, [feature]: column };
  choose({ mapping: { ...choices.mapping, columnOf } });
}

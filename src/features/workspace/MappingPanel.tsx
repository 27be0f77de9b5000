import type { MappingReport } from '../../core/model/mapping.ts';
import type { ModelSummary } from '../../core/model/signature.ts';
import type { TableSummary } from '../../core/table/summary.ts';
import { Disclosure } from '../../design/Disclosure.tsx';
import { formatCount } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { Panel } from '../../design/Panel.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../design/Table.tsx';
import { Verdict } from '../../design/Verdict.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { ChoiceCell, useChoiceList } from './ChoiceList.tsx';
import { joinedSources } from './join-draft.ts';
import { bindingText, isWaitingForOrder, type MappingProblem, mappingProblems } from './mapping-view.ts';
import { OrderConsent } from './OrderConsent.tsx';

export interface MappingPanelProps {
  readonly table: TableSummary;
  readonly model: ModelSummary;
  readonly mapping: MappingReport;
}

/** Every input of the model with the column that feeds it, and everything that does not fit, one by one. */
export function MappingPanel({ table, model, mapping }: MappingPanelProps) {
  const joins = useWorkspace((state) => state.choices.joins);
  const problems = mappingProblems(mapping, new Set(joinedSources(joins).keys()));
  return (
    <Panel
      title="Inputs and columns"
      caption={captionOf(mapping, model.name)}
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
            isOpenAtFirst={!mapping.ready && !mapping.needsOrderConsent && mapping.bindings.length <= 40}
          >
            <BindingTable table={table} mapping={mapping} />
          </Disclosure>
        )}
      </div>
    </Panel>
  );
}

function captionOf(mapping: MappingReport, model: string): string {
  const count = formatCount(mapping.bindings.length);
  if (isWaitingForOrder(mapping))
    return `The inputs of ${model} get their columns by the order that you confirm`;
  const bound = mapping.bindings.filter(({ column }) => column !== null).length;
  return `${formatCount(bound)} of ${count} inputs of ${model} have their column`;
}

function ProblemNotice({ problem }: { readonly problem: MappingProblem }) {
  return (
    <Notice tone={problem.tone}>
      <p className="font-medium">{problem.title}</p>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="my-1 flex max-h-40 flex-wrap gap-x-4 gap-y-0.5 overflow-auto"
      >
        {problem.items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      <p className="text-text-2">{problem.advice}</p>
    </Notice>
  );
}

function BindingTable({ table, mapping }: { readonly table: TableSummary; readonly mapping: MappingReport }) {
  const { open, list } = useChoiceList();
  const options = table.columns.map(({ name, kind }) => ({ id: name, label: name, detail: kind }));
  return (
    <>
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
                <ChoiceCell
                  open={open}
                  label={`Column for ${binding.feature}`}
                  className="w-48"
                  options={options}
                  value={binding.column}
                  placeholder="choose a column"
                  onChoose={(column) => chooseColumn(binding.feature, column)}
                />
              </Cell>
              <Cell className="text-text-3">{bindingText(binding)}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {list}
    </>
  );
}

/** A choice that only repeats the match by name is not kept: the link stays short and the scores keep their key. */
function chooseColumn(feature: string, column: string): void {
  const { choices, choose } = useWorkspace.getState();
  const { [feature]: _before, ...others } = choices.mapping.columnOf;
  const columnOf = feature === column ? others : { ...others, [feature]: column };
  choose({ mapping: { ...choices.mapping, columnOf } });
}

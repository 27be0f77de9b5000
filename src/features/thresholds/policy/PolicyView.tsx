import { FileDown } from 'lucide-react';
import { useState } from 'react';
import { saveFile } from '../../../charts/save-file.ts';
import type { GoldenDecision, PolicyExport } from '../../../core/money/decision-policy.ts';
import { Button } from '../../../design/Button.tsx';
import { CopyButton } from '../../../design/CopyButton.tsx';
import { EmptyState } from '../../../design/EmptyState.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { Select } from '../../../design/Select.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../../design/Table.tsx';
import { useWorkspace } from '../../../state/workspace-store.ts';
import { knownDecisions, thresholdText } from '../display-text.ts';
import { FigureState } from '../FigureState.tsx';
import { PartSentence } from '../PartSentence.tsx';
import type { ThresholdsViewProps } from '../view-props.ts';
import { goldenTable, policyFileName, policySentence } from './policy.view-model.ts';
import { usePolicy } from './use-policy.ts';

/** Id of the choice "row number only"; no column can have an empty name. */
const NO_ID = '';

/** The decision for another system: JSON and SQL, with golden rows to check that it decides the same. */
export function PolicyView(props: ThresholdsViewProps) {
  if (Number.isNaN(props.threshold))
    return (
      <EmptyState title="What should another system decide, and how do you know that it does?">
        A policy needs a threshold: there is none to choose on these rows.
      </EmptyState>
    );
  return <Export {...props} />;
}

function Export(props: ThresholdsViewProps) {
  const roles = useWorkspace((state) => state.choices.roles);
  const ids = Object.keys(roles).filter((name) => roles[name] === 'id');
  const [chosen, setChosen] = useState<string | null>(null);
  const named = chosen ?? ids[0] ?? NO_ID;
  const shown = thresholdText(props.threshold, knownDecisions(props.answer.strategies, props.decision));
  const { query, table } = usePolicy(props, named === NO_ID ? null : named);
  return (
    <FigureState query={query} what="The policy">
      {(exported) => (
        <>
          <PartSentence parts={policySentence(exported, shown, named === NO_ID ? null : named)} />
          <div className="mb-2 flex flex-wrap items-end gap-x-3 gap-y-2">
            <SaveButton name={policyFileName(table, 'json')} text={exported.json} kind="JSON" />
            <SaveButton name={policyFileName(table, 'sql')} text={exported.sql} kind="SQL" />
            {ids.length > 0 && (
              <Select
                label="Golden rows named by"
                layout="stack"
                className="min-w-44"
                options={[
                  ...ids.map((name) => ({ id: name, label: name, detail: 'and row number' })),
                  { id: NO_ID, label: 'Row number only' },
                ]}
                value={named}
                onChange={setChosen}
              />
            )}
          </div>
          <p className="mb-4 max-w-[88ch] text-caption text-text-3">{contentsText(exported, named)}</p>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-5 desk:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
            <CodePanel title="SQL" caption="SQLite, PostgreSQL, DuckDB; standard SQL" text={exported.sql} />
            <CodePanel title="JSON" caption="Keys in order; numbers read back exactly" text={exported.json} />
          </div>
          <GoldenTable rows={exported.goldenRows} hasBands={exported.policy.bands !== null} id={named} />
        </>
      )}
    </FigureState>
  );
}

/** What leaves the browser, and what does not. */
function contentsText({ goldenRows, policy }: PolicyExport, id: string): string {
  const named = id === NO_ID ? 'row number' : `row number and ${id}`;
  const bands = policy.bands === null ? ' Bands go with it once you have chosen them in the part Bands.' : '';
  return (
    `In both files: cut-offs, scenario, names and hashes of data and model, and of ${goldenRows.length} rows the score, ${named} and ` +
    `what is decided. No other row and no other column leaves the browser, and only into your files.${bands}`
  );
}

interface SaveButtonProps {
  readonly name: string;
  readonly text: string;
  readonly kind: 'JSON' | 'SQL';
}

const types = { JSON: 'application/json', SQL: 'application/sql' } as const;

function SaveButton({ name, text, kind }: SaveButtonProps) {
  return (
    <Button
      kind={kind === 'SQL' ? 'primary' : 'plain'}
      onPress={() => saveFile(name, new Blob([text], { type: types[kind] }))}
    >
      <FileDown size={16} strokeWidth={1.75} aria-hidden />
      Save policy as {kind}
    </Button>
  );
}

interface CodePanelProps {
  readonly title: string;
  readonly caption: string;
  readonly text: string;
}

function CodePanel({ title, caption, text }: CodePanelProps) {
  return (
    <Panel title={title} caption={caption} menu={<CopyButton text={text} label={`Copy ${title}`} />}>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        aria-label={`${title} of the policy`}
        className="max-h-80 overflow-auto rounded-control bg-sunk px-3 py-2 -outline-offset-2"
      >
        <pre className="text-caption">{text}</pre>
      </section>
    </Panel>
  );
}

interface GoldenTableProps {
  readonly rows: readonly GoldenDecision[];
  readonly hasBands: boolean;
  readonly id: string;
}

function GoldenTable({ rows, hasBands, id }: GoldenTableProps) {
  return (
    <Panel
      title="Golden rows"
      caption="Around every cut-off, both ends, some without a score, the rest spread over the ranks; by falling score. Data rows are counted from 1 here, from 0 in the files"
      ruled
      className="mt-5"
    >
      <Table label="Golden rows" className="max-h-96">
        <thead>
          <tr>
            <HeaderCell numeric>Row</HeaderCell>
            {id !== NO_ID && <HeaderCell>{id}</HeaderCell>}
            <HeaderCell numeric>Raw score</HeaderCell>
            <HeaderCell>Decision</HeaderCell>
            {hasBands && <HeaderCell>Band</HeaderCell>}
          </tr>
        </thead>
        <tbody>
          {goldenTable(rows).map((golden) => (
            <Row key={golden.row}>
              <RowHeaderCell className="text-right">{golden.row}</RowHeaderCell>
              {id !== NO_ID && <Cell>{golden.id}</Cell>}
              <Cell numeric>{golden.score}</Cell>
              <Cell>{golden.decision}</Cell>
              {hasBands && <Cell>{golden.band}</Cell>}
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

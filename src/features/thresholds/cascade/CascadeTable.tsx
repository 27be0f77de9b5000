import { memo } from 'react';
import type { CascadeAnswer } from '../../../core/money/cascade.ts';
import type { Scenario } from '../../../core/money/scenario.ts';
import { Panel } from '../../../design/Panel.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../../design/Table.tsx';
import { netValueTitle } from '../scale-words.ts';
import { type CascadeNames, cascadeRows } from './cascade.view-model.ts';

export interface CascadeTableProps {
  readonly answer: CascadeAnswer;
  readonly names: CascadeNames;
  readonly scenario: Scenario | null;
  readonly rows: string;
}

/** The pair beside each of its models alone. */
export const CascadeTable = memo(function CascadeTable({ answer, names, scenario, rows }: CascadeTableProps) {
  const best = scenario === null ? 'at its greatest F1' : 'at its own best net value';
  return (
    <Panel title="Pair and each alone" caption={`${rows}; each alone ${best}`}>
      <Table label="Pair and each alone">
        <thead>
          <tr>
            <HeaderCell>Decided by</HeaderCell>
            <HeaderCell numeric>Flagged</HeaderCell>
            <HeaderCell numeric className="max-wide:hidden">
              Precision
            </HeaderCell>
            <HeaderCell numeric>Recall</HeaderCell>
            <HeaderCell numeric>F1</HeaderCell>
            {scenario !== null && (
              <>
                <HeaderCell numeric className="max-wide:hidden">
                  Scoring
                </HeaderCell>
                <HeaderCell numeric>{netValueTitle(scenario)}</HeaderCell>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {cascadeRows(answer, names, scenario?.currency ?? '').map((row) => (
            <Row key={row.name} isCurrent={row.isPair}>
              <RowHeaderCell title={row.name}>
                <span className="block max-w-56 truncate max-wide:max-w-24">{row.name}</span>
                <span className="block text-caption font-normal text-text-3 max-wide:max-w-24 max-wide:truncate">
                  {row.threshold}
                </span>
              </RowHeaderCell>
              <Cell numeric>{row.flagged}</Cell>
              <Cell numeric className="max-wide:hidden">
                {row.precision}
              </Cell>
              <Cell numeric>{row.recall}</Cell>
              <Cell numeric>{row.f1}</Cell>
              {scenario !== null && (
                <>
                  <Cell numeric className="max-wide:hidden">
                    {row.scoringCost}
                  </Cell>
                  <Cell numeric title={row.netExact}>
                    {row.net}
                  </Cell>
                </>
              )}
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
});

import { memo } from 'react';
import type { BandsAnswer } from '../../../core/money/bands.ts';
import type { Scenario } from '../../../core/money/scenario.ts';
import { Panel } from '../../../design/Panel.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../../design/Table.tsx';
import { moneyText } from '../display-text.ts';
import { netValueTitle } from '../scale-words.ts';
import { templateWords } from '../words.ts';
import { bandRows, bandsTotal } from './bands.view-model.ts';

export interface BandsTableProps {
  readonly answer: BandsAnswer;
  readonly scenario: Scenario;
  readonly rows: string;
}

/** What each band holds and brings. */
export const BandsTable = memo(function BandsTable({ answer, scenario, rows }: BandsTableProps) {
  const { positive } = templateWords[scenario.template];
  const fixed = scenario.fixedCost === 0 ? '' : '; the fixed cost is in the sum only';
  return (
    <Panel
      title="Bands"
      caption={`${rows}; rates with Wilson 95\u00A0% intervals; the reviewer’s share of each outcome is an expectation${fixed}`}
      ruled
    >
      <div className="@container">
        <Table label="Bands">
          <thead>
            <tr>
              <HeaderCell>Band</HeaderCell>
              <HeaderCell className="max-wide:hidden">Scores</HeaderCell>
              <HeaderCell numeric>Rows</HeaderCell>
              <HeaderCell numeric>Share</HeaderCell>
              <HeaderCell numeric>{capital(positive)} rate</HeaderCell>
              <HeaderCell numeric>{netValueTitle(scenario)}</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {bandRows(answer, scenario.currency).map((band) => (
              <Row key={band.name}>
                <RowHeaderCell>{band.name}</RowHeaderCell>
                <Cell className="max-wide:hidden">{band.scores}</Cell>
                <Cell numeric>{band.rows}</Cell>
                <Cell numeric>{band.share}</Cell>
                <Cell numeric>
                  {band.rate}{' '}
                  <span className="text-text-3 max-wide:hidden @max-[620px]:hidden">{band.rateInterval}</span>
                </Cell>
                <Cell numeric title={band.netExact}>
                  {band.net}
                </Cell>
              </Row>
            ))}
            <Row>
              <RowHeaderCell>Together</RowHeaderCell>
              <Cell className="max-wide:hidden" />
              <Cell numeric>{bandsTotal(answer)}</Cell>
              <Cell numeric />
              <Cell numeric />
              <Cell numeric className="font-semibold">
                {moneyText(answer.net, scenario.currency)}
              </Cell>
            </Row>
          </tbody>
        </Table>
      </div>
    </Panel>
  );
});

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

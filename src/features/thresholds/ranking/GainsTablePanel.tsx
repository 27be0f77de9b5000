import { Ellipsis, FileDown, Info } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import { fileNameOf, saveFile } from '../../../charts/save-file.ts';
import { twinCsv } from '../../../charts/table-twin.ts';
import type { RankingFigures } from '../../../core/metrics/ranking-figures.ts';
import type { Scenario } from '../../../core/money/scenario.ts';
import { Button } from '../../../design/Button.tsx';
import { Dialog } from '../../../design/Dialog.tsx';
import { formatMetric } from '../../../design/format.ts';
import { Menu } from '../../../design/Menu.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../../design/Table.tsx';
import { netValueTitle } from '../scale-words.ts';
import { rankingDefinitions } from './definitions.ts';
import { gainsTableTwin, gainsTableView } from './gains-table.view-model.ts';

export interface GainsTablePanelProps {
  readonly figures: RankingFigures;
  readonly threshold: number;
  readonly rows: string;
  readonly scenario: Scenario | null;
}

const title = 'Gains table';
const icon = { size: 14, strokeWidth: 1.75, 'aria-hidden': true } as const;

/** Ten bins from the highest scores down, with what flagging each is worth. */
export const GainsTablePanel = memo(function GainsTablePanel(props: GainsTablePanelProps) {
  const { figures, threshold, rows, scenario } = props;
  const netName = scenario === null ? null : netValueTitle(scenario);
  const view = useMemo(() => gainsTableView(figures, threshold, netName), [figures, threshold, netName]);
  const { tableKs } = figures.gains;
  return (
    <Panel
      title={title}
      caption={`${rows} in bins of equally many, from the highest scores down; KS of the table ${formatMetric(tableKs)}`}
      captionBeside
      ruled
      menu={<TableMenu figures={figures} netName={netName} />}
    >
      <Table label={title}>
        <thead>
          <tr>
            {view.header.map((name, index) => (
              <HeaderCell key={name} numeric={index > 0}>
                {name}
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.rows.map(({ cells, exactNet, isCurrent }) => (
            <Row key={cells[0]} isCurrent={isCurrent}>
              {cells.map((text, index) => {
                const name = view.header[index]!;
                if (index === 0) return <RowHeaderCell key={name}>{text}</RowHeaderCell>;
                const exact = name === netName && exactNet !== null ? { title: exactNet } : {};
                return (
                  <Cell key={name} numeric {...exact}>
                    {text}
                  </Cell>
                );
              })}
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
});

function TableMenu({
  figures,
  netName,
}: {
  readonly figures: RankingFigures;
  readonly netName: string | null;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const saveCsv = () =>
    saveFile(
      `${fileNameOf(title)}.csv`,
      new Blob([twinCsv(gainsTableTwin(figures, netName))], { type: 'text/csv' }),
    );
  return (
    <>
      <Menu
        label={title}
        actions={[
          { id: 'csv', label: 'Download CSV', icon: <FileDown {...icon} />, onAction: saveCsv },
          {
            id: 'definition',
            label: 'Definition',
            icon: <Info {...icon} />,
            onAction: () => setIsOpen(true),
          },
        ]}
        trigger={
          <Button kind="icon" label={`${title}: download, definition`} className="h-6! w-6! text-text-3">
            <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
          </Button>
        }
      />
      <Dialog title={title} isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <p className="text-body">{rankingDefinitions.gainsTable.text}</p>
        <p className="mt-3 rounded-control bg-sunk px-3 py-2 text-table">
          {rankingDefinitions.gainsTable.formula}
        </p>
      </Dialog>
    </>
  );
}

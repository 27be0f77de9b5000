import { Cell, HeaderCell, Row, Table } from '../design/Table.tsx';
import { type TableTwin, twinView } from './table-twin.ts';

export interface TableTwinViewProps {
  readonly label: string;
  readonly twin: TableTwin;
  /** The height of the picture it stands for, so that the page does not jump. */
  readonly height: number;
}

/** The picture's numbers as a real table, scrolling in the picture's place. */
export function TableTwinView({ label, twin, height }: TableTwinViewProps) {
  const view = twinView(twin);
  const numeric = twin.columns.map((column) => typeof column.values[0] !== 'string');
  return (
    <div className="grid" style={{ height: Math.max(height, 160) }}>
      <Table label={label} className="min-h-0">
        <thead>
          <tr>
            {view.header.map((name, column) => (
              <HeaderCell key={name} numeric={numeric[column] ?? false}>
                {name}
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity and never move
            <Row key={index}>
              {row.map((text, column) => (
                <Cell key={view.header[column]} numeric={numeric[column] ?? false}>
                  {text}
                </Cell>
              ))}
            </Row>
          ))}
        </tbody>
      </Table>
      {view.leftOut !== null && <p className="text-caption text-text-3">{view.leftOut}</p>}
    </div>
  );
}

import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import { Cell, HeaderCell, Row, Table } from '../design/Table.tsx';
import { type TableTwin, twinView } from './table-twin.ts';

export interface TableTwinViewProps {
  readonly label: string;
  readonly twin: TableTwin;
  /** The height of the picture it stands for, so that the page does not jump. */
  readonly height: number;
  /** Its row is marked and kept in sight. NaN: none. */
  readonly threshold: number;
}

/** The picture's numbers as a real table, scrolling in the picture's place. */
export function TableTwinView({ label, twin, height, threshold }: TableTwinViewProps) {
  const view = useMemo(() => twinView(twin), [twin]);
  const current = twin.rowAt?.(threshold) ?? -1;
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (current >= 0) scrollToCurrent(frame.current);
  }, [current]);
  return (
    <div ref={frame} className="grid" style={{ height: Math.max(height, 160) }}>
      <Table label={label} className="min-h-0">
        <thead>
          <tr>
            {view.header.map((name, column) => (
              <HeaderCell key={name} numeric={isNumeric(twin, column)} className="whitespace-normal">
                {name}
              </HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity and never move
            <TwinRow key={index} row={row} twin={twin} isCurrent={index === current} />
          ))}
        </tbody>
      </Table>
      {view.leftOut !== null && <p className="text-caption text-text-3">{view.leftOut}</p>}
    </div>
  );
}

interface TwinRowProps {
  readonly row: readonly string[];
  readonly twin: TableTwin;
  readonly isCurrent: boolean;
}

/** Drawn again only when the mark comes or goes: a drag passes through hundreds of rows. */
const TwinRow = memo(function TwinRow({ row, twin, isCurrent }: TwinRowProps) {
  return (
    <Row isCurrent={isCurrent}>
      {row.map((text, column) => (
        <Cell key={twin.columns[column]?.name} numeric={isNumeric(twin, column)}>
          {text}
        </Cell>
      ))}
    </Row>
  );
});

function isNumeric(twin: TableTwin, column: number): boolean {
  return typeof twin.columns[column]?.values[0] !== 'string';
}

/** Brings the marked row to the middle of its table; the page itself stays where it is. */
function scrollToCurrent(frame: HTMLElement | null): void {
  const row = frame?.querySelector<HTMLElement>('[aria-current]');
  const scroller = row?.closest('table')?.parentElement;
  if (!row || !scroller) return;
  scroller.scrollTop = row.offsetTop - (scroller.clientHeight - row.offsetHeight) / 2;
}

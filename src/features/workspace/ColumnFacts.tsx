import { MiniHistogram } from '../../charts/MiniHistogram.tsx';
import type { ColumnSummary } from '../../core/table/summary.ts';
import { columnFacts, columnRow } from './column-row.ts';
import { Fact } from './Fact.tsx';

export interface ColumnFactsProps {
  readonly column: ColumnSummary;
  readonly rowCount: number;
}

/** What the column table shows of a column where it is wide enough, line by line; the table of a narrow screen leaves it out. */
export function ColumnFacts({ column, rowCount }: ColumnFactsProps) {
  const { bars, barsLabel } = columnRow(column, rowCount);
  return (
    <div className="grid gap-2">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-caption">
        {columnFacts(column, rowCount).map(({ name, value }) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </dl>
      {bars.length > 0 && <MiniHistogram counts={bars} width={240} height={32} label={barsLabel} />}
    </div>
  );
}

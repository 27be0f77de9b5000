import { Pin } from 'lucide-react';
import { Fragment } from 'react';
import type { StrategyParameters } from '../../core/threshold/decision.ts';
import { classNames } from '../../design/class-names.ts';
import { NumberField } from '../../design/NumberField.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../design/Table.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import type { RankMark, StrategyRow, VersusCells } from './strategy-table.view-model.ts';
import type { VersusNames } from './versus.ts';

export interface StrategyTableProps {
  readonly rows: readonly StrategyRow[];
  /** False without a scenario: then there are no money columns. */
  readonly hasMoney: boolean;
  /** Of the two scenarios that stand side by side; null with one or none. */
  readonly names: VersusNames | null;
  readonly onApply: (threshold: number) => void;
}

/** The six rules; pressing one takes its threshold. Parameters are edited in place. */
export function StrategyTable({ rows, hasMoney, names, onApply }: StrategyTableProps) {
  return (
    <Table
      label="Strategies"
      className="[&_td]:px-1.5 [&_th]:px-1.5 max-wide:[&_td]:px-[3px] max-wide:[&_th]:px-[3px]"
    >
      <thead>
        {names !== null && <ScenarioHeads names={names} />}
        <tr>
          <HeaderCell>Rule</HeaderCell>
          <HeaderCell numeric>Threshold</HeaderCell>
          <HeaderCell numeric className={names === null ? '' : besideMoney}>
            Flagged
          </HeaderCell>
          {names === null && (
            <HeaderCell numeric className="max-wide:hidden">
              Precision
            </HeaderCell>
          )}
          <HeaderCell numeric className={names === null ? '' : besideMoney}>
            Recall
          </HeaderCell>
          {hasMoney && <HeaderCell numeric>Net value</HeaderCell>}
          {hasMoney && names === null && (
            <HeaderCell numeric className="max-wide:hidden">
              To the best
            </HeaderCell>
          )}
          {hasMoney && (
            <HeaderCell numeric className="max-wide:hidden">
              ROI
            </HeaderCell>
          )}
          {names !== null && (
            <>
              <HeaderCell numeric>Net value</HeaderCell>
              <HeaderCell numeric className="max-wide:hidden">
                ROI
              </HeaderCell>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <StrategyTableRow key={row.rule} row={row} hasMoney={hasMoney} onApply={onApply} />
        ))}
      </tbody>
    </Table>
  );
}

/** The scenarios' names over their columns: two each, or one where the ROI has no room. */
function ScenarioHeads({ names }: { readonly names: VersusNames }) {
  return (
    <tr>
      <td colSpan={2} />
      <td colSpan={2} className={besideMoney} />
      {[names.first, names.second].map((name) => (
        <Fragment key={name}>
          <th
            scope="colgroup"
            colSpan={2}
            title={name}
            className={`${head} max-w-44 truncate max-wide:hidden`}
          >
            {name}
          </th>
          <th scope="col" title={name} className={`${head} max-w-20 align-bottom break-words wide:hidden`}>
            {name}
          </th>
        </Fragment>
      ))}
    </tr>
  );
}

/** Flagged and recall give way to the money of two scenarios where both have no room. */
const besideMoney = 'max-[1400px]:hidden';

const head = 'px-1.5 pb-0.5 text-right text-caption font-medium text-text-2';

interface StrategyTableRowProps extends Omit<StrategyTableProps, 'rows' | 'names'> {
  readonly row: StrategyRow;
}

function StrategyTableRow({ row, hasMoney, onApply }: StrategyTableRowProps) {
  const threshold = row.decision?.threshold ?? null;
  return (
    <Row isCurrent={row.isCurrent} className={threshold === null ? '' : 'relative hover:*:bg-sunk'}>
      <RowHeaderCell>
        <span className="flex min-h-[18px] items-center gap-1.5">
          {threshold === null ? (
            <span>{row.name}</span>
          ) : (
            <button
              type="button"
              title="Use this threshold"
              onClick={() => onApply(threshold)}
              className="-outline-offset-2 after:absolute after:inset-0"
            >
              {row.name}
            </button>
          )}
          {row.parameter !== null && <ParameterField row={row} parameter={row.parameter} />}
          {row.isPinned && (
            <span className="text-caption font-normal text-text-3">
              <span className="max-wide:sr-only">pinned</span>
              <Pin size={12} strokeWidth={1.75} aria-hidden="true" className="wide:hidden" />
            </span>
          )}
        </span>
      </RowHeaderCell>
      {row.reason === null ? (
        <>
          <Cell numeric>{row.thresholdText}</Cell>
          <Cell numeric className={row.versus === null ? '' : besideMoney}>
            {row.flagged}
          </Cell>
          {row.versus === null && (
            <Cell numeric className="max-wide:hidden">
              {row.precision}
            </Cell>
          )}
          <Cell numeric className={row.versus === null ? '' : besideMoney}>
            {row.recall}
          </Cell>
          {hasMoney && (
            <NetCell
              {...row}
              rank={row.versus === null ? '' : row.rank}
              note={row.versus === null ? row.netInterval : ''}
            />
          )}
          {hasMoney && row.versus === null && (
            <Cell numeric className="text-text-3 max-wide:hidden">
              {row.difference}
            </Cell>
          )}
          {hasMoney && <RoiCell {...row} />}
          {row.versus !== null && <VersusRowCells cells={row.versus} />}
        </>
      ) : (
        <ReasonCells row={row} hasMoney={hasMoney} />
      )}
    </Row>
  );
}

/** Why a rule has no threshold, in place of its figures; those of the second scenario stay. */
function ReasonCells({ row, hasMoney }: Omit<StrategyTableRowProps, 'onApply'>) {
  const reason = (colSpan: number, className: string) => (
    <td
      colSpan={colSpan}
      className={classNames(
        'h-[27px] border-b border-line px-2 py-1 text-right text-caption text-text-3',
        className,
      )}
    >
      {row.reason}
    </td>
  );
  if (row.versus === null) return reason(hasMoney ? 7 : 4, '');
  return (
    <>
      {reason(5, 'max-[1400px]:hidden')}
      {reason(3, 'max-wide:hidden min-[1400px]:hidden')}
      {reason(2, 'wide:hidden')}
      <VersusRowCells cells={row.versus} />
    </>
  );
}

interface NetCellProps {
  readonly net: string;
  readonly netExact: string;
  /** The best is bold, and said to who cannot see it; the next is said. */
  readonly rank: RankMark;
  /** Quiet, after the figure: its interval, its threshold. */
  readonly note: string;
}

function NetCell({ net, netExact, rank, note }: NetCellProps) {
  return (
    <Cell numeric title={netExact}>
      {rank === 'best' ? (
        <>
          <b className="font-semibold">{net}</b> <span className="sr-only">best </span>
        </>
      ) : (
        `${net} `
      )}
      <span className="text-caption text-text-3 max-wide:hidden">{rank === 'next' ? 'next' : note}</span>
    </Cell>
  );
}

function RoiCell({ roi, roiExact }: { readonly roi: string; readonly roiExact: string }) {
  return (
    <Cell numeric className="max-wide:hidden" {...(roiExact === '' ? {} : { title: roiExact })}>
      {roi}
    </Cell>
  );
}

/** Net value and ROI under the second scenario, or why there are none. */
function VersusRowCells({ cells }: { readonly cells: VersusCells }) {
  if (cells.reason !== null)
    return (
      <>
        <Cell numeric className="text-text-3">
          {cells.reason}
        </Cell>
        <Cell className="max-wide:hidden" />
      </>
    );
  return (
    <>
      <NetCell {...cells} note={cells.thresholdText} />
      <RoiCell {...cells} />
    </>
  );
}

// Kept as they are: a new format object would make the field build its number parser anew.
const share: Intl.NumberFormatOptions = {
  minimumFractionDigits: 2,
  maximumFractionDigits: 4,
  useGrouping: false,
};
const wholeRows: Intl.NumberFormatOptions = { maximumFractionDigits: 0 };

const fields = {
  recallAtLeast: { label: 'Least recall', min: 0, max: 1, step: 0.05, format: share },
  precisionAtLeast: { label: 'Least precision', min: 0, max: 1, step: 0.05, format: share },
  capacity: {
    label: 'Most rows that can be flagged',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    step: 10,
    format: wholeRows,
  },
} as const;

function ParameterField({ row, parameter }: { readonly row: StrategyRow; readonly parameter: number }) {
  const choose = useWorkspace((state) => state.choose);
  const strategies = useWorkspace((state) => state.choices.strategies);
  if (!(row.rule in fields)) return null;
  const rule = row.rule as keyof StrategyParameters;
  const { label, min, max, step, format } = fields[rule];
  const commit = (value: number) => {
    if (value >= min && value <= max) choose({ strategies: { ...strategies, [rule]: value } });
  };
  return (
    <NumberField
      label={label}
      layout="bare"
      size="compact"
      value={parameter}
      onCommit={commit}
      min={min}
      max={max}
      step={step}
      format={format}
      className="relative z-1 -my-1 w-[68px] font-normal max-wide:w-11"
    />
  );
}

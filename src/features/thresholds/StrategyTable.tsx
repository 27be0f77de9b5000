import { Pin } from 'lucide-react';
import { Fragment } from 'react';
import { classNames } from '../../design/class-names.ts';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../design/Table.tsx';
import { IntervalCell } from './IntervalCell.tsx';
import { ParameterField } from './ParameterField.tsx';
import type { RankMark, StrategyRow, StrategyTableView, VersusCells } from './strategy-table.view-model.ts';
import type { VersusNames } from './versus.ts';

export interface StrategyTableProps {
  readonly view: StrategyTableView;
  /** False without a scenario: then there are no money columns. */
  readonly hasMoney: boolean;
  /** "Net value", or "Net value a year". */
  readonly netTitle: string;
  /** Of the two scenarios that stand side by side; null with one or none. */
  readonly names: VersusNames | null;
  readonly onApply: (threshold: number) => void;
}

/** The rules; pressing one takes its threshold. Parameters are edited in place. The list scrolls under its head. */
export function StrategyTable({ view, hasMoney, netTitle, names, onApply }: StrategyTableProps) {
  const { rows, scale } = view;
  return (
    <Table
      label="Strategies"
      className="desk:max-h-full [&_td]:px-[3px] [&_th]:px-[3px] [&_th:first-child]:pl-1.5 max-wide:[&_td]:px-[3px] max-wide:[&_th]:px-[3px]"
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
            <HeaderCell numeric className={wideOnly}>
              Precision
            </HeaderCell>
          )}
          <HeaderCell numeric className={names === null ? '' : besideMoney}>
            Recall
          </HeaderCell>
          {hasMoney && <HeaderCell numeric>{netTitle}</HeaderCell>}
          {scale !== null && (
            <HeaderCell
              className={wideOnly}
              title={`95\u00A0% intervals from ${scale.label}; the line is the greatest net value, the ring what to expect on new rows`}
            >
              95&nbsp;%
            </HeaderCell>
          )}
          {hasMoney && names === null && (
            <HeaderCell
              numeric
              title="Out-of-bag: the net value of the rule’s choice on rows that had no part in it"
              className="max-wide:hidden @max-[430px]:hidden"
            >
              Net, <span className="block">new rows</span>
            </HeaderCell>
          )}
          {hasMoney && (
            <HeaderCell numeric className={names === null ? middling : 'max-wide:hidden'}>
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
          <StrategyTableRow
            key={row.rule}
            row={row}
            hasMoney={hasMoney}
            hasPicture={scale !== null}
            onApply={onApply}
          />
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

/** Columns that give way first, and next, where the table has no room for all of them. */
const wideOnly = 'max-wide:hidden @max-[640px]:hidden';
const middling = 'max-wide:hidden @max-[540px]:hidden';

/** Flagged and recall give way to the money of two scenarios where both have no room. */
const besideMoney = 'max-[1400px]:hidden';

const head = 'px-1.5 pb-0.5 text-right text-caption font-medium text-text-2';

interface StrategyTableRowProps extends Pick<StrategyTableProps, 'hasMoney' | 'onApply'> {
  readonly row: StrategyRow;
  readonly hasPicture: boolean;
}

/** A stronger hairline above the first rule of a group. */
const groupLine = '[&:not(:first-child)]:*:border-t [&:not(:first-child)]:*:border-t-line-2';

function StrategyTableRow({ row, hasMoney, hasPicture, onApply }: StrategyTableRowProps) {
  const threshold = row.decision?.threshold ?? null;
  return (
    <Row
      isCurrent={row.isCurrent}
      className={classNames(threshold !== null && 'relative hover:*:bg-sunk', row.startsGroup && groupLine)}
    >
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
          {row.parameter !== null && <ParameterField rule={row.rule} parameter={row.parameter} />}
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
          <Cell numeric title={row.exact.threshold}>
            {row.thresholdText}
          </Cell>
          <Cell numeric title={row.exact.flagged} className={row.versus === null ? '' : besideMoney}>
            {row.flagged}
          </Cell>
          {row.versus === null && (
            <Cell numeric title={row.exact.precision} className={wideOnly}>
              {row.precision}
            </Cell>
          )}
          <Cell numeric title={row.exact.recall} className={row.versus === null ? '' : besideMoney}>
            {row.recall}
          </Cell>
          {hasMoney && (
            <NetCell
              {...row}
              rank={row.versus === null ? '' : row.rank}
              note={row.versus === null ? row.netInterval : ''}
            />
          )}
          {hasPicture && <IntervalCell picture={row.picture} />}
          {hasMoney && row.versus === null && (
            <Cell numeric title={row.outOfBagExact} className="max-wide:hidden @max-[430px]:hidden">
              {row.outOfBag}
            </Cell>
          )}
          {hasMoney && <RoiCell {...row} className={row.versus === null ? middling : 'max-wide:hidden'} />}
          {row.versus !== null && <VersusRowCells cells={row.versus} />}
        </>
      ) : (
        <ReasonCells row={row} hasMoney={hasMoney} hasPicture={hasPicture} />
      )}
    </Row>
  );
}

/** Why a rule has no threshold, in place of its figures; those of the second scenario stay. */
function ReasonCells({ row, hasMoney, hasPicture }: Omit<StrategyTableRowProps, 'onApply'>) {
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
  if (row.versus === null) return reason(hasMoney ? (hasPicture ? 8 : 7) : 4, '');
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
      <span className="text-caption text-text-3 max-wide:hidden @max-[480px]:hidden">
        {rank === 'next' ? 'next' : note}
      </span>
    </Cell>
  );
}

interface RoiCellProps {
  readonly roi: string;
  readonly roiExact: string;
  readonly className: string;
}

function RoiCell({ roi, roiExact, className }: RoiCellProps) {
  return (
    <Cell numeric className={className} {...(roiExact === '' ? {} : { title: roiExact })}>
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
      <RoiCell {...cells} className="max-wide:hidden" />
    </>
  );
}

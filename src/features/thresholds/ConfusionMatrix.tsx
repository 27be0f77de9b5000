import { labelWidth } from '../../charts/label-placement.ts';
import { useElementWidth } from '../../charts/use-element-width.ts';
import { formatCount, formatMoney } from '../../design/format.ts';
import type { MatrixCell, MatrixView } from './confusion-matrix.view-model.ts';

const headLine = 20;
const gap = 2;

/** Where a cell's texts stand: side by side, money under a long word, or all under each other when the counts need the width. */
interface CellLayout {
  readonly height: number;
  readonly rate: number;
  readonly word: number;
  readonly money: number;
}

const short: CellLayout = { height: 52, rate: 22, word: 41, money: 41 };
const wordy: CellLayout = { height: 70, rate: 22, word: 41, money: 59 };
const tall: CellLayout = { height: 70, rate: 59, word: 41, money: 59 };

/** The narrowest place that the matrix stands in: what fits there side by side fits everywhere. */
const NARROWEST = 264;
/** Edge, margins and the least gap between the two texts of a line. */
const beside = 22;

/** Depends on words and totals alone: a moving threshold never changes the height. */
function layoutOf(view: MatrixView): CellLayout {
  const room = cellWidthIn(NARROWEST, rowHeadWidth(view)) - beside;
  const { tp, fn, fp } = view.cells;
  const longestCount = formatCount(Math.max(view.positives, view.negatives));
  const counts = (16 / 12) * labelWidth(longestCount, true) + labelWidth('99.9\u00A0%');
  const widest = ([cell, money]: readonly [MatrixCell, string]) => labelWidth(cell.word) + labelWidth(money);
  const money = [[tp, '+999\u00A0k'] as const, [fp, '−99.9\u00A0k'] as const, [fn, '(99.9\u00A0k)'] as const];
  const words = tp.moneyText === '' ? 0 : Math.max(...money.map(widest));
  if (counts > room) return tall;
  return words <= room ? short : wordy;
}

/** Width of the words at the left of the rows. */
function rowHeadWidth(view: MatrixView): number {
  const heads = [view.positiveWord, view.negativeWord, headCount(view.positives), headCount(view.negatives)];
  return 12 + Math.max(...heads.map((text) => labelWidth(text, true)));
}

function cellWidthIn(width: number, rowHead: number): number {
  return (width - rowHead - gap) / 2;
}

/** Height of the drawn matrix: a line of heads and two rows of cells. */
export function matrixHeight(view: MatrixView): number {
  return headLine + 2 * layoutOf(view).height + gap;
}

const looks = {
  tp: { fill: 'var(--pos-soft)', edge: 'var(--pos)', column: 0, row: 0 },
  fn: { fill: 'var(--sunk)', edge: 'var(--pos)', column: 1, row: 0 },
  fp: { fill: 'var(--neg-soft)', edge: 'var(--neg)', column: 0, row: 1 },
  tn: { fill: 'var(--sunk)', edge: 'var(--neg)', column: 1, row: 1 },
} as const;

/** Four cells: count and share of the outcome above, word and money below. Drawn, so that it can be saved as a picture. */
export function ConfusionMatrix({ view }: { readonly view: MatrixView }) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  const layout = layoutOf(view);
  const rowHead = rowHeadWidth(view);
  const cellWidth = cellWidthIn(width, rowHead);
  return (
    <div ref={ref} className="w-full" style={{ height: matrixHeight(view) }}>
      {width > 0 && (
        <svg width={width} height={matrixHeight(view)} className="block" aria-hidden="true">
          <Words x={rowHead + 9} y={12} text={`Flagged, ${headCount(view.flagged)}`} />
          <Words x={rowHead + cellWidth + gap + 9} y={12} text={`Passed, ${headCount(view.passed)}`} />
          <RowHead y={headLine} word={view.positiveWord} count={view.positives} />
          <RowHead y={headLine + layout.height + gap} word={view.negativeWord} count={view.negatives} />
          {Object.values(view.cells).map((cell) => (
            <CellBox key={cell.kind} cell={cell} layout={layout} rowHead={rowHead} width={cellWidth} />
          ))}
        </svg>
      )}
    </div>
  );
}

/** Counts in the heads: in short where thousands have no room; the table twin has them in full. */
function headCount(count: number): string {
  return count < 100_000 ? formatCount(count) : formatMoney(count);
}

function RowHead({ y, word, count }: { readonly y: number; readonly word: string; readonly count: number }) {
  const name = word.charAt(0).toUpperCase() + word.slice(1);
  return (
    <>
      <Words x={0} y={y + 23} text={name} fill="var(--text-2)" weight={500} />
      <Words x={0} y={y + 39} text={headCount(count)} fill="var(--text-2)" weight={500} />
    </>
  );
}

interface CellBoxProps {
  readonly cell: MatrixCell;
  readonly layout: CellLayout;
  /** Width of the words at the left of the row. */
  readonly rowHead: number;
  readonly width: number;
}

function CellBox({ cell, layout, rowHead, width }: CellBoxProps) {
  const { fill, edge, column, row } = looks[cell.kind];
  const x = rowHead + column * (width + gap);
  const y = headLine + row * (layout.height + gap);
  // Rate and money share a line there: the margin is theirs.
  const right = x + width - (layout === tall ? 4 : 8);
  return (
    <>
      <rect x={x} y={y} width={width} height={layout.height} rx={2} fill={fill} />
      <rect x={x} y={y} width={3} height={layout.height} fill={edge} />
      <text x={x + 10} y={y + 22} fontSize={16} fontWeight={600} fill="var(--text)">
        {cell.countText}
      </text>
      <Words
        x={layout === tall ? x + 10 : right}
        y={y + layout.rate}
        text={cell.rateText}
        fill="var(--text-2)"
        end={layout !== tall}
      />
      <Words x={x + 10} y={y + layout.word} text={cell.word} fill="var(--text-2)" />
      <Words x={right} y={y + layout.money} text={cell.moneyText} fill="var(--text-2)" end />
    </>
  );
}

interface WordsProps {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly fill?: string;
  readonly weight?: number;
  readonly end?: boolean;
}

function Words({ x, y, text, fill = 'var(--text-3)', weight = 400, end = false }: WordsProps) {
  return (
    <text x={x} y={y} fontSize={12} fontWeight={weight} fill={fill} textAnchor={end ? 'end' : 'start'}>
      {text}
    </text>
  );
}

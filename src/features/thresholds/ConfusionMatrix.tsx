import { labelWidth } from '../../charts/label-placement.ts';
import { useElementWidth } from '../../charts/use-element-width.ts';
import { formatCount } from '../../design/format.ts';
import type { MatrixCell, MatrixView } from './confusion-matrix.view-model.ts';

/** Height of the drawn matrix: a line of heads and two rows of cells. */
export const MATRIX_HEIGHT = 126;

const headLine = 20;
const gap = 2;
const cellHeight = 52;

const looks = {
  tp: { fill: 'var(--pos-soft)', edge: 'var(--pos)', column: 0, row: 0 },
  fn: { fill: 'var(--sunk)', edge: 'var(--pos)', column: 1, row: 0 },
  fp: { fill: 'var(--neg-soft)', edge: 'var(--neg)', column: 0, row: 1 },
  tn: { fill: 'var(--sunk)', edge: 'var(--neg)', column: 1, row: 1 },
} as const;

/** Four cells: count and share of the outcome above, word and money below. Drawn, so that it can be saved as a picture. */
export function ConfusionMatrix({ view }: { readonly view: MatrixView }) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  const rowHead = 12 + Math.max(labelWidth(view.positiveWord, true), labelWidth(view.negativeWord, true));
  const cellWidth = (width - rowHead - gap) / 2;
  return (
    <div ref={ref} className="w-full" style={{ height: MATRIX_HEIGHT }}>
      {width > 0 && (
        <svg width={width} height={MATRIX_HEIGHT} className="block" aria-hidden="true">
          <Words x={rowHead + 9} y={12} text={`Flagged, ${formatCount(view.flagged)}`} />
          <Words x={rowHead + cellWidth + gap + 9} y={12} text={`Passed, ${formatCount(view.passed)}`} />
          <RowHead y={headLine} word={view.positiveWord} count={view.positives} />
          <RowHead y={headLine + cellHeight + gap} word={view.negativeWord} count={view.negatives} />
          {Object.values(view.cells).map((cell) => (
            <CellBox key={cell.kind} cell={cell} rowHead={rowHead} width={cellWidth} />
          ))}
        </svg>
      )}
    </div>
  );
}

function RowHead({ y, word, count }: { readonly y: number; readonly word: string; readonly count: number }) {
  const name = word.charAt(0).toUpperCase() + word.slice(1);
  return (
    <>
      <Words x={0} y={y + 23} text={name} fill="var(--text-2)" weight={500} />
      <Words x={0} y={y + 39} text={formatCount(count)} fill="var(--text-2)" weight={500} />
    </>
  );
}

interface CellBoxProps {
  readonly cell: MatrixCell;
  /** Width of the words at the left of the row. */
  readonly rowHead: number;
  readonly width: number;
}

function CellBox({ cell, rowHead, width }: CellBoxProps) {
  const { fill, edge, column, row } = looks[cell.kind];
  const x = rowHead + column * (width + gap);
  const y = headLine + row * (cellHeight + gap);
  const right = x + width - 8;
  return (
    <>
      <rect x={x} y={y} width={width} height={cellHeight} rx={2} fill={fill} />
      <rect x={x} y={y} width={3} height={cellHeight} fill={edge} />
      <text x={x + 10} y={y + 22} fontSize={16} fontWeight={600} fill="var(--text)">
        {cell.countText}
      </text>
      <Words x={right} y={y + 22} text={cell.rateText} fill="var(--text-2)" end />
      <Words x={x + 10} y={y + 41} text={cell.word} fill="var(--text-2)" />
      <Words x={right} y={y + 41} text={cell.moneyText} fill="var(--text-2)" end />
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

import { memo } from 'react';
import type { Scenario } from '../../../core/money/scenario.ts';
import type { Tornado } from '../../../core/money/sensitivity-figures.ts';
import { Panel } from '../../../design/Panel.tsx';
import { netValueTitle, percentText } from '../scale-words.ts';
import { useFigure } from '../use-figure.ts';
import { STARTING_SWING } from './TornadoPanel.tsx';
import { isTornadoOf, type TornadoRow, tornadoMessage, tornadoRows } from './tornado.view-model.ts';

export interface WhatMovesProps {
  readonly judgementId: string;
  readonly scenario: Scenario;
  readonly threshold: number;
}

/** The bars that a side panel has room for. */
const MOST_BARS = 5;
const WIDTH = 72;

/** The strongest assumptions in small, beside the decision. */
export const WhatMoves = memo(function WhatMoves({ judgementId, scenario, threshold }: WhatMovesProps) {
  const answer = useFigure(
    'judgement/tornado',
    Number.isNaN(threshold) ? null : { judgementId, scenario, threshold, swing: STARTING_SWING },
  );
  const tornado = answer.latest;
  if (tornado === null || tornado.bars.length === 0 || !isTornadoOf(tornado, scenario)) return null;
  return (
    <Panel
      title="What moves the answer"
      caption={`${netValueTitle(scenario)}, each moved by ${percentText(STARTING_SWING)}`}
      ruled
      isStale={answer.current === null}
    >
      <SmallTornado tornado={tornado} scenario={scenario} />
    </Panel>
  );
});

interface SmallTornadoProps {
  readonly tornado: Tornado;
  readonly scenario: Scenario;
}

const SmallTornado = memo(function SmallTornado({ tornado, scenario }: SmallTornadoProps) {
  const rows = tornadoRows(tornado, scenario).slice(0, MOST_BARS);
  return (
    <div role="img" aria-label={tornadoMessage(tornado, scenario)} className="grid gap-y-0.5">
      <div
        aria-hidden="true"
        className="grid grid-cols-[minmax(0,1fr)_72px_58px] gap-x-1.5 text-caption text-text-3"
      >
        <span />
        <span className="grid grid-cols-2 text-center">
          <span>less</span>
          <span>more</span>
        </span>
      </div>
      {rows.map((row) => (
        <div
          key={row.assumption}
          aria-hidden="true"
          className="grid grid-cols-[minmax(0,1fr)_72px_58px] items-center gap-x-1.5 text-caption"
        >
          <span className="truncate text-text-2">{row.label}</span>
          <SmallBar row={row} />
          <span
            className="truncate text-right whitespace-nowrap text-text-2"
            title={`${row.low.valueText}: ${row.low.changeText}; ${row.high.valueText}: ${row.high.changeText}`}
          >
            {row.changeText.includes(',') ? row.low.changeText : row.changeText}
          </span>
        </div>
      ))}
    </div>
  );
});

function SmallBar({ row }: { readonly row: TornadoRow }) {
  const middle = WIDTH / 2;
  return (
    <svg width={WIDTH} height={16} aria-hidden="true" className="block">
      {[row.low, row.high].map((end, index) => {
        const length = Math.abs(end.reach) * middle;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the two ends of a bar, always in this order
            key={index}
            x={end.reach >= 0 ? middle : middle - length}
            y={2}
            width={length}
            height={12}
            fill={end.reach >= 0 ? 'var(--gain)' : 'var(--loss)'}
          />
        );
      })}
      <path d={`M${middle} 0V16`} stroke="var(--axis)" />
    </svg>
  );
}

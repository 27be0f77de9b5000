import { useMemo } from 'react';
import { ChartFrame, type Definition } from '../../charts/ChartFrame.tsx';
import { Verdict } from '../../design/Verdict.tsx';
import type { ImpactViewMonth } from './impact-view.ts';
import { MonthsPicture } from './MonthsPicture.tsx';
import { monthHover, monthMarks, monthsTwin, monthsWords } from './months-panel.view-model.ts';

export interface MonthsPanelProps {
  readonly months: readonly ImpactViewMonth[];
  /** What the months are of, where the totals are of something else; else null. */
  readonly scale: string | null;
  readonly currency: string;
  readonly roiFloor: number;
  readonly isStale: boolean;
}

const HEIGHT = 348;

/** The page's main picture: each month against what was promised for it. */
export function MonthsPanel({ months, scale, currency, roiFloor, isStale }: MonthsPanelProps) {
  const marks = useMemo(() => monthMarks(months, roiFloor), [months, roiFloor]);
  const twin = useMemo(() => monthsTwin(months, scale), [months, scale]);
  const { title, caption, message, low, open } = monthsWords(months, scale);
  return (
    <div className="min-w-0">
      <ChartFrame
        title={title}
        caption={caption}
        message={message}
        twin={twin}
        definition={definition}
        height={HEIGHT}
        isStale={isStale}
      >
        <MonthsPicture
          marks={marks}
          currency={currency}
          height={HEIGHT}
          hoverRows={(month) => monthHover(months, month)}
        />
      </ChartFrame>
      {low !== null && (
        <p className="mt-2 flex flex-wrap items-center gap-x-2 text-caption text-text-2">
          <Verdict kind="warn" word="Low end" />
          <span>{low}</span>
        </p>
      )}
      {open !== null && <p className="mt-1 text-caption text-text-2">{open}</p>}
    </div>
  );
}

const definition: Definition = {
  text: 'What the decisions of a month brought after all costs, each month’s share of the fixed cost taken off. The band is what as many decisions with a known outcome would give in 95 of 100 months if nothing had changed since the threshold was judged: outside it a month is more than chance.',
  formula:
    'net = Σ of the value of each decision;  band = n · mean ± 1.96 · √n · s,  mean and s of one judged row',
};

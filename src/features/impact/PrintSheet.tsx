import { useEffect, useRef } from 'react';
import { BrandMark } from '../../design/BrandMark.tsx';
import { classNames } from '../../design/class-names.ts';
import type { ImpactView } from './impact-view.ts';
import { MonthsDrawing } from './MonthsPicture.tsx';
import { monthPlaces } from './month-places.ts';
import { monthMarks, monthsWords } from './months-panel.view-model.ts';
import type { ImpactSource } from './page-parts.ts';
import { TextRuns } from './TextRuns.tsx';
import { WaterfallDrawing } from './WaterfallPicture.tsx';
import { waterfallSteps, waterfallTitle } from './waterfall.view-model.ts';

export interface PrintSheetProps {
  readonly view: ImpactView;
  readonly source: ImpactSource;
  readonly currency: string;
  readonly roiFloor: number;
  readonly isPredicted: boolean;
  /** Whether there is an investment to be paid back. */
  readonly hasPayBack: boolean;
}

/** A4 and Letter upright between margins of 12 mm are about 703 and 725 px wide: drawn once, fitted to either. */
const WIDTH = 710;
const PICTURE = 290;
/** Beside an alert, which takes up to three lines. */
const LOW_PICTURE = 230;
const HALF = 340;

/**
 * The page on paper: one upright sheet, A4 or Letter, always light. Its height is bounded, for the shorter of the two: names and
 * sentences end after a number of lines, and the picture of the months gives way to an alert. Not on screen, and not there for screen readers.
 */
export function PrintSheet(props: PrintSheetProps) {
  const { view, source, currency, roiFloor, isPredicted, hasPayBack } = props;
  const marks = monthMarks(view.months, roiFloor);
  const words = monthsWords(view.months, view.monthsScale);
  const picture = view.alert === null ? PICTURE : LOW_PICTURE;
  return (
    <article className="hidden max-h-[955px] min-h-[935px] flex-col overflow-hidden text-text [page:impact] print:flex">
      <header className="flex items-center gap-2 border-b border-line-2 pb-2">
        <BrandMark />
        <b className="font-semibold">Impact</b>
        <span className="line-clamp-2 min-w-0 flex-1 text-caption text-text-2">{view.head}</span>
        <PrintedOn />
      </header>
      <p className="my-3 line-clamp-5 max-w-[88ch] text-[17px] leading-6 text-pretty [&_b]:font-semibold [&_em]:text-text-2 [&_em]:not-italic">
        <TextRuns runs={view.answer} />
      </p>
      {view.basis !== null && <p className="mb-3 line-clamp-2 text-caption text-text-2">{view.basis}</p>}
      {view.alert !== null && (
        <p className="mb-3 line-clamp-3 border-l-2 border-fail bg-fail-soft px-3 py-1.5 text-table">
          {view.alert.sentence}
        </p>
      )}
      <div className="grid grid-cols-4 border-y border-line-2">
        {view.cards.map(({ name, value, sentence }) => (
          <div
            key={name}
            className="min-w-0 border-line-2 py-2 not-first:border-l not-first:pl-3 not-last:pr-3"
          >
            <h2>{name}</h2>
            <p className="text-[24px] leading-8 font-semibold tracking-[-0.025em] whitespace-nowrap">
              {value}
            </p>
            <p className="line-clamp-9 text-caption">{sentence}</p>
          </div>
        ))}
      </div>
      {marks.length > 0 && (
        <section className="mt-4">
          <h2>{words.title}</h2>
          <p className="mb-1.5 line-clamp-3 text-caption text-text-2">{words.caption}</p>
          <MonthsDrawing places={monthPlaces(marks, WIDTH, picture)} currency={currency} isFluid />
          {words.low !== null && <p className="mt-1 line-clamp-2 text-caption">{words.low}</p>}
        </section>
      )}
      <div className={classNames('mt-4 mb-4 grid gap-6', hasPayBack && 'grid-cols-2')}>
        <section>
          <h2 className="mb-1">{waterfallTitle(isPredicted)}</h2>
          <WaterfallDrawing steps={waterfallSteps(view.flow)} width={hasPayBack ? HALF : WIDTH} isFluid />
        </section>
        {hasPayBack && (
          <section>
            <h2>Pay-back</h2>
            <p className="mt-1 line-clamp-6 text-table text-pretty">{view.payBack}</p>
          </section>
        )}
      </div>
      {view.notes.length > 0 && (
        <p className="mb-3 line-clamp-5 text-[10px] leading-[13px] text-text-2">{view.notes.join(' ')}</p>
      )}
      <SmallType source={source} />
    </article>
  );
}

/** What the numbers rest on. */
function SmallType({ source }: { readonly source: ImpactSource }) {
  const lines = [
    ['Data', [source.table, source.rows, ...(source.isSimulated ? ['simulated'] : [])].join(', ')],
    ['Scores', source.scoredBy],
    ['Threshold', source.threshold],
    ['Scenario', source.scenario],
    ...(source.outcomes === null ? [] : [['Outcomes', source.outcomes] as const]),
    ['Intervals', '95 %, from the mean and the spread of the value of one judged row'],
  ] as const;
  return (
    <dl className="mt-auto grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 border-t border-line-2 pt-2 text-[10px] leading-[13px] text-text-2">
      {lines.map(([name, text]) => (
        <div key={name} className="contents">
          <dt className="font-medium">{name}</dt>
          <dd className="line-clamp-2 [overflow-wrap:anywhere]">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

/** The day of printing, put right at the moment of printing: a page may stand open for days. */
function PrintedOn() {
  const time = useRef<HTMLTimeElement>(null);
  useEffect(() => {
    const put = () => {
      if (time.current !== null) time.current.textContent = day.format(Date.now());
    };
    put();
    window.addEventListener('beforeprint', put);
    return () => window.removeEventListener('beforeprint', put);
  }, []);
  return <time ref={time} className="shrink-0 text-caption text-text-2" />;
}

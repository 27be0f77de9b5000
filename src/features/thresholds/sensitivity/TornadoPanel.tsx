import { useMemo, useState } from 'react';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import type { Scenario } from '../../../core/money/scenario.ts';
import { Skeleton } from '../../../design/Skeleton.tsx';
import { CheckedNumber } from '../CheckedNumber.tsx';
import { netValueTitle, percentText, scaledRows } from '../scale-words.ts';
import { useFigure } from '../use-figure.ts';
import type { ThresholdsViewProps } from '../view-props.ts';
import { sensitivityDefinitions } from './definitions.ts';
import { FailedFigure } from './FailedFigure.tsx';
import { TornadoPicture, tornadoHeight } from './TornadoPicture.tsx';
import { isTornadoOf, tornadoMessage, tornadoRows, tornadoTwin } from './tornado.view-model.ts';

/** Each assumption is moved by this share of itself until the user says another. */
export const STARTING_SWING = 0.2;

/** What moves the answer: every assumption up and down by a share of itself. */
export function TornadoPanel(props: ThresholdsViewProps & { readonly scenario: Scenario }) {
  const { summary, scenario, threshold, rows } = props;
  const [swing, setSwing] = useState(STARTING_SWING);
  const answer = useFigure(
    'judgement/tornado',
    Number.isNaN(threshold) ? null : { judgementId: summary.id, scenario, threshold, swing },
  );
  const { latest } = answer;
  const tornado = latest !== null && isTornadoOf(latest, scenario) ? latest : null;
  const view = useMemo(() => (tornado === null ? null : tornadoRows(tornado, scenario)), [tornado, scenario]);
  const twin = useMemo(() => (tornado === null ? null : tornadoTwin(tornado, scenario)), [tornado, scenario]);
  if (answer.error !== null) return <FailedFigure what="The tornado" error={answer.error} />;
  if (tornado === null || view === null || twin === null) return <Skeleton className="h-56" />;
  return (
    <section aria-label="Moved assumptions" className="min-w-0">
      <div className="mb-2 w-[112px]">
        <CheckedNumber
          label="Moved by"
          layout="stack"
          kind="openShare"
          step={0.05}
          value={swing}
          onChange={setSwing}
        />
      </div>
      <ChartFrame
        title="What moves the answer"
        caption={`${netValueTitle(scenario)}, each assumption moved by ${percentText(tornado.swing)} of itself; ${scaledRows(rows, scenario)}`}
        message={tornadoMessage(tornado, scenario)}
        twin={twin}
        definition={sensitivityDefinitions.tornado}
        height={tornadoHeight(view.length)}
        isStale={answer.current === null}
      >
        <TornadoPicture rows={view} />
      </ChartFrame>
      <p className="mt-1 text-caption text-text-3">
        A number that is 0, and an amount that comes from a column, cannot be moved by a share of itself.
      </p>
    </section>
  );
}

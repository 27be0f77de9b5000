import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AlignedPictures } from '../../../charts/picture-hover.tsx';
import { figureQuery } from '../../../compute/figures.ts';
import { judgementQuery } from '../../../compute/queries.ts';
import type { JudgementSpec } from '../../../contracts/judgement.ts';
import type { CalibrationFigures } from '../../../core/metrics/calibration-figures.ts';
import { Panel } from '../../../design/Panel.tsx';
import { FigureList } from '../FigureList.tsx';
import { FigureState } from '../FigureState.tsx';
import { usePictureSize } from '../use-picture-size.ts';
import { useScoreAxis } from '../use-score-axis.ts';
import type { ThresholdsViewProps } from '../view-props.ts';
import { outcomeWords } from '../words.ts';
import { calibrationFigureList } from './calibration-figures.view-model.ts';
import { calibrationSentence, leavesUnit, noProbabilities } from './calibration-sentence.ts';
import { DecisionCurvePanel } from './DecisionCurvePanel.tsx';
import { RecalibrationCurvePanel } from './RecalibrationCurvePanel.tsx';
import { RecalibrationSwitch } from './RecalibrationSwitch.tsx';
import { ReliabilityPanel } from './ReliabilityPanel.tsx';

/** Whether the scores say what happens, and what can be done when they do not. */
export function CalibrationView(props: ThresholdsViewProps) {
  const { summary, spec } = props;
  const query = useQuery({
    ...figureQuery('judgement/calibration', { judgementId: summary.id }),
    placeholderData: keepPreviousData,
  });
  if (leavesUnit(summary))
    return (
      <>
        <p className="mb-3 max-w-[80ch] text-body">{noProbabilities(summary)}</p>
        <RecalibrationSwitch spec={spec} summary={summary} />
      </>
    );
  return (
    <FigureState query={query} what="The calibration">
      {(figures) => <Calibration {...props} figures={figures} />}
    </FigureState>
  );
}

function Calibration(props: ThresholdsViewProps & { readonly figures: CalibrationFigures }) {
  const { summary, answer, spec, threshold, rows, figures } = props;
  const size = usePictureSize();
  const axis = useScoreAxis(props);
  const before = useFiguresBefore(spec);
  const words = outcomeWords(answer.scenario);
  const shared = { figures, axis, threshold, rows, size };
  return (
    <AlignedPictures>
      <p className="mb-2.5 max-w-[88ch] text-body">
        {calibrationSentence(summary, figures, threshold, words)}
      </p>
      <RecalibrationSwitch spec={spec} summary={summary} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-5 desk:grid-cols-[minmax(0,1fr)_minmax(288px,32%)]">
        <ReliabilityPanel {...shared} summary={summary} before={before} words={words} />
        <Panel title="Calibration" caption={rows}>
          <FigureList figures={calibrationFigureList(figures, summary.metrics)} />
        </Panel>
      </div>
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-5 desk:grid-cols-[repeat(auto-fit,minmax(360px,1fr))]">
        <DecisionCurvePanel {...shared} />
        {summary.recalibration !== null && (
          <RecalibrationCurvePanel figures={summary.recalibration} size={size} />
        )}
      </div>
    </AlignedPictures>
  );
}

/** Figures of the scores as they were; null when they are judged so, and until they are there. */
function useFiguresBefore(spec: JudgementSpec): CalibrationFigures | null {
  const isOn = spec.recalibration !== null;
  const judgement = useQuery({ ...judgementQuery({ ...spec, recalibration: null }), enabled: isOn });
  const before = useQuery({
    ...figureQuery('judgement/calibration', { judgementId: judgement.data?.id ?? '' }),
    enabled: isOn && judgement.data !== undefined,
  });
  return isOn ? (before.data ?? null) : null;
}

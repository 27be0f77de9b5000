import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import type { BandsAnswer } from '../../../core/money/bands.ts';
import type { Scenario } from '../../../core/money/scenario.ts';
import { formatCount } from '../../../design/format.ts';
import { Notice } from '../../../design/Notice.tsx';
import { FigureState } from '../FigureState.tsx';
import { NeedsScenario } from '../NeedsScenario.tsx';
import { PartSentence } from '../PartSentence.tsx';
import { scaledRows } from '../scale-words.ts';
import { usePictureSize } from '../use-picture-size.ts';
import type { ThresholdsViewProps } from '../view-props.ts';
import { outcomeWords } from '../words.ts';
import { BandsControls } from './BandsControls.tsx';
import { BandsPicture } from './BandsPicture.tsx';
import { BandsTable } from './BandsTable.tsx';
import { bandsAdvice, bandsSentence, bandsTwin } from './bands.view-model.ts';
import { bandsDefinitions } from './definitions.ts';
import { useBands } from './use-bands.ts';

const heights = { narrow: 220, plain: 240, large: 300 } as const;

/** Approve, refer, decline: two cut-offs, a reviewer between them, and what that is worth. */
export function BandsView(props: ThresholdsViewProps) {
  const { scenario } = props.answer;
  if (scenario === null)
    return (
      <NeedsScenario title="Which rows to approve, which to decline, and which are worth a reviewer’s time?" />
    );
  return <Designer {...props} scenario={scenario} />;
}

function Designer(props: ThresholdsViewProps & { readonly scenario: Scenario }) {
  const bands = useBands(props, props.scenario);
  return (
    <FigureState query={bands.query} what="The bands">
      {(answer) => <Bands {...props} bands={bands} bandsAnswer={answer} />}
    </FigureState>
  );
}

interface BandsProps extends ThresholdsViewProps {
  readonly scenario: Scenario;
  readonly bands: ReturnType<typeof useBands>;
  readonly bandsAnswer: BandsAnswer;
}

function Bands({ summary, scenario, rows, bands, bandsAnswer }: BandsProps) {
  const { shown, set, onMove, onStep, onBest, isProposal } = bands;
  const size = usePictureSize();
  const words = outcomeWords(scenario);
  const sentence = bandsSentence(bandsAnswer, scenario);
  const advice = bandsAdvice(bandsAnswer, scenario);
  const over = bandsAnswer.overCapacity > 0;
  if (shown === null) return null;
  return (
    <>
      <PartSentence parts={sentence} />
      {advice !== null && over && (
        <div className="mb-3 max-w-[88ch]">
          <Notice tone="warn">{advice}</Notice>
        </div>
      )}
      {advice !== null && !over && (
        <p className="-mt-1.5 mb-3 max-w-[88ch] text-table text-text-2">{advice}</p>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-5 desk:grid-cols-[minmax(0,1fr)_256px]">
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
          <ChartFrame
            title="Bands over the scores"
            caption={`${scaledRows(rows, scenario)}; drag a cut-off, or step it with the arrow keys`}
            message={sentence.map(({ text }) => text).join('')}
            twin={bandsTwin(bandsAnswer)}
            definition={bandsDefinitions.bands}
            holdsControls
            height={heights[size]}
          >
            <BandsPicture
              histogram={summary.histogram}
              height={heights[size]}
              low={shown.low}
              high={shown.high}
              bands={bandsAnswer.bands}
              positiveLabel={`${words.positive} ${formatCount(summary.positives)}`}
              negativeLabel={`${words.negative} ${formatCount(summary.negatives)}`}
              onMove={onMove}
              onStep={(which, direction, step) => void onStep(which, direction, step)}
            />
          </ChartFrame>
          <BandsTable answer={bandsAnswer} scenario={scenario} rows={rows} />
          <p className="max-w-[88ch] text-caption text-text-3">
            Cut-offs picked on these rows do better on them than on new ones. The interval is for these
            cut-offs held fixed, over samples of rows and the reviewer’s decisions.
          </p>
        </div>
        <BandsControls
          design={shown}
          scenario={scenario}
          isProposal={isProposal}
          isBest={advice === null}
          onChange={set}
          onBest={onBest}
        />
      </div>
    </>
  );
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { AlignedPictures } from '../../../charts/picture-hover.tsx';
import { figureQuery } from '../../../compute/figures.ts';
import type { RankingFigures } from '../../../core/metrics/ranking-figures.ts';
import { Panel } from '../../../design/Panel.tsx';
import { FigureList } from '../FigureList.tsx';
import { FigureState } from '../FigureState.tsx';
import { usePictureSize } from '../use-picture-size.ts';
import { useScoreAxis } from '../use-score-axis.ts';
import type { ThresholdsViewProps } from '../view-props.ts';
import { outcomeWords } from '../words.ts';
import { CostPanel, ProfitPanel } from './CostPanels.tsx';
import { GainsPanel, LiftPanel } from './GainsPanels.tsx';
import { GainsTablePanel } from './GainsTablePanel.tsx';
import { KsPanel } from './KsPanel.tsx';
import { rankingFigureList, rankingSentence } from './ranking-figures.view-model.ts';

/** How well the scores put the positives first: gains, lift, KS, the gains table; cost curve and EMP last. */
export function RankingView(props: ThresholdsViewProps) {
  const query = useQuery({
    ...figureQuery('judgement/ranking', { judgementId: props.summary.id, scenario: props.answer.scenario }),
    placeholderData: keepPreviousData,
  });
  return (
    <FigureState query={query} what="The ranking">
      {(figures) => <Ranking {...props} figures={figures} />}
    </FigureState>
  );
}

function Ranking(props: ThresholdsViewProps & { readonly figures: RankingFigures }) {
  const { summary, answer, threshold, decision, rows, figures } = props;
  const size = usePictureSize();
  const axis = useScoreAxis(props);
  const words = outcomeWords(answer.scenario);
  const { distinctScores } = summary;
  const shared = { figures, axis, threshold, decision, rows, distinctScores, size, words };
  return (
    <AlignedPictures>
      <p className="mb-3 max-w-[80ch] text-body">{rankingSentence(summary, figures, words.positives)}</p>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-5 desk:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <GainsPanel {...shared} />
        <LiftPanel {...shared} />
        <KsPanel {...shared} />
        <div className="grid content-start gap-5">
          <Panel title="Discrimination" caption={rows}>
            <FigureList figures={rankingFigureList(summary, figures)} />
          </Panel>
        </div>
      </div>
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-y-5">
        <GainsTablePanel figures={figures} threshold={threshold} rows={rows} scenario={answer.scenario} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-5 desk:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <CostPanel figures={figures} rows={rows} size={size} />
          <ProfitPanel figures={figures} rows={rows} />
        </div>
      </div>
    </AlignedPictures>
  );
}

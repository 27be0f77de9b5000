import { memo, useMemo } from 'react';
import { ChartFrame } from '../../charts/ChartFrame.tsx';
import { OutcomeHistogram } from '../../charts/OutcomeHistogram.tsx';
import { useElementWidth } from '../../charts/use-element-width.ts';
import type { JudgementSummary } from '../../contracts/judgement.ts';
import { formatCount, formatValue } from '../../design/format.ts';
import { definitions } from './definitions.ts';
import { distributionTwin } from './twins.view-model.ts';
import type { OutcomeWords } from './words.ts';

export interface DistributionPanelProps {
  readonly summary: JudgementSummary;
  readonly words: OutcomeWords;
  readonly threshold: number;
  readonly rows: string;
}

const HEIGHT = 208;

/** Scores by outcome, what is flagged at full strength: the four areas are the confusion matrix. */
export const DistributionPanel = memo(function DistributionPanel({
  summary,
  words,
  threshold,
  rows,
}: DistributionPanelProps) {
  const { ref, width } = useElementWidth<HTMLDivElement>();
  const { histogram } = summary;
  const twin = useMemo(() => distributionTwin(histogram, words), [histogram, words]);
  return (
    <ChartFrame
      title="Scores by outcome"
      caption={rows}
      message={`Scores of the ${words.positive} (above) and ${words.negative} (below) rows; what is flagged is drawn at full strength.`}
      twin={twin}
      threshold={threshold}
      definition={definitions.distribution}
      height={HEIGHT}
      ruled
    >
      <div ref={ref} style={{ height: HEIGHT }}>
        {width > 0 && (
          <OutcomeHistogram
            histogram={histogram}
            width={width}
            height={HEIGHT}
            positiveLabel={`${words.positive} ${formatCount(summary.positives)}`}
            negativeLabel={`${words.negative} ${formatCount(summary.negatives)}`}
            threshold={threshold}
            formatScore={(score) => formatValue(score)}
          />
        )}
      </div>
    </ChartFrame>
  );
});

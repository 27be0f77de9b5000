import { memo, useCallback, useMemo } from 'react';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { AlignedPictures } from '../../../charts/picture-hover.tsx';
import { ScoreLineChart } from '../../../charts/ScoreLineChart.tsx';
import type { RankingFigures } from '../../../core/metrics/ranking-figures.ts';
import { formatMetric, formatRate, formatValue } from '../../../design/format.ts';
import { type PictureSize, pictureHeights } from '../use-picture-size.ts';
import { rankingDefinitions } from './definitions.ts';
import { costSeries, costTwin } from './ranking.view-model.ts';

export interface CostPanelProps {
  readonly figures: RankingFigures;
  readonly rows: string;
  readonly size: PictureSize;
}

const halfRange: readonly [number, number] = [0, 0.5];
const plain = (value: number) => formatValue(value);

/** Cost curve and expected maximum profit: for those who know them. Its axis is no score. */
export const CostPanel = memo(function CostPanel({ figures, rows, size }: CostPanelProps) {
  const { costCurve, emp } = figures;
  const series = useMemo(() => costSeries(figures), [figures]);
  const twin = useMemo(() => costTwin(figures), [figures]);
  const hoverRows = useCallback(
    (index: number) => [
      { label: 'probability cost', value: formatMetric(costCurve.probabilityCost[index]!), ink: null },
      ...series.map((line) => ({ label: line.label, value: line.format(line.values[index]!), ink: null })),
    ],
    [series, costCurve],
  );
  const height = pictureHeights[size].curve + 48;
  return (
    <div>
      <ChartFrame
        title="Cost curve"
        caption={rows}
        message="Least expected cost by probability cost, under the roof of deciding without a score."
        twin={twin}
        definition={rankingDefinitions.cost}
        height={height}
        ruled
      >
        <AlignedPictures>
          <ScoreLineChart
            x={costCurve.probabilityCost}
            series={series}
            yDomain={halfRange}
            formatY={plain}
            yTitle="Normalised expected cost"
            xTitle="Probability cost"
            height={height}
            threshold={null}
            formatThreshold={plain}
            hoverRows={hoverRows}
          />
        </AlignedPictures>
      </ChartFrame>
      <p className="mt-2 max-w-[80ch] text-caption text-text-3">
        Expected maximum profit {formatMetric(emp.value)} of the mean loan, by turning away{' '}
        {formatRate(emp.rejectedShare)} of the rows. {rankingDefinitions.emp.text}{' '}
        {rankingDefinitions.emp.formula}.
      </p>
    </div>
  );
});

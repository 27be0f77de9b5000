import { memo, useCallback, useMemo } from 'react';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { AlignedPictures } from '../../../charts/picture-hover.tsx';
import { ScoreLineChart } from '../../../charts/ScoreLineChart.tsx';
import type { RankingFigures } from '../../../core/metrics/ranking-figures.ts';
import { formatMetric, formatRate, formatValue } from '../../../design/format.ts';
import { Panel } from '../../../design/Panel.tsx';
import { FigureList } from '../FigureList.tsx';
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

/** Cost curve: what the score saves for every weight of the two errors. Its axis is no score. */
export const CostPanel = memo(function CostPanel({ figures, rows, size }: CostPanelProps) {
  const { costCurve } = figures;
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
  );
});

/** Expected maximum profit, for those who know it: nothing of the scenario enters it. */
export const ProfitPanel = memo(function ProfitPanel({ figures, rows }: Omit<CostPanelProps, 'size'>) {
  const { emp } = figures;
  const list = [
    { name: 'EMP', value: formatMetric(emp.value), interval: '', about: 'share of the mean loan' },
    {
      name: 'Turned away',
      value: formatRate(emp.rejectedShare),
      interval: '',
      about: 'of the rows, where that profit is reached',
    },
  ];
  return (
    <Panel title="Expected maximum profit" caption={rows} ruled>
      <FigureList figures={list} />
      <p className="mt-2 max-w-[80ch] text-caption text-text-3">
        {rankingDefinitions.emp.text} {rankingDefinitions.emp.formula}.
      </p>
    </Panel>
  );
});

import { memo, useCallback, useMemo } from 'react';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { AlignedPictures } from '../../../charts/picture-hover.tsx';
import { type Domain, extentOf } from '../../../charts/plot-frame.ts';
import { ScoreLineChart } from '../../../charts/ScoreLineChart.tsx';
import type { RecalibrationFigures } from '../../../core/metrics/calibration-figures.ts';
import { formatCountOf, formatThreshold, formatValue } from '../../../design/format.ts';
import { type PictureSize, pictureHeights } from '../use-picture-size.ts';
import { calibrationDefinitions } from './definitions.ts';
import { methodName } from './recalibration.view-model.ts';

export interface RecalibrationCurvePanelProps {
  readonly figures: RecalibrationFigures;
  readonly size: PictureSize;
}

const unit: Domain = [0, 1];
const score = (value: number) => formatThreshold(value);
const plain = (value: number) => formatValue(value);

/** What each score became. Its axis is the score as it was, which has no threshold any more. */
export const RecalibrationCurvePanel = memo(function RecalibrationCurvePanel(
  props: RecalibrationCurvePanelProps,
) {
  const { figures, size } = props;
  const { from, to } = figures;
  const series = useMemo(
    () => [{ key: 'to', label: 'recalibrated', values: to, colour: 'c1' as const, format: score }],
    [to],
  );
  const twin = useMemo(
    () => ({
      columns: [
        { name: 'Score as it was', values: from, format: score },
        { name: 'Recalibrated', values: to, format: score },
      ],
    }),
    [from, to],
  );
  const hoverRows = useCallback(
    (index: number) => [
      { label: 'as it was', value: score(from[index]!), ink: null },
      { label: 'recalibrated', value: score(to[index]!), ink: null },
    ],
    [from, to],
  );
  const domain = useMemo(() => domainOf(from), [from]);
  const height = pictureHeights[size].part - 40;
  const fitted = `fitted on ${formatCountOf(figures.fittedRows, 'row')} outside the split`;
  return (
    <ChartFrame
      title="Recalibration"
      caption={`${methodName(figures.method)}, ${fitted}`}
      message={`Recalibrated score by score as it was, ${methodName(figures.method)}, beside the diagonal of no change.`}
      twin={twin}
      definition={calibrationDefinitions.recalibration}
      height={height}
      ruled
    >
      <AlignedPictures>
        <ScoreLineChart
          x={from}
          series={series}
          diagonal={domain === unit}
          xDomain={domain}
          yDomain={unit}
          formatY={plain}
          yTitle="Recalibrated score"
          xTitle="Score as it was"
          height={height}
          threshold={null}
          formatThreshold={score}
          hoverRows={hoverRows}
        />
      </AlignedPictures>
    </ChartFrame>
  );
});

/** [0, 1] for probabilities, else what the scores span: margins have no diagonal of no change. */
function domainOf(from: ArrayLike<number>): Domain {
  const [low, high] = extentOf(from) ?? unit;
  return low < 0 || high > 1 ? [low, high] : unit;
}

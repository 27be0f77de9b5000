import type { JudgementSummary } from '../../../contracts/judgement.ts';
import type { CalibrationFigures } from '../../../core/metrics/calibration-figures.ts';
import type { Estimate } from '../../../core/threshold/uncertainty.ts';
import { formatMetric, formatRate } from '../../../design/format.ts';
import { bracketText } from '../display-text.ts';
import type { Figure } from '../FigureList.tsx';

/** The figures of calibration with their intervals, the overall error first. */
export function calibrationFigureList(
  figures: CalibrationFigures,
  { logLoss }: JudgementSummary['metrics'],
): readonly Figure[] {
  const { brier } = figures;
  const plain = (name: string, value: number, about: string): Figure => ({
    name,
    value: formatMetric(value),
    interval: '',
    about,
  });
  const parts = [brier.reliability, brier.resolution, brier.uncertainty].map((part) => formatMetric(part));
  return [
    plain(
      'Brier score',
      brier.value,
      `reliability ${parts[0]} − resolution ${parts[1]} + uncertainty ${parts[2]}`,
    ),
    {
      name: 'Brier skill',
      value: formatRate(brier.skill),
      interval: '',
      about: 'less error than giving every row the base rate',
    },
    plain('Log loss', logLoss, 'scores clipped at 1e-15'),
    plain('ECE, equal mass', figures.eceQuantile10, 'mean gap over ten bins of equally many rows'),
    plain('ECE, equal width', figures.eceUniform10, 'over ten bins of equal width'),
    plain('MCE, equal width', figures.mceUniform10, 'greatest gap of these bins'),
    estimated('Slope', figures.slope, '1 is right; below it scores are overconfident'),
    estimated('Intercept', figures.intercept, 'beside that slope'),
    estimated('Intercept at slope 1', figures.interceptAtSlope1, '0 is right; below it scores are too high'),
    estimated(
      'Observed over expected',
      figures.observedToExpected,
      '1 is right; below it scores are too high',
    ),
    {
      name: 'Spiegelhalter Z',
      value: formatMetric(figures.spiegelhalter.z),
      interval: '',
      about: `p ${pText(figures.spiegelhalter.p)}; small when the scores are not right`,
    },
  ];
}

function estimated(name: string, { value, low, high }: Estimate, about: string): Figure {
  return { name, value: formatMetric(value), interval: bracketText([low, high]), about };
}

/** A p value with three decimals; smaller ones say so. */
function pText(p: number): string {
  return p < 0.001 ? `< ${formatMetric(0.001)}` : formatMetric(p);
}

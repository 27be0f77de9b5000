import type { JudgementSummary } from '../../../contracts/judgement.ts';
import { hasTooFewRows } from '../../../core/metrics/few-rows.ts';
import type { RankingFigures } from '../../../core/metrics/ranking-figures.ts';
import { formatMetric, formatRate, formatRatio } from '../../../design/format.ts';
import { bracketText } from '../display-text.ts';
import type { Figure } from '../FigureList.tsx';

type Judged = Pick<JudgementSummary, 'rows' | 'positives' | 'negatives' | 'metrics' | 'rocAucInterval'>;

/** How well the scores tell the outcomes apart: AUC and Gini with their interval, average precision, KS, information value. */
export function rankingFigureList(summary: Judged, figures: RankingFigures): readonly Figure[] {
  const { metrics, rocAucInterval, rows, positives } = summary;
  const few = hasTooFewRows(summary);
  const interval = few ? '' : bracketText(rocAucInterval);
  const gini = bracketText([2 * rocAucInterval[0] - 1, 2 * rocAucInterval[1] - 1]);
  return [
    {
      name: 'AUC',
      value: formatMetric(metrics.rocAuc),
      interval,
      about: few
        ? 'too few rows for an interval'
        : 'chance that a random positive outranks a random negative; DeLong',
    },
    { name: 'Gini', value: formatMetric(metrics.gini), interval: few ? '' : gini, about: '2 AUC − 1' },
    {
      name: 'Average precision',
      value: formatMetric(metrics.averagePrecision),
      interval: '',
      about: `by chance it is ${formatMetric(positives / rows)}`,
    },
    {
      name: 'KS',
      value: formatMetric(figures.ks.statistic),
      interval: '',
      about: `over every distinct score; ${formatMetric(figures.gains.tableKs)} in the ten bins`,
    },
    {
      name: 'Information value',
      value: formatMetric(figures.gains.informationValue),
      interval: '',
      about: 'of the ten bins',
    },
  ];
}

/** AUC as a word, with the limits 0.7, 0.8 and 0.9 of Hosmer and Lemeshow (Applied Logistic Regression, 5.2.4). */
function strengthOf(auc: number): string {
  if (auc >= 0.9) return 'very well';
  if (auc >= 0.8) return 'well';
  if (auc >= 0.7) return 'fairly well';
  if (auc > 0.5) return 'poorly';
  return 'not at all';
}

/** Share of the rows that the sentence takes from the top. */
const TOP = 0.2;

/**
 * The answer of the part: "The scores rank well (AUC 0.843 [0.821, 0.866]): the top 20.0 % hold 49.7 % of the bad ones, 2.49
 * times as many as by chance." The share is read at the end of the second of the ten bins.
 */
export function rankingSentence(summary: Judged, figures: RankingFigures, positives: string): string {
  const { metrics, rocAucInterval } = summary;
  const few = hasTooFewRows(summary);
  const interval = few ? '' : ` ${bracketText(rocAucInterval)}`;
  const rank = `The scores rank ${strengthOf(metrics.rocAuc)} (AUC ${formatMetric(metrics.rocAuc)}${interval})`;
  const top = figures.gains.bins.find(({ cumulativeRows }) => cumulativeRows >= TOP - 1e-9);
  const chance = few ? ' These are too few rows to be sure of it.' : '';
  if (top === undefined || Number.isNaN(top.cumulativePositives)) return `${rank}.${chance}`;
  const caught = `${formatRate(top.cumulativePositives)} of ${positives}`;
  const times = `${formatRatio(top.cumulativeLift)} times as many as by chance`;
  return `${rank}: the top ${formatRate(top.cumulativeRows)} hold ${caught}, ${times}.${chance}`;
}

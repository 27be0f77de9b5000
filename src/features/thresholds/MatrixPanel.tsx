import { memo } from 'react';
import { ChartFrame } from '../../charts/ChartFrame.tsx';
import type { JudgementSummary } from '../../contracts/judgement.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';
import { ConfusionMatrix, matrixHeight } from './ConfusionMatrix.tsx';
import { matrixView } from './confusion-matrix.view-model.ts';
import { definitions } from './definitions.ts';
import { matrixTwin } from './twins.view-model.ts';

export interface MatrixPanelProps {
  readonly summary: JudgementSummary;
  readonly decision: ThresholdDecision;
  readonly scenario: Scenario | null;
  readonly rows: string;
  readonly isStale: boolean;
}

/** The confusion matrix in counts, rates and money. */
export const MatrixPanel = memo(function MatrixPanel({
  summary,
  decision,
  scenario,
  rows,
  isStale,
}: MatrixPanelProps) {
  const view = matrixView(summary, decision, scenario);
  const { tp, fn, fp, tn } = view.cells;
  return (
    <ChartFrame
      title="Confusion matrix"
      caption={rows + moneyCaption(scenario)}
      message={`Of ${view.positives} ${view.positiveWord} rows ${tp.count} are flagged and ${fn.count} passed; of ${view.negatives} ${view.negativeWord} rows ${fp.count} are flagged and ${tn.count} passed.`}
      twin={matrixTwin(view)}
      definition={definitions.matrix}
      height={matrixHeight(view)}
      isStale={isStale}
    >
      <ConfusionMatrix view={view} />
    </ChartFrame>
  );
});

/** The cells' money is in the scale of everything else on the page; the fixed cost is in none of them. */
function moneyCaption(scenario: Scenario | null): string {
  if (scenario === null) return '';
  const period = scenario.rowsPerYear === null ? '' : ` a\u00A0year`;
  return scenario.fixedCost === 0 ? `; money${period} of each cell` : `; money${period} before fixed cost`;
}

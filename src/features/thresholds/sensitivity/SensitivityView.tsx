import { EmptyState } from '../../../design/EmptyState.tsx';
import type { ThresholdsViewProps } from '../view-props.ts';
import { HeatMapPanel } from './HeatMapPanel.tsx';
import { TheoryPanel } from './TheoryPanel.tsx';
import { TornadoPanel } from './TornadoPanel.tsx';

/** What the answer rests on: each assumption moved, one of them against every threshold, and what theory would choose. */
export function SensitivityView(props: ThresholdsViewProps) {
  const { answer, spec, rows } = props;
  const { scenario, strategies } = answer;
  if (scenario === null)
    return (
      <EmptyState title="Which of these costs matter, and how much?" action={null}>
        Set a scenario at the side: this part then moves each of its numbers and shows what that does to net
        value and threshold.
      </EmptyState>
    );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-6 desk:grid-cols-[minmax(0,7fr)_minmax(0,6fr)]">
        <HeatMapPanel {...props} scenario={scenario} />
        <TornadoPanel {...props} scenario={scenario} />
      </div>
      <div className="border-t border-line pt-3">
        <TheoryPanel spec={spec} scenario={scenario} strategies={strategies} rows={rows} />
      </div>
    </div>
  );
}

import { EmptyState } from '../../../design/EmptyState.tsx';
import type { ThresholdsViewProps } from '../view-props.ts';
import { HeatMapPanel } from './HeatMapPanel.tsx';
import { BreakEvenPanel, TheoryPanel } from './TheoryPanel.tsx';
import { TornadoPanel } from './TornadoPanel.tsx';

/** What the answer rests on: each assumption moved, one of them against every threshold, and what theory would choose. */
export function SensitivityView(props: ThresholdsViewProps) {
  const { answer, spec, rows } = props;
  const { scenario } = answer;
  if (scenario === null)
    return (
      <EmptyState title="Which of these costs matter, and how much?" action={null}>
        Set a scenario at the side: this part then moves each of its numbers and shows what that does to net
        value and threshold.
      </EmptyState>
    );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-5 desk:grid-cols-[minmax(0,7fr)_minmax(0,6fr)]">
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-5">
        <HeatMapPanel {...props} scenario={scenario} />
        <BreakEvenPanel spec={spec} scenario={scenario} />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-5">
        <TornadoPanel {...props} scenario={scenario} />
        <TheoryPanel spec={spec} scenario={scenario} rows={rows} />
      </div>
    </div>
  );
}

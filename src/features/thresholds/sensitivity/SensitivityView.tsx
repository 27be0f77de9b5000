import type { ThresholdsViewProps } from '../view-props.ts';

/** What the answer rests on: each assumption moved, and the threshold that theory would choose. */
export function SensitivityView({ answer, rows }: ThresholdsViewProps) {
  if (answer.scenario === null)
    return (
      <p className="text-table text-text-2">Set a scenario to see which of its numbers matter ({rows}).</p>
    );
  return null;
}

import { memo } from 'react';
import type { JudgementSpec } from '../../../contracts/judgement.ts';
import type { Scenario } from '../../../core/money/scenario.ts';
import { Panel } from '../../../design/Panel.tsx';
import { useWorkspace } from '../../../state/workspace-store.ts';
import { useFigure } from '../use-figure.ts';
import { theoryWords } from './theory.view-model.ts';

export interface TheoryCheckProps {
  readonly spec: JudgementSpec;
  readonly scenario: Scenario;
}

/** The threshold that theory would choose beside that of the data, in a sentence; the rest is in the sensitivity. */
export const TheoryCheck = memo(function TheoryCheck({ spec, scenario }: TheoryCheckProps) {
  const choose = useWorkspace((state) => state.choose);
  const answer = useFigure('judgement/theory', { spec, scenario });
  if (answer.latest === null) return null;
  return (
    <Panel title="Check against theory" ruled isStale={answer.current === null}>
      <p className="text-caption text-text-2">
        {theoryWords(answer.latest, scenario).sentence}{' '}
        <button
          type="button"
          onClick={() => choose({ thresholdsView: 'sensitivity' })}
          className="font-medium text-accent-ink underline underline-offset-2"
        >
          More
        </button>
      </p>
    </Panel>
  );
});

import type { JudgementSpec } from '../../../contracts/judgement.ts';
import type { Scenario } from '../../../core/money/scenario.ts';
import { Button } from '../../../design/Button.tsx';
import { Panel } from '../../../design/Panel.tsx';
import { Skeleton } from '../../../design/Skeleton.tsx';
import { useWorkspace } from '../../../state/workspace-store.ts';
import { FigureList } from '../FigureList.tsx';
import { useFigure } from '../use-figure.ts';
import { FailedFigure } from './FailedFigure.tsx';
import { breakEvenFigures, theoryWords } from './theory.view-model.ts';

export interface TheoryPanelProps {
  readonly spec: JudgementSpec;
  readonly scenario: Scenario;
  readonly rows: string;
}

/** The threshold that theory would choose beside the one that the data chose, and what lies between them. */
export function TheoryPanel({ spec, scenario, rows }: TheoryPanelProps) {
  const choose = useWorkspace((state) => state.choose);
  const answer = useFigure('judgement/theory', { spec, scenario });
  if (answer.error !== null) return <FailedFigure what="The check against theory" error={answer.error} />;
  if (answer.latest === null) return <Skeleton className="h-40" />;
  const words = theoryWords(answer.latest, scenario);
  const said = [words.sentence, words.gap, words.rowWise].filter((text) => text !== '');
  return (
    <Panel title="Check against theory" caption={rows} ruled isStale={answer.current === null}>
      <div className="grid max-w-[70ch] gap-2">
        {said.map((text) => (
          <p key={text} className="text-body">
            {text}
          </p>
        ))}
        <div>
          <Button onPress={() => choose({ thresholdsView: 'calibration' })}>See the calibration</Button>
        </div>
      </div>
    </Panel>
  );
}

/** From which precision, probability and recall on flagging pays. */
export function BreakEvenPanel({ spec, scenario }: Pick<TheoryPanelProps, 'spec' | 'scenario'>) {
  const answer = useFigure('judgement/theory', { spec, scenario });
  if (answer.error !== null) return null;
  if (answer.latest === null) return <Skeleton className="h-40" />;
  return (
    <Panel
      title="Where flagging begins to pay"
      caption="At the mean values of the judged rows"
      ruled
      isStale={answer.current === null}
    >
      <FigureList figures={breakEvenFigures(answer.latest)} />
    </Panel>
  );
}

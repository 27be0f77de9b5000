import { useEffect, useMemo } from 'react';
import { explainGlobally } from '../../../compute/explaining.ts';
import { useWorkspace } from '../../../state/workspace-store.ts';
import { choiceKey, explanationChoice } from '../explained-choice.ts';
import { usesBackground } from '../method-options.view-model.ts';
import type { ExplainSubject } from '../page-parts.ts';
import { useRested } from '../use-rested.ts';
import {
  askGlobal,
  computeGlobal,
  type GlobalQuestion,
  type GlobalRun,
  leaveGlobal,
  useGlobalRun,
} from './global-run.ts';

/** Global importance of what is asked on the page: it is computed by itself, once the question has come to rest. */
export function useGlobal(subject: ExplainSubject): {
  /** Null for a moment when the page opens. */
  readonly run: GlobalRun | null;
  readonly again: () => void;
} {
  const question = useRested(useQuestion(subject));
  const run = useGlobalRun((state) => state.run);
  useEffect(() => askGlobal(question), [question]);
  useEffect(() => leaveGlobal, []);
  return {
    run: run?.subject === question.subject ? run : null,
    again: () => void computeGlobal(question),
  };
}

/** The same object as long as it asks the same. */
function useQuestion(asked: ExplainSubject): GlobalQuestion {
  const { model, table, on, scoresId, threshold } = asked;
  const explain = useWorkspace((state) => state.choices.explain);
  const split = useWorkspace((state) => state.choices.split);
  const target = useWorkspace((state) => state.choices.target);
  const choice = explanationChoice(explain, threshold, usesBackground(explain.method, model));
  const isNear = choice.background.rows.kind === 'near-threshold';
  const thresholdText = isNear ? asked.thresholdText : '';
  const rowCount = explain.over === 'all' ? table.rowCount : asked.judgedCount;
  const about = { over: explain.over, split, rowCount, threshold: thresholdText };
  const over =
    explain.over === 'judged' && target !== null
      ? ({ kind: 'judged', target } as const)
      : ({ kind: 'all' } as const);
  const subject = JSON.stringify(on);
  const key = JSON.stringify([subject, choiceKey(choice), split, over, isNear ? scoresId : null]);
  const request = { ...on, choice, split, scoresId, over };
  const question: GlobalQuestion = {
    subject,
    key,
    about,
    work: (options) => explainGlobally(request, { ...options, priority: 'background' }),
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: key and text name all that is asked
  return useMemo(() => question, [key, thresholdText]);
}

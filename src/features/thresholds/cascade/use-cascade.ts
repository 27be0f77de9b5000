import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { figureQuery } from '../../../compute/figures.ts';
import type { JudgementSpec } from '../../../contracts/judgement.ts';
import type { CascadeChoice } from '../../../contracts/saved-state.ts';
import type { CascadeAnswer, CascadeCosts, CascadeDesign } from '../../../core/money/cascade.ts';
import { useWorkspace } from '../../../state/workspace-store.ts';
import type { ThresholdsViewProps } from '../view-props.ts';
import { finiteDesign } from './cascade.view-model.ts';
import { useOtherScores } from './other-scores.ts';
import { type SecondScores, secondOf } from './second-scores.ts';

/** Which scores stand beside those in force, and which of the two are the fast ones. */
export type CascadePair = Pick<CascadeChoice, 'other' | 'current'>;

/** A question that is asked anew: other scores, or the best band at these costs. */
interface Asked extends CascadePair {
  readonly costs: CascadeCosts | null;
}

/** The cascade in force. What is asked anew is proposed by the worker, and becomes the choice once it is there. */
export function useCascade({ spec, answer, summary }: ThresholdsViewProps, seconds: readonly SecondScores[]) {
  const chosen = useWorkspace((state) => state.choices.cascade);
  const choose = useWorkspace((state) => state.choose);
  const { scoresOf } = useOtherScores();
  const [asked, setAsked] = useState<Asked | null>(null);
  const start: CascadePair = { other: seconds[0]!.form, current: 'accurate' };
  const pair = asked ?? chosen ?? start;
  const second = secondOf(seconds, pair.other);
  const otherSpec = second === null ? null : specOf(spec, second, scoresOf);
  const design = asked === null ? chosen && designOf(chosen) : asked.costs;
  const [fast, accurate] = pair.current === 'fast' ? [spec, otherSpec] : [otherSpec, spec];
  const query = useQuery<CascadeAnswer>({
    ...(fast === null || accurate === null
      ? { queryKey: ['judgement/cascade', null], queryFn: skipToken }
      : figureQuery('judgement/cascade', { fast, accurate, scenario: answer.scenario, design })),
    placeholderData: keepPreviousData,
  });
  const found = asked !== null && !query.isPlaceholderData ? query.data : undefined;
  useEffect(() => {
    if (asked === null || found === undefined) return;
    const { other, current } = asked;
    choose({ cascade: { other, current, ...finiteDesign(found.design, summary.highestScore) } });
    setAsked(null);
  }, [asked, found, choose, summary.highestScore]);
  const set = (change: Partial<CascadeDesign>) => {
    if (query.data === undefined) return;
    const standing = finiteDesign(query.data.design, summary.highestScore);
    choose({ cascade: { ...pair, ...standing, ...change } });
  };
  return {
    query,
    pair,
    second,
    isReady: otherSpec !== null,
    ask: (change: Partial<CascadePair>) => setAsked({ ...pair, costs: costsOf(query.data), ...change }),
    search: () => setAsked({ ...pair, costs: costsOf(query.data) }),
    set,
  };
}

function designOf({ low, high, accurateThreshold, fastCost, accurateCost }: CascadeChoice): CascadeDesign {
  return { low, high, accurateThreshold, fastCost, accurateCost };
}

function costsOf(answer: CascadeAnswer | undefined): CascadeCosts | null {
  if (answer === undefined) return null;
  const { fastCost, accurateCost } = answer.design;
  return { fastCost, accurateCost };
}

/** The same rows with the second scores; null until the model has scored them. */
function specOf(
  spec: JudgementSpec,
  { form }: SecondScores,
  scoresOf: (modelId: string) => string | null,
): JudgementSpec | null {
  if (form.kind === 'column') return { ...spec, scores: { kind: 'column', column: form.column } };
  const scoresId = scoresOf(form.id);
  return scoresId === null ? null : { ...spec, scores: { kind: 'model', scoresId } };
}

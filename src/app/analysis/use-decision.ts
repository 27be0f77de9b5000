import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { decisionQuery } from '../../compute/queries.ts';
import type { Scenario } from '../../core/money/scenario.ts';
import type { ThresholdDecision } from '../../core/threshold/decision.ts';

export interface DecisionAnswer {
  /** The last answer; it may be for an earlier threshold. Undefined until the first. */
  readonly decision: ThresholdDecision | undefined;
  /** The shown answer is not for the threshold asked. */
  readonly behind: boolean;
  readonly error: Error | null;
}

/**
 * The decision at a threshold that may move every frame. One question is under way at a time and the next is the
 * newest threshold, so answers keep coming however slow the worker is; one that is never answered cannot be overtaken.
 *
 * @param judgementId handle of the open judgement
 * @param threshold NaN asks nothing
 */
export function useDecision(
  judgementId: string,
  scenario: Scenario | null,
  threshold: number,
): DecisionAnswer {
  const [asked, setAsked] = useState(threshold);
  const query = useQuery({
    ...decisionQuery(judgementId, scenario, asked),
    enabled: !Number.isNaN(asked),
    placeholderData: (previous: ThresholdDecision | undefined) => previous,
  });
  if (!Object.is(asked, threshold) && !query.isFetching) setAsked(threshold);
  return {
    decision: query.data,
    behind: query.isPlaceholderData || !Object.is(asked, threshold),
    error: query.error,
  };
}

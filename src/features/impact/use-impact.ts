import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { figureQuery } from '../../compute/figures.ts';
import type { PredictedImpact, RealisedImpact } from '../../core/impact/impact-figures.ts';
import { promiseOnNewRows } from '../../core/impact/promise-on-new-rows.ts';
import type { useOutcomes } from './outcomes-session.ts';
import type { ImpactQuestion } from './page-parts.ts';

/** A drag asks no question of every row on its way; this long after its last move it does, in ms. */
const SETTLE_MS = 180;

export interface ImpactFigures {
  readonly predicted: PredictedImpact | null;
  /** From the file of outcomes; null without one, or while it is being joined for the first time. */
  readonly realised: RealisedImpact | null;
  readonly isJoining: boolean;
  /** What is shown is of an earlier question. */
  readonly isStale: boolean;
  readonly error: Error | null;
  readonly joinError: Error | null;
  readonly retry: () => void;
}

type Outcomes = ReturnType<typeof useOutcomes.getState>['inForce'];

/** What the judged rows promise at the threshold, and what became of the decisions where a file says it. */
export function useImpact(
  asked: ImpactQuestion,
  dateColumn: string | null,
  outcomes: Outcomes,
): ImpactFigures {
  const { spec, scenario, threshold } = useSettled(asked);
  const predicted = useQuery({
    ...figureQuery('impact/predicted', { spec, scenario, threshold, dateColumn }),
    enabled: !Number.isNaN(threshold),
    placeholderData: keepPreviousData,
  });
  const isBehind = spec !== asked.spec || scenario !== asked.scenario || threshold !== asked.threshold;
  const isAnswered = predicted.data !== undefined && !predicted.isPlaceholderData && !isBehind;
  // The out-of-bag value is of the threshold asked for last: beside figures of an earlier one it would promise neither.
  const promise = isAnswered ? promiseOnNewRows(predicted.data, asked.outOfBagNet?.value ?? null) : undefined;
  const realised = useQuery<RealisedImpact>(
    outcomes === null || promise === undefined
      ? { queryKey: ['impact/realised', null], queryFn: skipToken, placeholderData: keepPreviousData }
      : {
          ...figureQuery('impact/realised', {
            spec,
            outcomesId: outcomes.summary.id,
            reading: outcomes.reading,
            scenario,
            threshold,
            promise,
          }),
          placeholderData: keepPreviousData,
        },
  );
  return {
    predicted: predicted.data ?? null,
    realised: outcomes === null ? null : (realised.data ?? null),
    isJoining: outcomes !== null && realised.data === undefined && realised.error === null,
    isStale: isBehind || predicted.isPlaceholderData || (outcomes !== null && realised.isPlaceholderData),
    error: predicted.error,
    joinError: outcomes === null ? null : realised.error,
    retry: () => void predicted.refetch(),
  };
}

type Settling = Pick<ImpactQuestion, 'spec' | 'scenario' | 'threshold'>;

/** The value once it has stood still; the first one at once. */
function useSettled(asked: ImpactQuestion): Settling {
  const { spec, scenario, threshold } = asked;
  const [settled, setSettled] = useState<Settling>(asked);
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ spec, scenario, threshold }), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [spec, scenario, threshold]);
  return settled;
}

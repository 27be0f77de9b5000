import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { decisionQuery, judgementQuery, scenarioQuery } from '../../../compute/queries.ts';
import type { JudgementSummary, ScenarioAnswer } from '../../../contracts/judgement.ts';
import type { ViewState } from '../../../contracts/saved-state.ts';
import type { RecalibrationMethod } from '../../../core/metrics/calibration-figures.ts';
import { defaultThreshold } from '../../../core/threshold/default-threshold.ts';
import { judgementSpecOf } from '../../../state/judgement-spec.ts';
import { useWorkspace, type WorkspaceState } from '../../../state/workspace-store.ts';
import { type MappedThreshold, mappedThreshold, workerQuestions } from './mapped-threshold.ts';
import { sidesSentence } from './recalibration.view-model.ts';

export interface Recalibrating {
  /** What is being fitted; undefined while nothing is. */
  readonly under: RecalibrationMethod | null | undefined;
  readonly error: Error | null;
  /** What the last switch did to the decision; '' before one. */
  readonly said: string;
  readonly switchTo: (method: RecalibrationMethod | null) => void;
}

/**
 * Switches the scores of the session. Everything is computed before anything is chosen, so that the pages change at once and
 * a refusal changes nothing; of several presses the last counts.
 */
export function useRecalibration(): Recalibrating {
  const client = useQueryClient();
  const [under, setUnder] = useState<RecalibrationMethod | null | undefined>(undefined);
  const [error, setError] = useState<Error | null>(null);
  const [said, setSaid] = useState('');
  const ticket = useRef(0);
  useEffect(
    () => () => {
      ticket.current += 1;
    },
    [],
  );
  const switchTo = (method: RecalibrationMethod | null) => {
    ticket.current += 1;
    const mine = ticket.current;
    const isLast = () => mine === ticket.current;
    setUnder(method);
    setError(null);
    setSaid('');
    switched(client, method)
      .then((outcome) => {
        if (!isLast()) return;
        useWorkspace.getState().choose(outcome.change);
        setSaid(outcome.said);
      })
      .catch((reason: Error) => {
        if (isLast()) setError(reason);
      })
      .finally(() => {
        if (isLast()) setUnder(undefined);
      });
  };
  return { under, error, said, switchTo };
}

interface Switched {
  readonly change: Partial<ViewState>;
  readonly said: string;
}

/** What to choose so that the scores are recalibrated by `method` and the decisions stay; all that the page will ask is asked. */
async function switched(client: QueryClient, method: RecalibrationMethod | null): Promise<Switched> {
  const state = useWorkspace.getState();
  const [from, to] = [state.choices.recalibration, method].map((recalibration) =>
    judgementSpecOf({ ...state, choices: { ...state.choices, recalibration } }),
  );
  // Nothing is judged yet: there is no decision to keep.
  if (!from || !to) return { change: { recalibration: method }, said: '' };
  const after = await client.fetchQuery(judgementQuery(to));
  const before = await client.fetchQuery(judgementQuery(from)).catch(() => null);
  // Scores that a link recalibrates and that cannot be: there is no decision to keep, and the way back must be open.
  if (before === null) return { change: { recalibration: method }, said: '' };
  const [answerBefore, answerAfter] = [
    await answerOf(client, before, state),
    await answerOf(client, after, state),
  ];
  const { strategies, threshold, scenario } = state.choices;
  const ask = workerQuestions(strategies);
  const carry = (at: number) => mappedThreshold(before.id, after, at, ask);
  const kept = threshold === null ? null : await carry(threshold);
  const sides = kept ?? (await sidesOfDefault(before, after, answerBefore, answerAfter, ask));
  const inForce = kept?.threshold ?? defaultThreshold(answerAfter.strategies);
  if (!Number.isNaN(inForce)) await client.fetchQuery(decisionQuery(after.id, scenario, inForce));
  const change = { recalibration: method, ...(await carried(state.choices, kept, carry)) };
  return { change, said: sides === null ? '' : sidesSentence(sides.flaggedBefore, sides.flaggedAfter) };
}

function answerOf(
  client: QueryClient,
  { id }: JudgementSummary,
  { choices }: WorkspaceState,
): Promise<ScenarioAnswer> {
  return client.fetchQuery(scenarioQuery(id, choices.scenario, choices.strategies));
}

/** A threshold that nobody chose stays the page's own proposal, on the new scores. */
async function sidesOfDefault(
  before: JudgementSummary,
  after: JudgementSummary,
  answerBefore: ScenarioAnswer,
  answerAfter: ScenarioAnswer,
  ask: ReturnType<typeof workerQuestions>,
): Promise<Pick<MappedThreshold, 'flaggedBefore' | 'flaggedAfter'> | null> {
  const [from, to] = [answerBefore, answerAfter].map(({ strategies }) => defaultThreshold(strategies));
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return null;
  const [a, b] = [await ask.at(before.id, from), await ask.at(after.id, to)];
  return { flaggedBefore: a.flagged, flaggedAfter: b.flagged };
}

/** Everything chosen that is a score of the judged rows, on their new scores. */
async function carried(
  { pinned, bands, cascade }: ViewState,
  kept: MappedThreshold | null,
  carry: (threshold: number) => Promise<MappedThreshold>,
): Promise<Partial<ViewState>> {
  const on = async (threshold: number) => (await carry(threshold)).threshold;
  return {
    ...(kept === null ? {} : { threshold: kept.threshold }),
    ...(pinned === null ? {} : { pinned: await on(pinned) }),
    ...(bands === null ? {} : { bands: { ...bands, low: await on(bands.low), high: await on(bands.high) } }),
    ...(cascade === null
      ? {}
      : {
          cascade:
            cascade.current === 'fast'
              ? { ...cascade, low: await on(cascade.low), high: await on(cascade.high) }
              : { ...cascade, accurateThreshold: await on(cascade.accurateThreshold) },
        }),
  };
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { figureQuery } from '../../../compute/figures.ts';
import { stepThreshold } from '../../../compute/queries.ts';
import { defaultCompute } from '../../../compute/run.ts';
import type { BandDesign, BandsAnswer } from '../../../core/money/bands.ts';
import type { Scenario } from '../../../core/money/scenario.ts';
import type { ThresholdDecision } from '../../../core/threshold/decision.ts';
import { shownThreshold } from '../../../core/threshold/shown-threshold.ts';
import { useWorkspace } from '../../../state/workspace-store.ts';
import { axisDigits, draggedThreshold } from '../dragged-threshold.ts';
import type { ThresholdsViewProps } from '../view-props.ts';
import type { CutOff } from './BandsPicture.tsx';
import { finiteCutOff, withCutOff } from './bands.view-model.ts';

/** The bands in force, and how they are moved. A drag asks along the way and is chosen at its end: one step of undo. */
export function useBands({ summary }: ThresholdsViewProps, scenario: Scenario) {
  const chosen = useWorkspace((state) => state.choices.bands);
  const choose = useWorkspace((state) => state.choose);
  const [draft, setDraft] = useState<BandDesign | null>(null);
  const query = useQuery<BandsAnswer>({
    ...figureQuery('judgement/bands', { judgementId: summary.id, scenario, design: draft ?? chosen }),
    placeholderData: keepPreviousData,
  });
  const axis = [summary.histogram.low, summary.histogram.high] as const;
  const finite = (cutOff: number) => finiteCutOff(cutOff, summary.highestScore, axisDigits(axis));
  // Between a choice and its answer the choice is what is shown, as far as it goes.
  const proposed = query.data?.design ?? null;
  const shown = draft ?? chosen ?? (proposed === null ? null : withFinite(proposed, finite));
  const set = useCallback((bands: BandDesign | null) => choose({ bands }), [choose]);
  const latest = useRef(shown);
  latest.current = shown;

  const onMove = (which: CutOff, cutOff: number, phase: 'drag' | 'done') => {
    if (latest.current === null) return;
    const next = withCutOff(latest.current, which, draggedThreshold(cutOff, axis));
    setDraft(phase === 'drag' ? next : null);
    if (phase === 'done') set(next);
  };
  const onStep = async (which: CutOff, direction: 1 | -1, size: 'decision' | 'percent') => {
    const from = latest.current;
    if (from === null) return;
    const stepped = await stepThreshold(summary.id, from[which], direction, size);
    // An observed score has up to 17 digits; the shortest number that decides the same rows can be read.
    const range = await decisionAt(summary.id, stepped);
    if (latest.current !== null) set(withCutOff(latest.current, which, shownThreshold(stepped, range).value));
  };
  const onBest = () => {
    if (latest.current === null || query.data === undefined) return;
    const { low, high } = query.data.best;
    set({ ...latest.current, low: finite(low), high: finite(high) });
  };
  return { query, shown, isProposal: chosen === null, set, onMove, onStep, onBest };
}

/** Not the query of the decision bar, where a newer question drops an older one. */
function decisionAt(judgementId: string, threshold: number): Promise<ThresholdDecision> {
  const args = { judgementId, scenario: null, threshold };
  return defaultCompute().run('judgement/at', args, { priority: 'urgent' });
}

function withFinite(design: BandDesign, finite: (cutOff: number) => number): BandDesign {
  return { ...design, low: finite(design.low), high: finite(design.high) };
}

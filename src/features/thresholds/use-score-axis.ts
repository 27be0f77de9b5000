import { useCallback, useMemo } from 'react';
import type { Domain } from '../../charts/plot-frame.ts';
import type { ThresholdHandler } from '../../charts/use-threshold-drag.ts';
import { formatThreshold } from '../../design/format.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { knownDecisions, thresholdText } from './display-text.ts';
import { axisDigits, draggedThreshold } from './dragged-threshold.ts';
import type { ThresholdsViewProps } from './view-props.ts';

/** What the pictures of a part share: the axis, how a threshold is written, and what happens when one is dragged. */
export interface ScoreAxis {
  readonly domain: Domain;
  readonly onThreshold: ThresholdHandler;
  /** A point of a curve is an observed score, taken as it is; Infinity flags nobody. */
  readonly onCurve: ThresholdHandler;
  /** The threshold in force with its own digits, any other with a pixel's worth of them. */
  readonly format: (threshold: number) => string;
  readonly formatHovered: (threshold: number) => string;
}

/** {@link ScoreAxis} over the scores of the judged rows. */
export function useScoreAxis({
  summary,
  answer,
  decision,
  threshold,
}: Pick<ThresholdsViewProps, 'summary' | 'answer' | 'decision' | 'threshold'>): ScoreAxis {
  const choose = useWorkspace((state) => state.choose);
  const { low, high } = summary.histogram;
  const domain = useMemo<Domain>(() => [low, high], [low, high]);
  const shown = thresholdText(threshold, knownDecisions(answer.strategies, decision));
  const onThreshold = useCallback(
    (dragged: number) => choose({ threshold: draggedThreshold(dragged, domain) }),
    [choose, domain],
  );
  const onCurve = useCallback(
    (chosen: number) => choose({ threshold: Number.isFinite(chosen) ? chosen : domain[1] }),
    [choose, domain],
  );
  const formatHovered = useCallback((value: number) => formatThreshold(value, axisDigits(domain)), [domain]);
  const format = useCallback(
    (value: number) => (value === threshold ? shown : formatHovered(value)),
    [threshold, shown, formatHovered],
  );
  return { domain, onThreshold, onCurve, format, formatHovered };
}

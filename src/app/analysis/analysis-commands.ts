/** What an analysis page adds to the palette: the threshold, by rule or by number, and the baseline. */

import { thresholdText } from '../../features/thresholds/display-text.ts';
import { strategyLabel } from '../../features/thresholds/strategy-label.ts';
import type { Command, Offer } from '../../state/offered-commands.ts';
import type { Analysis } from './use-analysis.ts';

const group = 'Threshold';

/** What the commands do with a threshold. */
export interface ThresholdDoors {
  readonly set: (threshold: number) => void;
  /** Pins the current threshold as the baseline, or unpins it. */
  readonly togglePin: () => void;
  readonly focusField: () => void;
}

/**
 * @param analysis of it only what does not change while the threshold moves: the offer is made anew when it changes
 */
export function analysisOffer(
  { answer, summary }: Pick<Analysis, 'answer' | 'summary'>,
  doors: ThresholdDoors,
): Offer {
  const known = answer.strategies.flatMap(({ decision }) => decision ?? []);
  const { low, high } = summary.histogram;
  const rules = answer.strategies.flatMap((strategy): Command[] => {
    const { rule, decision } = strategy;
    if (decision === null) return [];
    return [
      {
        id: `rule ${rule}`,
        group,
        label: `Use ${strategyLabel(strategy)}`,
        detail: thresholdText(decision.threshold, known),
        words: 'strategy threshold jump set',
        run: () => doors.set(Number.isFinite(decision.threshold) ? decision.threshold : high),
      },
    ];
  });
  return {
    commands: [
      ...rules,
      { id: 'threshold', group, label: 'Type a threshold', words: 'set', run: doors.focusField },
      { id: 'pin', group, label: 'Pin or unpin the baseline', words: 'compare', run: doors.togglePin },
    ],
    ofNumber: (value) =>
      value < low || value > high
        ? null
        : {
            id: 'threshold typed',
            group,
            label: `Set the threshold to ${value}`,
            run: () => doors.set(value),
          },
  };
}

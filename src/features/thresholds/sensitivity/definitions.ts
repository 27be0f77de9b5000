import type { Definition } from '../../../charts/ChartFrame.tsx';

/** What the pictures of the sensitivity show (docs/methods.md carries the same). */
export const sensitivityDefinitions = {
  tornado: {
    text: 'Each number of the scenario moved down and up by the same share of itself, all others held, at the threshold in force. The longest bar is the assumption to be surest of; where the best threshold moves too, it is said.',
    formula: 'change = net(value ± share · value) − net(value) at the same threshold',
  },
  heatMap: {
    text: 'Net value at every threshold for every value of one assumption, all others held. The line is the threshold that most net value would choose at each value; where it ends, flagging nobody is best.',
    formula: 'cell = net(score ≥ threshold, assumption = value)',
  },
} as const satisfies Record<string, Definition>;

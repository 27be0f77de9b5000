import type { Definition } from '../../../charts/ChartFrame.tsx';

/** What the designer of bands shows (docs/methods.md carries the same). */
export const bandsDefinitions = {
  bands: {
    text: 'Rows below the lower cut-off are approved, rows from the upper one declined, those between go to a reviewer. A declined row is worth what the scenario says of flagging, without its own review; a referred one pays the reviewer and is then declined or approved as the reviewer decides. A row without a score is approved.',
    formula:
      'referred positive = sensitivity · declined + (1 − sensitivity) · approved − review;  referred negative = (1 − specificity) · declined + specificity · approved − review',
  },
} as const satisfies Record<string, Definition>;

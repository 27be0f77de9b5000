import type { ScenarioAnswer } from '../../contracts/judgement.ts';
import { formatRate } from '../../design/format.ts';

/**
 * Where money begins to be lost by flagging more: "ROI crosses zero at 40.1 % flagged". It is the break-even rule's own
 * share: the lowest threshold that does not lose money, so every lower one does.
 *
 * @returns '' without a scenario, where even flagging everybody pays, and where nothing does
 */
export function roiCrossingSentence({ money, strategies }: ScenarioAnswer): string {
  const decision = strategies.find(({ rule }) => rule === 'breakEven')?.decision ?? null;
  if (money === null || decision === null) return '';
  const most = money.flagged.reduce((greatest, flagged) => Math.max(greatest, flagged), 0);
  if (decision.flagged === 0 || decision.flagged >= most) return '';
  return `ROI crosses zero at ${formatRate(decision.flaggedShare)} flagged: beyond that every threshold loses money.`;
}

/** What the join of outcomes to decisions found, so that no row is lost in silence. */
import type { RealisedImpact } from '../../core/impact/impact-figures.ts';
import { formatCount, formatCountOf, formatRate } from '../../design/format.ts';

/** "11,800 of 12,161 decisions have an outcome." */
export function joinedText({ total }: RealisedImpact): string {
  return `${formatCount(total.known)} of ${formatCountOf(total.rows, 'decision')} ${total.known === 1 ? 'has' : 'have'} an outcome.`;
}

/** One sentence a kind of row that needs a word; empty when every row found its other half. */
export function outcomesFacts(realised: RealisedImpact): readonly string[] {
  const { unknownIds, otherRows, repeatedIds, contradictions, repeatedDecisions } = realised;
  const { withoutOutcome, undated, relabelled, outcomesName } = realised;
  const said: readonly (string | false)[] = [
    withoutOutcome > 0 &&
      `${formatCountOf(withoutOutcome, 'decision')} without an outcome: counted as decisions, in no sum of money.`,
    unknownIds > 0 &&
      `${formatCountOf(unknownIds, 'row')} of ${outcomesName} ${unknownIds === 1 ? 'has' : 'have'} an id that no decision has: left out.`,
    otherRows > 0 &&
      `${formatCountOf(otherRows, 'row')} of ${outcomesName} ${otherRows === 1 ? 'belongs' : 'belong'} to rows outside the split or without a score: left out.`,
    repeatedIds > 0 &&
      `${formatCountOf(repeatedIds, 'row')} of ${outcomesName} ${repeatedIds === 1 ? 'repeats' : 'repeat'} an id: the last one counts.`,
    contradictions > 0 && contradictionsText(realised),
    repeatedDecisions > 0 &&
      `${formatCountOf(repeatedDecisions, 'decision')} with the id of an earlier one: each gets the outcome of that id.`,
    undated > 0 && `${formatCountOf(undated, 'decision')} without a date: in the totals, in no month.`,
    relabelled > 0 &&
      `${formatCountOf(relabelled, 'decision')} whose outcome differs from the label in the table: the file counts.`,
  ];
  return said.filter((sentence) => sentence !== false);
}

/** More ids than this share with both outcomes are no slips: each row says then how a decision stood, not how it ended. */
const FEW_CONTRADICTIONS = 0.05;

/** The share is of the joined ids whose outcome the file states: those that are known, and these. */
function contradictionsText({ contradictions, total }: RealisedImpact): string {
  const share = contradictions / (total.known + contradictions);
  const ids = `${formatCountOf(contradictions, 'id')} with both outcomes`;
  if (share <= FEW_CONTRADICTIONS) return `${ids}: taken as not known.`;
  return `${ids}, ${formatRate(share)} of the joined ids: taken as not known. Is the file a status history? Keep the last row of each id, and add it again.`;
}

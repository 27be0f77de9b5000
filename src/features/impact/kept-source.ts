/** Whose threshold, scenario and outcomes the figures on the page are of, when they come from the registry. */
import type { RealisedImpact } from '../../core/impact/impact-figures.ts';
import { formatThreshold, formatValue } from '../../design/format.ts';
import type { ImpactSource } from './page-parts.ts';
import type { KeptImpact } from './use-kept-impact.ts';

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** "21 Nov 2026, 14:03 by Ana Lima" */
export function keptMoment({ createdAt, createdBy }: KeptImpact['entry']): string {
  return `${moment.format(createdAt)} by ${createdBy}`;
}

export function keptThreshold({ threshold }: RealisedImpact): string {
  return Number.isFinite(threshold) ? formatValue(threshold) : formatThreshold(threshold);
}

/** The source of what is shown: of a file the page's own, of the registry that of the day on which it was kept. */
export function sourceOf(
  source: ImpactSource,
  shown: RealisedImpact | null,
  kept: KeptImpact | null,
): ImpactSource {
  if (shown === null) return source;
  if (kept === null || shown !== kept.realised) return { ...source, outcomes: shown.outcomesName };
  const { context, entry } = kept;
  return {
    ...source,
    scoredBy: context.scores,
    scenario: context.scenario,
    threshold: keptThreshold(shown),
    outcomes: `${shown.outcomesName}, sums kept in the registry ${keptMoment(entry)}`,
  };
}

/** Why the page and its decision bar do not speak of the same decision; null when they do. */
export function keptDiffers(source: ImpactSource, threshold: number, kept: KeptImpact): string | null {
  const { realised, context } = kept;
  const parts = [
    threshold === realised.threshold ? null : `threshold ${keptThreshold(realised)}`,
    source.scenario === context.scenario ? null : `the scenario ${context.scenario}`,
    source.scoredBy === context.scores ? null : `the scores of ${context.scores}`,
  ].filter((part) => part !== null);
  if (parts.length === 0) return null;
  return `What happened was kept under ${parts.join(', ')}: not what is in force now. Add the outcomes again for figures under the present decision.`;
}

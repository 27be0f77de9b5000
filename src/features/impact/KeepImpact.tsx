import { asCutlineError } from '../../contracts/error-data.ts';
import type { ImpactContext } from '../../contracts/registry/impact.ts';
import type { RealisedImpact } from '../../core/impact/impact-figures.ts';
import { Button } from '../../design/Button.tsx';
import { formatCount, formatCountOf } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { useRegistryStatus } from '../../registry/status.ts';
import { keptMoment, keptThreshold } from './kept-source.ts';
import type { ImpactParts } from './page-parts.ts';
import { type KeptImpact, useKeepImpact } from './use-kept-impact.ts';

export interface KeepImpactProps {
  readonly name: string;
  readonly kept: KeptImpact | null;
  /** From the file that is in force; null = nothing new to keep. */
  readonly realised: RealisedImpact | null;
  readonly context: Omit<ImpactContext, 'savedAt'>;
  readonly SignedAs: ImpactParts['SignedAs'];
}

/** What the registry keeps of these decisions, and the way to keep what is on the page. */
export function KeepImpact(props: KeepImpactProps) {
  const { kept, realised } = props;
  const { state } = useRegistryStatus();
  const isAway = state === 'down' || state === 'retrying';
  return (
    <div className="grid gap-2">
      {kept !== null && <p className="max-w-[90ch] text-table text-text-2">{keptText(kept)}</p>}
      {isAway && realised === null && kept === null && (
        <p className="text-table text-text-3">
          The registry does not answer: what it keeps of these decisions is not in sight now.
        </p>
      )}
      {isAway && realised !== null && (
        <Notice tone="info">
          The registry does not answer, so nothing can be kept there now. Everything on this page goes on as
          before.
        </Notice>
      )}
      {realised !== null && <Keep {...props} realised={realised} isAway={isAway} />}
    </div>
  );
}

function Keep(props: KeepImpactProps & { readonly realised: RealisedImpact; readonly isAway: boolean }) {
  const { name, kept, realised, context, isAway, SignedAs } = props;
  const keep = useKeepImpact(name, kept?.entry ?? null);
  const isKept = keep.isSuccess && keep.variables.realised === realised;
  const error = keep.error === null ? null : asCutlineError(keep.error);
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-end gap-3">
        <SignedAs />
        <Button
          onPress={() => keep.mutate({ realised, context })}
          isPending={keep.isPending}
          isDisabled={isAway || isKept}
        >
          {isKept ? `Kept as revision ${formatCount(keep.data.revision)}` : 'Keep in the registry'}
        </Button>
      </div>
      <p className="max-w-[90ch] text-caption text-text-3">
        Sent are the sums of{' '}
        {realised.months.length === 0 ? 'all decisions' : formatCountOf(realised.months.length, 'month')}:
        counts, money and what was promised, with the names of files and scenario and the threshold. No row,
        no id, no score and no single outcome is sent.
      </p>
      {error !== null && (
        <Notice tone="fail">
          {error.message} {error.advice}
        </Notice>
      )}
    </div>
  );
}

/** "The registry keeps 12 months of loans_outcomes.csv, kept 21 Nov 2026, 14:03 by Ana Lima (revision 2), at threshold 0.19 under ..." */
function keptText({ entry, realised, context }: KeptImpact): string {
  const what = realised.months.length === 0 ? 'the totals' : formatCountOf(realised.months.length, 'month');
  return `The registry keeps ${what} of ${realised.outcomesName}, kept ${keptMoment(entry)} (revision ${formatCount(entry.revision)}), at threshold ${keptThreshold(realised)} under ${context.scenario}.`;
}

import { skipToken, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { comparisonQuery } from '../../compute/comparison.ts';
import { asCutlineError } from '../../contracts/error-data.ts';
import type { FormComparison } from '../../core/parity/form-comparison.ts';
import { formatCount, formatCountOf, formatMetric, formatValue } from '../../design/format.ts';
import { Notice } from '../../design/Notice.tsx';
import { Verdict } from '../../design/Verdict.tsx';
import { useWorkspace } from '../../state/workspace-store.ts';
import { goldenComparison } from './model-findings.ts';
import { checksText, worstVerdict } from './model-words.ts';
import { unseenInScores } from './unseen-text.ts';
import { useModelChecks } from './use-model-checks.ts';

/** What was found about the model that has just scored the table: its checks, and whether it reproduces earlier scores. */
export function ModelFindings() {
  const { checks, error, isAsked } = useModelChecks();
  if (!isAsked) return null;
  return (
    <>
      <p
        role="status"
        className="-mt-3 mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 px-4 text-table text-text-2"
      >
        {checks !== null ? (
          <>
            <Verdict kind={worstVerdict(checks)} word={checksText(checks)} />
            <ToModelPage>See what was found</ToModelPage>
          </>
        ) : error !== null ? (
          <>
            The model was not checked: {asCutlineError(error).message}
            <ToModelPage>Open the model page</ToModelPage>
          </>
        ) : (
          'Checking the model.'
        )}
      </p>
      <UnseenValues />
      <UnlikeScores />
    </>
  );
}

function ToModelPage({ children }: { readonly children: string }) {
  return (
    <Link href="/model" className="font-medium text-accent-ink underline underline-offset-4">
      {children}
    </Link>
  );
}

/** Warned about before scoring; afterwards they are part of what the scores are worth. */
function UnseenValues() {
  const text = unseenInScores(useWorkspace());
  if (text === null) return null;
  return (
    <div className="mb-4 break-words">
      <Notice tone="warn">{text}</Notice>
    </div>
  );
}

const nothingToCompare = { queryKey: ['scores/compare', null], queryFn: skipToken } as const;

/** The table holds scores that the model should reproduce, and it does not. */
function UnlikeScores() {
  const args = goldenComparison(useWorkspace());
  const { data } = useQuery<FormComparison>(args === null ? nothingToCompare : comparisonQuery(args));
  if (args === null || data?.verdict !== 'differ' || args.right.kind !== 'column') return null;
  const [cause] = data.causes;
  return (
    <div className="mb-4">
      <Notice tone="warn">
        <p className="font-medium">
          This model does not reproduce the scores in {args.right.column}: {formatCount(data.differing)} of{' '}
          {formatCountOf(data.rows, 'row')} differ, by up to {farthestText(data.maxDifference)}.
        </p>
        {cause !== undefined && <p className="max-w-[80ch]">{cause.explanation}</p>}
        <p>
          <ToModelPage>See both side by side</ToModelPage>
        </p>
      </Notice>
    </div>
  );
}

function farthestText(difference: number): string {
  return difference < 0.001 ? formatValue(Number(difference.toPrecision(2))) : formatMetric(difference);
}

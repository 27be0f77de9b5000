import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Answer } from '../../design/Answer.tsx';
import { formatCountOf } from '../../design/format.ts';
import { decisionsQuery, modelsQuery, waitingQuery } from '../../registry/queries.ts';
import { useRegistryStatus } from '../../registry/status.ts';
import { type DecisionRow, decisionRows } from './decision-row.ts';
import { momentText } from './moment.ts';

/** The sentence that opens the page: what is kept, and what was decided last. */
export function RegistryAnswer() {
  const { state } = useRegistryStatus();
  const { data: decided } = useInfiniteQuery(decisionsQuery());
  const { data: registered } = useInfiniteQuery(modelsQuery());
  const { data: waiting = [] } = useQuery(waitingQuery());
  const decisions =
    decided === undefined
      ? undefined
      : decisionRows(
          decided.pages.flatMap(({ items }) => items),
          waiting,
        );
  const models = registered?.pages.flatMap(({ items }) => items);
  if (decisions === undefined || models === undefined)
    return (
      <Answer>
        {state === 'down' || state === 'retrying'
          ? 'The registry keeps models, decisions and their reasons. It does not answer now; nothing here depends on it.'
          : 'The registry keeps models, decisions and their reasons.'}
      </Answer>
    );
  const last = decisions.reduce<DecisionRow | undefined>(
    (latest, row) => (latest === undefined || row.atMs > latest.atMs ? row : latest),
    undefined,
  );
  if (last === undefined)
    return (
      <Answer>
        No decision is pinned yet.{' '}
        {models.length === 0
          ? 'This is where models, thresholds and the reasons for them are kept, each with the fingerprint of what it rests on.'
          : `${formatCountOf(models.length, 'model is', 'models are')} registered.`}
      </Answer>
    );
  const more = decided?.pages.at(-1)?.nextCursor === null ? '' : 'more than ';
  return (
    <Answer>
      The last decision is threshold <b>{last.threshold}</b> on {last.table}, pinned by <b>{last.by}</b> on{' '}
      {momentText(last.atMs)}.{' '}
      <em>
        ({more}
        {formatCountOf(decisions.length, 'decision')}, {formatCountOf(models.length, 'model')})
      </em>
    </Answer>
  );
}

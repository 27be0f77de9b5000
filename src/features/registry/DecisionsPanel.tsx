import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '../../design/Badge.tsx';
import { Button } from '../../design/Button.tsx';
import { Disclosure } from '../../design/Disclosure.tsx';
import { formatCount } from '../../design/format.ts';
import { Panel } from '../../design/Panel.tsx';
import { discardWaiting } from '../../registry/mutations.ts';
import { decisionsQuery, waitingQuery } from '../../registry/queries.ts';
import { type DecisionRow, decisionRows } from './decision-row.ts';
import { ListState } from './ListState.tsx';
import { momentText } from './moment.ts';

/** The models below must not be a long way down. */
const SHOWN_AT_FIRST = 10;

/** Pinned decisions, newest first, each with its reason and evidence, and the way back to what it was decided on. */
export function DecisionsPanel({ onReopen }: { readonly onReopen: (fragment: string) => void }) {
  const query = useInfiniteQuery(decisionsQuery());
  const { data: waiting = [] } = useQuery(waitingQuery());
  const pinned = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const rows = decisionRows(pinned, waiting);
  const [showsAll, setShowsAll] = useState(false);
  const isCut = !showsAll && rows.length > SHOWN_AT_FIRST;
  return (
    <Panel title="Decisions" caption="Pinned thresholds with their reason; never changed afterwards" ruled>
      <ListState
        query={isCut ? { ...query, hasNextPage: false } : query}
        isEmpty={rows.length === 0}
        empty="Nothing is pinned yet. On the Thresholds page, the pin beside the threshold keeps it here with its reason."
      >
        <ul className="grid divide-y divide-line">
          {(isCut ? rows.slice(0, SHOWN_AT_FIRST) : rows).map((row) => (
            <Decision key={row.key} row={row} onReopen={onReopen} />
          ))}
        </ul>
        {isCut && (
          <div className="pt-2">
            <Button onPress={() => setShowsAll(true)}>
              Show {formatCount(rows.length - SHOWN_AT_FIRST)} earlier
            </Button>
          </div>
        )}
      </ListState>
    </Panel>
  );
}

function Decision({
  row,
  onReopen,
}: {
  readonly row: DecisionRow;
  readonly onReopen: (fragment: string) => void;
}) {
  const discard = useMutation(discardWaiting());
  return (
    <li className="grid gap-1 py-2.5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="text-body font-semibold">{row.threshold}</span>
        <span className="text-table text-text-2">
          {row.table} · {row.scoredBy}
        </span>
        {row.waiting !== null && <Badge>{row.waiting.refusal === null ? 'Waiting here' : 'Refused'}</Badge>}
        <span className="ml-auto text-caption text-text-3">
          {row.by}, {momentText(row.atMs)}
        </span>
      </div>
      <p className="max-w-[80ch] text-body whitespace-pre-line text-pretty">{row.reason}</p>
      <p className="text-table text-text-2">
        Flags {row.flagged}; net value {row.netValue}
      </p>
      {row.waiting !== null && row.waiting.refusal !== null && (
        <p className="text-table text-fail">{row.waiting.refusal}</p>
      )}
      <div className="flex flex-wrap items-start gap-x-4">
        <Disclosure title="Figures and evidence">
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5 py-1 text-table">
            {row.facts.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-text-3">{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
        <Button kind="quiet" onPress={() => onReopen(row.fragment)} className="-my-1">
          Reopen
        </Button>
        {row.waiting !== null && (
          <Button kind="quiet" onPress={() => discard.mutate({ key: row.key })} className="-my-1">
            Discard
          </Button>
        )}
      </div>
    </li>
  );
}

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { asCutlineError } from '../../contracts/error-data.ts';
import { Button } from '../../design/Button.tsx';
import { formatCount, formatCountOf } from '../../design/format.ts';
import { Panel } from '../../design/Panel.tsx';
import { Cell, HeaderCell, Row, RowHeaderCell, Table } from '../../design/Table.tsx';
import { Verdict } from '../../design/Verdict.tsx';
import { auditQuery, auditVerdictQuery } from '../../registry/queries.ts';
import { actionText } from './audit-words.ts';
import { ListState } from './ListState.tsx';
import { momentText } from './moment.ts';

/** What was done in the registry, in order, each entry chained to the one before by its hash. */
export function AuditPanel() {
  const query = useInfiniteQuery(auditQuery());
  const events = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Panel
      title="Audit log"
      caption="Append-only; each entry holds the hash of the one before. Names are not verified in local mode"
      ruled
    >
      <ListState query={query} isEmpty={events.length === 0} empty="Nothing has been changed yet.">
        <ChainVerdict newest={events[0]?.seq ?? 0} />
        <Table label="Audit log" className="max-h-96">
          <thead>
            <tr>
              <HeaderCell numeric>No.</HeaderCell>
              <HeaderCell>When</HeaderCell>
              <HeaderCell>Who</HeaderCell>
              <HeaderCell>What</HeaderCell>
              <HeaderCell className="max-wide:hidden">Hash</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {events.map(({ seq, at, actor, action, object, hash }) => (
              <Row key={seq}>
                <Cell numeric>{formatCount(seq)}</Cell>
                <Cell className="text-text-2">{momentText(at)}</Cell>
                <Cell className="max-w-40 truncate" title={actor}>
                  {actor}
                </Cell>
                <RowHeaderCell className="max-w-96 truncate font-normal!" title={object}>
                  {actionText(action)} <span className="text-text-3">{object}</span>
                </RowHeaderCell>
                <Cell className="text-text-3 max-wide:hidden" title={hash}>
                  {hash.slice(0, 12)}…
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </ListState>
    </Panel>
  );
}

function ChainVerdict({ newest }: { readonly newest: number }) {
  const { data: checked, error, isFetching, refetch } = useQuery({ ...auditVerdictQuery(), enabled: false });
  // A verdict says nothing of entries that came after it.
  const data = checked !== undefined && checked.events >= newest ? checked : undefined;
  return (
    <div className="mb-2 flex flex-wrap items-center gap-3 text-table">
      <Button onPress={() => void refetch()} isDisabled={isFetching}>
        {isFetching ? 'Checking the chain' : 'Check the chain'}
      </Button>
      {error !== null && <span className="text-fail">{asCutlineError(error).message}</span>}
      {data?.valid === true && (
        <>
          <Verdict kind="pass" />
          <span>
            {formatCountOf(data.events, 'entry', 'entries')} checked; head{' '}
            <span title={data.headHash}>{data.headHash.slice(0, 12)}…</span>
          </span>
        </>
      )}
      {data?.valid === false && (
        <>
          <Verdict kind="fail" />
          <span>
            Entry {formatCount(data.firstBroken?.seq ?? Number.NaN)} does not fit: {data.firstBroken?.why}
          </span>
        </>
      )}
    </div>
  );
}

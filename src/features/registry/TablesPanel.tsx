import { useInfiniteQuery } from '@tanstack/react-query';
import { formatCount, formatCountOf } from '../../design/format.ts';
import { Panel } from '../../design/Panel.tsx';
import { datasetsQuery } from '../../registry/queries.ts';
import { ListState } from './ListState.tsx';
import { momentText } from './moment.ts';

/** The tables that decisions were taken on: what they were, by fingerprint; never their rows. */
export function TablesPanel() {
  const query = useInfiniteQuery(datasetsQuery());
  const tables = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Panel
      title="Tables"
      caption="What decisions rest on, by fingerprint; the rows stay in the browser"
      ruled
    >
      <ListState
        query={query}
        isEmpty={tables.length === 0}
        empty="None is noted yet. Pinning a decision notes the table that it was taken on."
      >
        <ul className="grid divide-y divide-line">
          {tables.map(({ id, name, rowCount, columns, createdAt }) => (
            <li key={id} className="py-1.5">
              <p className="text-table font-medium">{name}</p>
              <p className="text-caption text-text-3">
                {formatCountOf(rowCount, 'row')} × {formatCount(columns.length)} columns, first noted{' '}
                {momentText(createdAt)}, <span title={`Content hash ${id}`}>{id.slice(0, 12)}…</span>
              </p>
            </li>
          ))}
        </ul>
      </ListState>
    </Panel>
  );
}

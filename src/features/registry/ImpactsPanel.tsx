import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { DocumentEntry } from '../../contracts/registry/documents.ts';
import { Panel } from '../../design/Panel.tsx';
import { deleteDocument } from '../../registry/mutations.ts';
import { documentQuery, documentsQuery } from '../../registry/queries.ts';
import { useProfile } from '../../state/profile.ts';
import { DeleteButton } from './DeleteButton.tsx';
import { DocumentLine } from './DocumentLine.tsx';
import { keptMonthsText } from './kept-months.ts';
import { ListState } from './ListState.tsx';

/** What became of decisions, as sums of months: by table, with what the months are. */
export function ImpactsPanel() {
  const query = useInfiniteQuery(documentsQuery('impact'));
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Panel
      title="Kept impact"
      caption="What became of decisions, as monthly sums under the table’s name; never a row"
      ruled
    >
      <ListState
        query={query}
        isEmpty={entries.length === 0}
        empty="None is kept yet. On the Impact page, add the outcomes of a table, then keep their sums here."
      >
        <ul className="grid divide-y divide-line">
          {entries.map((entry) => (
            <KeptImpact key={entry.name} entry={entry} />
          ))}
        </ul>
      </ListState>
    </Panel>
  );
}

function KeptImpact({ entry }: { readonly entry: DocumentEntry }) {
  const profile = useProfile((state) => state.name);
  const remove = useMutation(deleteDocument());
  const { data, error } = useQuery(documentQuery('impact', entry.name));
  return (
    <DocumentLine
      entry={entry}
      error={error}
      {...(data === undefined ? {} : { detail: keptMonthsText(data.body) })}
    >
      <DeleteButton
        label="Delete"
        name={entry.name}
        consequence="The sums go from the list, and the Impact page shows what is predicted for this table until its outcomes are added again."
        isPending={remove.isPending}
        error={remove.error}
        onDelete={() =>
          remove.mutate({ profile, kind: 'impact', name: entry.name, expected: entry.revision })
        }
      />
    </DocumentLine>
  );
}

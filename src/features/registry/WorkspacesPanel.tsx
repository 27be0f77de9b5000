import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DocumentEntry } from '../../contracts/registry/documents.ts';
import { Button } from '../../design/Button.tsx';
import { formatCount } from '../../design/format.ts';
import { Panel } from '../../design/Panel.tsx';
import { TextField } from '../../design/TextField.tsx';
import { deleteDocument, putDocument } from '../../registry/mutations.ts';
import { documentQuery, documentsQuery, revisionQuery } from '../../registry/queries.ts';
import { encodeFragment } from '../../state/fragment-codec.ts';
import { useProfile } from '../../state/profile.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { DeleteButton } from './DeleteButton.tsx';
import { DocumentLine } from './DocumentLine.tsx';
import { HistoryDialog } from './HistoryDialog.tsx';
import { ListState } from './ListState.tsx';
import { MutationError } from './MutationError.tsx';
import { savedFragment } from './saved-fragment.ts';

/** Saved workspaces: everything a link says, under a name, with every revision. */
export function WorkspacesPanel({ onReopen }: { readonly onReopen: (fragment: string) => void }) {
  const query = useInfiniteQuery(documentsQuery('workspace'));
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Panel
      title="Saved workspaces"
      caption="Choices and file fingerprints, not the files; what this browser keeps opens by itself, the rest is asked for"
      ruled
    >
      <SaveWorkspace entries={entries} />
      <ListState
        query={query}
        isEmpty={entries.length === 0}
        empty="None is saved yet. Saving one keeps what a link would carry under a name that others on this registry find."
      >
        <ul className="grid divide-y divide-line">
          {entries.map((entry) => (
            <SavedWorkspace key={entry.name} entry={entry} onReopen={onReopen} />
          ))}
        </ul>
      </ListState>
    </Panel>
  );
}

function SaveWorkspace({ entries }: { readonly entries: readonly DocumentEntry[] }) {
  const table = useWorkspace((state) => state.table.value);
  const profile = useProfile((state) => state.name);
  const [name, setName] = useState('');
  const save = useMutation(putDocument());
  if (table === null) return null;
  const typed = name.trim();
  const existing = entries.find((entry) => entry.name === typed);
  const send = () => {
    const body = { fragment: encodeFragment(useWorkspace.getState().choices), table: table.name };
    const expected = existing?.revision ?? 'absent';
    save.mutate(
      { profile, kind: 'workspace', name: typed, body, expected },
      { onSuccess: () => setName('') },
    );
  };
  return (
    <div className="mb-2 grid gap-2">
      <div className="flex flex-wrap items-end gap-2">
        <TextField
          label="Save what is open as"
          value={name}
          onChange={setName}
          placeholder={table.name}
          className="w-64"
        />
        <Button onPress={send} isDisabled={typed === ''} isPending={save.isPending}>
          {existing === undefined
            ? 'Save workspace'
            : `Save as revision ${formatCount(existing.revision + 1)}`}
        </Button>
      </div>
      <MutationError error={save.error} />
    </div>
  );
}

interface SavedWorkspaceProps {
  readonly entry: DocumentEntry;
  readonly onReopen: (fragment: string) => void;
}

function SavedWorkspace({ entry, onReopen }: SavedWorkspaceProps) {
  const client = useQueryClient();
  const profile = useProfile((state) => state.name);
  const remove = useMutation(deleteDocument());
  const [history, setHistory] = useState(false);
  const open = useMutation({
    mutationFn: async (revision: number | null) =>
      savedFragment(
        revision === null
          ? await client.fetchQuery(documentQuery('workspace', entry.name))
          : await client.fetchQuery(revisionQuery('workspace', entry.name, revision)),
      ),
    networkMode: 'always',
    onSuccess: onReopen,
  });
  return (
    <DocumentLine entry={entry} error={open.error}>
      <Button kind="quiet" onPress={() => open.mutate(null)}>
        Open
      </Button>
      <Button kind="quiet" onPress={() => setHistory(true)}>
        History
      </Button>
      <DeleteButton
        label="Delete"
        name={entry.name}
        consequence="The workspace goes from the list. Saving one under this name again goes on with the next revision."
        isPending={remove.isPending}
        error={remove.error}
        onDelete={() =>
          remove.mutate({ profile, kind: 'workspace', name: entry.name, expected: entry.revision })
        }
      />
      {history && (
        <HistoryDialog
          kind="workspace"
          name={entry.name}
          onClose={() => setHistory(false)}
          onOpen={(revision) => {
            setHistory(false);
            open.mutate(revision);
          }}
        />
      )}
    </DocumentLine>
  );
}

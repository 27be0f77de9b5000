import { useInfiniteQuery } from '@tanstack/react-query';
import type { DocumentKind } from '../../contracts/registry/documents.ts';
import { Button } from '../../design/Button.tsx';
import { Dialog } from '../../design/Dialog.tsx';
import { formatCount } from '../../design/format.ts';
import { revisionsQuery } from '../../registry/queries.ts';
import { ListState } from './ListState.tsx';
import { momentText } from './moment.ts';

export interface HistoryDialogProps {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly onClose: () => void;
  readonly onOpen: (revision: number) => void;
}

/** Every revision of a document: who saved it when, and the way to open it as it was. */
export function HistoryDialog({ kind, name, onClose, onOpen }: HistoryDialogProps) {
  const query = useInfiniteQuery(revisionsQuery(kind, name));
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Dialog title={`History of ${name}`} isOpen onClose={onClose}>
      <ListState query={query} isEmpty={entries.length === 0} empty="There is no revision.">
        <ul className="grid divide-y divide-line text-table">
          {entries.map(({ revision, createdAt, createdBy, sha256 }) => (
            <li key={revision} className="flex flex-wrap items-center gap-x-3 py-1">
              <span className="w-8 font-semibold">{formatCount(revision)}</span>
              <span className="text-text-2">
                {momentText(createdAt)} by {createdBy}
              </span>
              <span className="text-text-3" title={`SHA-256 ${sha256}`}>
                {sha256.slice(0, 8)}
              </span>
              <Button kind="quiet" onPress={() => onOpen(revision)} className="ml-auto">
                Open
              </Button>
            </li>
          ))}
        </ul>
      </ListState>
    </Dialog>
  );
}

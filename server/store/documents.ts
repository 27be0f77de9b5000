import type {
  DocumentEntry,
  DocumentKind,
  RegistryDocument,
} from '../../src/contracts/registry/documents.ts';
import { canonicalJson, sha256OfText } from './canonical-json.ts';
import type { SqlDatabase } from './database.ts';
import { pageOf } from './page-cursor.ts';
import type { DocumentStore, ExpectedRevision } from './registry-store.ts';
import { changing, type StoreContext } from './store-context.ts';
import { StoreError } from './store-error.ts';

/** Row of `documents`; body and digest are null in a tombstone. */
interface DocumentRow {
  readonly seq: number;
  readonly kind: DocumentKind;
  readonly name: string;
  readonly revision: number;
  readonly body: string | null;
  readonly sha256: string | null;
  readonly created_at: number;
  readonly created_by: string;
}

interface KeptRow extends DocumentRow {
  readonly body: string;
  readonly sha256: string;
}

function isKept(row: DocumentRow | undefined): row is KeptRow {
  return row !== undefined && row.body !== null;
}

/** A row of a list: the body, which may be a megabyte, is not read. */
type EntryRow = Omit<KeptRow, 'body'>;

const entryColumns = 'd.seq, d.kind, d.name, d.revision, d.sha256, d.created_at, d.created_by';

function entryOf(row: EntryRow): DocumentEntry {
  const { kind, name, revision, sha256 } = row;
  return { kind, name, revision, sha256, createdAt: row.created_at, createdBy: row.created_by };
}

function documentOf(row: KeptRow): RegistryDocument {
  return { ...entryOf(row), body: JSON.parse(row.body) };
}

/** The last revision, a tombstone too; undefined when there never was one. */
function headRow(db: SqlDatabase, kind: DocumentKind, name: string): DocumentRow | undefined {
  return db.get<DocumentRow>(
    'SELECT d.* FROM document_heads h JOIN documents d USING (seq) WHERE h.kind = ? AND h.name = ?',
    [kind, name],
  );
}

function revisionRow(
  db: SqlDatabase,
  kind: DocumentKind,
  name: string,
  revision: number,
): DocumentRow | undefined {
  return db.get<DocumentRow>('SELECT * FROM documents WHERE kind = ? AND name = ? AND revision = ?', [
    kind,
    name,
    revision,
  ]);
}

/** @throws {StoreError} `conflict`, or `exists` when none was expected */
function assertExpected(head: DocumentRow | undefined, expected: ExpectedRevision, what: string): void {
  if (expected === 'any') return;
  const current = isKept(head) ? head.revision : null;
  if (expected === 'absent') {
    if (current === null) return;
    throw new StoreError('exists', `There is a ${what} already, at revision ${current}.`, 'revision');
  }
  if (current === expected) return;
  const now = current === null ? 'is not there' : `is at revision ${current}`;
  throw new StoreError('conflict', `The ${what} ${now}, not at revision ${expected}.`, 'revision');
}

function append(db: SqlDatabase, row: Omit<DocumentRow, 'seq'>): void {
  db.run(
    'INSERT INTO documents (kind, name, revision, body, sha256, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [row.kind, row.name, row.revision, row.body, row.sha256, row.created_at, row.created_by],
  );
  db.run(
    `INSERT INTO document_heads SELECT kind, name, seq FROM documents WHERE kind = ? AND name = ? AND revision = ?
     ON CONFLICT (kind, name) DO UPDATE SET seq = excluded.seq`,
    [row.kind, row.name, row.revision],
  );
}

/** A revision as an audit event tells it: the body itself is kept with the revision. */
function factsOf(row: DocumentRow | undefined): { revision: number; sha256: string } | null {
  return isKept(row) ? { revision: row.revision, sha256: row.sha256 } : null;
}

/** Documents over the tables `documents` (every revision) and `document_heads` (the last of each). */
export function documentStore(context: StoreContext): DocumentStore {
  const { db } = context;

  function kept(row: DocumentRow | undefined, what: string): KeptRow {
    if (!isKept(row)) throw new StoreError('not-found', `There is no ${what}.`, 'name');
    return row;
  }

  return {
    put: (change, kind, name, body, expected) =>
      changing(context, change, (now, tell) => {
        const head = headRow(db, kind, name);
        assertExpected(head, expected, `${kind} "${name}"`);
        const text = canonicalJson(body);
        const revision = (head?.revision ?? 0) + 1;
        const sha256 = sha256OfText(text);
        append(db, {
          kind,
          name,
          revision,
          body: text,
          sha256,
          created_at: now,
          created_by: change.actor,
        });
        tell({
          action: 'document.put',
          object: `documents/${kind}/${name}`,
          before: factsOf(head),
          after: { revision, sha256 },
        });
        return documentOf(kept(headRow(db, kind, name), `${kind} "${name}"`));
      }),
    get: (kind, name, revision) =>
      revision === undefined
        ? documentOf(kept(headRow(db, kind, name), `${kind} "${name}"`))
        : documentOf(
            kept(revisionRow(db, kind, name, revision), `revision ${revision} of ${kind} "${name}"`),
          ),
    list: (kind, query) =>
      pageOf(
        query,
        (before, limit) =>
          db.all<EntryRow>(
            `SELECT ${entryColumns} FROM document_heads h JOIN documents d USING (seq)
             WHERE ${kind === null ? '' : 'h.kind = ? AND'} h.seq < ? AND d.body IS NOT NULL ORDER BY h.seq DESC LIMIT ?`,
            kind === null ? [before, limit] : [kind, before, limit],
          ),
        (row) => row.seq,
        entryOf,
      ),
    revisions: (kind, name, query) => {
      if (headRow(db, kind, name) === undefined) {
        throw new StoreError('not-found', `There never was a ${kind} "${name}".`, 'name');
      }
      return pageOf(
        query,
        (before, limit) =>
          db.all<EntryRow>(
            `SELECT ${entryColumns} FROM documents d WHERE kind = ? AND name = ? AND revision < ? AND body IS NOT NULL ORDER BY revision DESC LIMIT ?`,
            [kind, name, before, limit],
          ),
        (row) => row.revision,
        entryOf,
      );
    },
    delete: (change, kind, name, expected) =>
      changing(context, change, (now, tell) => {
        const head = kept(headRow(db, kind, name), `${kind} "${name}"`);
        assertExpected(head, expected, `${kind} "${name}"`);
        const revision = head.revision + 1;
        append(db, {
          kind,
          name,
          revision,
          body: null,
          sha256: null,
          created_at: now,
          created_by: change.actor,
        });
        tell({
          action: 'document.delete',
          object: `documents/${kind}/${name}`,
          before: factsOf(head),
          after: null,
        });
      }),
  };
}

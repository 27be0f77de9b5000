import type { RegistryDataset } from '../../src/contracts/registry/datasets.ts';
import { canonicalJson } from './canonical-json.ts';
import type { SqlDatabase } from './database.ts';
import { pageOf } from './page-cursor.ts';
import type { DatasetStore } from './registry-store.ts';
import { changing, type StoreContext } from './store-context.ts';
import { StoreError } from './store-error.ts';

/** Row of `datasets`. */
interface DatasetRow {
  readonly seq: number;
  readonly id: string;
  readonly name: string;
  readonly byte_length: number;
  readonly row_count: number;
  readonly columns: string;
  readonly description: string;
  readonly created_at: number;
  readonly created_by: string;
}

function datasetOf(row: DatasetRow): RegistryDataset {
  return {
    id: row.id,
    name: row.name,
    byteLength: row.byte_length,
    rowCount: row.row_count,
    columns: JSON.parse(row.columns),
    description: row.description,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}

function findDataset(db: SqlDatabase, id: string): RegistryDataset | null {
  const row = db.get<DatasetRow>('SELECT * FROM datasets WHERE id = ?', [id]);
  return row === undefined ? null : datasetOf(row);
}

function datasetBy(db: SqlDatabase, id: string): RegistryDataset {
  const dataset = findDataset(db, id);
  if (dataset === null) throw new StoreError('not-found', `There is no dataset ${id}.`, 'id');
  return dataset;
}

const fixedFacts = ['byteLength', 'rowCount', 'columns'] as const;

type Facts = Pick<RegistryDataset, (typeof fixedFacts)[number] | 'name' | 'description'>;

/** @throws {StoreError} `conflict`, naming the fact that one hash cannot have twice */
function assertSameFacts(known: RegistryDataset, input: Facts): void {
  for (const fact of fixedFacts) {
    if (canonicalJson(known[fact]) !== canonicalJson(input[fact])) {
      throw new StoreError(
        'conflict',
        `Dataset ${known.id} is known with another ${fact}: the same bytes cannot have both.`,
        fact,
      );
    }
  }
}

function insertDataset(db: SqlDatabase, id: string, input: Facts, now: number, actor: string): void {
  db.run(
    'INSERT INTO datasets (id, name, byte_length, row_count, columns, description, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [
      id,
      input.name,
      input.byteLength,
      input.rowCount,
      canonicalJson(input.columns),
      input.description,
      now,
      actor,
    ],
  );
}

/** Datasets over the table `datasets`. */
export function datasetStore(context: StoreContext): DatasetStore {
  const { db } = context;
  return {
    put: (change, id, input) =>
      changing(context, change, (now, tell) => {
        const { name, description } = input;
        const known = findDataset(db, id);
        if (known === null) {
          insertDataset(db, id, input, now, change.actor);
          const { columns, ...facts } = input;
          const after = { ...facts, columns: columns.length };
          tell({ action: 'dataset.put', object: `datasets/${id}`, before: null, after });
          return { dataset: datasetBy(db, id), created: true };
        }
        assertSameFacts(known, input);
        if (known.name !== name || known.description !== description) {
          db.run('UPDATE datasets SET name = ?, description = ? WHERE id = ?', [name, description, id]);
          const before = { name: known.name, description: known.description };
          tell({ action: 'dataset.put', object: `datasets/${id}`, before, after: { name, description } });
        }
        return { dataset: datasetBy(db, id), created: false };
      }),
    get: (id) => datasetBy(db, id),
    list: (query) =>
      pageOf(
        query,
        (before, limit) =>
          db.all<DatasetRow>('SELECT * FROM datasets WHERE seq < ? ORDER BY seq DESC LIMIT ?', [
            before,
            limit,
          ]),
        (row) => row.seq,
        datasetOf,
      ),
  };
}

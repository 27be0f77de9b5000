/** Random commands to the store on disk and to the reference: equal answers, equal refusals, equal content. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentKind } from '../../src/contracts/registry/documents.ts';
import type { Artifact } from '../../src/contracts/registry/models.ts';
import type { LabelPatch, Page } from '../../src/contracts/registry/primitives.ts';
import { openRegistryStore } from './open-registry-store.ts';
import { RegistryReference } from './registry-reference.ts';
import type { ExpectedRevision, RegistryStore } from './registry-store.ts';
import { analyst, chunksOf, sha256Of } from './sample-store.ts';
import { StoreError } from './store-error.ts';
import { verifyRegistry } from './verify-registry.ts';

const numRuns = process.env.CUTLINE_LANE === 'slow' ? 1000 : 25;
const graceMs = 60;

/** The real store in a holder, since a restart replaces it. */
interface Real {
  store: RegistryStore;
  readonly restart: () => Promise<RegistryStore>;
}

type Both = fc.AsyncCommand<RegistryReference, Real>;

/** An answer, or the code of a refusal. */
async function outcomeOf(work: () => unknown): Promise<unknown> {
  try {
    return { answer: await work() };
  } catch (error) {
    if (error instanceof StoreError) return { refused: error.code };
    throw error;
  }
}

function command(
  name: string,
  onReference: (reference: RegistryReference) => unknown,
  onStore: (store: RegistryStore) => unknown,
): Both {
  return {
    check: () => true,
    run: async (reference, real) => {
      reference.now += 1;
      const expected = await outcomeOf(() => onReference(reference));
      expect(await outcomeOf(() => onStore(real.store))).toEqual(expected);
    },
    toString: () => name,
  };
}

async function expectSameContent(reference: RegistryReference, store: RegistryStore): Promise<void> {
  const models = reference.models();
  expect(allPages((cursor) => store.models.list({ limit: 2, cursor }))).toEqual(models);
  for (const { name } of models) {
    expect(allPages((cursor) => store.versions.list(name, { limit: 2, cursor }))).toEqual(
      reference.versions(name),
    );
  }
  const documents = allPages((cursor) => store.documents.list(null, { limit: 2, cursor }));
  expect(documents.map(({ kind, name }) => store.documents.get(kind, name))).toEqual(reference.documents());
  const events = allPages((cursor) => store.audit.list({ limit: 7, cursor })).reverse();
  expect(events.map(({ action, object }) => `${action} ${object}`)).toEqual(reference.events);
  expect(await store.audit.verify()).toMatchObject({ valid: true, events: reference.events.length });
}

function allPages<T>(read: (cursor: string | undefined) => Page<T>): T[] {
  const items: T[] = [];
  let cursor: string | undefined;
  for (;;) {
    const page = read(cursor);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
}

const names = fc.constantFrom('pd', 'é');
const texts = fc.constantFrom('', 'one', 'three');
const documentNames = fc.constant('base');
const kinds = fc.constantFrom<DocumentKind>('scenario', 'policy');
const expectations: fc.Arbitrary<ExpectedRevision> = fc.oneof(
  fc.constantFrom<ExpectedRevision>('any', 'any', 'absent'),
  fc.integer({ min: 1, max: 4 }),
);
const patches: fc.Arbitrary<LabelPatch> = fc.record(
  { description: texts, tags: fc.dictionary(fc.constantFrom('a', 'b'), texts) },
  { requiredKeys: [] },
);
const artifacts: fc.Arbitrary<Artifact[]> = fc.array(
  fc
    .record({ path: fc.constantFrom('a', 'A', 'b/c', 'd'), text: texts, wrong: fc.nat({ max: 12 }) })
    .map(({ path, text, wrong }) => ({
      path,
      size: text.length + (wrong === 0 ? 1 : 0),
      sha256: sha256Of(text),
    })),
  { minLength: 1, maxLength: 3 },
);

const creations = names.map((name) =>
  command(
    `create ${name}`,
    (reference) => reference.createModel(name),
    (store) => store.models.create(analyst, { name, description: '', tags: {} }),
  ),
);

const uploads = texts.map((text) =>
  command(
    `upload "${text}"`,
    (reference) => reference.putBlob(text),
    (store) => store.blobs.put(analyst, sha256Of(text), chunksOf(text, 2), { maxBytes: 10 }),
  ),
);

const versions = fc.tuple(names, artifacts).map(([name, files]) =>
  command(
    `version of ${name}: ${JSON.stringify(files)}`,
    (reference) => reference.createVersion(name, files),
    (store) => store.versions.create(analyst, name, { description: '', tags: {}, artifacts: files }),
  ),
);

const puts = fc.tuple(kinds, documentNames, texts, expectations).map(([kind, name, body, expected]) =>
  command(
    `put ${kind} ${name} "${body}" at ${expected}`,
    (reference) => reference.putDocument(kind, name, body, expected),
    (store) => store.documents.put(analyst, kind, name, body, expected),
  ),
);

const deletions = fc.tuple(kinds, documentNames, expectations).map(([kind, name, expected]) =>
  command(
    `delete ${kind} ${name} at ${expected}`,
    (reference) => reference.deleteDocument(kind, name, expected),
    (store) => store.documents.delete(analyst, kind, name, expected),
  ),
);

/** A version takes a model and its uploads, a deletion a document: those come more often. */
const commands: fc.Arbitrary<Both>[] = [
  creations,
  creations,
  uploads,
  uploads,
  uploads,
  versions,
  versions,
  versions,
  fc.tuple(names, patches).map(([name, patch]) =>
    command(
      `patch ${name} ${JSON.stringify(patch)}`,
      (reference) => reference.patchModel(name, patch),
      (store) => store.models.patch(analyst, name, patch),
    ),
  ),
  names.map((name) =>
    command(
      `delete ${name}`,
      (reference) => reference.deleteModel(name),
      (store) => store.models.delete(analyst, name),
    ),
  ),
  puts,
  puts,
  deletions,
  deletions,
  fc.integer({ min: 0, max: 60 }).map((ms) => ({
    check: () => true,
    run: async (reference: RegistryReference, real: Real) => {
      reference.now += ms;
      await real.store.close();
      real.store = await real.restart();
      reference.collect(graceMs);
      await expectSameContent(reference, real.store);
    },
    toString: () => `restart after ${ms} ms`,
  })),
];

describe('the store and the reference', () => {
  it('answer the same to any commands', async () => {
    const done = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: 'max' }), async (sequence) => {
        const dataDir = mkdtempSync(join(tmpdir(), 'cutline-commands-'));
        const reference = new RegistryReference();
        const restart = () => openRegistryStore({ dataDir, clock: () => reference.now, graceMs });
        const real: Real = { store: await restart(), restart };
        try {
          await fc.asyncModelRun(() => ({ model: reference, real }), sequence);
          await expectSameContent(reference, real.store);
          for (const event of reference.events) {
            const action = event.split(' ')[0] ?? '';
            done.set(action, (done.get(action) ?? 0) + 1);
          }
        } finally {
          await real.store.close();
        }
        expect((await verifyRegistry(dataDir)).faults).toEqual([]);
        rmSync(dataDir, { recursive: true });
      }),
      { numRuns },
    );
    // Every kind of change was made, not only refused.
    expect([...done.keys()]).toHaveLength(8);
  });
});

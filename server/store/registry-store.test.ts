/** Models, versions, datasets, decisions, documents and kept answers, through the store's public door. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRegistryStore } from './open-registry-store.ts';
import type { RegistryStore } from './registry-store.ts';
import { allOfIt, analyst, sampleDecision, sha256Of, uploaded } from './sample-store.ts';

let store: RegistryStore;
let now: number;

beforeEach(async () => {
  now = 1_000;
  store = await openRegistryStore({ memory: true, clock: () => now });
});

afterEach(() => store.close());

const labels = { description: '', tags: {} };

function code(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'no error';
}

function actions(): string[] {
  return store.audit.list(allOfIt).items.map(({ action, object }) => `${action} ${object}`);
}

describe('models', () => {
  it('keeps what was sent, with the server’s time and the actor', () => {
    const made = store.models.create(analyst, { name: 'pd', description: 'Default', tags: { team: 'risk' } });
    expect(made).toEqual({
      name: 'pd',
      description: 'Default',
      tags: { team: 'risk' },
      createdAt: 1_000,
      updatedAt: 1_000,
      createdBy: 'Ana',
      latestVersion: null,
      versionCount: 0,
    });
    expect(store.models.get('pd')).toEqual(made);
  });

  it('refuses a name that is taken and one that is not there', () => {
    store.models.create(analyst, { name: 'pd', ...labels });
    expect(code(() => store.models.create(analyst, { name: 'pd', ...labels }))).toBe('exists');
    expect(code(() => store.models.get('PD'))).toBe('not-found');
    expect(code(() => store.models.patch(analyst, 'x', {}))).toBe('not-found');
    expect(code(() => store.models.delete(analyst, 'x'))).toBe('not-found');
    expect(actions()).toEqual(['model.create models/pd']);
  });

  it('patches only what the patch holds', () => {
    store.models.create(analyst, { name: 'pd', description: 'one', tags: { a: '1' } });
    now = 2_000;
    expect(store.models.patch(analyst, 'pd', { description: 'two' })).toMatchObject({
      description: 'two',
      tags: { a: '1' },
      createdAt: 1_000,
      updatedAt: 2_000,
    });
    expect(store.models.patch(analyst, 'pd', { tags: { b: '2' } })).toMatchObject({
      description: 'two',
      tags: { b: '2' },
    });
    const [last] = store.audit.list({ limit: 1 }).items;
    expect(last).toMatchObject({
      action: 'model.patch',
      before: { description: 'two', tags: { a: '1' } },
      after: { description: 'two', tags: { b: '2' } },
    });
  });

  it('goes on counting versions when a deleted name is registered again', async () => {
    const file = await uploaded(store, 'm.onnx', 'one');
    store.models.create(analyst, { name: 'pd', ...labels });
    store.versions.create(analyst, 'pd', { ...labels, artifacts: [file] });
    store.versions.create(analyst, 'pd', { ...labels, artifacts: [file] });
    store.models.delete(analyst, 'pd');
    expect(code(() => store.versions.get('pd', 1))).toBe('not-found');
    expect(store.models.list(allOfIt).items).toEqual([]);
    store.models.create(analyst, { name: 'pd', ...labels });
    expect(store.models.get('pd')).toMatchObject({ latestVersion: null, versionCount: 0 });
    expect(code(() => store.versions.get('pd', 1))).toBe('not-found');
    expect(store.versions.create(analyst, 'pd', { ...labels, artifacts: [file] }).version).toBe(3);
    expect(store.models.get('pd')).toMatchObject({ latestVersion: 3, versionCount: 1 });
  });

  it('refuses a text that SQLite would not give back', () => {
    for (const name of ['a\0b', '\ud800x', 'x\udc00']) {
      expect(code(() => store.models.create(analyst, { name, ...labels }))).toBe('invalid');
    }
    const odd = { 'a\0': '\ud800' };
    expect(store.models.create(analyst, { name: 'pd', description: '😀é', tags: odd }).tags).toEqual(odd);
    expect(actions()).toEqual(['model.create models/pd']);
  });
});

describe('pages', () => {
  it('lists the newest first, in pages that miss and repeat nothing', () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) store.models.create(analyst, { name, ...labels });
    store.models.delete(analyst, 'b');
    const names: string[] = [];
    let cursor: string | null | undefined;
    let pages = 0;
    while (cursor !== null) {
      const page = store.models.list({ limit: 2, cursor: cursor ?? undefined });
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
      pages += 1;
    }
    expect(names).toEqual(['e', 'd', 'c', 'a']);
    expect(pages).toBe(2);
  });

  it('keeps its place when something is added or deleted between two pages', () => {
    for (const name of ['a', 'b', 'c']) store.models.create(analyst, { name, ...labels });
    const first = store.models.list({ limit: 2 });
    store.models.create(analyst, { name: 'd', ...labels });
    store.models.delete(analyst, 'b');
    const second = store.models.list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect(second.items.map(({ name }) => name)).toEqual(['a']);
    expect(second.nextCursor).toBeNull();
  });

  it.each(['', 'x', 'bnVsbA', Buffer.from('{"before":1.5}').toString('base64url'), '%%'])(
    'refuses the cursor %j',
    (cursor) => {
      expect(code(() => store.models.list({ limit: 1, cursor }))).toBe('invalid');
    },
  );
});

describe('versions', () => {
  beforeEach(() => {
    store.models.create(analyst, { name: 'pd', ...labels });
  });

  it('freezes the files, sorted by path, under the digest of their manifest', async () => {
    const b = await uploaded(store, 'model/b.json', '{}');
    const a = await uploaded(store, 'a.onnx', 'bytes');
    const made = store.versions.create(analyst, 'pd', {
      description: 'first',
      tags: { x: '1' },
      artifacts: [b, a],
    });
    expect(made).toEqual({
      modelName: 'pd',
      version: 1,
      description: 'first',
      tags: { x: '1' },
      artifacts: [a, b],
      treeSha256: sha256Of(
        `[{"mode":"file","path":"a.onnx","sha256":"${sha256Of('bytes')}","size":5},` +
          `{"mode":"file","path":"model/b.json","sha256":"${sha256Of('{}')}","size":2}]`,
      ),
      createdAt: 1_000,
      createdBy: 'Ana',
    });
    expect(store.versions.get('pd', 1)).toEqual(made);
    expect(store.versions.artifact('pd', 1, 'model/b.json')).toEqual(b);
    expect(code(() => store.versions.artifact('pd', 1, 'model'))).toBe('not-found');
    expect(code(() => store.versions.artifact('pd', 2, 'a.onnx'))).toBe('not-found');
  });

  it('gives the same files in another order the same tree', async () => {
    const files = [await uploaded(store, 'a', '1'), await uploaded(store, 'b', '2')];
    const one = store.versions.create(analyst, 'pd', { ...labels, artifacts: files });
    const two = store.versions.create(analyst, 'pd', { ...labels, artifacts: files.toReversed() });
    expect(two.treeSha256).toBe(one.treeSha256);
    expect(two.version).toBe(2);
    expect(store.versions.list('pd', allOfIt).items).toEqual([two, one]);
  });

  it.each([
    [['a.onnx', 'a.onnx'], 'artifacts.1.path', 'twice'],
    [['A.onnx', 'a.onnx'], 'artifacts.1.path', 'case'],
    [['STRASSE', 'straße'], 'artifacts.1.path', 'case'],
    [['a/b', 'A'], 'artifacts.0.path', 'folder'],
    [['a', 'a/b/c'], 'artifacts.1.path', 'folder'],
  ])('refuses %j, which cannot lie side by side', async (paths, place, why) => {
    const artifacts = await Promise.all(paths.map((path) => uploaded(store, path, 'x')));
    expect(() => store.versions.create(analyst, 'pd', { ...labels, artifacts })).toThrow(
      expect.objectContaining({ code: 'invalid', place, message: expect.stringContaining(why) }),
    );
    expect(store.models.get('pd').versionCount).toBe(0);
  });

  it('refuses bytes that were never uploaded, or of another size, and spends no number', async () => {
    const file = await uploaded(store, 'a', 'abc');
    const missing = { path: 'b', size: 1, sha256: 'f'.repeat(64) };
    expect(() => store.versions.create(analyst, 'pd', { ...labels, artifacts: [file, missing] })).toThrow(
      expect.objectContaining({ code: 'blob-missing', place: 'artifacts.1.sha256' }),
    );
    expect(() =>
      store.versions.create(analyst, 'pd', { ...labels, artifacts: [{ ...file, size: 4 }] }),
    ).toThrow(expect.objectContaining({ code: 'invalid', place: 'artifacts.0.size' }));
    expect(store.versions.create(analyst, 'pd', { ...labels, artifacts: [file] }).version).toBe(1);
  });

  it('changes nothing but description and tags', async () => {
    const file = await uploaded(store, 'a', 'abc');
    const made = store.versions.create(analyst, 'pd', { ...labels, artifacts: [file] });
    const patched = store.versions.patch(analyst, 'pd', 1, { description: 'new', tags: { ok: 'yes' } });
    expect(patched).toEqual({ ...made, description: 'new', tags: { ok: 'yes' } });
    expect(code(() => store.versions.patch(analyst, 'pd', 9, {}))).toBe('not-found');
  });
});

describe('datasets', () => {
  const id = 'c'.repeat(64);
  const facts = {
    name: 'loans.csv',
    byteLength: 10,
    rowCount: 2,
    columns: [{ name: 'x', kind: 'number' as const }],
    description: '',
  };

  it('is idempotent, and tells only what changed', () => {
    const first = store.datasets.put(analyst, id, facts);
    expect(first.created).toBe(true);
    now = 5_000;
    expect(store.datasets.put(analyst, id, facts)).toEqual({ ...first, created: false });
    expect(actions()).toHaveLength(1);
    const renamed = store.datasets.put(analyst, id, { ...facts, description: 'June' });
    expect(renamed.dataset).toEqual({ ...first.dataset, description: 'June' });
    expect(actions()).toHaveLength(2);
    expect(store.datasets.list(allOfIt).items).toEqual([renamed.dataset]);
  });

  it.each([
    ['byteLength', { byteLength: 11 }],
    ['rowCount', { rowCount: 3 }],
    ['columns', { columns: [{ name: 'x', kind: 'text' as const }] }],
  ])('refuses another %s for the same bytes', (place, other) => {
    store.datasets.put(analyst, id, facts);
    expect(() => store.datasets.put(analyst, id, { ...facts, ...other })).toThrow(
      expect.objectContaining({ code: 'conflict', place }),
    );
    expect(store.datasets.get(id)).toMatchObject(facts);
  });

  it('says when there is none', () => {
    expect(code(() => store.datasets.get(id))).toBe('not-found');
  });
});

describe('decisions', () => {
  it('gives back what was pinned, under ids of their own', () => {
    const one = store.decisions.create(analyst, sampleDecision);
    const two = store.decisions.create(analyst, { ...sampleDecision, threshold: 0.5 });
    expect(one).toMatchObject({ ...sampleDecision, createdAt: 1_000, createdBy: 'Ana' });
    expect(one.id).toMatch(/^d-[0-9a-f]{32}$/);
    expect(store.decisions.get(one.id)).toEqual(one);
    expect(store.decisions.list(allOfIt).items).toEqual([two, one]);
    expect(code(() => store.decisions.get('d-0'))).toBe('not-found');
    expect(actions()).toEqual([`decision.pin decisions/${two.id}`, `decision.pin decisions/${one.id}`]);
  });
});

describe('documents', () => {
  it('counts revisions and keeps each one', () => {
    const one = store.documents.put(analyst, 'scenario', 'base', { b: 1, a: [2] }, 'absent');
    expect(one).toMatchObject({ revision: 1, body: { a: [2], b: 1 }, sha256: sha256Of('{"a":[2],"b":1}') });
    now = 2_000;
    const two = store.documents.put(analyst, 'scenario', 'base', null, 1);
    expect(two).toMatchObject({ revision: 2, body: null, createdAt: 2_000 });
    expect(store.documents.get('scenario', 'base')).toEqual(two);
    expect(store.documents.get('scenario', 'base', 1)).toEqual(one);
    expect(code(() => store.documents.get('scenario', 'base', 3))).toBe('not-found');
    expect(code(() => store.documents.get('policy', 'base'))).toBe('not-found');
    const { body: _one, ...entryOne } = one;
    const { body: _two, ...entryTwo } = two;
    expect(store.documents.revisions('scenario', 'base', allOfIt).items).toEqual([entryTwo, entryOne]);
    expect(store.documents.list('scenario', allOfIt).items).toEqual([entryTwo]);
    expect(store.documents.list('policy', allOfIt).items).toEqual([]);
  });

  it('refuses a change that did not see the last revision', () => {
    store.documents.put(analyst, 'rules', 'r', 1, 'any');
    store.documents.put(analyst, 'rules', 'r', 2, 'any');
    expect(code(() => store.documents.put(analyst, 'rules', 'r', 3, 1))).toBe('conflict');
    expect(code(() => store.documents.put(analyst, 'rules', 'r', 3, 'absent'))).toBe('exists');
    expect(code(() => store.documents.put(analyst, 'rules', 'new', 3, 1))).toBe('conflict');
    expect(code(() => store.documents.delete(analyst, 'rules', 'r', 1))).toBe('conflict');
    expect(store.documents.get('rules', 'r').body).toBe(2);
  });

  it('deletes with a tombstone: earlier revisions stay, a later put counts on', () => {
    store.documents.put(analyst, 'cohort', 'c', 1, 'any');
    store.documents.delete(analyst, 'cohort', 'c', 1);
    expect(code(() => store.documents.get('cohort', 'c'))).toBe('not-found');
    expect(code(() => store.documents.get('cohort', 'c', 2))).toBe('not-found');
    expect(code(() => store.documents.delete(analyst, 'cohort', 'c', 'any'))).toBe('not-found');
    expect(store.documents.get('cohort', 'c', 1).body).toBe(1);
    expect(store.documents.list(null, allOfIt).items).toEqual([]);
    expect(store.documents.put(analyst, 'cohort', 'c', 2, 'absent').revision).toBe(3);
    const revisions = store.documents.revisions('cohort', 'c', allOfIt).items;
    expect(revisions.map(({ revision }) => revision)).toEqual([3, 1]);
    expect(code(() => store.documents.revisions('cohort', 'never', allOfIt))).toBe('not-found');
  });

  it('lists the last changed first, over kinds', () => {
    store.documents.put(analyst, 'policy', 'p', 1, 'any');
    store.documents.put(analyst, 'scenario', 's', 1, 'any');
    store.documents.put(analyst, 'policy', 'p', 2, 'any');
    const first = store.documents.list(null, { limit: 1 });
    expect(first.items.map(({ name, revision }) => [name, revision])).toEqual([['p', 2]]);
    const second = store.documents.list(null, { limit: 1, cursor: first.nextCursor ?? '' });
    expect(second.items.map(({ name }) => name)).toEqual(['s']);
    expect(second.nextCursor).toBeNull();
  });

  it('refuses a body that is no JSON value', () => {
    expect(code(() => store.documents.put(analyst, 'policy', 'p', Number.NaN, 'any'))).toBe('invalid');
    expect(code(() => store.documents.put(analyst, 'policy', 'p', undefined as never, 'any'))).toBe(
      'invalid',
    );
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(code(() => store.documents.put(analyst, 'policy', 'p', deep as never, 'any'))).toBe('invalid');
    expect(actions()).toEqual([]);
  });
});

describe('once', () => {
  const request = { key: 'k', actor: 'Ana', requestSha256: '1'.repeat(64) };

  function pin(): { status: number; body: unknown } {
    return { status: 201, body: store.decisions.create(analyst, sampleDecision) };
  }

  it('runs the work once and gives the kept answer again', () => {
    const first = store.once(request, pin);
    const again = store.once(request, pin);
    expect(first.replayed).toBe(false);
    expect(again).toEqual({ response: first.response, replayed: true });
    expect(store.decisions.list(allOfIt).items).toHaveLength(1);
  });

  it('tells keys of other actors apart, and refuses the key for another request', () => {
    store.once(request, pin);
    expect(store.once({ ...request, actor: 'Bo' }, pin).replayed).toBe(false);
    expect(code(() => store.once({ ...request, requestSha256: '2'.repeat(64) }, pin))).toBe('conflict');
  });

  it('keeps nothing of work that throws', () => {
    const failing = () => {
      pin();
      throw new Error('later');
    };
    expect(() => store.once(request, failing)).toThrow('later');
    expect(store.decisions.list(allOfIt).items).toEqual([]);
    expect(actions()).toEqual([]);
    expect(store.once(request, pin).replayed).toBe(false);
  });

  it('leaves nothing of a step whose error the work caught', () => {
    store.once(request, () => {
      code(() => store.documents.put(analyst, 'rules', 'r', 1, 7));
      return { status: 409, body: null };
    });
    expect(store.once(request, pin)).toEqual({ response: { status: 409, body: null }, replayed: true });
    expect(actions()).toEqual([]);
  });

  it('forgets the answer after a day', () => {
    store.once(request, pin);
    now += 24 * 60 * 60 * 1000;
    expect(store.once(request, pin).replayed).toBe(true);
    now += 1;
    expect(store.once(request, pin).replayed).toBe(false);
  });
});

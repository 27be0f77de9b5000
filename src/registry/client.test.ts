/** The browser's client against the real server, and against what is not one. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  newDataset,
  newDecision,
  startTestRegistry,
  type TestRegistry,
} from '../../server/review/testing/test-registry.ts';
import { CanceledError, RegistryError } from '../core/errors.ts';
import { createRegistryClient, type RegistryClient } from './client.ts';

let registry: TestRegistry;
let client: RegistryClient;

beforeAll(async () => {
  registry = await startTestRegistry({ maxUploadBytes: 1_000_000 });
  client = createRegistryClient(await registry.listen());
});

afterAll(() => registry.close());

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'none',
    (error: unknown) => (error instanceof RegistryError && error.advice !== '' ? error.code : String(error)),
  );

describe('the registry client', () => {
  it('reads what it has written', async () => {
    const profile = 'Zoë';
    expect(await client.capabilities()).toMatchObject({
      name: 'cutline',
      apiVersion: 1,
      maxUploadBytes: 1_000_000,
    });
    const model = await client.createModel({ name: 'pd 50%' }, { profile });
    expect(model.createdBy).toBe(profile);
    expect(await client.model('pd 50%')).toEqual(model);
    expect((await client.models({ limit: 1 })).items).toEqual([model]);
    const updated = await client.updateModel('pd 50%', { description: 'credit' });
    expect(updated.description).toBe('credit');

    const dataset = await client.putDataset('ab'.repeat(32), newDataset);
    expect(await client.dataset(dataset.id)).toEqual(dataset);
    expect((await client.datasets()).items).toEqual([dataset]);

    const decision = await client.createDecision(newDecision('why'), { profile });
    expect(await client.decision(decision.id)).toEqual(decision);
    expect((await client.decisions()).items).toEqual([decision]);

    const audit = await client.audit({ limit: 2 });
    expect(audit.items.map(({ action }) => action)).toEqual(['decision.pin', 'dataset.put']);
    expect((await client.audit({ cursor: audit.nextCursor ?? '' })).items).toHaveLength(2);
    expect(await client.verifyAudit()).toMatchObject({ valid: true, events: 4 });
    await client.deleteModel('pd 50%');
    expect(await codeOf(client.model('pd 50%'))).toBe('not-found');
  });

  it('keeps revisions of a document, and tells who came second', async () => {
    await client.putDocument('scenario', 'base/line'.replace('/', ' '), { a: 1 }, 'absent');
    expect(await codeOf(client.putDocument('scenario', 'base line', { a: 2 }, 'absent'))).toBe('conflict');
    const second = await client.putDocument('scenario', 'base line', { a: 2 }, 1);
    expect(await codeOf(client.putDocument('scenario', 'base line', { a: 3 }, 1))).toBe('conflict');
    expect(await client.document('scenario', 'base line')).toEqual(second);
    expect((await client.documentRevision('scenario', 'base line', 1)).body).toEqual({ a: 1 });
    expect(
      (await client.documentRevisions('scenario', 'base line')).items.map(({ revision }) => revision),
    ).toEqual([2, 1]);
    expect((await client.documents('scenario')).items).toHaveLength(1);
    expect((await client.documents(null)).items).toHaveLength(1);
    await client.deleteDocument('scenario', 'base line', 2);
    expect((await client.documents(null)).items).toEqual([]);
  });

  it('uploads a version, each file once, and downloads it again', async () => {
    await client.createModel({ name: 'up' });
    const progress: number[] = [];
    const files = [
      { path: 'model/m ü.onnx', bytes: new Blob(['weights']) },
      { path: 'MLmodel', bytes: new Blob(['flavors: {}']) },
    ];
    const onProgress = ({ doneBytes }: { doneBytes: number }) => progress.push(doneBytes);
    const options = { onProgress, idempotencyKey: 'upload-1' };
    const version = await client.uploadVersion('up', { files }, options);
    expect([version.version, progress]).toEqual([1, [7, 18]]);
    expect(await client.uploadVersion('up', { files }, options)).toEqual(version);
    const puts = (await client.audit()).items.filter(({ action }) => action === 'blob.put');
    expect(puts).toHaveLength(2);
    expect((await client.uploadVersion('up', { files })).version).toBe(2);
    expect((await client.versions('up')).items.map((one) => one.version)).toEqual([2, 1]);
    expect((await client.updateVersion('up', 1, { description: 'first' })).description).toBe('first');
    expect((await client.version('up', 1)).treeSha256).toBe(version.treeSha256);
    expect(await (await client.artifact('up', 1, 'model/m ü.onnx')).text()).toBe('weights');
    const download = await fetch(client.artifactUrl('up', 1, 'model/m ü.onnx'));
    expect(await download.text()).toBe('weights');
    expect(await codeOf(client.artifact('up', 1, 'none'))).toBe('not-found');
  });

  it('tells refusals apart', async () => {
    expect(await codeOf(client.createModel({ name: 'a/b' }))).toBe('refused');
    expect(await codeOf(client.uploadBlob(new Blob([new Uint8Array(1_000_001)])))).toBe('too-large');
    await expect(client.createModel({ name: 'a/b' })).rejects.toThrow(/name/);
  });

  it('stops when it is asked to', async () => {
    await expect(client.models({}, { signal: AbortSignal.abort() })).rejects.toThrow(CanceledError);
  });
});

describe('what is not a registry', () => {
  let other: Server;
  let answer: [number, string, string] = [200, 'text/html', '<!doctype html>'];

  beforeAll(async () => {
    other = createServer((_request, response) => {
      const [status, type, body] = answer;
      response.writeHead(status, { 'content-type': type }).end(body);
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void other.close());

  const ask = () => {
    const { port } = other.address() as AddressInfo;
    return codeOf(createRegistryClient(`http://127.0.0.1:${port}`).models());
  };

  it.each([
    [200, 'text/html', '<!doctype html>', 'unreachable'],
    [200, 'application/json', '{"items":7}', 'unreachable'],
    [500, 'text/html', '<h1>Oops</h1>', 'unreachable'],
    [503, 'application/json', '{}', 'unreachable'],
    [429, 'application/json', '{}', 'unreachable'],
    [401, 'text/plain', 'no', 'refused'],
    [404, 'text/html', '<h1>none</h1>', 'not-found'],
    [409, 'application/json', '[]', 'conflict'],
    [507, 'application/json', '{}', 'too-large'],
    [302, 'text/plain', '', 'unreachable'],
  ])('%i as %s %s: %s', async (status, type, body, code) => {
    answer = [status, type, body];
    expect(await ask()).toBe(code);
  });

  it('is unreachable when nobody listens', async () => {
    expect(await codeOf(createRegistryClient('http://127.0.0.1:1').models())).toBe('unreachable');
  });
});

/** What the routes promise together: idempotency, pages, ETags, profiles, bodies, limits, readiness. */
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../src/contracts/registry/audit.ts';
import { errorBodySchema } from '../../src/contracts/registry/primitives.ts';
import { readinessSchema } from '../../src/contracts/registry/routes.ts';
import type { ServerLimits } from '../limits.ts';
import {
  newDecision,
  newImpact,
  seed,
  seeded,
  sha256,
  startTestRegistry,
  type TestRegistry,
} from './testing/test-registry.ts';

let registry: TestRegistry;

async function start(limits: Partial<ServerLimits> = {}): Promise<void> {
  registry = await startTestRegistry(limits);
}

beforeEach(() => start());
afterEach(() => registry.close());

async function get<T>(url: string): Promise<T> {
  const answer = await registry.send({ url: `/api/v1${url}` });
  expect(answer.statusCode).toBe(200);
  return answer.json<T>();
}

const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
  registry.send({ method: 'POST', url: `/api/v1${url}`, payload, headers });
const putBody = (name: string, body: unknown, headers: Record<string, string> = {}) =>
  registry.send({ method: 'PUT', url: `/api/v1/documents/scenario/${name}`, payload: { body }, headers });

describe('impacts', () => {
  const put = (body: unknown) =>
    registry.send({ method: 'PUT', url: '/api/v1/documents/impact/2024', payload: { body } });

  it('are kept as revisions, listed by kind and audited', async () => {
    expect((await put(newImpact())).statusCode).toBe(201);
    const later = { ...newImpact(), withoutOutcome: 0 };
    expect((await put(later)).statusCode).toBe(200);
    expect(await get('/documents/impact/2024')).toMatchObject({ revision: 2, body: later });
    expect((await get<{ body: unknown }>('/documents/impact/2024/revisions/1')).body).toEqual(newImpact());
    expect((await get<{ items: unknown[] }>('/documents?kind=impact')).items).toHaveLength(1);
    const { items } = await get<{ items: { action: string }[] }>('/audit');
    expect(items.filter(({ action }) => action === 'document.put')).toHaveLength(2);
  });

  it('hold months only: a row, an id or an unknown field is refused, and nothing is kept', async () => {
    const month = newImpact().months[0]!;
    const bad = [
      { ...newImpact(), decisions: [{ id: 'L0000001', outcome: 'bad' }] },
      { ...newImpact(), months: [{ ...month, ids: ['L0000001'] }] },
      { ...newImpact(), months: [month, month] },
      { ...newImpact(), months: [{ ...month, month: '2024-03-17' }] },
      { ...newImpact(), format: 'cutline-impact-9' },
    ];
    for (const body of bad) expect((await put(body)).statusCode).toBe(400);
    expect((await get<{ items: unknown[] }>('/documents?kind=impact')).items).toEqual([]);
  });
});

describe('Idempotency-Key', () => {
  it('carries a request out once, and gives the same answer again', async () => {
    const headers = { 'idempotency-key': 'a-key' };
    const first = await post('/decisions', newDecision('once'), headers);
    const again = await post('/decisions', newDecision('once'), headers);
    expect([first.statusCode, again.statusCode]).toEqual([201, 201]);
    expect(again.json()).toEqual(first.json());
    expect(again.headers.location).toBe(`/api/v1/decisions/${first.json().id}`);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    expect((await get<{ items: unknown[] }>('/decisions')).items).toHaveLength(1);
  });

  it('is of one profile and one request', async () => {
    const headers = { 'idempotency-key': 'a-key' };
    await post('/decisions', newDecision('once'), headers);
    expect((await post('/decisions', newDecision('twice'), headers)).statusCode).toBe(409);
    expect((await post('/models', { name: 'pd' }, headers)).statusCode).toBe(409);
    const other = await post('/decisions', newDecision('once'), { ...headers, 'x-cutline-profile': 'Ada' });
    expect([other.statusCode, other.json().createdBy]).toEqual([201, 'Ada']);
  });

  it('keeps nothing of a request that was refused', async () => {
    const headers = { 'idempotency-key': 'a-key' };
    await post('/models', { name: 'pd' });
    expect((await post('/models', { name: 'pd' }, headers)).statusCode).toBe(409);
    await registry.send({ method: 'DELETE', url: '/api/v1/models/pd' });
    expect((await post('/models', { name: 'pd' }, headers)).statusCode).toBe(201);
  });
});

describe('pages', () => {
  it('go through a list once, newest first, whatever is added meanwhile', async () => {
    for (let i = 0; i < 7; i++) await post('/decisions', newDecision(`reason ${i}`));
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 4; page++) {
      const answer = await get<{ items: { reason: string }[]; nextCursor: string | null }>(
        `/decisions?limit=3${cursor}`,
      );
      seen.push(...answer.items.map(({ reason }) => reason));
      await post('/decisions', newDecision(`later ${page}`));
      if (answer.nextCursor === null) break;
      expect(answer.nextCursor).toMatch(/^[\w-]+$/);
      cursor = `&cursor=${answer.nextCursor}`;
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `reason ${i}`));
  });

  it('do not take a cursor of another list, nor a changed one', async () => {
    for (const name of ['a', 'b']) await putBody(name, 1);
    const list = '/documents?kind=scenario&limit=1';
    const { nextCursor } = await get<{ nextCursor: string }>(list);
    const refused = async (url: string) => {
      const answer = await registry.send({ url: `/api/v1${url}` });
      expect([answer.statusCode, answer.json().error.place]).toEqual([400, 'cursor']);
    };
    await get(`${list}&cursor=${nextCursor}`);
    await refused(`/documents?limit=1&cursor=${nextCursor}`);
    await refused(`/models?cursor=${nextCursor}`);
    const flipped = nextCursor.slice(0, -1) + (nextCursor.endsWith('A') ? 'E' : 'A');
    await refused(`${list}&cursor=${flipped}`);
    await refused(`${list}&cursor=${Buffer.from(JSON.stringify({ before: 5 })).toString('base64url')}`);
  });
});

describe('ETags', () => {
  it('let one of two writers win, and the other see it', async () => {
    const first = await putBody('base', { a: 1 }, { 'if-none-match': '*' });
    expect([first.statusCode, first.headers.etag]).toEqual([201, '"1"']);
    expect((await putBody('base', { a: 2 }, { 'if-none-match': '*' })).statusCode).toBe(412);
    const second = await putBody('base', { a: 2 }, { 'if-match': '"1"' });
    expect([second.statusCode, second.headers.etag]).toEqual([200, '"2"']);
    const late = await putBody('base', { a: 3 }, { 'if-match': '"1"' });
    expect([late.statusCode, late.json().error.message]).toEqual([412, expect.stringContaining('"2"')]);
    expect((await putBody('base', { a: 3 }, { 'if-match': 'W/"2"' })).statusCode).toBe(412);
    expect((await putBody('base', { a: 3 }, { 'if-match': '"1", "2"' })).statusCode).toBe(200);
    expect((await putBody('none', 1, { 'if-match': '*' })).statusCode).toBe(412);
    expect((await get<{ body: unknown }>('/documents/scenario/base')).body).toEqual({ a: 3 });
  });

  it('answer 304 to who has the latest', async () => {
    await seed(registry);
    for (const url of ['/models/pd', '/models/pd/versions/1', '/documents/scenario/base']) {
      const { headers } = await registry.send({ url: `/api/v1${url}` });
      const again = await registry.send({ url: `/api/v1${url}`, headers: { 'if-none-match': headers.etag } });
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', headers.etag]);
    }
  });

  it('of a model change with what it says', async () => {
    await seed(registry);
    const { headers } = await registry.send({ url: '/api/v1/models/pd' });
    const patch = (etag: string | undefined) =>
      registry.send({
        method: 'PATCH',
        url: '/api/v1/models/pd',
        payload: { description: `after ${etag}` },
        headers: { 'if-match': etag },
      });
    const changed = await patch(headers.etag);
    expect(changed.statusCode).toBe(200);
    expect((await patch(headers.etag)).statusCode).toBe(412);
    expect((await patch(changed.headers.etag as string)).statusCode).toBe(200);
  });
});

describe('the profile', () => {
  it('is in the answer and in the audit log, as a name that nobody verified', async () => {
    const name = 'Zoë Ångström 😀';
    await post('/models', { name: 'pd' }, { 'x-cutline-profile': encodeURIComponent(name) });
    await post('/models', { name: 'lgd' });
    const { items } = await get<{ items: AuditEvent[] }>('/audit');
    expect(items.map(({ actor, identityVerified }) => [actor, identityVerified])).toEqual([
      ['local', false],
      [name, false],
    ]);
    expect((await get<{ createdBy: string }>('/models/pd')).createdBy).toBe(name);
  });

  it('and the request id tie an answer to its event', async () => {
    const answer = await post('/models', { name: 'pd' });
    const { items } = await get<{ items: AuditEvent[] }>('/audit');
    expect(items[0]?.requestId).toBe(answer.headers['x-request-id']);
  });
});

describe('names', () => {
  it.each(['50% off', 'a+b c', '%2F', 'ключ', 'a?b#c&d', "o'brien", '..a', 'e\u0301', '😀'.repeat(128)])(
    '%s is one model, whatever characters it has',
    async (name) => {
      const created = await post('/models', { name });
      expect([created.statusCode, created.json().name]).toEqual([201, name.normalize('NFC')]);
      const found = await registry.send({ url: String(created.headers.location) });
      expect(found.json()).toEqual(created.json());
    },
  );

  it('of a file are told apart from what surrounds them', async () => {
    await seed(registry);
    const path = seeded.path.split('/').map(encodeURIComponent).join('/');
    const { headers, body } = await registry.send({ url: `/api/v1/models/pd/versions/1/artifacts/${path}` });
    expect(body).toBe(seeded.bytes);
    expect(headers['content-disposition']).toBe(
      'attachment; filename="models _.onnx"; filename*=UTF-8\'\'models%20%C3%BC.onnx',
    );
  });
});

describe('JSON bodies', () => {
  const raw = (payload: string, type = 'application/json') =>
    registry.send({
      method: 'PUT',
      url: '/api/v1/documents/scenario/raw',
      payload,
      headers: { 'content-type': type },
    });
  const nested = (depth: number) => `{"body":${'['.repeat(depth)}${']'.repeat(depth)}}`;

  it.each([
    ['members of the prototype', '{"body":{"__proto__":{"admin":true}}}'],
    ['the same, escaped', '{"body":{"\\u005f_proto__":{"admin":true}}}'],
    ['the prototype by its constructor', '{"body":{"constructor":{"prototype":{"admin":true}}}}'],
    ['nesting that would fill the stack', nested(500_000)],
    ['one level too many', nested(64)],
    ['a number beyond a double', '{"body":1e999}'],
    ['half a character', '{"body":"\\ud800"}'],
    ['a NUL', '{"body":{"a\\u0000":1}}'],
    ['a text cut short', '{"body":'],
    ['nothing', ''],
  ])('are refused: %s', async (_name, payload) => {
    const answer = await raw(payload);
    expect(answer.statusCode).toBe(400);
    errorBodySchema.parse(answer.json());
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('may be 64 levels deep and hold brackets in strings', async () => {
    expect((await raw(nested(63))).statusCode).toBe(201);
    expect((await raw(JSON.stringify({ body: `${'['.repeat(500)}"\\` }))).statusCode).toBe(200);
  });

  it('are JSON and at most 1 MiB', async () => {
    expect((await raw('body=1', 'application/x-www-form-urlencoded')).statusCode).toBe(415);
    expect((await raw('{"body":1}', 'text/plain')).statusCode).toBe(415);
    expect((await raw(JSON.stringify({ body: 'x'.repeat(1_048_576) }))).statusCode).toBe(413);
  });
});

describe('other sites', () => {
  it('are granted nothing: no CORS header, no preflight', async () => {
    const asked = await registry.send({
      method: 'OPTIONS',
      url: '/api/v1/models',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(asked.statusCode).toBe(403);
    const own = await registry.send({
      url: '/api/v1/models',
      headers: { host: 'localhost:80', origin: 'http://localhost:80' },
    });
    expect(own.statusCode).toBe(200);
    for (const { headers } of [asked, own]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('do not reach us under our address with another port', async () => {
    const port = Number(new URL(await registry.listen()).port);
    const statusOf = (host: string) =>
      new Promise<number>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () =>
          socket.write(`GET /ready HTTP/1.1\r\nHost: ${host}\r\n\r\n`),
        );
        socket.once('error', reject).once('data', (data) => {
          resolve(Number(String(data).split(' ')[1]));
          socket.destroy();
        });
      });
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
      expect([host, await statusOf(host)]).toEqual([host, 200]);
    }
    for (const host of [
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `evil.example:${port}`,
      `localhost.:${port}`,
      `x@localhost:${port}`,
    ]) {
      expect([host, await statusOf(host)]).toEqual([host, 403]);
    }
  });
});

describe('rate limits', () => {
  it('count reads and changes apart, and say when to come back', async () => {
    await registry.close();
    await start({ readsPerMinute: 3, changesPerMinute: 2 });
    const reads = [];
    for (let i = 0; i < 4; i++) reads.push(await registry.send({ url: '/api/v1/models' }));
    expect(reads.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429]);
    expect(Number(reads[3]?.headers['retry-after'])).toBeGreaterThan(0);
    expect(errorBodySchema.parse(reads[3]?.json()).error.code).toBe('too-many-requests');
    const changes = [];
    for (let i = 0; i < 3; i++) changes.push((await post('/models', { name: `m${i}` })).statusCode);
    expect(changes).toEqual([201, 201, 429]);
    expect((await registry.send({ url: '/ready' })).statusCode).toBe(200);
  });
});

describe('GET /ready', () => {
  const ready = async () => {
    const answer = await registry.send({ url: '/ready' });
    return { code: answer.statusCode, ...readinessSchema.parse(answer.json()) };
  };

  it('is ready once the store is open, and knows the audit chain soon', async () => {
    expect(await ready()).toMatchObject({ code: 200, status: 'ready' });
    await get('/audit/verify');
    expect((await ready()).auditValid).toBe(true);
  });

  it('says that the server stops, and begins nothing new', async () => {
    let origin = '';
    const seen: unknown[] = [];
    registry.app.addHook('preClose', async () => {
      const answer = await fetch(`${origin}/ready`);
      seen.push(answer.status, readinessSchema.parse(await answer.json()).status);
      seen.push((await fetch(`${origin}/api/v1/models`)).status, (await fetch(`${origin}/health`)).status);
    });
    origin = await registry.listen();
    await registry.app.close();
    expect(seen).toEqual([503, 'stopping', 503, 200]);
  });
});

describe('a stop', () => {
  it('finishes the upload that is under way', async () => {
    const { app, store } = registry;
    const port = Number(new URL(await registry.listen()).port);
    const arrived = new Promise((resolve) => app.server.once('request', resolve));
    const socket = connect(port, '127.0.0.1');
    const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
    const head = `PUT /api/v1/blobs/${sha256('ab')} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
    socket.write(`${head}x-requested-with: cutline\r\nContent-Length: 2\r\n\r\na`);
    await arrived;
    const ended = app.close();
    while (app.server.listening) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.write('b');
    expect(await answer).toMatch(/^HTTP\/1\.1 201 /);
    await ended;
    expect(store.blobs.size(sha256('ab'))).toBe(2);
  });
});

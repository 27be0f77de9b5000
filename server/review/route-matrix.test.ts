/** Every route, each with what it answers when all is well, when something is missing, invalid, or in conflict. */
import Fastify, { type InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { auditEventSchema, auditVerdictSchema } from '../../src/contracts/registry/audit.ts';
import { datasetSchema } from '../../src/contracts/registry/datasets.ts';
import { decisionSchema } from '../../src/contracts/registry/decisions.ts';
import { documentEntrySchema, documentSchema } from '../../src/contracts/registry/documents.ts';
import { modelSchema, modelVersionSchema } from '../../src/contracts/registry/models.ts';
import { errorBodySchema, pageSchema, sha256Schema } from '../../src/contracts/registry/primitives.ts';
import { capabilitiesSchema } from '../../src/contracts/registry/routes.ts';
import { defaultLimits } from '../limits.ts';
import { openRegistryStore } from '../store/open-registry-store.ts';
import { AuditWatch } from './audit-watch.ts';
import { PageCursors } from './page-cursors.ts';
import { reviewRoutes } from './review-routes.ts';
import {
  changeHeaders,
  newDataset,
  newDecision,
  newImpact,
  seed,
  seeded,
  sha256,
  startTestRegistry,
  type TestRegistry,
} from './testing/test-registry.ts';

type Ask = Pick<InjectOptions, 'payload' | 'headers'> & { readonly url: string };

interface RouteCase {
  readonly kind: 'read' | 'change';
  readonly ok: Ask & { readonly status: number; readonly answer: z.ZodType | 'bytes' | 'nothing' };
  /** Answered with 404. */
  readonly missing: Ask | null;
  /** Answered with 400 or 422, naming the place. */
  readonly invalid: readonly (Ask & { readonly place: string; readonly status?: number })[];
  /** Answered with 409 or 412. */
  readonly conflict: (Ask & { readonly status: number }) | null;
}

const other = 'ef'.repeat(32);
const artifact = { path: 'm.onnx', size: seeded.bytes.length, sha256: seeded.sha256 };
const artifactUrl = `/models/pd/versions/1/artifacts/${seeded.path.split('/').map(encodeURIComponent).join('/')}`;
const octets = { 'content-type': 'application/octet-stream' };
const badPages = (url: string) => [
  { url: `${url}?limit=0`, place: 'limit' },
  { url: `${url}?limit=1001`, place: 'limit' },
  { url: `${url}?cursor=x`, place: 'cursor' },
  { url: `${url}?page=2`, place: 'page' },
];

let decisionId = '';

const cases = (): Record<string, RouteCase> => ({
  'GET /capabilities': {
    kind: 'read',
    ok: { url: '/capabilities', status: 200, answer: capabilitiesSchema },
    missing: null,
    invalid: [{ url: '/capabilities?x=1', place: 'x' }],
    conflict: null,
  },
  'GET /models': {
    kind: 'read',
    ok: { url: '/models?limit=1', status: 200, answer: pageSchema(modelSchema) },
    missing: null,
    invalid: badPages('/models'),
    conflict: null,
  },
  'POST /models': {
    kind: 'change',
    ok: { url: '/models', payload: { name: 'new model' }, status: 201, answer: modelSchema },
    missing: null,
    invalid: [
      { url: '/models', payload: {}, place: 'name' },
      { url: '/models', payload: { name: 'a/b' }, place: 'name' },
      { url: '/models', payload: { name: '..' }, place: 'name' },
      { url: '/models', payload: { name: 'p\u200bd' }, place: 'name' },
      { url: '/models', payload: { name: '\u202edp' }, place: 'name' },
      { url: '/models', payload: { name: 'x', colour: 1 }, place: 'colour' },
      { url: '/models', payload: { name: 'x', tags: { a: 1 } }, place: 'tags.a' },
      { url: '/models', payload: '[]', headers: { 'content-type': 'application/json' }, place: 'body' },
    ],
    conflict: { url: '/models', payload: { name: 'pd' }, status: 409 },
  },
  'GET /models/:name': {
    kind: 'read',
    ok: { url: '/models/pd', status: 200, answer: modelSchema },
    missing: { url: '/models/none' },
    invalid: [{ url: '/models/a%2Fb', place: 'name' }],
    conflict: null,
  },
  'PATCH /models/:name': {
    kind: 'change',
    ok: { url: '/models/pd', payload: { description: 'credit' }, status: 200, answer: modelSchema },
    missing: { url: '/models/none', payload: {} },
    invalid: [{ url: '/models/pd', payload: { name: 'x' }, place: 'name' }],
    conflict: { url: '/models/pd', payload: {}, headers: { 'if-match': '"0"' }, status: 412 },
  },
  'DELETE /models/:name': {
    kind: 'change',
    ok: { url: '/models/pd', status: 204, answer: 'nothing' },
    missing: { url: '/models/none' },
    invalid: [{ url: '/models/%20', place: 'name' }],
    conflict: { url: '/models/pd', headers: { 'if-match': '"0"' }, status: 412 },
  },
  'GET /models/:name/versions': {
    kind: 'read',
    ok: { url: '/models/pd/versions', status: 200, answer: pageSchema(modelVersionSchema) },
    missing: { url: '/models/none/versions' },
    invalid: badPages('/models/pd/versions'),
    conflict: null,
  },
  'POST /models/:name/versions': {
    kind: 'change',
    ok: {
      url: '/models/pd/versions',
      payload: { artifacts: [artifact] },
      status: 201,
      answer: modelVersionSchema,
    },
    missing: { url: '/models/none/versions', payload: { artifacts: [artifact] } },
    invalid: [
      { url: '/models/pd/versions', payload: { artifacts: [] }, place: 'artifacts' },
      {
        url: '/models/pd/versions',
        payload: { artifacts: [{ ...artifact, path: '../x' }] },
        place: 'artifacts.0.path',
      },
      {
        url: '/models/pd/versions',
        payload: { artifacts: [{ ...artifact, path: 'a%2e%2e/x' }] },
        place: 'artifacts.0.path',
      },
      {
        url: '/models/pd/versions',
        payload: { artifacts: [{ ...artifact, path: 'C:x' }] },
        place: 'artifacts.0.path',
      },
      {
        url: '/models/pd/versions',
        payload: { artifacts: [{ ...artifact, size: 1 }] },
        place: 'artifacts.0.size',
      },
      {
        url: '/models/pd/versions',
        payload: { artifacts: [{ ...artifact, sha256: other }] },
        place: 'artifacts.0.sha256',
        status: 422,
      },
    ],
    conflict: null,
  },
  'GET /models/:name/versions/:version': {
    kind: 'read',
    ok: { url: '/models/pd/versions/1', status: 200, answer: modelVersionSchema },
    missing: { url: '/models/pd/versions/2' },
    invalid: ['0', '1.0', '-1', '01', 'one'].map((n) => ({
      url: `/models/pd/versions/${n}`,
      place: 'version',
    })),
    conflict: null,
  },
  'PATCH /models/:name/versions/:version': {
    kind: 'change',
    ok: {
      url: '/models/pd/versions/1',
      payload: { tags: { a: 'b' } },
      status: 200,
      answer: modelVersionSchema,
    },
    missing: { url: '/models/pd/versions/2', payload: {} },
    invalid: [{ url: '/models/pd/versions/1', payload: { artifacts: [artifact] }, place: 'artifacts' }],
    conflict: { url: '/models/pd/versions/1', payload: {}, headers: { 'if-match': '"0"' }, status: 412 },
  },
  'GET /models/:name/versions/:version/artifacts/*': {
    kind: 'read',
    ok: { url: artifactUrl, status: 200, answer: 'bytes' },
    missing: { url: '/models/pd/versions/1/artifacts/none' },
    invalid: ['a%5Cb', '%252e%252e/x', 'a//b', ''].map((path) => ({
      url: `/models/pd/versions/1/artifacts/${path}`,
      place: '*',
    })),
    conflict: null,
  },
  'HEAD /models/:name/versions/:version/artifacts/*': {
    kind: 'read',
    ok: { url: artifactUrl, status: 200, answer: 'nothing' },
    missing: { url: '/models/pd/versions/1/artifacts/none' },
    invalid: [],
    conflict: null,
  },
  'PUT /blobs/:sha256': {
    kind: 'change',
    ok: {
      url: `/blobs/${sha256('new')}`,
      payload: 'new',
      headers: octets,
      status: 201,
      answer: z.strictObject({ sha256: sha256Schema, size: z.literal(3) }),
    },
    missing: null,
    invalid: [
      { url: '/blobs/abc', payload: 'new', headers: octets, place: 'sha256' },
      { url: `/blobs/${sha256('new').toUpperCase()}`, payload: 'new', headers: octets, place: 'sha256' },
      { url: `/blobs/${other}`, payload: 'new', headers: octets, place: 'sha256', status: 422 },
    ],
    conflict: null,
  },
  'GET /blobs/:sha256': {
    kind: 'read',
    ok: { url: `/blobs/${seeded.sha256}`, status: 200, answer: 'bytes' },
    missing: { url: `/blobs/${other}` },
    invalid: [{ url: '/blobs/..%2F..', place: 'sha256' }],
    conflict: null,
  },
  'HEAD /blobs/:sha256': {
    kind: 'read',
    ok: { url: `/blobs/${seeded.sha256}`, status: 200, answer: 'nothing' },
    missing: { url: `/blobs/${other}` },
    invalid: [],
    conflict: null,
  },
  'GET /datasets': {
    kind: 'read',
    ok: { url: '/datasets', status: 200, answer: pageSchema(datasetSchema) },
    missing: null,
    invalid: badPages('/datasets'),
    conflict: null,
  },
  'GET /datasets/:id': {
    kind: 'read',
    ok: { url: `/datasets/${seeded.datasetId}`, status: 200, answer: datasetSchema },
    missing: { url: `/datasets/${other}` },
    invalid: [{ url: '/datasets/x', place: 'id' }],
    conflict: null,
  },
  'PUT /datasets/:id': {
    kind: 'change',
    ok: { url: `/datasets/${other}`, payload: newDataset, status: 201, answer: datasetSchema },
    missing: null,
    invalid: [
      { url: `/datasets/${other}`, payload: { ...newDataset, rowCount: -1 }, place: 'rowCount' },
      { url: `/datasets/${other}`, payload: { ...newDataset, rows: [] }, place: 'rows' },
    ],
    conflict: { url: `/datasets/${seeded.datasetId}`, payload: { ...newDataset, rowCount: 7 }, status: 409 },
  },
  'GET /decisions': {
    kind: 'read',
    ok: { url: '/decisions', status: 200, answer: pageSchema(decisionSchema) },
    missing: null,
    invalid: badPages('/decisions'),
    conflict: null,
  },
  'POST /decisions': {
    kind: 'change',
    ok: { url: '/decisions', payload: newDecision('why'), status: 201, answer: decisionSchema },
    missing: null,
    invalid: [
      { url: '/decisions', payload: newDecision(''), place: 'reason' },
      { url: '/decisions', payload: { ...newDecision('why'), rows: [[1, 2]] }, place: 'rows' },
      { url: '/decisions', payload: { ...newDecision('why'), threshold: null }, place: 'threshold' },
      {
        url: '/decisions',
        payload: newDecision('why'),
        headers: { 'idempotency-key': 'a b' },
        place: 'idempotency-key',
      },
      {
        url: '/decisions',
        payload: newDecision('why'),
        headers: { 'x-cutline-profile': '%zz' },
        place: 'x-cutline-profile',
      },
      {
        url: '/decisions',
        payload: newDecision('why'),
        headers: { 'x-cutline-profile': 'a%0Ab' },
        place: 'x-cutline-profile',
      },
      {
        url: '/decisions',
        payload: newDecision('why'),
        headers: { 'x-cutline-profile': encodeURIComponent('Ada\u202e') },
        place: 'x-cutline-profile',
      },
      {
        url: '/decisions',
        payload: newDecision('why'),
        headers: { 'x-cutline-profile': 'x'.repeat(101) },
        place: 'x-cutline-profile',
      },
    ],
    conflict: {
      url: '/decisions',
      payload: newDecision('other'),
      headers: { 'idempotency-key': 'taken' },
      status: 409,
    },
  },
  'GET /decisions/:id': {
    kind: 'read',
    ok: { url: `/decisions/${decisionId}`, status: 200, answer: decisionSchema },
    missing: { url: '/decisions/none' },
    invalid: [{ url: `/decisions/${'x'.repeat(101)}`, place: 'id' }],
    conflict: null,
  },
  'GET /documents': {
    kind: 'read',
    ok: { url: '/documents?kind=scenario', status: 200, answer: pageSchema(documentEntrySchema) },
    missing: null,
    invalid: [...badPages('/documents'), { url: '/documents?kind=poem', place: 'kind' }],
    conflict: null,
  },
  'GET /documents/:kind/:name': {
    kind: 'read',
    ok: { url: '/documents/scenario/base', status: 200, answer: documentSchema },
    missing: { url: '/documents/scenario/none' },
    invalid: [{ url: '/documents/poem/base', place: 'kind' }],
    conflict: null,
  },
  'PUT /documents/:kind/:name': {
    kind: 'change',
    ok: {
      url: '/documents/cohort/young',
      payload: { body: { age: [18, 25] } },
      status: 201,
      answer: documentSchema,
    },
    missing: null,
    invalid: [
      { url: '/documents/scenario/base', payload: {}, place: 'body' },
      { url: '/documents/scenario/base', payload: { body: 1, revision: 7 }, place: 'revision' },
      { url: '/documents/impact/2024', payload: { body: {} }, place: 'body.format' },
      {
        url: '/documents/impact/2024',
        payload: { body: { ...newImpact(), rows: [{ id: 'L1', outcome: 'bad' }] } },
        place: 'body.rows',
      },
    ],
    conflict: {
      url: '/documents/scenario/base',
      payload: { body: 1 },
      headers: { 'if-match': '"7"' },
      status: 412,
    },
  },
  'DELETE /documents/:kind/:name': {
    kind: 'change',
    ok: { url: '/documents/scenario/base', status: 204, answer: 'nothing' },
    missing: { url: '/documents/scenario/none' },
    invalid: [{ url: '/documents/poem/base', place: 'kind' }],
    conflict: { url: '/documents/scenario/base', headers: { 'if-match': '"7"' }, status: 412 },
  },
  'GET /documents/:kind/:name/revisions': {
    kind: 'read',
    ok: { url: '/documents/scenario/base/revisions', status: 200, answer: pageSchema(documentEntrySchema) },
    missing: { url: '/documents/scenario/none/revisions' },
    invalid: badPages('/documents/scenario/base/revisions'),
    conflict: null,
  },
  'GET /documents/:kind/:name/revisions/:revision': {
    kind: 'read',
    ok: { url: '/documents/scenario/base/revisions/1', status: 200, answer: documentSchema },
    missing: { url: '/documents/scenario/base/revisions/2' },
    invalid: [{ url: '/documents/scenario/base/revisions/last', place: 'revision' }],
    conflict: null,
  },
  'GET /audit': {
    kind: 'read',
    ok: { url: '/audit', status: 200, answer: pageSchema(auditEventSchema) },
    missing: null,
    invalid: badPages('/audit'),
    conflict: null,
  },
  'GET /audit/verify': {
    kind: 'read',
    ok: { url: '/audit/verify', status: 200, answer: auditVerdictSchema },
    missing: null,
    invalid: [],
    conflict: null,
  },
});

/** `METHOD url` and declared kind of every route that the plugin registers, but the HEAD that Fastify adds to a JSON GET. */
async function declaredRoutes(): Promise<Map<string, string | undefined>> {
  const found = new Map<string, string | undefined>();
  const app = Fastify({ exposeHeadRoutes: false });
  app.addHook('onRoute', ({ method, url, config }) => {
    found.set(`${String(method)} ${url}`, (config as { kind?: string } | undefined)?.kind);
  });
  const store = await openRegistryStore({ memory: true });
  const cursors = new PageCursors(new Uint8Array(32));
  const context = {
    store,
    cursors,
    limits: defaultLimits,
    version: '0',
    auditWatch: new AuditWatch(store.audit),
  };
  await app.register(reviewRoutes, context);
  await app.ready();
  await app.close();
  await store.close();
  return found;
}

let registry: TestRegistry;

beforeAll(async () => {
  registry = await startTestRegistry();
  decisionId = await seed(registry);
  const taken = {
    url: '/api/v1/decisions',
    payload: newDecision('first'),
    headers: { 'idempotency-key': 'taken' },
  };
  expect((await registry.send({ method: 'POST', ...taken })).statusCode).toBe(201);
});

afterAll(() => registry.close());

const methodOf = (route: string) => route.split(' ')[0] as 'GET';

function send(route: string, { url, payload, headers }: Ask, own: Record<string, string> = changeHeaders) {
  const body = payload === undefined ? {} : { payload };
  return registry.app.inject({
    method: methodOf(route),
    url: `/api/v1${url}`,
    ...body,
    headers: { ...own, ...headers },
  });
}

function expectError(answer: Awaited<ReturnType<typeof send>>, place?: string): void {
  // HEAD has no body to say it in.
  if (answer.raw.req.method === 'HEAD') return;
  const { error } = errorBodySchema.parse(answer.json());
  expect(error.requestId).toBe(answer.headers['x-request-id']);
  expect(error.message).toMatch(/\.$/);
  if (place !== undefined) expect(error.place).toBe(place);
}

it('names every route, with the kind it declares', async () => {
  const named = Object.entries(cases()).map(([route, { kind }]) => [route, kind] as const);
  expect(await declaredRoutes()).toEqual(new Map(named));
});

describe.each(Object.keys(cases()))('%s', (route) => {
  const find = (): RouteCase => cases()[route] as RouteCase;

  it('is refused when it is missing, invalid or in conflict', async () => {
    const { missing, invalid, conflict } = find();
    if (missing !== null) {
      const answer = await send(route, missing);
      expect(answer.statusCode).toBe(404);
      expectError(answer);
    }
    for (const { place, status = 400, ...ask } of invalid) {
      const answer = await send(route, ask);
      expect([ask.url, answer.statusCode]).toEqual([ask.url, status]);
      expectError(answer, place);
    }
    if (conflict === null) return;
    const answer = await send(route, conflict);
    expect(answer.statusCode).toBe(conflict.status);
    expectError(answer);
  });

  it('is refused to a foreign host and a foreign origin', async () => {
    const foreign = [
      { host: 'evil.example' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { host: '127.0.0.1.evil.example' },
    ];
    for (const headers of foreign) {
      const answer = await send(route, { ...find().ok, headers: { ...find().ok.headers, ...headers } });
      expect(answer.statusCode).toBe(403);
      expectError(answer, Object.keys(headers)[0]);
    }
  });

  it('needs the request header only when it changes something', async () => {
    const { kind, ok } = find();
    const answer = await send(route, ok, {});
    expect(answer.statusCode).toBe(kind === 'change' ? 403 : ok.status);
    if (kind === 'change') expectError(answer, 'x-requested-with');
  });
});

// Last, since some of them take away what the others ask for.
describe('an answer', () => {
  const last = (route: string) => (route.startsWith('DELETE') ? 1 : 0);
  const routes = Object.keys(cases()).sort((a, b) => last(a) - last(b));

  it.each(routes)('%s is as its schema says', async (route) => {
    const { ok } = cases()[route] as RouteCase;
    const response = await send(route, ok);
    expect([response.statusCode, response.statusCode === ok.status ? '' : response.body]).toEqual([
      ok.status,
      '',
    ]);
    if (ok.answer === 'nothing') expect(response.body).toBe('');
    else if (ok.answer === 'bytes') expect(response.body).toBe(seeded.bytes);
    else expect(ok.answer.parse(response.json())).toEqual(response.json());
  });
});

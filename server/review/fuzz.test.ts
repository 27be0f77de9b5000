/** Whatever is sent: an answer below 500 that is ours, and nothing outside the registry. */
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorBodySchema } from '../../src/contracts/registry/primitives.ts';
import { parseRange } from './byte-range.ts';
import { seed, seeded, startTestRegistry, type TestRegistry } from './testing/test-registry.ts';

const runs = process.env.CUTLINE_LANE === 'slow' ? 5000 : 150;
const noLimits = { readsPerMinute: 1e9, changesPerMinute: 1e9 };

let registry: TestRegistry;
let port: number;

beforeAll(async () => {
  registry = await startTestRegistry(noLimits);
  await seed(registry);
  port = Number(new URL(await registry.listen()).port);
});

afterAll(() => registry.close());

/** Sends a request line as it is, which no client library would, and reads the whole answer. */
function sendRaw(head: string, body: string | Uint8Array = ''): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.once('error', reject);
    socket.once('close', () =>
      resolve({ status: Number(text.split(' ')[1]), body: text.split('\r\n\r\n')[1] ?? '' }),
    );
    socket.write(Buffer.from(`${head}\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n`, 'latin1'));
    socket.write(
      Buffer.concat([Buffer.from(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`), Buffer.from(body)]),
    );
  });
}

const evilPart = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '%252e%252e',
    '..%2f..',
    '..%5c',
    '\\',
    '%00',
    '%ff',
    '%',
    '%zz',
    'C:',
    '~',
    '',
  ),
  fc.constantFrom(
    'models',
    'pd',
    'versions',
    '1',
    'artifacts',
    'blobs',
    seeded.sha256,
    'documents',
    'scenario',
    'base',
  ),
  fc.string({ unit: fc.constantFrom(...'aé.%/\\#?:;&=+ \u0001\u007f') }),
);

it('answers any path', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(evilPart, { maxLength: 9 }),
      fc.constantFrom('GET', 'HEAD', 'DELETE'),
      async (parts, method) => {
        const path = parts.join('/').replace(/[\r\n ]/g, '');
        const { status, body } = await sendRaw(`${method} /api/v1/${path} HTTP/1.1`);
        expect(status).toBeGreaterThanOrEqual(200);
        expect(status).toBeLessThan(500);
        expect(body).not.toContain('root:');
      },
    ),
    { numRuns: runs },
  );
});

it.each([
  '/api/v1/models/pd/versions/1/artifacts/../../../../../../../etc/passwd',
  '/api/v1/models/pd/versions/1/artifacts/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '/api/v1/models/pd/versions/1/artifacts/..%2f..%2f..%2fetc%2fpasswd',
  '/api/v1/models/pd/versions/1/artifacts/%252e%252e%252fetc%252fpasswd',
  '/api/v1/models/pd/versions/1/artifacts/..%5c..%5cetc',
  '/api/v1/models/pd/versions/1/artifacts//etc/passwd',
  '/api/v1/models/pd/versions/1/artifacts/C:/boot.ini',
  '/api/v1/blobs/../../registry.db',
  '/api/v1/blobs/..%2f..%2fregistry.db',
])('has nothing at %s', async (path) => {
  const { status, body } = await sendRaw(`GET ${path} HTTP/1.1`);
  expect([400, 403, 404]).toContain(status);
  errorBodySchema.parse(JSON.parse(body));
});

const headerName = fc.constantFrom(
  'range',
  'if-range',
  'if-match',
  'if-none-match',
  'idempotency-key',
  'x-cutline-profile',
  'accept',
  'content-type',
  'origin',
  'content-encoding',
  'expect',
  'accept-version',
  'x-forwarded-for',
  'x-http-method-override',
);
const headerText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abz019"*,;=-/% _'), maxLength: 40 }),
  fc.constantFrom(
    'bytes=0-',
    'bytes=-',
    '"1"',
    '*',
    'W/"1"',
    '%F0%9F',
    'application/json',
    'gzip',
    'x'.repeat(5000),
  ),
);

it('answers any headers', async () => {
  const targets = ['/models/pd', `/blobs/${seeded.sha256}`, '/documents/scenario/base', '/decisions'];
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(headerName, headerText),
      fc.constantFrom(...targets),
      fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'PATCH') as fc.Arbitrary<'GET'>,
      fc.constantFrom(undefined, '{"body":1}', 'x'),
      async (headers, url, method, payload) => {
        const body = payload === undefined || method === 'GET' ? {} : { payload };
        const answer = await registry.send({ method, url: `/api/v1${url}`, headers, ...body });
        expect(answer.statusCode).toBeLessThan(500);
      },
    ),
    { numRuns: runs },
  );
});

it('answers any JSON body', async () => {
  const json = fc.oneof(fc.jsonValue({ maxDepth: 6 }), fc.record({ body: fc.jsonValue() }));
  const targets = [
    ['POST', '/models'],
    ['POST', '/models/pd/versions'],
    ['PATCH', '/models/pd'],
    ['POST', '/decisions'],
    ['PUT', `/datasets/${seeded.datasetId}`],
    ['PUT', '/documents/scenario/base'],
  ] as const;
  await fc.assert(
    fc.asyncProperty(json, fc.constantFrom(...targets), async (body, [method, url]) => {
      const payload = JSON.stringify(body);
      const answer = await registry.send({
        method,
        url: `/api/v1${url}`,
        payload,
        headers: { 'content-type': 'application/json' },
      });
      expect(answer.statusCode).toBeLessThan(500);
      if (answer.statusCode >= 400) errorBodySchema.parse(answer.json());
    }),
    { numRuns: runs },
  );
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

it('answers any bytes as a JSON body', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const answer = await registry.send({
        method: 'PUT',
        url: '/api/v1/documents/scenario/base',
        payload: Buffer.from(bytes),
        headers: { 'content-type': 'application/json' },
      });
      expect([200, 400]).toContain(answer.statusCode);
    }),
    { numRuns: runs },
  );
});

it('a document comes back as it was put', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), async (body) => {
      const url = '/api/v1/documents/snapshot/any';
      const put = await registry.send({ method: 'PUT', url, payload: { body } });
      // What JSON cannot keep is refused, never changed.
      if (put.statusCode === 400) return;
      const { body: back } = (await registry.send({ url })).json<{ body: unknown }>();
      expect(back).toEqual(JSON.parse(JSON.stringify(body)));
    }),
    { numRuns: runs },
  );
});

it('takes no cursor but its own', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), async (text) => {
      const cursor = encodeURIComponent(text.replace(/\p{Cs}/gu, ''));
      fc.pre(cursor !== '');
      const answer = await registry.send({ url: `/api/v1/models?cursor=${cursor}` });
      expect([answer.statusCode, answer.json().error.place]).toEqual([400, 'cursor']);
    }),
    { numRuns: runs },
  );
});

it('a range lies inside what it is a range of', () => {
  const number = fc.oneof(
    fc.constant(''),
    fc.nat({ max: 30 }).map(String),
    fc.bigInt({ min: 0n }).map(String),
  );
  fc.assert(
    fc.property(number, number, fc.nat({ max: 20 }), (first, last, size) => {
      const range = parseRange(`bytes=${first}-${last}`, size);
      if (range === null || range === 'unsatisfiable') return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeGreaterThan(range.start);
      expect(range.end).toBeLessThanOrEqual(size);
    }),
    { numRuns: runs * 10 },
  );
});

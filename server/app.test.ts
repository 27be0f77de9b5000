import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from './app.ts';
import { openRegistryStore } from './store/open-registry-store.ts';
import type { RegistryStore } from './store/registry-store.ts';

let distDir: string;
let app: FastifyInstance;
let store: RegistryStore;

beforeAll(async () => {
  distDir = await mkdtemp(join(tmpdir(), 'cutline-dist-'));
  await mkdir(join(distDir, 'assets'));
  await mkdir(join(distDir, 'demo'));
  const nonce = 'CUTLINE_CSP_NONCE';
  await writeFile(
    join(distDir, 'index.html'),
    `<meta property="csp-nonce" nonce="${nonce}"><script nonce="${nonce}" src="/assets/a-1.js"></script>`,
  );
  await writeFile(join(distDir, 'assets/a-1.js'), 'export {};');
  await writeFile(join(distDir, 'assets/ort-1.wasm'), new Uint8Array([0, 97, 115, 109]));
  await writeFile(join(distDir, 'demo/loans.csv'), 'a,b\n1,2\n');
  await writeFile(join(distDir, '.stamp'), 'secret');
  store = await openRegistryStore({ memory: true });
  app = await buildApp({ distDir, version: '1.2.3', store });
  app.get('/api/fails', () => {
    throw new Error('/etc/secret is unreadable');
  });
  app.post('/api/echo', (request) => request.body);
});

afterAll(async () => {
  await app.close();
  await store.close();
  await rm(distDir, { recursive: true });
});

const addresses = [
  '/',
  '/thresholds',
  '/health',
  '/ready',
  '/api/v1/models',
  '/assets/a-1.js',
  '/demo/loans.csv',
  '/nothing.js',
  '/api/no',
  '/api/fails',
  '/%',
];

describe('headers', () => {
  it.each(addresses)('%s is isolated, unsniffable and under the policy', async (url) => {
    const { headers } = await app.inject(url);
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const policy = String(headers['content-security-policy']).split('; ');
    for (const rule of [
      "default-src 'self'",
      "script-src 'self' 'wasm-unsafe-eval'",
      "worker-src 'self'",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'none'",
    ]) {
      expect(policy).toContain(rule);
    }
    expect(policy.join(';')).not.toContain('unsafe-inline');
    expect(policy.join(';')).not.toContain("'unsafe-eval'");
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the built app', () => {
  it('answers index.html with a fresh nonce in tags and policy', async () => {
    const seen = new Set<string>();
    for (let i = 0; i < 3; i++) {
      const answer = await app.inject('/');
      const nonce = /<meta property="csp-nonce" nonce="([^"]+)"/.exec(answer.body)?.[1] ?? '';
      expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
      expect(answer.body).toContain(`<script nonce="${nonce}"`);
      expect(answer.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      seen.add(nonce);
    }
    expect(seen.size).toBe(3);
  });

  it.each(['/index.html', '/thresholds', '/a/b/c?x=1.5'])('answers %s with index.html', async (url) => {
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('csp-nonce');
    expect(answer.body).not.toContain('CUTLINE_CSP_NONCE');
  });

  it('lets hashed assets be kept for ever and everything else be asked for again', async () => {
    const asset = await app.inject('/assets/a-1.js');
    expect(asset.statusCode).toBe(200);
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(asset.headers['content-type']).toMatch(/^(text|application)\/javascript/);
    expect((await app.inject('/assets/ort-1.wasm')).headers['content-type']).toBe('application/wasm');
    const demo = await app.inject('/demo/loans.csv');
    expect(demo.body).toBe('a,b\n1,2\n');
    expect(demo.headers['cache-control']).toBe('no-cache');
    const again = await app.inject({
      url: '/demo/loans.csv',
      headers: { 'if-none-match': String(demo.headers.etag) },
    });
    expect(again.statusCode).toBe(304);
  });

  it.each([
    '/nothing.js',
    '/assets/gone',
    '/assets/gone.js',
    '/assets',
    '/api',
    '/api/v1/nothing',
    '/api/v1/models/none',
    '/ajax-api/2.0/x',
    '/.stamp',
    '/..%2f..%2fetc/passwd.txt',
  ])('answers %s with a JSON 404', async (url) => {
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    const { error } = answer.json();
    expect(error.code).toBe('not-found');
    expect(error.requestId).toBe(answer.headers['x-request-id']);
  });

  it('does not answer a page to a write', async () => {
    expect((await app.inject({ method: 'POST', url: '/thresholds' })).statusCode).toBe(404);
  });
});

describe('health and errors', () => {
  it('says that it is up, and which version', async () => {
    const plain = await app.inject('/health');
    expect([plain.statusCode, plain.body]).toEqual([200, 'OK']);
    const answer = await app.inject({ url: '/health', headers: { accept: 'application/json' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: 'ok', name: 'cutline', version: '1.2.3' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('keeps the details of its own failures to itself', async () => {
    const answer = await app.inject('/api/fails');
    expect(answer.statusCode).toBe(500);
    expect(answer.json().error.code).toBe('internal');
    expect(answer.body).not.toContain('secret');
    expect(answer.json().error.requestId).toBe(answer.headers['x-request-id']);
  });

  it.each([
    ['NONSENSE\r\n\r\n', 400, 'bad-request'],
    [`GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
    [
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
      400,
      'bad-request',
    ],
  ])('answers what is no request in the form of every error (%#)', async (text, status, code) => {
    const own = await buildApp({ distDir, version: '1.2.3', store });
    await own.listen({ host: '127.0.0.1', port: 0 });
    const answer = await new Promise<string>((resolve) => {
      let received = '';
      const socket = connect((own.server.address() as AddressInfo).port, '127.0.0.1');
      socket.on('data', (chunk) => {
        received += chunk.toString();
      });
      socket.on('close', () => resolve(received));
      socket.write(text);
    });
    await own.close();
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    const { error } = JSON.parse(body);
    expect(error.code).toBe(code);
    expect(head).toContain(`x-request-id: ${error.requestId}`);
  });

  it('refuses a body that is too large or not JSON', async () => {
    const post = (payload: string, type = 'application/json') =>
      app.inject({ method: 'POST', url: '/api/echo', payload, headers: { 'content-type': type } });
    expect((await post('{"a":1}')).json()).toEqual({ a: 1 });
    const large = await post(`"${'x'.repeat(1_048_576)}"`);
    expect([large.statusCode, large.json().error.code]).toEqual([413, 'body-too-large']);
    const broken = await post('{');
    expect([broken.statusCode, broken.json().error.code]).toEqual([400, 'bad-request']);
    const foreign = await post('<a/>', 'text/xml');
    expect([foreign.statusCode, foreign.json().error.code]).toEqual([415, 'unsupported-media-type']);
  });
});

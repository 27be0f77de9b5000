/** Uploads and downloads over real connections, to a registry on disk. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeHeaders, sha256, startTestRegistry, type TestRegistry } from './testing/test-registry.ts';

const MAX_BYTES = 16 * 1024 * 1024;
/** Long enough that a busy machine is not taken for a silent client. */
const IDLE_MS = 2000;

let dataDir: string;
let registry: TestRegistry;
let origin: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'cutline-data-'));
  const limits = { maxUploadBytes: MAX_BYTES, uploadIdleMs: IDLE_MS, maxUploads: 9, requestMs: 400 };
  registry = await startTestRegistry(limits, dataDir);
  origin = await registry.listen();
});

afterAll(async () => {
  await registry.close();
  await rm(dataDir, { recursive: true });
});

const blobUrl = (digest: string) => `${origin}/api/v1/blobs/${digest}`;

function put(digest: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  const init = { method: 'PUT', body, duplex: 'half', headers: { ...changeHeaders, ...headers } };
  return fetch(blobUrl(digest), init);
}

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A body without Content-Length, which goes out in chunks. */
const chunked = (bytes: Uint8Array) =>
  Readable.toWeb(Readable.from(pieces(bytes, 64 * 1024))) as ReadableStream;

const tempFiles = () => readdir(join(dataDir, 'tmp'));

/** A PUT that is written by hand. */
function openPut(digest: string, headers: Record<string, string | number> = {}): ClientRequest {
  return httpRequest(blobUrl(digest), {
    method: 'PUT',
    headers: { ...changeHeaders, ...headers },
    agent: false,
  });
}

function responseOf(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => sent.once('response', resolve).once('error', reject));
}

async function bodyOf(response: IncomingMessage): Promise<{ error: { code: string } }> {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return JSON.parse(text) as { error: { code: string } };
}

/** Waits until a condition of the server holds; the test's own time limit ends a wait in vain. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('PUT /blobs', () => {
  beforeEach(async () => expect(await tempFiles()).toEqual([]));

  it('takes bytes of any type, with or without their length, and says whether they are new', async () => {
    const bytes = randomBytes(300_000);
    const digest = sha256(bytes);
    const first = await put(digest, chunked(bytes), { 'content-type': 'text/html' });
    expect([first.status, await first.json()]).toEqual([201, { sha256: digest, size: bytes.length }]);
    expect(first.headers.get('etag')).toBe(`"${digest}"`);
    for (const type of ['application/json', 'application/x-anything', 'multipart/form-data']) {
      expect((await put(digest, bytes, { 'content-type': type })).status).toBe(200);
    }
    const sent = openPut(digest, { 'content-length': bytes.length });
    sent.end(bytes);
    expect((await responseOf(sent)).statusCode).toBe(200);
    expect(Buffer.from(await (await fetch(blobUrl(digest))).arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('takes no bytes at all', async () => {
    const empty = sha256('');
    expect((await put(empty, chunked(new Uint8Array()))).status).toBe(201);
    const answer = await fetch(blobUrl(empty));
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([
      200,
      '0',
      '',
    ]);
    expect((await fetch(blobUrl(empty), { headers: { range: 'bytes=0-' } })).status).toBe(416);
  });

  it('refuses other bytes than the digest says, and keeps none', async () => {
    const digest = sha256('right');
    const answer = await put(digest, 'wrong');
    expect([answer.status, (await answer.json()).error.code]).toEqual([422, 'digest-mismatch']);
    expect((await fetch(blobUrl(digest))).status).toBe(404);
  });

  it('refuses what says it is too large before it comes, without waiting for it', async () => {
    const digest = sha256('never');
    const sent = openPut(digest, { 'content-length': MAX_BYTES + 1 });
    sent.on('error', () => undefined);
    sent.flushHeaders();
    const response = await responseOf(sent);
    expect([response.statusCode, (await bodyOf(response)).error.code]).toEqual([413, 'too-large']);
    sent.destroy();
  });

  it('cuts off a refused client that does not stop', async () => {
    const agent = new Agent({ keepAlive: true });
    const sent = httpRequest(blobUrl(sha256('never')), { method: 'PUT', headers: changeHeaders, agent });
    let isCut = false;
    sent.once('response', (response) => response.resume().on('error', () => undefined));
    sent
      .on('error', () => undefined)
      .once('close', () => {
        isCut = true;
      });
    const piece = Buffer.alloc(1024 * 1024);
    await until(async () => {
      if (!isCut) await new Promise((resolve) => sent.write(piece, resolve));
      return isCut;
    });
    agent.destroy();
  });

  it('refuses what turns out too large while it comes', async () => {
    const sent = openPut(sha256('never'));
    let ended = false;
    sent.on('error', () => undefined);
    const answered = responseOf(sent).finally(() => {
      ended = true;
    });
    const piece = Buffer.alloc(1024 * 1024);
    // Far more than the limit would be sent, were it not refused on the way.
    for (let i = 0; i < 64 && !ended; i++) await new Promise((resolve) => sent.write(piece, resolve));
    const response = await answered;
    expect([response.statusCode, (await bodyOf(response)).error.code]).toEqual([413, 'too-large']);
    expect(sent.writableEnded).toBe(false);
    sent.destroy();
  });

  it('removes what an upload that broke off has left', async () => {
    const bytes = randomBytes(1_000_000);
    const digest = sha256(bytes);
    const sent = openPut(digest, { 'content-length': bytes.length });
    sent.on('error', () => undefined);
    sent.write(bytes.subarray(0, 500_000));
    await until(async () => (await tempFiles()).length === 1);
    sent.destroy();
    await until(async () => (await tempFiles()).length === 0);
    expect((await fetch(blobUrl(digest))).status).toBe(404);
    expect((await put(digest, bytes)).status).toBe(201);
  });

  it('ends an upload that falls silent, and says so', async () => {
    const sent = openPut(sha256('slow'), { 'content-length': 4 });
    sent.on('error', () => undefined);
    sent.write('s');
    const response = await responseOf(sent);
    expect([response.statusCode, (await bodyOf(response)).error.code]).toEqual([408, 'upload-idle']);
    sent.destroy();
  });

  it('takes an upload that lasts longer than the idle time, as long as it moves', async () => {
    const sent = openPut(sha256('abcdefghijkl'));
    for (const letter of 'abcdefghijkl') {
      sent.write(letter);
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS / 10));
    }
    sent.end();
    expect((await responseOf(sent)).statusCode).toBe(201);
  });

  it('tells the tenth of nine at once to come back', async () => {
    const open = Array.from({ length: 9 }, (_, i) => openPut(sha256(`held ${i}`), { 'content-length': 9 }));
    for (const sent of open) sent.on('error', () => undefined).write('h');
    await until(async () => (await tempFiles()).length === 9);
    const answer = await put(sha256('x'), 'x');
    expect([answer.status, (await answer.json()).error.code]).toEqual([503, 'too-many-uploads']);
    expect(answer.headers.get('retry-after')).toBe('1');
    for (const sent of open) sent.destroy();
    await until(async () => (await tempFiles()).length === 0);
    expect((await put(sha256('x'), 'x')).status).toBe(201);
  });

  it('takes eight at once, each whole', async () => {
    const files = Array.from({ length: 8 }, () => randomBytes(8 * 1024 * 1024));
    const answers = await Promise.all(files.map((bytes) => put(sha256(bytes), chunked(bytes))));
    expect(answers.map(({ status }) => status)).toEqual(files.map(() => 201));
    for (const bytes of files) {
      const back = await fetch(blobUrl(sha256(bytes)));
      expect(sha256(new Uint8Array(await back.arrayBuffer()))).toBe(sha256(bytes));
    }
  });
});

describe('GET /blobs', () => {
  const bytes = Buffer.from('0123456789');
  const digest = sha256(bytes);
  beforeAll(async () => expect((await put(digest, bytes)).status).toBe(201));

  it('sends an attachment that no browser will run, to be kept for ever', async () => {
    for (const method of ['GET', 'HEAD']) {
      const { status, headers } = await fetch(blobUrl(digest), { method });
      expect(status).toBe(200);
      expect(Object.fromEntries(headers)).toMatchObject({
        'accept-ranges': 'bytes',
        'cache-control': 'private, max-age=31536000, immutable',
        'content-disposition': `attachment; filename="${digest}"; filename*=UTF-8''${digest}`,
        'content-length': '10',
        'content-security-policy': "sandbox; default-src 'none'",
        'content-type': 'application/octet-stream',
        'cross-origin-resource-policy': 'same-origin',
        etag: `"${digest}"`,
        'x-content-type-options': 'nosniff',
      });
    }
  });

  it.each([
    ['bytes=0-0', 206, '0', 'bytes 0-0/10'],
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=0-1,3-4', 200, '0123456789', null],
    ['bytes=4-2', 200, '0123456789', null],
    ['lines=0-1', 200, '0123456789', null],
    ['bytes=-', 200, '0123456789', null],
  ])('%s: %i', async (range, status, text, contentRange) => {
    const answer = await fetch(blobUrl(digest), { headers: { range } });
    expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([
      status,
      text,
      contentRange,
    ]);
  });

  it.each(['bytes=10-', 'bytes=10-12', 'bytes=-0', 'bytes=99999999999999999999-'])(
    '%s lies outside',
    async (range) => {
      const answer = await fetch(blobUrl(digest), { headers: { range } });
      expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */10']);
      expect((await answer.json()).error.code).toBe('range-not-satisfiable');
    },
  );

  it('sends nothing again to who has it, and the whole to who had something else', async () => {
    const ask = (headers: Record<string, string>) => fetch(blobUrl(digest), { headers });
    expect((await ask({ 'if-none-match': `"${digest}"` })).status).toBe(304);
    expect((await ask({ 'if-none-match': `"a", W/"${digest}"` })).status).toBe(304);
    expect((await ask({ 'if-none-match': '"a"' })).status).toBe(200);
    expect((await ask({ range: 'bytes=0-1', 'if-range': `"${digest}"` })).status).toBe(206);
    expect((await ask({ range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
  });
});

describe('a slow client', () => {
  it('is cut off when its JSON body does not come', async () => {
    const sent = httpRequest(`${origin}/api/v1/models`, {
      method: 'POST',
      headers: { ...changeHeaders, 'content-type': 'application/json', 'content-length': 20 },
      agent: false,
    });
    const cut = new Promise((resolve) => sent.once('error', resolve));
    sent.write('{"name":');
    expect(await cut).toMatchObject({ code: 'ECONNRESET' });
  });
});

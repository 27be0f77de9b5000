/**
 * Uploads to the registry: 50 clients at once send 100 MB each, without saying how long it will be. The server is a process of
 * its own; clients and server share the machine's cores, and each byte is hashed and flushed to disk before it counts.
 * Alone: `npx tsx bench/run.ts registry`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { BenchRow } from '../row.ts';

const PIECE = 1024 * 1024;
const serverFile = fileURLToPath(new URL('./empty-server.ts', import.meta.url));

interface Memory {
  readonly peakBytes: number;
  readonly nowBytes: number;
}

/** @param clients at once; @param pieces of 1 MiB that each sends, 100 for the figures that are claimed */
export async function run(clients = 50, pieces = 100): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-bench-registry-'));
  const server = fork(serverFile, [folder], { execArgv: ['--import', 'tsx'] });
  try {
    const [{ origin }] = (await once(server, 'message')) as [{ origin: string }];
    const digests = Array.from({ length: clients }, (_, client) => digestOf(client, pieces));
    const before = await memoryOf(server);
    const start = performance.now();
    await Promise.all(digests.map((digest, client) => upload(origin, digest, client, pieces)));
    const seconds = (performance.now() - start) / 1000;
    const { peakBytes } = await memoryOf(server);
    const note = `${clients} at once, ${pieces} MiB each`;
    const megabytes = (bytes: number) => Math.round(bytes / 1e6);
    return [
      { name: 'registry uploads', value: seconds, unit: 's', note },
      { name: 'registry uploads', value: (clients * pieces * PIECE) / 1e6 / seconds, unit: 'MB/s', note },
      { name: 'server at rest', value: megabytes(before.nowBytes), unit: 'MB', note: 'resident, before' },
      {
        name: 'server at its peak',
        value: megabytes(peakBytes),
        unit: 'MB',
        note: 'resident, aim below 300',
      },
    ];
  } finally {
    await stop(server);
    await rm(folder, { recursive: true, force: true });
  }
}

async function memoryOf(server: ChildProcess): Promise<Memory> {
  server.send('memory');
  const [memory] = (await once(server, 'message')) as [Memory];
  return memory;
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.disconnect();
  await ended;
}

/** The bytes of one client: a piece of its own, over and over. */
function* bytesOf(client: number, pieces: number): Generator<Uint8Array> {
  const piece = Buffer.alloc(PIECE, `client ${client} `);
  for (let i = 0; i < pieces; i++) yield piece;
}

function digestOf(client: number, pieces: number): string {
  const hash = createHash('sha256');
  for (const piece of bytesOf(client, pieces)) hash.update(piece);
  return hash.digest('hex');
}

/** @throws {Error} the upload was not taken */
async function upload(origin: string, digest: string, client: number, pieces: number): Promise<void> {
  const sent = request(`${origin}/api/v1/blobs/${digest}`, {
    method: 'PUT',
    headers: { 'x-requested-with': 'cutline' },
    agent: false,
  });
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  await pipeline(Readable.from(bytesOf(client, pieces)), sent);
  const [response] = await answered;
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 201)
    throw new Error(`upload ${client} was answered with ${response.statusCode}`);
}

/**
 * A client that writes to a registry of its own until it is killed: one line of JSON on stdout for each acknowledged
 * write. Started by crash.test.ts, as `crash-workload.ts <data folder> <seed> <failpoint> <nth time>`, where it kills
 * itself the nth time that it passes the failpoint (`none`: never), or with `fill` in place of a failpoint, where it goes
 * on until the disk has refused 40 writes, starts again and tells what was lost.
 */
import { writeSync } from 'node:fs';
import type { DocumentKind } from '../../src/contracts/registry/documents.ts';
import type { Artifact } from '../../src/contracts/registry/models.ts';
import { type Ack, type Answer, lossOf } from './crash-acks.ts';
import type { FailpointName } from './failpoint.ts';
import { openRegistryStore } from './open-registry-store.ts';
import type { RegistryStore } from './registry-store.ts';
import { analyst, chunksOf, sampleDecision, sha256Of } from './sample-store.ts';
import { StoreError } from './store-error.ts';
import { verifyRegistry } from './verify-registry.ts';

/** Numbers in [0, 1) from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

class Client {
  readonly #store: RegistryStore;
  readonly #random: () => number;
  readonly #seed: number;
  readonly #uploaded: Artifact[] = [];
  readonly #models: string[] = [];
  #count = 0;

  constructor(store: RegistryStore, seed: number) {
    this.#store = store;
    this.#seed = seed;
    this.#random = randomFrom(seed);
  }

  #pick<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.#random() * list.length)];
  }

  /** One random write. @throws what the store throws */
  async write(largestBlob: number): Promise<Answer> {
    this.#count += 1;
    const label = `${this.#seed}-${this.#count}`;
    const upload = () => this.#upload(label, largestBlob);
    const writes = [
      upload,
      upload,
      () => this.#version(label),
      () => this.#decision(label),
      () => this.#document(label),
      () => this.#label(label),
    ];
    const write = this.#models.length === 0 ? () => this.#model(label) : this.#pick(writes);
    return (write ?? upload)();
  }

  async #upload(label: string, largestBlob: number): Promise<Answer> {
    const text = label.padEnd(Math.floor(this.#random() * largestBlob), '.');
    const sha256 = sha256Of(text);
    const { size } = await this.#store.blobs.put(analyst, sha256, chunksOf(text, 4096), { maxBytes: 1e7 });
    this.#uploaded.push({ path: `files/${label}`, size, sha256 });
    return { kind: 'blob', sha256, size };
  }

  #model(label: string): Answer {
    const { name } = this.#store.models.create(analyst, { name: label, description: '', tags: {} });
    this.#models.push(name);
    return { kind: 'model', name };
  }

  #version(label: string): Answer {
    const artifacts = this.#uploaded.slice(-3);
    const model = this.#pick(this.#models);
    if (model === undefined || artifacts.length === 0) return this.#model(label);
    const version = this.#store.versions.create(analyst, model, { description: label, tags: {}, artifacts });
    return { kind: 'version', version };
  }

  #decision(label: string): Answer {
    const request = { key: label, actor: 'Ana', requestSha256: sha256Of(label) };
    const { response } = this.#store.once(request, () => ({
      status: 201,
      body: this.#store.decisions.create(analyst, { ...sampleDecision, reason: label }),
    }));
    return { kind: 'decision', request, response };
  }

  #document(label: string): Answer {
    const kind = this.#pick<DocumentKind>(['scenario', 'policy', 'workspace']) ?? 'scenario';
    const body = { label, padding: 'x'.repeat(Math.floor(this.#random() * 3000)) };
    return { kind: 'document', document: this.#store.documents.put(analyst, kind, 'shared', body, 'any') };
  }

  #label(label: string): Answer {
    const model = this.#pick(this.#models);
    if (model === undefined) return this.#model(label);
    this.#store.models.patch(analyst, model, { description: label });
    return { kind: 'other' };
  }
}

function acknowledged(store: RegistryStore, answer: Answer): Ack {
  const [head] = store.audit.list({ limit: 1 }).items;
  return { answer, seq: head?.seq ?? 0, hash: head?.hash ?? '' };
}

function dieAt(wanted: FailpointName | 'none', nth: number): (name: FailpointName) => void {
  let left = nth;
  return (name) => {
    if (name !== wanted) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}

/** Three clients at once, so that uploads are under way while rows are written. */
async function writeUntilKilled(dataDir: string, seed: number, wanted: FailpointName | 'none', nth: number) {
  const store = await openRegistryStore({ dataDir, failpoint: dieAt(wanted, nth) });
  const clients = [0, 1, 2].map(async (index) => {
    const client = new Client(store, seed * 3 + index);
    for (;;) {
      const ack = acknowledged(store, await client.write(20_000));
      writeSync(1, `${JSON.stringify(ack)}\n`);
    }
  });
  await Promise.all(clients);
}

async function writeUntilFull(dataDir: string, seed: number): Promise<void> {
  const store = await openRegistryStore({ dataDir, floorBytes: 0 });
  const client = new Client(store, seed);
  const acks: Ack[] = [];
  for (let refused = 0; refused < 40; ) {
    try {
      acks.push(acknowledged(store, await client.write(200_000)));
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'disk-full')) throw error;
      refused += 1;
    }
  }
  await store.close();
  const again = await openRegistryStore({ dataDir, floorBytes: 0 });
  const lost = lossOf(again, acks);
  await again.close();
  const { faults } = await verifyRegistry(dataDir);
  writeSync(1, `${JSON.stringify({ acks: acks.length, lost, faults })}\n`);
}

const [dataDir = '', seed = '1', failpoint = 'none', nth = '1'] = process.argv.slice(2);
if (failpoint === 'fill') await writeUntilFull(dataDir, Number(seed));
else await writeUntilKilled(dataDir, Number(seed), failpoint as FailpointName | 'none', Number(nth));

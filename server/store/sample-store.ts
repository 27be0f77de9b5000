/** What the tests of the store share. */
import { createHash } from 'node:crypto';
import type { CreateDecision } from '../../src/contracts/registry/decisions.ts';
import type { Artifact } from '../../src/contracts/registry/models.ts';
import type { Change, RegistryStore } from './registry-store.ts';

export const analyst: Change = { actor: 'Ana', identityVerified: false, requestId: 'r-1' };

/** Every page in one. */
export const allOfIt = { limit: 1000 };

export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Bytes as an upload brings them, in chunks. */
export async function* chunksOf(bytes: Uint8Array | string, size = 1024): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(bytes as string);
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}

/** Uploads a text and names it as a file of a version. */
export async function uploaded(store: RegistryStore, path: string, text: string): Promise<Artifact> {
  const sha256 = sha256Of(text);
  const { size } = await store.blobs.put(analyst, sha256, chunksOf(text), { maxBytes: 1_000_000 });
  return { path, size, sha256 };
}

export async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString('utf8');
}

export const sampleDecision: CreateDecision = {
  threshold: 0.25,
  scenario: { template: 'lending', lossRate: 0.6 },
  reason: 'Least cost on the second half of the year',
  figures: {
    rows: 1000,
    positives: 80,
    flagged: 200,
    recall: 0.75,
    precision: 0.3,
    fpr: 0.152,
    rocAuc: 0.81,
    netValue: 12_000.5,
    roi: null,
  },
  evidence: {
    datasetId: 'a'.repeat(64),
    datasetName: 'loans.csv',
    modelSha256: null,
    modelName: '',
    judgementId: 'b'.repeat(64),
    engine: 'scores of the table',
    appVersion: '0.1.0',
  },
  fragment: 't=loans',
};

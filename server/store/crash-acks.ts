import type { PinnedDecision } from '../../src/contracts/registry/decisions.ts';
import type { RegistryDocument } from '../../src/contracts/registry/documents.ts';
import type { ModelVersion } from '../../src/contracts/registry/models.ts';
import { canonicalJson } from './canonical-json.ts';
import type { IdempotentRequest, KeptResponse, RegistryStore } from './registry-store.ts';

/** What the store answered to one write, as a client would remember it. */
export type Answer =
  | { readonly kind: 'blob'; readonly sha256: string; readonly size: number }
  | { readonly kind: 'model'; readonly name: string }
  | { readonly kind: 'version'; readonly version: ModelVersion }
  | { readonly kind: 'decision'; readonly request: IdempotentRequest; readonly response: KeptResponse }
  | { readonly kind: 'document'; readonly document: RegistryDocument }
  | { readonly kind: 'other' };

/** An acknowledged write, with the head of the audit log right after it. */
export interface Ack {
  readonly answer: Answer;
  readonly seq: number;
  readonly hash: string;
}

function sameJson(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function isThere(store: RegistryStore, answer: Answer): boolean {
  switch (answer.kind) {
    case 'blob':
      return store.blobs.size(answer.sha256) === answer.size;
    case 'model':
      return store.models.get(answer.name).name === answer.name;
    case 'version':
      return sameJson(store.versions.get(answer.version.modelName, answer.version.version), answer.version);
    case 'document': {
      const { kind, name, revision } = answer.document;
      return sameJson(store.documents.get(kind, name, revision), answer.document);
    }
    case 'decision': {
      const again = store.once(answer.request, () => ({ status: 500, body: 'ran again' }));
      const decision = answer.response.body as PinnedDecision;
      return (
        again.replayed &&
        sameJson(again.response, answer.response) &&
        sameJson(store.decisions.get(decision.id), decision)
      );
    }
    case 'other':
      return true;
  }
}

/** Hashes of the last `count` events by their number. */
function lastHashes(store: RegistryStore, from: number): Map<number, string> {
  const hashes = new Map<number, string>();
  let cursor: string | undefined;
  for (;;) {
    const page = store.audit.list({ limit: 1000, cursor });
    for (const { seq, hash } of page.items) hashes.set(seq, hash);
    const oldest = page.items.at(-1)?.seq ?? 0;
    if (page.nextCursor === null || oldest <= from) return hashes;
    cursor = page.nextCursor;
  }
}

/** The acknowledged writes that a store no longer holds as they were acknowledged. */
export function lossOf(store: RegistryStore, acks: readonly Ack[]): string[] {
  const lost: string[] = [];
  const hashes = lastHashes(store, Math.min(...acks.map(({ seq }) => seq)));
  for (const { answer, seq, hash } of acks) {
    if (hashes.get(seq) !== hash) lost.push(`audit event ${seq} after ${answer.kind}`);
    try {
      if (!isThere(store, answer)) lost.push(`${JSON.stringify(answer)} is another`);
    } catch (error) {
      lost.push(`${JSON.stringify(answer)}: ${(error as Error).message}`);
    }
  }
  return lost;
}

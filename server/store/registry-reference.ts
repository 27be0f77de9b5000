/** The registry as plain lists, without SQL, files or transactions: what the real store is compared with. */
import type { DocumentKind, RegistryDocument } from '../../src/contracts/registry/documents.ts';
import type { Artifact, ModelVersion, RegisteredModel } from '../../src/contracts/registry/models.ts';
import type { LabelPatch } from '../../src/contracts/registry/primitives.ts';
import type { ExpectedRevision } from './registry-store.ts';
import { analyst, sha256Of } from './sample-store.ts';
import { StoreError } from './store-error.ts';

interface ReferenceModel {
  readonly model: Omit<RegisteredModel, 'latestVersion' | 'versionCount'>;
  readonly versions: ModelVersion[];
}

interface ReferenceDocument {
  readonly kind: DocumentKind;
  readonly name: string;
  /** null = tombstone. */
  readonly revisions: (RegistryDocument | null)[];
}

const createdBy = analyst.actor;
const labels = { description: '', tags: {} };

function refuse(code: StoreError['code']): never {
  throw new StoreError(code, '');
}

export class RegistryReference {
  now = 1;
  /** `action object` of every event, in order. */
  readonly events: string[] = [];
  #models: ReferenceModel[] = [];
  readonly #spent = new Map<string, number>();
  readonly #blobs = new Map<string, { size: number; touchedAt: number }>();
  readonly #named = new Set<string>();
  #documents: ReferenceDocument[] = [];

  #find(name: string): ReferenceModel {
    return this.#models.find(({ model }) => model.name === name) ?? refuse('not-found');
  }

  #shown({ model, versions }: ReferenceModel): RegisteredModel {
    return { ...model, latestVersion: versions.at(-1)?.version ?? null, versionCount: versions.length };
  }

  models(): RegisteredModel[] {
    return this.#models.map((entry) => this.#shown(entry)).reverse();
  }

  versions(name: string): ModelVersion[] {
    return this.#find(name).versions.toReversed();
  }

  createModel(name: string): RegisteredModel {
    if (this.#models.some(({ model }) => model.name === name)) refuse('exists');
    const times = { createdAt: this.now, updatedAt: this.now };
    this.#models.push({ model: { name, ...labels, ...times, createdBy }, versions: [] });
    this.events.push(`model.create models/${name}`);
    return this.#shown(this.#find(name));
  }

  patchModel(name: string, patch: LabelPatch): RegisteredModel {
    const { model } = this.#find(name);
    Object.assign(model, patch, { updatedAt: this.now });
    this.events.push(`model.patch models/${name}`);
    return this.#shown(this.#find(name));
  }

  deleteModel(name: string): void {
    const gone = this.#find(name);
    this.#models = this.#models.filter((entry) => entry !== gone);
    this.events.push(`model.delete models/${name}`);
  }

  putBlob(text: string): { size: number; created: boolean } {
    const sha256 = sha256Of(text);
    const created = !this.#blobs.has(sha256);
    this.#blobs.set(sha256, { size: text.length, touchedAt: this.now });
    if (created) this.events.push(`blob.put blobs/${sha256}`);
    return { size: text.length, created };
  }

  createVersion(name: string, artifacts: readonly Artifact[]): ModelVersion {
    const entry = this.#find(name);
    const paths = artifacts.map(({ path }) => path.toLowerCase());
    if (new Set(paths).size < paths.length) refuse('invalid');
    for (const { sha256, size } of artifacts) {
      const blob = this.#blobs.get(sha256) ?? refuse('blob-missing');
      if (blob.size !== size) refuse('invalid');
    }
    const sorted = artifacts.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const lines = sorted.map(
      ({ path, sha256, size }) => `{"mode":"file","path":"${path}","sha256":"${sha256}","size":${size}}`,
    );
    for (const { sha256 } of sorted) this.#named.add(sha256);
    const version = (this.#spent.get(name) ?? 0) + 1;
    this.#spent.set(name, version);
    const made = { modelName: name, version, ...labels, artifacts: sorted, createdAt: this.now, createdBy };
    entry.versions.push({ ...made, treeSha256: sha256Of(`[${lines.join(',')}]`) });
    Object.assign(entry.model, { updatedAt: this.now });
    this.events.push(`version.create models/${name}/versions/${version}`);
    return entry.versions.at(-1) ?? refuse('not-found');
  }

  #document(kind: DocumentKind, name: string): ReferenceDocument | undefined {
    return this.#documents.find((document) => document.kind === kind && document.name === name);
  }

  #moveToEnd(document: ReferenceDocument): void {
    this.#documents = [...this.#documents.filter((other) => other !== document), document];
  }

  documents(): RegistryDocument[] {
    const latest = this.#documents.map(({ revisions }) => revisions.at(-1) ?? null).reverse();
    return latest.filter((revision) => revision !== null);
  }

  putDocument(kind: DocumentKind, name: string, body: string, expected: ExpectedRevision): RegistryDocument {
    const document = this.#document(kind, name) ?? { kind, name, revisions: [] };
    const latest = document.revisions.at(-1) ?? null;
    if (expected === 'absent' && latest !== null) refuse('exists');
    if (typeof expected === 'number' && latest?.revision !== expected) refuse('conflict');
    const revision = document.revisions.length + 1;
    const sha256 = sha256Of(JSON.stringify(body));
    const made = { kind, name, revision, body, sha256, createdAt: this.now, createdBy };
    document.revisions.push(made);
    this.#moveToEnd(document);
    this.events.push(`document.put documents/${kind}/${name}`);
    return made;
  }

  deleteDocument(kind: DocumentKind, name: string, expected: ExpectedRevision): void {
    const document = this.#document(kind, name) ?? refuse('not-found');
    const latest = document.revisions.at(-1) ?? refuse('not-found');
    if (expected === 'absent') refuse('exists');
    if (typeof expected === 'number' && latest.revision !== expected) refuse('conflict');
    document.revisions.push(null);
    this.#moveToEnd(document);
    this.events.push(`document.delete documents/${kind}/${name}`);
  }

  /** A start of the server: uploads that nothing named for `graceMs` go. */
  collect(graceMs: number): void {
    for (const [sha256, { touchedAt }] of [...this.#blobs].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (this.#named.has(sha256) || touchedAt >= this.now - graceMs) continue;
      this.#blobs.delete(sha256);
      this.events.push(`blob.collect blobs/${sha256}`);
    }
  }
}

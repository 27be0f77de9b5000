/**
 * What the registry keeps, as an interface; `openRegistryStore` (open-registry-store.ts) opens it:
 *
 *     openRegistryStore({ dataDir } or { memory: true }, with optional clock, limits): Promise<RegistryStore>
 *
 * Lists are newest first. Methods on rows are synchronous: one process, one connection. Every method that changes
 * something takes a {@link Change} and writes its audit event in the same transaction. Inputs are parsed by the schemas
 * of src/contracts/registry before they come here. Every method throws `StoreError` with the codes it names, and then
 * nothing has changed.
 */
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { AuditEvent, AuditVerdict } from '../../src/contracts/registry/audit.ts';
import type { putDatasetSchema, RegistryDataset } from '../../src/contracts/registry/datasets.ts';
import type { CreateDecision, PinnedDecision } from '../../src/contracts/registry/decisions.ts';
import type {
  DocumentEntry,
  DocumentKind,
  RegistryDocument,
} from '../../src/contracts/registry/documents.ts';
import type {
  Artifact,
  createModelSchema,
  createVersionSchema,
  ModelVersion,
  RegisteredModel,
} from '../../src/contracts/registry/models.ts';
import type { LabelPatch, Page } from '../../src/contracts/registry/primitives.ts';

/** Who changes something, in which request: goes into the audit event. */
export interface Change {
  readonly actor: string;
  /** False while profiles are only names. */
  readonly identityVerified: boolean;
  readonly requestId: string;
}

export interface PageQuery {
  /** 1 to 1000; a page of large rows has fewer. */
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** Registered models. A deleted model is gone from every answer, but its name's version counter goes on. */
export interface ModelStore {
  /** @throws {StoreError} `exists` */
  create(change: Change, input: z.output<typeof createModelSchema>): RegisteredModel;
  /** @throws {StoreError} `not-found` */
  get(name: string): RegisteredModel;
  /** @throws {StoreError} `invalid` cursor */
  list(query: PageQuery): Page<RegisteredModel>;
  /** @throws {StoreError} `not-found` */
  patch(change: Change, name: string, patch: LabelPatch): RegisteredModel;
  /** @throws {StoreError} `not-found` */
  delete(change: Change, name: string): void;
}

/** Versions: a number and a frozen list of files. Only description and tags ever change. */
export interface VersionStore {
  /**
   * Freezes the list of files under the name's next number.
   * @throws {StoreError} `not-found` model; `blob-missing`; `invalid` another size than uploaded, or two paths that
   * cannot lie side by side (equal when case is folded, or one a folder of the other)
   */
  create(change: Change, modelName: string, input: z.output<typeof createVersionSchema>): ModelVersion;
  /** @throws {StoreError} `not-found` */
  get(modelName: string, version: number): ModelVersion;
  /** @throws {StoreError} `not-found` model; `invalid` cursor */
  list(modelName: string, query: PageQuery): Page<ModelVersion>;
  /** @throws {StoreError} `not-found` */
  patch(change: Change, modelName: string, version: number, patch: LabelPatch): ModelVersion;
  /** The digest and size of one file. @throws {StoreError} `not-found` */
  artifact(modelName: string, version: number, path: string): Artifact;
}

export interface UploadLimits {
  readonly maxBytes: number;
  /** Content-Length, when the client said it: the bytes must be as many, and the disk must have room for them at once. */
  readonly expectedSize?: number | undefined;
}

/** Bytes [start, end) of a blob. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Bytes by their SHA-256. A blob that no version names is collected at a later start (`graceMs`). */
export interface BlobShelf {
  /** Size in bytes; null when it was never uploaded. */
  size(sha256: string): number | null;
  /**
   * Takes an upload in constant memory and returns once it would survive a power cut. Idempotent.
   * @param bytes a request's body, or any chunks
   * @returns `created` false when the blob was there
   * @throws {StoreError} `invalid` other bytes than the digest or the size said; `too-large`; `disk-full`. An error of
   * `bytes` itself (the client went away) is passed on.
   */
  put(
    change: Change,
    sha256: string,
    bytes: AsyncIterable<Uint8Array>,
    limits: UploadLimits,
  ): Promise<{ readonly size: number; readonly created: boolean }>;
  /**
   * A stream of all bytes, or of a range. The file is open when the promise resolves.
   * @throws {StoreError} `not-found`; `invalid` a range outside the blob
   */
  open(sha256: string, range?: ByteRange): Promise<Readable>;
}

/** Tables by content hash. */
export interface DatasetStore {
  /**
   * Idempotent. Name and description may change; size, rows and columns of one hash may not.
   * @throws {StoreError} `conflict`
   */
  put(
    change: Change,
    id: string,
    input: z.output<typeof putDatasetSchema>,
  ): { readonly dataset: RegistryDataset; readonly created: boolean };
  /** @throws {StoreError} `not-found` */
  get(id: string): RegistryDataset;
  /** @throws {StoreError} `invalid` cursor */
  list(query: PageQuery): Page<RegistryDataset>;
}

/** Pinned decisions; they never change. */
export interface DecisionStore {
  create(change: Change, input: CreateDecision): PinnedDecision;
  /** @throws {StoreError} `not-found` */
  get(id: string): PinnedDecision;
  /** @throws {StoreError} `invalid` cursor */
  list(query: PageQuery): Page<PinnedDecision>;
}

/** The revision a change expects to find: a number, none at all, or whatever is there. */
export type ExpectedRevision = number | 'absent' | 'any';

/**
 * JSON values with revisions. A delete is a revision too (a tombstone, without body): the document is absent then, its
 * earlier revisions can still be read, and a later put counts on.
 */
export interface DocumentStore {
  /** @throws {StoreError} `conflict` another revision than expected; `exists` when `absent` was expected */
  put(
    change: Change,
    kind: DocumentKind,
    name: string,
    body: RegistryDocument['body'],
    expected: ExpectedRevision,
  ): RegistryDocument;
  /** The latest revision, or the one asked for. @throws {StoreError} `not-found` */
  get(kind: DocumentKind, name: string, revision?: number): RegistryDocument;
  /** Latest revisions, last changed first; of every kind when `kind` is null. @throws {StoreError} `invalid` cursor */
  list(kind: DocumentKind | null, query: PageQuery): Page<DocumentEntry>;
  /** Without tombstones. @throws {StoreError} `not-found` when there never was one; `invalid` cursor */
  revisions(kind: DocumentKind, name: string, query: PageQuery): Page<DocumentEntry>;
  /** @throws {StoreError} `not-found`; `conflict` another revision than expected */
  delete(change: Change, kind: DocumentKind, name: string, expected: ExpectedRevision): void;
}

/** The append-only log of every change. */
export interface AuditLog {
  /** @throws {StoreError} `invalid` cursor */
  list(query: PageQuery): Page<AuditEvent>;
  /** Recomputes the whole chain, giving way to other requests between slices. */
  verify(): Promise<AuditVerdict>;
}

/** An answer that is kept to be given again. */
export interface KeptResponse {
  readonly status: number;
  /** JSON value. */
  readonly body: unknown;
}

/** A request that carries an `Idempotency-Key`. */
export interface IdempotentRequest {
  readonly key: string;
  readonly actor: string;
  /** Digest of method, route and body: the same key for something else is refused. */
  readonly requestSha256: string;
}

export interface Readiness {
  /** A write transaction can be opened. */
  readonly writable: boolean;
  readonly freeBytes: number;
  /** Uploads are refused below it. */
  readonly floorBytes: number;
}

export interface RegistryStore {
  readonly models: ModelStore;
  readonly versions: VersionStore;
  readonly blobs: BlobShelf;
  readonly datasets: DatasetStore;
  readonly decisions: DecisionStore;
  readonly documents: DocumentStore;
  readonly audit: AuditLog;
  /**
   * Runs `work` (synchronous calls of this store) once per key and actor: its changes and its answer are committed
   * together, and the same request within 24 hours gets the kept answer. Nothing is kept when `work` throws.
   * @throws {StoreError} `conflict` the key was used for another request; whatever `work` throws
   */
  once(
    request: IdempotentRequest,
    work: () => KeptResponse,
  ): { readonly response: KeptResponse; readonly replayed: boolean };
  readiness(): Readiness;
  /** Waits for uploads under way, empties the write-ahead log and lets go of the folder. Idempotent. */
  close(): Promise<void>;
}

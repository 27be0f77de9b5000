/**
 * The registry as typed calls. This module carries zod and is loaded when the first call is made (registry-client.ts).
 *
 * Every call takes {@link CallOptions}; every answer is checked by the schema of src/contracts/registry. Every call
 * throws {@link RegistryError} (`unreachable`, `refused`, `not-found`, `conflict`, `too-large`) or `CanceledError`.
 */
import { auditEventSchema, auditVerdictSchema } from '../contracts/registry/audit.ts';
import { datasetSchema, type PutDataset } from '../contracts/registry/datasets.ts';
import { type CreateDecision, decisionSchema } from '../contracts/registry/decisions.ts';
import {
  type DocumentKind,
  documentEntrySchema,
  documentSchema,
  type RegistryDocument,
} from '../contracts/registry/documents.ts';
import {
  type CreateModel,
  type CreateVersion,
  modelSchema,
  modelVersionSchema,
} from '../contracts/registry/models.ts';
import { type LabelPatch, type PageQuery, pageSchema } from '../contracts/registry/primitives.ts';
import { API_PREFIX, capabilitiesSchema } from '../contracts/registry/routes.ts';
import { type CallOptions, readBlob, request, requestJson, type Transport } from './request.ts';
import { uploadBlob, uploadVersion } from './upload.ts';

/** The revision of a document that a change expects: a number, none yet, or whatever is there (last one wins). */
export type ExpectedRevision = number | 'absent' | 'any';

const part = encodeURIComponent;
const pathOf = (path: string): string => path.split('/').map(part).join('/');
const modelPath = (name: string): string => `/models/${part(name)}`;
const versionPath = (name: string, version: number): string => `${modelPath(name)}/versions/${version}`;
const documentPath = (kind: DocumentKind, name: string): string => `/documents/${kind}/${part(name)}`;
const artifactPath = (name: string, version: number, path: string): string =>
  `${versionPath(name, version)}/artifacts/${pathOf(path)}`;

function preconditionOf(expected: ExpectedRevision): Record<string, string> {
  if (expected === 'any') return {};
  return expected === 'absent' ? { 'if-none-match': '*' } : { 'if-match': `"${expected}"` };
}

function modelCalls(transport: Transport) {
  return {
    models: (page: PageQuery = {}, options: CallOptions = {}) =>
      requestJson(
        transport,
        { ...options, method: 'GET', path: '/models', query: { ...page } },
        pageSchema(modelSchema),
      ),
    model: (name: string, options: CallOptions = {}) =>
      requestJson(transport, { ...options, method: 'GET', path: modelPath(name) }, modelSchema),
    createModel: (json: CreateModel, options: CallOptions = {}) =>
      requestJson(transport, { ...options, method: 'POST', path: '/models', json }, modelSchema),
    updateModel: (name: string, json: LabelPatch, options: CallOptions = {}) =>
      requestJson(transport, { ...options, method: 'PATCH', path: modelPath(name), json }, modelSchema),
    deleteModel: async (name: string, options: CallOptions = {}): Promise<void> => {
      await request(transport, { ...options, method: 'DELETE', path: modelPath(name) });
    },
  };
}

function versionCalls(transport: Transport) {
  const createVersion = (name: string, json: CreateVersion, options: CallOptions = {}) =>
    requestJson(
      transport,
      { ...options, method: 'POST', path: `${modelPath(name)}/versions`, json },
      modelVersionSchema,
    );
  return {
    versions: (name: string, page: PageQuery = {}, options: CallOptions = {}) =>
      requestJson(
        transport,
        { ...options, method: 'GET', path: `${modelPath(name)}/versions`, query: { ...page } },
        pageSchema(modelVersionSchema),
      ),
    version: (name: string, version: number, options: CallOptions = {}) =>
      requestJson(
        transport,
        { ...options, method: 'GET', path: versionPath(name, version) },
        modelVersionSchema,
      ),
    updateVersion: (name: string, version: number, json: LabelPatch, options: CallOptions = {}) =>
      requestJson(
        transport,
        { ...options, method: 'PATCH', path: versionPath(name, version), json },
        modelVersionSchema,
      ),
    createVersion,
    /** Hashes the files, uploads those that the registry lacks, then freezes the version. See {@link uploadVersion}. */
    uploadVersion: uploadVersion(transport, createVersion),
    uploadBlob: uploadBlob(transport),
    /** Address of a file of a version, for a download link. */
    artifactUrl: (name: string, version: number, path: string): string =>
      `${transport.origin}${API_PREFIX}${artifactPath(name, version, path)}`,
    /** A file of a version, as bytes; `byteLength` (the artifact's `size`) sets how long it may take. */
    artifact: async (
      name: string,
      version: number,
      path: string,
      options: CallOptions & { readonly byteLength?: number } = {},
    ): Promise<Blob> => {
      const call = { ...options, method: 'GET', path: artifactPath(name, version, path) } as const;
      return readBlob(await request(transport, call), options.signal);
    },
  };
}

function datasetCalls(transport: Transport) {
  return {
    datasets: (page: PageQuery = {}, options: CallOptions = {}) =>
      requestJson(
        transport,
        { ...options, method: 'GET', path: '/datasets', query: { ...page } },
        pageSchema(datasetSchema),
      ),
    dataset: (id: string, options: CallOptions = {}) =>
      requestJson(transport, { ...options, method: 'GET', path: `/datasets/${part(id)}` }, datasetSchema),
    putDataset: (id: string, json: PutDataset, options: CallOptions = {}) =>
      requestJson(
        transport,
        { ...options, method: 'PUT', path: `/datasets/${part(id)}`, json },
        datasetSchema,
      ),
  };
}

function decisionCalls(transport: Transport) {
  return {
    decisions: (page: PageQuery = {}, options: CallOptions = {}) =>
      requestJson(
        transport,
        { ...options, method: 'GET', path: '/decisions', query: { ...page } },
        pageSchema(decisionSchema),
      ),
    decision: (id: string, options: CallOptions = {}) =>
      requestJson(transport, { ...options, method: 'GET', path: `/decisions/${part(id)}` }, decisionSchema),
    /** Sends at once; `Outbox.pin` is the one that survives a registry that is down. */
    createDecision: (json: CreateDecision, options: CallOptions = {}) =>
      requestJson(transport, { ...options, method: 'POST', path: '/decisions', json }, decisionSchema),
  };
}

function documentCalls(transport: Transport) {
  return {
    documents: (kind: DocumentKind | null, page: PageQuery = {}, options: CallOptions = {}) =>
      requestJson(
        transport,
        { ...options, method: 'GET', path: '/documents', query: { ...page, kind: kind ?? undefined } },
        pageSchema(documentEntrySchema),
      ),
    document: (kind: DocumentKind, name: string, options: CallOptions = {}) =>
      requestJson(transport, { ...options, method: 'GET', path: documentPath(kind, name) }, documentSchema),
    documentRevisions: (kind: DocumentKind, name: string, page: PageQuery = {}, options: CallOptions = {}) =>
      requestJson(
        transport,
        { ...options, method: 'GET', path: `${documentPath(kind, name)}/revisions`, query: { ...page } },
        pageSchema(documentEntrySchema),
      ),
    documentRevision: (kind: DocumentKind, name: string, revision: number, options: CallOptions = {}) =>
      requestJson(
        transport,
        { ...options, method: 'GET', path: `${documentPath(kind, name)}/revisions/${revision}` },
        documentSchema,
      ),
    putDocument: (
      kind: DocumentKind,
      name: string,
      body: RegistryDocument['body'],
      expected: ExpectedRevision,
      options: CallOptions = {},
    ) => {
      const headers = preconditionOf(expected);
      const call = {
        ...options,
        method: 'PUT',
        path: documentPath(kind, name),
        headers,
        json: { body },
      } as const;
      return requestJson(transport, call, documentSchema);
    },
    deleteDocument: async (
      kind: DocumentKind,
      name: string,
      expected: number | 'any',
      options: CallOptions = {},
    ): Promise<void> => {
      const headers = preconditionOf(expected);
      await request(transport, { ...options, method: 'DELETE', path: documentPath(kind, name), headers });
    },
  };
}

function auditCalls(transport: Transport) {
  return {
    capabilities: (options: CallOptions = {}) =>
      requestJson(transport, { ...options, method: 'GET', path: '/capabilities' }, capabilitiesSchema),
    audit: (page: PageQuery = {}, options: CallOptions = {}) =>
      requestJson(
        transport,
        { ...options, method: 'GET', path: '/audit', query: { ...page } },
        pageSchema(auditEventSchema),
      ),
    verifyAudit: (options: CallOptions = {}) =>
      requestJson(transport, { ...options, method: 'GET', path: '/audit/verify' }, auditVerdictSchema),
  };
}

/** @param origin of the server, without a slash at the end; '' = the page's own */
export function createRegistryClient(origin = '') {
  const transport = { origin };
  return {
    ...modelCalls(transport),
    ...versionCalls(transport),
    ...datasetCalls(transport),
    ...decisionCalls(transport),
    ...documentCalls(transport),
    ...auditCalls(transport),
  };
}

export type RegistryClient = ReturnType<typeof createRegistryClient>;

/** Changes to the registry as React Query options; each asks again for the lists that it changed, and for the audit log. */
import { type MutationFunctionContext, mutationOptions, type QueryKey } from '@tanstack/react-query';
import type { PutDataset } from '../contracts/registry/datasets.ts';
import type { CreateDecision } from '../contracts/registry/decisions.ts';
import type { DocumentKind, RegistryDocument } from '../contracts/registry/documents.ts';
import type { CreateModel } from '../contracts/registry/models.ts';
import { RegistryError } from '../core/errors.ts';
import type { ExpectedRevision } from './client.ts';
import { registryKeys } from './keys.ts';
import { browserOutbox } from './outbox.ts';
import { registryClient } from './registry-client.ts';
import type { NewVersion, UploadProgress } from './upload.ts';

/** Loopback answers without a network; the person presses again, not the machine. */
const change = { networkMode: 'always', retry: false } as const;

async function refresh({ client }: MutationFunctionContext, ...keys: QueryKey[]): Promise<void> {
  const changed = [...keys, registryKeys.audit];
  await Promise.all(changed.map((queryKey) => client.invalidateQueries({ queryKey })));
}

async function refreshAfterConflict(error: Error, context: MutationFunctionContext): Promise<void> {
  const isStale = error instanceof RegistryError && ['conflict', 'not-found'].includes(error.code);
  if (isStale) await refresh(context, registryKeys.allDocuments);
}

/** Every change names the profile that acts. */
interface ByProfile {
  readonly profile: string;
}

/** A form that keeps one key until it succeeds may be sent again after a lost answer without creating twice. */
interface Creation extends ByProfile {
  readonly idempotencyKey?: string | undefined;
}

export const createModel = () =>
  mutationOptions({
    ...change,
    mutationFn: async ({ input, ...options }: Creation & { readonly input: CreateModel }) =>
      (await registryClient()).createModel(input, options),
    onSuccess: (_model, _input, _before, context) => refresh(context, registryKeys.models),
  });

export const deleteModel = () =>
  mutationOptions({
    ...change,
    mutationFn: async ({ profile, name }: ByProfile & { readonly name: string }) =>
      (await registryClient()).deleteModel(name, { profile }),
    onSuccess: (_nothing, _input, _before, context) => refresh(context, registryKeys.models),
  });

interface VersionUpload extends Creation {
  readonly name: string;
  readonly version: NewVersion;
  readonly onProgress?: (progress: UploadProgress) => void;
  readonly signal?: AbortSignal;
}

/** Uploads the files and freezes the version; see `uploadVersion` of upload.ts. */
export const uploadVersion = () =>
  mutationOptions({
    ...change,
    mutationFn: async ({ name, version, ...options }: VersionUpload) =>
      (await registryClient()).uploadVersion(name, version, options),
    onSuccess: (_version, _input, _before, context) => refresh(context, registryKeys.models),
  });

/** Pins a decision: resolves with `pinned`, or with `waiting` when the registry is down and the browser keeps it. */
export const pinDecision = () =>
  mutationOptions({
    ...change,
    mutationFn: ({ profile, input }: ByProfile & { readonly input: CreateDecision }) =>
      browserOutbox().pin(registryClient, input, profile),
    onSuccess: ({ status }, _input, _before, context) =>
      status === 'pinned'
        ? refresh(context, registryKeys.decisions, registryKeys.waiting)
        : refresh(context, registryKeys.status, registryKeys.waiting),
  });

/** Drops a decision that waits or was refused. */
export const discardWaiting = () =>
  mutationOptions({
    ...change,
    mutationFn: async ({ key }: { readonly key: string }) => browserOutbox().discard(key),
    onSuccess: (_nothing, _input, _before, context) => refresh(context, registryKeys.waiting),
  });

interface DocumentChange extends ByProfile {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly body: RegistryDocument['body'];
  /** `conflict` when another revision is there. */
  readonly expected: ExpectedRevision;
}

export const putDocument = () =>
  mutationOptions({
    ...change,
    mutationFn: async ({ profile, kind, name, body, expected }: DocumentChange) =>
      (await registryClient()).putDocument(kind, name, body, expected, { profile }),
    onSuccess: (_document, _input, _before, context) => refresh(context, registryKeys.allDocuments),
    // Somebody else came first: what is there now is what the next press has to speak of.
    onError: (error, _input, _before, context) => refreshAfterConflict(error, context),
  });

interface DocumentDelete extends ByProfile {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly expected: number | 'any';
}

export const deleteDocument = () =>
  mutationOptions({
    ...change,
    mutationFn: async ({ profile, kind, name, expected }: DocumentDelete) =>
      (await registryClient()).deleteDocument(kind, name, expected, { profile }),
    onSuccess: (_nothing, _input, _before, context) => refresh(context, registryKeys.allDocuments),
    onError: (error, _input, _before, context) => refreshAfterConflict(error, context),
  });

export const putDataset = () =>
  mutationOptions({
    ...change,
    mutationFn: async ({
      profile,
      id,
      input,
    }: ByProfile & { readonly id: string; readonly input: PutDataset }) =>
      (await registryClient()).putDataset(id, input, { profile }),
    onSuccess: (_dataset, _input, _before, context) => refresh(context, registryKeys.datasets),
  });

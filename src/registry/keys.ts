/** Keys of the registry's answers in the query cache: a prefix names all that lies below it. */
import type { DocumentKind } from '../contracts/registry/documents.ts';

export const registryKeys = {
  all: ['registry'],
  status: ['registry', 'status'],
  waiting: ['registry', 'waiting'],
  models: ['registry', 'models'],
  model: (name: string) => ['registry', 'models', name],
  versions: (name: string) => ['registry', 'models', name, 'versions'],
  version: (name: string, version: number) => ['registry', 'models', name, 'versions', version],
  datasets: ['registry', 'datasets'],
  dataset: (id: string) => ['registry', 'datasets', id],
  decisions: ['registry', 'decisions'],
  decision: (id: string) => ['registry', 'decisions', id],
  allDocuments: ['registry', 'documents'],
  documents: (kind: DocumentKind | null) => ['registry', 'documents', kind],
  document: (kind: DocumentKind, name: string) => ['registry', 'documents', kind, name],
  revisions: (kind: DocumentKind, name: string) => ['registry', 'documents', kind, name, 'revisions'],
  audit: ['registry', 'audit'],
} as const;

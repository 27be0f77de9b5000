/** Documents: small JSON values with revisions (scenarios, policies, cohorts, reasons, rules, profiles, snapshots, workspaces, impacts). */
import { z } from 'zod';
import { nameSchema, sha256Schema, timestampSchema } from './primitives.ts';

export const documentKindSchema = z.enum([
  'workspace',
  'scenario',
  'policy',
  'cohort',
  'reasons',
  'rules',
  'profile',
  'snapshot',
  'impact',
]);

/** One revision; revisions are never changed. `sha256` is of the body's canonical JSON (RFC 8785). */
export const documentSchema = z.object({
  kind: documentKindSchema,
  name: nameSchema,
  revision: z.number().int().positive(),
  body: z.json(),
  sha256: sha256Schema,
  createdAt: timestampSchema,
  createdBy: z.string(),
});

/** A document in a list: without its body. */
export const documentEntrySchema = documentSchema.omit({ body: true });

/** `PUT /documents/{kind}/{name}`: a new revision; with `If-Match: "<revision>"` refused (412) when another came first, with `If-None-Match: *` when it exists. */
export const putDocumentSchema = z.strictObject({ body: z.json() });

export type DocumentKind = z.infer<typeof documentKindSchema>;
export type RegistryDocument = z.infer<typeof documentSchema>;
export type DocumentEntry = z.infer<typeof documentEntrySchema>;

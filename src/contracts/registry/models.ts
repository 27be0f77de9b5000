/** Registered models, their versions, and the frozen artifacts of a version. */
import { z } from 'zod';
import { nameSchema, sha256Schema, tagsSchema, textSchema, timestampSchema } from './primitives.ts';

/** Bytes of a text in UTF-8. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/**
 * Path within a version: relative, NFC, 1 to 16 segments, at most 512 bytes; no empty, `.` or `..` segment, no
 * backslash, control character or lone surrogate. Nothing percent-encoded either: such a name would become another one wherever it is decoded once more.
 */
export const artifactPathSchema = z
  .string()
  .min(1)
  .refine(
    (path) => path === path.normalize('NFC') && utf8Length(path) <= 512,
    'is longer than 512 bytes or not in Unicode NFC',
  )
  .refine((path) => path.split('/').length <= 16, 'has more than 16 parts')
  .refine((path) => !/[\\#\p{Cc}\p{Cs}]|^[a-zA-Z]:/u.test(path), 'has a character that a path may not have')
  .refine((path) => !/%[0-9a-f]{2}/i.test(path), 'has a percent-encoded character')
  .refine(
    (path) =>
      path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part.trim() === part),
    'has an empty, "." or ".." part',
  );

/** One file of a version. */
export const artifactSchema = z.object({
  path: artifactPathSchema,
  size: z.number().int().nonnegative(),
  sha256: sha256Schema,
});

/** What `treeSha256` hashes: the canonical JSON (RFC 8785) of the artifacts sorted by path, each with `mode: "file"`. */
export const modelSchema = z.object({
  name: nameSchema,
  description: textSchema,
  tags: tagsSchema,
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
  createdBy: z.string(),
  /** null when there is no version yet. */
  latestVersion: z.number().int().positive().nullable(),
  versionCount: z.number().int().nonnegative(),
});

export const createModelSchema = z.strictObject({
  name: nameSchema,
  description: textSchema.default(''),
  tags: tagsSchema.default({}),
});

export const modelVersionSchema = z.object({
  modelName: nameSchema,
  /** Counts up from 1 and is never used again, also not after delete and re-create. */
  version: z.number().int().positive(),
  description: textSchema,
  tags: tagsSchema,
  artifacts: z.array(artifactSchema),
  treeSha256: sha256Schema,
  createdAt: timestampSchema,
  createdBy: z.string(),
});

/** The bytes are uploaded first (`PUT /blobs/{sha256}`); the version then freezes the list. */
export const createVersionSchema = z.strictObject({
  description: textSchema.default(''),
  tags: tagsSchema.default({}),
  artifacts: z.array(artifactSchema).min(1).max(1000),
});

export type Artifact = z.infer<typeof artifactSchema>;
export type RegisteredModel = z.infer<typeof modelSchema>;
export type CreateModel = z.input<typeof createModelSchema>;
export type ModelVersion = z.infer<typeof modelVersionSchema>;
export type CreateVersion = z.input<typeof createVersionSchema>;

/** Small schemas shared by the resources of the registry API (`/api/v1`). */
import { z } from 'zod';

// zod would otherwise try `new Function`, which the page's policy refuses and reports.
z.config({ jitless: true });

/** SHA-256 (or the content hash of decisions/0003) as 64 lower-case hex digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 in lower-case hex');

/** Epoch milliseconds, always the server's clock. */
export const timestampSchema = z.number().int().nonnegative();

/** Characters that turn the order of a text around or have no width: two names would look the same, or one like another. */
export const invisible = /[\p{Bidi_Control}\u200b\u2060\ufeff]/u;

/**
 * Name of a model, a document or a dataset: 1 to 256 characters, no `/`, `:`, `\`, control characters or lone surrogates, no
 * leading or trailing space, and neither `.` nor `..`; taken in Unicode NFC and without {@link invisible}, so that two
 * names that look alike are one.
 * REGISTRY 1.1: `models:/name/version` must stay unambiguous.
 */
export const nameSchema = z
  .string()
  .normalize('NFC')
  .min(1)
  .max(256)
  .regex(/^(?!\s)(?!\.{1,2}$)[^/\\:\p{Cc}\p{Cs}]+(?<!\s)$/u, 'has a character that a name may not have')
  .refine((name) => !invisible.test(name), 'has an invisible character');

/** A short free text: description, reason. */
export const textSchema = z.string().max(20_000);

/** Tags: at most 100, keys up to 250 characters, values up to 5,000. */
export const tagsSchema = z
  .record(z.string().min(1).max(250), z.string().max(5000))
  .refine((tags) => Object.keys(tags).length <= 100, 'has more than 100 tags');

/** Opaque cursor of a page that follows. */
const cursorSchema = z.string().max(1000);

/** Query of every list: newest first. */
export const pageQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: cursorSchema.optional(),
});

/** A page of a list; `nextCursor` is null on the last one. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: cursorSchema.nullable() });
}

/** The body of every answer that is not a success. `place` names the field or part that is wrong. */
export const errorBodySchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    requestId: z.string(),
    place: z.string().optional(),
  }),
});

/** `PATCH` of a model or a version: absent = stays; `tags` replaces all tags. */
export const labelPatchSchema = z.strictObject({
  description: textSchema.optional(),
  tags: tagsSchema.optional(),
});

export type ErrorBody = z.infer<typeof errorBodySchema>;
export type LabelPatch = z.infer<typeof labelPatchSchema>;

/** A page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** What a page is asked for; 100 entries when nothing is said. */
export interface PageQuery {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** Datasets by content hash: what a table was, never its rows. */
import { z } from 'zod';
import { sha256Schema, textSchema, timestampSchema } from './primitives.ts';

const datasetColumnSchema = z.strictObject({
  name: z.string().max(1000),
  kind: z.enum(['number', 'category', 'date', 'text']),
});

/** `PUT /datasets/{id}`: idempotent; the facts of one hash cannot change (409 when they differ), description may. */
export const putDatasetSchema = z.strictObject({
  name: z.string().min(1).max(512),
  byteLength: z.number().int().nonnegative(),
  rowCount: z.number().int().nonnegative(),
  columns: z.array(datasetColumnSchema).max(20_000),
  description: textSchema.default(''),
});

export const datasetSchema = putDatasetSchema.extend({
  id: sha256Schema,
  createdAt: timestampSchema,
  createdBy: z.string(),
});

export type PutDataset = z.input<typeof putDatasetSchema>;
export type RegistryDataset = z.infer<typeof datasetSchema>;

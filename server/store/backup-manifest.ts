import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { auditVerdictSchema } from '../../src/contracts/registry/audit.ts';
import { sha256Schema, timestampSchema } from '../../src/contracts/registry/primitives.ts';
import { StoreError } from './store-error.ts';

/** Written last: a folder without it is not a backup. */
export const manifestName = 'manifest.json';

const manifestSchema = z.strictObject({
  format: z.literal(1),
  createdAt: timestampSchema,
  schemaVersion: z.number().int().positive(),
  database: z.strictObject({ sha256: sha256Schema, size: z.number().int().positive() }),
  /** Where the audit chain stood: a restored one must end here. */
  audit: auditVerdictSchema.pick({ events: true, headHash: true }),
  blobs: z.array(z.strictObject({ sha256: sha256Schema, size: z.number().int().nonnegative() })),
});

export type BackupManifest = z.infer<typeof manifestSchema>;

/** @throws {StoreError} `unusable` there is no backup in this folder, or not one that can be read */
export async function readManifest(backupDir: string): Promise<BackupManifest> {
  const path = join(backupDir, manifestName);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new StoreError('unusable', `${backupDir} holds no finished backup: ${path} is missing.`, '', error);
  }
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new StoreError('unusable', `${path} is not a manifest that this release can read.`, '', error);
  }
}

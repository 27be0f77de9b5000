import { z } from 'zod';
import { nameSchema } from '../../src/contracts/registry/primitives.ts';

/** A counting number as a part of a path: digits without a sign or leading zeros. */
export const countSchema = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'is not a whole number from 1')
  .transform(Number);

export const modelPathSchema = z.strictObject({ name: nameSchema });
export const versionPathSchema = z.strictObject({ name: nameSchema, version: countSchema });

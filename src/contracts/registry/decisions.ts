/** Decisions pinned by analysts: a threshold under a scenario, the reason, and the evidence by hash. */
import { z } from 'zod';
import { sha256Schema, textSchema, timestampSchema } from './primitives.ts';

/** Aggregates at the threshold as the analyst saw them; null where not defined. Never a row. */
const decisionFiguresSchema = z.strictObject({
  rows: z.number().int().nonnegative(),
  positives: z.number().int().nonnegative(),
  flagged: z.number().int().nonnegative(),
  recall: z.number().nullable(),
  precision: z.number().nullable(),
  fpr: z.number().nullable(),
  rocAuc: z.number().nullable(),
  netValue: z.number().nullable(),
  roi: z.number().nullable(),
});

/** What the figures were computed from, by content hash. */
const decisionEvidenceSchema = z.strictObject({
  datasetId: sha256Schema,
  datasetName: z.string().max(512),
  /** null when the table held its scores. */
  modelSha256: sha256Schema.nullable(),
  modelName: z.string().max(512),
  /** Hash of the judgement: table, scores, target, split, amount column. */
  judgementId: sha256Schema,
  engine: z.string().max(200),
  /** Release of Cutline that computed the figures. */
  appVersion: z.string().max(50),
});

export const createDecisionSchema = z.strictObject({
  threshold: z.number().finite(),
  /** The scenario in its canonical JSON form, or null when the decision was taken without money. */
  scenario: z.record(z.string(), z.unknown()).nullable(),
  reason: textSchema.min(1),
  figures: decisionFiguresSchema,
  evidence: decisionEvidenceSchema,
  /** Fragment of the link that reopens the state, without `#`. */
  fragment: z.string().max(100_000),
  /** When it was pinned, by the clock of that machine: earlier than it arrived, if the registry was away. Absent = when it arrived. */
  decidedAt: timestampSchema.optional(),
});

export const decisionSchema = createDecisionSchema.extend({
  id: z.string(),
  createdAt: timestampSchema,
  createdBy: z.string(),
});

export type CreateDecision = z.infer<typeof createDecisionSchema>;
export type PinnedDecision = z.infer<typeof decisionSchema>;

/** The body of a document of kind `impact`: what happened, as monthly aggregates. It has no place for a row. */
import { z } from 'zod';
import type { RealisedImpact } from '../../core/impact/impact-figures.ts';
import { timestampSchema } from './primitives.ts';

const count = z.number().int().nonnegative();
const amount = z.number();

const promisedSchema = z.strictObject({ net: amount, low: amount.nullable(), high: amount.nullable() });

const figuresSchema = z.strictObject({
  rows: count,
  known: count,
  flagged: count,
  caught: count,
  missedPositives: count,
  prevented: amount,
  spent: amount,
  missed: amount,
  net: amount,
  /** null when nothing was spent. */
  roi: amount.nullable(),
  promised: promisedSchema,
});

const monthSchema = figuresSchema.extend({ month: z.string().regex(/^\d{4,6}-(0[1-9]|1[0-2])$/) });

/** A century of months: whoever has more has read a wrong column as the date. */
const MOST_MONTHS = 1200;

/** What the figures are of, in names; `threshold` null = nobody was flagged. */
const contextSchema = z.strictObject({
  savedAt: timestampSchema,
  dataset: z.strictObject({ name: z.string().max(512), tableId: z.string().max(200) }),
  scores: z.string().max(512),
  /** Its name and terms. */
  scenario: z.string().max(2000),
  roiFloor: amount,
  investment: amount.nullable(),
});

export const impactBodySchema = z.strictObject({
  format: z.literal('cutline-impact-1'),
  context: contextSchema,
  outcomesName: z.string().max(512),
  threshold: amount.nullable(),
  currency: z.string().max(3),
  total: figuresSchema,
  spending: z.array(z.strictObject({ label: z.string().max(100), amount })).max(20),
  months: z
    .array(monthSchema)
    .max(MOST_MONTHS)
    .refine((months) => months.every(({ month }, i) => i === 0 || months[i - 1]!.month < month), {
      message: 'Months are in order, each once.',
    }),
  unknownIds: count,
  otherRows: count,
  repeatedIds: count,
  contradictions: count,
  repeatedDecisions: count,
  withoutOutcome: count,
  undated: count,
  relabelled: count,
});

type ImpactBody = z.infer<typeof impactBodySchema>;
type Figures = z.infer<typeof figuresSchema>;

/** What a kept impact is of, beside its figures. */
export type ImpactContext = ImpactBody['context'];

/**
 * Realised impact as the registry keeps it: undefined numbers and an infinite threshold become null.
 * @throws {z.ZodError} when it holds anything else than such aggregates
 */
export function impactBody(realised: RealisedImpact, context: ImpactContext): ImpactBody {
  return impactBodySchema.parse({
    ...realised,
    context,
    threshold: definedOrNull(realised.threshold),
    total: figuresBody(realised.total),
    months: realised.months.map((month) => ({ ...figuresBody(month), month: month.month })),
  });
}

/** The figures of a kept impact, as they were computed; null for a body of another form (written by other software). */
export function parseImpactBody(
  body: unknown,
): { readonly realised: RealisedImpact; readonly context: ImpactContext } | null {
  const { success, data } = impactBodySchema.safeParse(body);
  if (!success) return null;
  const { context, ...figures } = data;
  return {
    context,
    realised: {
      ...figures,
      threshold: figures.threshold ?? Number.POSITIVE_INFINITY,
      total: figuresOf(figures.total),
      months: figures.months.map((month) => ({ ...figuresOf(month), month: month.month })),
    },
  };
}

function figuresBody(figures: RealisedImpact['total']): Figures {
  const { rows, known, flagged, caught, missedPositives, prevented, spent, missed, net } = figures;
  const { promised } = figures;
  return {
    ...{ rows, known, flagged, caught, missedPositives, prevented, spent, missed, net },
    roi: definedOrNull(figures.roi),
    promised: {
      net: promised.net,
      low: definedOrNull(promised.low),
      high: definedOrNull(promised.high),
    },
  };
}

function figuresOf(figures: Figures): RealisedImpact['total'] {
  const { roi, promised } = figures;
  return {
    ...figures,
    roi: roi ?? Number.NaN,
    promised: {
      net: promised.net,
      low: promised.low ?? Number.NaN,
      high: promised.high ?? Number.NaN,
    },
  };
}

function definedOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

import { DataError } from '../errors.ts';
import type { StrategyParameters } from './decision.ts';

/** Days and weeks of a year: capacity is given for one of them, volume for a year. */
const PERIODS_A_YEAR = { day: 365, week: 52.18 } as const;

/**
 * Refuses parameters that no rule can follow.
 * @throws {DataError} `invalid-argument`: a rate outside 0..1, beta not above 0, a negative capacity, a plateau share outside (0, 1)
 */
export function checkParameters(parameters: StrategyParameters): void {
  const wrong = wrongParameter(parameters);
  if (wrong === null) return;
  throw new DataError('invalid-argument', `A strategy cannot ask for ${wrong}.`, {
    advice:
      'Recall, precision and false positive rate lie between 0 and 1; beta is above 0; a capacity is a number of rows, 0 or more; the share of the plateau lies between 0 and 1, ends excluded.',
  });
}

function wrongParameter(parameters: StrategyParameters): string | null {
  const { recallAtLeast, precisionAtLeast, fprAtMost, beta, capacity, capacityPer, plateauShare } =
    parameters;
  const isRate = (value: number) => value >= 0 && value <= 1;
  if (!isRate(recallAtLeast)) return `recall of at least ${recallAtLeast}`;
  if (!isRate(precisionAtLeast)) return `precision of at least ${precisionAtLeast}`;
  if (!isRate(fprAtMost)) return `a false positive rate of at most ${fprAtMost}`;
  if (!(beta > 0 && Number.isFinite(beta))) return `F-beta with a beta of ${beta}`;
  if (!(capacity >= 0)) return `a capacity of ${capacity} rows`;
  if (capacityPer !== 'rows' && !(capacityPer in PERIODS_A_YEAR)) return `a capacity per ${capacityPer}`;
  if (!(plateauShare > 0 && plateauShare < 1)) return `a plateau within ${plateauShare} of the best`;
  return null;
}

/**
 * How many of the judged rows can be acted on: the capacity itself, or its share of a year's rows brought to these rows.
 *
 *     rows · capacity · periods / rowsPerYear      365 days or 52.18 weeks a year
 *
 * Not rounded: a threshold fits when it flags at most this many.
 * @param rowsPerYear decisions a year, > 0; null = not known
 * @returns NaN when a capacity per day or week meets no number of rows a year
 */
export function capacityOf(
  { capacity, capacityPer }: Pick<StrategyParameters, 'capacity' | 'capacityPer'>,
  rows: number,
  rowsPerYear: number | null,
): number {
  if (capacityPer === 'rows') return capacity;
  if (rowsPerYear === null) return Number.NaN;
  return (capacity * PERIODS_A_YEAR[capacityPer] * rows) / rowsPerYear;
}

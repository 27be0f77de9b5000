/** Calendar months of moments (UTC), as whole numbers that can be counted and compared. */

const MONTHS_A_YEAR = 12;

const DAY_MS = 86_400_000;
/** 400 years of the Gregorian calendar, after which it repeats. */
const ERA_DAYS = 146_097;
const ERA_MONTHS = 400 * MONTHS_A_YEAR;
/** From 1 March of the year 0, where an era starts, to 1970-01-01. */
const EPOCH_DAYS = 719_468;

/**
 * Months since January of the year 0; NaN for a missing moment. In whole numbers: a `Date` for each row of a long table takes
 * several times as long.
 *
 * Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days; years start in March there.
 */
export function monthNumber(epochMs: number): number {
  const days = Math.floor(epochMs / DAY_MS) + EPOCH_DAYS;
  const era = Math.floor(days / ERA_DAYS);
  const day = days - era * ERA_DAYS;
  const year = Math.floor(
    (day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365,
  );
  const dayOfYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  return era * ERA_MONTHS + year * MONTHS_A_YEAR + monthFromMarch + 2;
}

/** `2024-03` */
export function monthName(month: number): string {
  const year = String(Math.floor(month / MONTHS_A_YEAR)).padStart(4, '0');
  return `${year}-${String((month % MONTHS_A_YEAR) + 1).padStart(2, '0')}`;
}

/** The number of a month's name; NaN when it is none. */
export function monthNumberOf(name: string): number {
  const match = /^(\d{4,})-(0[1-9]|1[0-2])$/.exec(name);
  return match === null ? Number.NaN : Number(match[1]) * MONTHS_A_YEAR + Number(match[2]) - 1;
}

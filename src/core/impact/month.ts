/** Calendar months of moments (UTC), as whole numbers that can be counted and compared. */

const MONTHS_A_YEAR = 12;

/** Months since January of the year 0; NaN for a missing moment. */
export function monthNumber(epochMs: number): number {
  const date = new Date(epochMs);
  return date.getUTCFullYear() * MONTHS_A_YEAR + date.getUTCMonth();
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

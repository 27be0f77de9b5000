import type { DateColumn, DateWriting } from './column.ts';
import type { DateOrder } from './column-reading.ts';
import { dateOfTriple } from './parse-date.ts';
import type { Retyped } from './retype.ts';

const DAY_MS = 86_400_000;

/**
 * The dates that the same texts say in another order: 3 April becomes 4 March.
 *
 * @param writing how all dates of the column were written and read: their three numbers are known from it
 * @returns dates with no such day in the new order are missing, and counted. O(rows), one calendar computation a distinct day
 */
export function reorderDates(column: DateColumn, writing: DateWriting, order: DateOrder): Retyped {
  const values = new Float64Array(column.values.length);
  const newDay = new Map<number, number>();
  let unparsable = 0;
  for (let row = 0; row < values.length; row++) {
    const moment = column.values[row]!;
    const day = Math.floor(moment / DAY_MS);
    let other = newDay.get(day);
    if (other === undefined) {
      other = Number.isNaN(day) ? day : reorderDay(day * DAY_MS, writing, order);
      newDay.set(day, other);
    }
    values[row] = other + (moment - day * DAY_MS);
    if (Number.isNaN(other) && !Number.isNaN(moment)) unparsable++;
  }
  return { column: { ...column, values, written: { ...writing, order } }, unparsable };
}

function reorderDay(midnight: number, { order: from, shortYears }: DateWriting, to: DateOrder): number {
  const date = new Date(midnight);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const last = shortYears ? year % 100 : year;
  const parts =
    from === 'year-first'
      ? [last, month, day]
      : from === 'day-first'
        ? [day, month, last]
        : [month, day, last];
  const [first, second, third] = parts as [number, number, number];
  return dateOfTriple({ first, second, third, shortYear: shortYears, time: 0 }, to);
}

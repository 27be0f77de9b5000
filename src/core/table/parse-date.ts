/** Which texts are dates, and how dates are written back. */
import type { DateOrder } from './column-reading.ts';

const CLOCK = String.raw`(?:(?:[T ]|, |:)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([AaPp][Mm]))?`;
const TIME = `${CLOCK})?$`;
const ZONED_TIME = String.raw`${CLOCK}(?: ?(Z|z|[+-]\d{2}(?::?\d{2})?))?)?$`;
const MONTH_NAME = String.raw`([A-Za-z]{3,9})\.?`;

const YEAR_FIRST = new RegExp(
  String.raw`^(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{2})\.)(\d{1,2})${ZONED_TIME}`,
);
const YEAR_MONTH = /^((?:19|20)\d{2})[-/](\d{2})$/;
const MONTH_YEAR = /^(\d{1,2})[-/]((?:19|20)\d{2})$/;
const DAY_NAME_YEAR = new RegExp(
  String.raw`^(\d{1,2})[-/ .]{0,2}${MONTH_NAME}(?:[-/ ]|, )?(\d{4}|\d{2})${ZONED_TIME}`,
);
const NAME_DAY_YEAR = new RegExp(String.raw`^${MONTH_NAME} (\d{1,2})(?:, ?| )(\d{4})${ZONED_TIME}`);
const NAME_YEAR = new RegExp(String.raw`^${MONTH_NAME}[-/ ](\d{4})$`);
const TRIPLE = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${TIME}`);
const COMPACT = /^(?:19|20)\d{6}$/;

const DAY_MS = 86_400_000;
/** The longest date is `30 September 2024, 12:30:00.123456789 PM +01:00`. */
const LONGEST = 48;
/** Two digits a year: 70 to 99 are of the 20th century, 00 to 69 of the 21st. */
const PIVOT = 70;

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];

/** A date of three numbers whose order the text leaves open, as in 03/04/2024 10:15. */
export interface DateTriple {
  readonly first: number;
  readonly second: number;
  readonly third: number;
  /** The third number has two digits. */
  readonly shortYear: boolean;
  /** Milliseconds since midnight. */
  readonly time: number;
}

/**
 * Epoch milliseconds of a date, NaN for anything else and for days that do not exist. Without a zone the moment is UTC; digits
 * beyond milliseconds are cut.
 *
 * Always: year first with four digits (`2024-02-29`, `2024/2/29`, `2024.02.29`), English months by name (`05-Jan-2024`, `05-Jan-24`,
 * `5 January 2024`, `Jan 5, 2024`, `05JAN2024`), and months, which begin on their first day (`2024-03`, `03/2024`, `Jan-2024`, of the years
 * 1900 to 2099); each of the first two with an optional time (`T12:30:00.5+01:00`, ` 3:05 PM`, `:12:30`).
 * With an order also three numbers that leave it open (`3/4/2024`, `03.04.24`), with an optional time without a zone.
 * Years of two digits: 70 to 99 are 1970 to 1999, 00 to 69 are 2000 to 2069.
 *
 * @param order null = no date that leaves its order open is one
 */
export function parseDate(text: string, order: DateOrder | null = null): number {
  if (text.length < 6 || text.length > LONGEST) return Number.NaN;
  if (isLetter(text, 0)) return parseMonthFirstName(text);
  if (!isDigit(text, 0)) return Number.NaN;
  if (beginsWithYear(text)) return parseYearFirst(text);
  const triple = TRIPLE.exec(text);
  if (triple !== null) return order === null ? Number.NaN : dateOfTriple(tripleOf(triple), order);
  const monthYear = MONTH_YEAR.exec(text);
  if (monthYear !== null) return dayAt(Number(monthYear[2]), Number(monthYear[1]), 1);
  const named = DAY_NAME_YEAR.exec(text);
  if (named === null) return Number.NaN;
  return dayAt(fullYear(named[3]!), monthNamed(named[2]!), Number(named[1])) + timeOf(named, 4);
}

/** The text as a date of three numbers that leaves its order open, or null. The time of day must exist, the day need not. */
export function dateTriple(text: string): DateTriple | null {
  const isOpen = isDigit(text, 0) && !beginsWithYear(text);
  if (!isOpen || text.length < 6 || text.length > LONGEST) return null;
  const match = TRIPLE.exec(text);
  const triple = match === null ? null : tripleOf(match);
  return triple === null || Number.isNaN(triple.time) ? null : triple;
}

/** Epoch milliseconds of the three numbers in this order, NaN when there is no such day. */
export function dateOfTriple(
  { first, second, third, shortYear, time }: DateTriple,
  order: DateOrder,
): number {
  if (order === 'year-first') return shortYear ? dayAt(centuryOf(first), second, third) + time : Number.NaN;
  const year = shortYear ? centuryOf(third) : third;
  return (order === 'day-first' ? dayAt(year, second, first) : dayAt(year, first, second)) + time;
}

/** As {@link parseDate}, and `20240229` too: only when the user says that the column holds dates. */
export function parseDateLoosely(text: string, order: DateOrder | null = null): number {
  const trimmed = text.trim();
  if (!COMPACT.test(trimmed)) return parseDate(trimmed, order);
  return parseDate(`${trimmed.slice(0, 4)}-${trimmed.slice(4, 6)}-${trimmed.slice(6)}`);
}

/** `2024-02-29` at midnight UTC, else `2024-02-29T12:30:00.500Z`; '' for NaN. */
export function formatDate(epochMs: number): string {
  if (Number.isNaN(epochMs) || Math.abs(epochMs) > 8.64e15) return '';
  const text = new Date(epochMs).toISOString();
  return epochMs % DAY_MS === 0 ? text.slice(0, text.indexOf('T')) : text;
}

function parseYearFirst(text: string): number {
  const match = YEAR_FIRST.exec(text);
  if (match !== null) {
    const month = Number(match[2] ?? match[3] ?? match[4]);
    return dayAt(Number(match[1]), month, Number(match[5])) + timeOf(match, 6);
  }
  const yearMonth = YEAR_MONTH.exec(text);
  return yearMonth === null ? Number.NaN : dayAt(Number(yearMonth[1]), Number(yearMonth[2]), 1);
}

function parseMonthFirstName(text: string): number {
  const match = NAME_DAY_YEAR.exec(text);
  if (match !== null) {
    return dayAt(Number(match[3]), monthNamed(match[1]!), Number(match[2])) + timeOf(match, 4);
  }
  const monthYear = NAME_YEAR.exec(text);
  return monthYear === null ? Number.NaN : dayAt(Number(monthYear[2]), monthNamed(monthYear[1]!), 1);
}

function tripleOf(match: RegExpExecArray): DateTriple {
  const year = match[4]!;
  return {
    first: Number(match[1]),
    second: Number(match[3]),
    third: Number(year),
    shortYear: year.length === 2,
    time: timeOf(match, 5),
  };
}

function fullYear(digits: string): number {
  return digits.length === 2 ? centuryOf(Number(digits)) : Number(digits);
}

function centuryOf(shortYear: number): number {
  return shortYear + (shortYear < PIVOT ? 2000 : 1900);
}

/** 1 to 12; 0 for what is no English month (three letters, `Sept`, or the whole name). */
function monthNamed(name: string): number {
  const lower = name.toLowerCase();
  const isMonth = (month: string) => month === lower || month.slice(0, 3) === lower;
  return lower === 'sept' ? 9 : MONTHS.findIndex(isMonth) + 1;
}

/** Milliseconds since midnight, less the zone's offset, of the groups from `at`: hour, minute, second, fraction, AM/PM, zone. */
function timeOf(match: RegExpExecArray, at: number): number {
  if (match[at] === undefined) return 0;
  const half = match[at + 4]?.toLowerCase();
  const [hour, minute, second] = [Number(match[at]), Number(match[at + 1]), Number(match[at + 2] ?? 0)];
  if (minute > 59 || second > 59 || hour > 23 || (half !== undefined && (hour < 1 || hour > 12)))
    return Number.NaN;
  const hours = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0);
  const milliseconds = Number((match[at + 3] ?? '0').padEnd(3, '0').slice(0, 3));
  return ((hours * 60 + minute) * 60 + second) * 1000 + milliseconds - zoneOffsetMs(match[at + 5]);
}

/** Midnight UTC of a day, NaN when there is no such day. */
function dayAt(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day ? date.getTime() : Number.NaN;
}

function zoneOffsetMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)) * (zone.length > 3 ? 1 : 0);
  return (zone[0] === '-' ? -1 : 1) * minutes * 60_000;
}

/** Four digits: no other form begins with as many. */
function beginsWithYear(text: string): boolean {
  return isDigit(text, 1) && isDigit(text, 2) && isDigit(text, 3);
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at) | 0x20;
  return code >= 0x61 && code <= 0x7a;
}

/** Which texts are dates, and how dates are written back. ISO 8601 only: day-first and month-first forms cannot be told apart. */

const ISO =
  /^(\d{4})([-/])(\d{2})\2(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s?(Z|z|[+-]\d{2}(?::?\d{2})?))?)?$/;
const COMPACT = /^(?:19|20)\d{6}$/;
const DAY_MS = 86_400_000;

/**
 * Epoch milliseconds of an ISO date or date-time (`2024-02-29`, `2024/02/29`, `2024-02-29T12:30:00.5+01:00`), NaN for anything
 * else and for days that do not exist. Without a zone the moment is UTC. Digits beyond milliseconds are cut.
 */
export function parseDate(text: string): number {
  const part = ISO.exec(text);
  if (part === null) return Number.NaN;
  const [year, month, day] = [Number(part[1]), Number(part[3]), Number(part[4])];
  const [hour, minute, second] = [Number(part[5] ?? 0), Number(part[6] ?? 0), Number(part[7] ?? 0)];
  if (!isDay(year, month, day) || hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const milliseconds = Number((part[8] ?? '0').padEnd(3, '0').slice(0, 3));
  const time = ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
  return utcDay(year, month, day) + time - zoneOffsetMs(part[9]);
}

/** As {@link parseDate}, and `20240229` too: only when the user says that the column holds dates. */
export function parseDateLoosely(text: string): number {
  const trimmed = text.trim();
  if (!COMPACT.test(trimmed)) return parseDate(trimmed);
  return parseDate(`${trimmed.slice(0, 4)}-${trimmed.slice(4, 6)}-${trimmed.slice(6)}`);
}

/** `2024-02-29` at midnight UTC, else `2024-02-29T12:30:00.500Z`; '' for NaN. */
export function formatDate(epochMs: number): string {
  if (Number.isNaN(epochMs) || Math.abs(epochMs) > 8.64e15) return '';
  const text = new Date(epochMs).toISOString();
  return epochMs % DAY_MS === 0 ? text.slice(0, text.indexOf('T')) : text;
}

function utcDay(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  return new Date(utcDay(year, month, day)).getUTCDate() === day;
}

function zoneOffsetMs(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)) * (zone.length > 3 ? 1 : 0);
  return (zone[0] === '-' ? -1 : 1) * minutes * 60_000;
}

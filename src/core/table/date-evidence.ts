import type { DateWriting } from './column.ts';
import type { DateOrder } from './column-reading.ts';
import { isNumericMissingToken } from './missing-tokens.ts';
import { type DateTriple, dateOfTriple, dateTriple, parseDate } from './parse-date.ts';

/** What was found about the dates of a column. */
export interface DateFinding {
  /** Null when no date leaves its order open. */
  readonly writing: DateWriting | null;
  /** What the order was taken from: a number above 12, a day that is always the first, or nothing. */
  readonly by: 'above-12' | 'first-of-month' | 'nothing';
  /** Cells that are dates in this way, cells that are not, and cells of dates that only the other order can read. */
  readonly read: number;
  readonly failed: number;
  readonly otherOrder: number;
  /** An example of a date that leaves its order open; '' without. */
  readonly example: string;
  /** Some years have two digits. */
  readonly someShortYears: boolean;
}

/**
 * Gathers over all cells of a column whether they are dates, and in which order day and month stand.
 *
 * A number above 12 is the day, and decides for the whole column. When none is, and either number is 1 in all cells while the other
 * varies, the constant one is the day: months are dated by their first day. Else the day comes first.
 */
export class DateEvidence {
  /** Dates that can be read in one way only. */
  private fixed = 0;
  private neither = 0;
  private dayFirst = 0;
  private monthFirst = 0;
  /** Dates that leave their order open: in all, and those that only one order can read. */
  private triples = 0;
  private onlyDayFirst = 0;
  private onlyMonthFirst = 0;
  private shortYears = 0;
  private readonly firsts = new Set<number>();
  private readonly seconds = new Set<number>();
  private example = '';

  /** Cells that no reading takes for dates. */
  get failed(): number {
    return this.neither;
  }

  /** Some dates can be read in one way only. */
  get hasFixed(): boolean {
    return this.fixed > 0;
  }

  /** The order in which most dates that leave it open can be read. */
  get openOrder(): DateOrder {
    return this.bestOrder(this.by());
  }

  add(text: string, count: number): void {
    if (isNumericMissingToken(text)) return;
    const trimmed = text.trim();
    const triple = dateTriple(trimmed);
    if (triple !== null) this.addTriple(triple, trimmed, count);
    else if (Number.isNaN(parseDate(trimmed))) this.neither += count;
    else this.fixed += count;
  }

  /** The reading by `order`, or by the evidence when that is null. */
  finding(order: DateOrder | null = null): DateFinding {
    const { fixed, triples, neither } = this;
    if (triples === 0 || (order === null && fixed > triples)) {
      return {
        ...{ writing: null, by: 'nothing', read: fixed, failed: neither + triples, otherOrder: 0 },
        ...{ example: '', someShortYears: false },
      };
    }
    const by = this.by();
    const chosen = order ?? this.bestOrder(by);
    const read = chosen === 'day-first' ? this.dayFirst : chosen === 'month-first' ? this.monthFirst : 0;
    const otherOrder = chosen === 'month-first' ? this.onlyDayFirst : this.onlyMonthFirst;
    return {
      writing: { order: chosen, shortYears: this.shortYears === triples },
      by,
      read,
      failed: neither + fixed + triples - read,
      otherOrder,
      example: this.example,
      someShortYears: this.shortYears > 0,
    };
  }

  private addTriple(triple: DateTriple, text: string, count: number): void {
    const isDayFirst = !Number.isNaN(dateOfTriple(triple, 'day-first'));
    const isMonthFirst = !Number.isNaN(dateOfTriple(triple, 'month-first'));
    if (!isDayFirst && !isMonthFirst) {
      this.neither += count;
      return;
    }
    this.triples += count;
    if (isDayFirst) this.dayFirst += count;
    if (isMonthFirst) this.monthFirst += count;
    if (!isMonthFirst) this.onlyDayFirst += count;
    if (!isDayFirst) this.onlyMonthFirst += count;
    if (triple.shortYear) this.shortYears += count;
    this.firsts.add(triple.first);
    this.seconds.add(triple.second);
    if (this.example === '') this.example = text;
  }

  private by(): DateFinding['by'] {
    if (this.onlyDayFirst + this.onlyMonthFirst > 0) return 'above-12';
    const [firsts, seconds] = [this.firsts, this.seconds];
    const isFirstOfMonth = (a: Set<number>, b: Set<number>) => a.size === 1 && a.has(1) && b.size > 1;
    return isFirstOfMonth(firsts, seconds) || isFirstOfMonth(seconds, firsts) ? 'first-of-month' : 'nothing';
  }

  private bestOrder(by: DateFinding['by']): DateOrder {
    if (by === 'above-12') return this.monthFirst > this.dayFirst ? 'month-first' : 'day-first';
    return by === 'first-of-month' && this.seconds.size === 1 ? 'month-first' : 'day-first';
  }
}

import { monthName, monthNumber } from './month.ts';

/** One running tally for each calendar month (UTC) that occurs. */
export class MonthTallies<T> {
  readonly #tallies = new Map<number, T>();
  readonly #create: () => T;

  constructor(create: () => T) {
    this.#create = create;
  }

  /** The tally of the month of a moment; null for a missing one. */
  at(epochMs: number): T | null {
    const month = monthNumber(epochMs);
    if (Number.isNaN(month)) return null;
    let tally = this.#tallies.get(month);
    if (tally === undefined) {
      tally = this.#create();
      this.#tallies.set(month, tally);
    }
    return tally;
  }

  /** All months that occurred, by name, the earliest first. */
  ascending(): readonly { readonly month: string; readonly tally: T }[] {
    return [...this.#tallies]
      .sort(([a], [b]) => a - b)
      .map(([month, tally]) => ({ month: monthName(month), tally }));
  }
}

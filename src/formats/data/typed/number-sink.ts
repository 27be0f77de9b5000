import type { NumberSpelling } from '../../../core/table/column.ts';
import type { Cells, NumberArray } from './cells.ts';
import { checkFilled, type FinishedColumn, type Target, type TypedSink } from './typed-sink.ts';

/** JavaScript's dates end here, 8.64e15 ms from 1970 (ECMA-262, section 21.4.1.1). */
const LAST_DATE_MS = 8.64e15;

/** Cells of a column of numbers or of dates (epoch ms), straight into the final array. */
export class NumberSink implements TypedSink {
  private readonly target: Target;
  private readonly kind: 'number' | 'date';
  private readonly spelling: NumberSpelling;
  /** The cells so far are `values[0, filled)`. */
  readonly values: Float64Array;
  filled = 0;
  private unparsable = 0;

  /** @param spelling of numbers, unused for dates */
  constructor(target: Target, kind: 'number' | 'date', spelling: NumberSpelling = 'shortest') {
    this.target = target;
    this.kind = kind;
    this.spelling = spelling;
    this.values = new Float64Array(target.allocate(target.rowCount * 8));
  }

  get byteLength(): number {
    return this.values.byteLength;
  }

  /** @throws {RangeError} more cells than the table has rows */
  add(cells: Cells, values: NumberArray): void {
    const { count, present, isCompact } = cells;
    const at = this.filled;
    if (at + count > this.values.length) throw new RangeError('it has more values than the table has rows');
    if (present === null) this.values.set(values.length === count ? values : values.subarray(0, count), at);
    else {
      const target = this.values;
      const step = isCompact ? 0 : 1;
      for (let i = 0, from = 0; i < count; i++) {
        if (present[i] === 0) {
          target[at + i] = Number.NaN;
          from += step;
        } else target[at + i] = values[from++]!;
      }
    }
    this.filled += count;
    if (this.kind === 'date') this.dropImpossibleDates(at);
  }

  finish(): FinishedColumn {
    const { name } = this.target;
    checkFilled(this.target, this.filled);
    const { values, unparsable } = this;
    return this.kind === 'date'
      ? { column: { kind: 'date', name, values }, unparsable }
      : { column: { kind: 'number', name, values, spelling: this.spelling }, unparsable };
  }

  private dropImpossibleDates(from: number): void {
    const { values, filled } = this;
    for (let row = from; row < filled; row++) {
      if (!(Math.abs(values[row]!) > LAST_DATE_MS)) continue;
      values[row] = Number.NaN;
      this.unparsable++;
    }
  }
}

import type { Cells } from './cells.ts';
import { checkFilled, type FinishedColumn, type Target, type TypedSink } from './typed-sink.ts';

/** Cells of a column of booleans: a category of the texts `true` and `false`. */
export class BooleanSink implements TypedSink {
  private readonly target: Target;
  private readonly codes: Int32Array;
  private readonly dictionary: string[] = [];
  /** Codes of false and true, -1 = not seen. */
  private readonly codeOf = [-1, -1];
  private filled = 0;

  constructor(target: Target) {
    this.target = target;
    this.codes = new Int32Array(target.allocate(target.rowCount * 4));
  }

  get byteLength(): number {
    return this.codes.byteLength;
  }

  /**
   * @param values 0 or 1
   * @throws {RangeError} more cells than the table has rows
   */
  add(cells: Cells, values: Uint8Array): void {
    const { count, present, isCompact } = cells;
    if (this.filled + count > this.codes.length)
      throw new RangeError('it has more values than the table has rows');
    for (let i = 0, from = 0; i < count; i++) {
      if (present !== null && present[i] === 0) {
        this.codes[this.filled++] = -1;
        if (!isCompact) from++;
      } else this.codes[this.filled++] = this.codeFor(values[from++]!);
    }
  }

  finish(): FinishedColumn {
    checkFilled(this.target, this.filled);
    const { codes, dictionary } = this;
    return { column: { kind: 'category', name: this.target.name, codes, dictionary }, unparsable: 0 };
  }

  private codeFor(value: number): number {
    const known = this.codeOf[value]!;
    if (known >= 0) return known;
    this.codeOf[value] = this.dictionary.length;
    this.dictionary.push(value === 1 ? 'true' : 'false');
    return this.codeOf[value]!;
  }
}

import { damagedFile } from './damaged-file.ts';
import { parseNumbers } from './parse-numbers.ts';
import { type Field, textOf } from './text-lines.ts';

/** The `key=value` lines of one part of the file (the header, a tree), each key once. */
export class Fields {
  private readonly file: string;
  private readonly bytes: Uint8Array;
  private readonly known: ReadonlySet<string>;
  private readonly node: string | null;
  private readonly byKey = new Map<string, Field>();

  /**
   * @param known keys that are kept; others are passed over
   * @param node  as in `tree 12`; null for the header
   */
  constructor(file: string, bytes: Uint8Array, known: ReadonlySet<string>, node: string | null) {
    this.file = file;
    this.bytes = bytes;
    this.known = known;
    this.node = node;
  }

  /** @throws {FormatError} `corrupt-model`: the key came before */
  add(field: Field): void {
    if (!this.known.has(field.key)) return;
    if (this.byKey.has(field.key)) throw this.damage(`"${field.key}" is there twice`, field.line);
    this.byKey.set(field.key, field);
  }

  get(key: string): Field | null {
    return this.byKey.get(key) ?? null;
  }

  /** @throws {FormatError} `corrupt-model`: there is no such line */
  require(key: string): Field {
    const field = this.get(key);
    if (field === null) throw this.damage(`the line "${key}=" is missing`);
    return field;
  }

  damage(what: string, line?: number): ReturnType<typeof damagedFile> {
    const place = {
      ...(this.node === null ? {} : { node: this.node }),
      ...(line === undefined ? {} : { line }),
    };
    return damagedFile(this.file, what, place);
  }

  /**
   * The numbers of a line, `count` of them.
   *
   * @throws {FormatError} `corrupt-model`: something is no number, or there are more or fewer
   */
  numbers(field: Field, count: number): Float64Array {
    const values = parseNumbers(this.bytes, field.start, field.end);
    if (values === null) throw this.damage(`"${field.key}" holds something that is no number`, field.line);
    if (values.length !== count) {
      throw this.damage(`"${field.key}" has ${values.length} values, not ${count}`, field.line);
    }
    return values;
  }

  /**
   * The same for numbers that are finite.
   *
   * @throws {FormatError} `corrupt-model`
   */
  finite(field: Field, count: number): Float64Array {
    const values = this.numbers(field, count);
    if (!values.every(Number.isFinite))
      throw this.damage(`"${field.key}" holds a number that is not finite`, field.line);
    return values;
  }

  /**
   * The same for whole numbers from `low` to `high`.
   *
   * @throws {FormatError} `corrupt-model`
   */
  integers(field: Field, count: number, low: number, high: number): Float64Array {
    const values = this.numbers(field, count);
    for (const value of values) {
      if (!Number.isInteger(value) || value < low || value > high) {
        throw this.damage(
          `"${field.key}" holds ${value}, not a whole number from ${low} to ${high}`,
          field.line,
        );
      }
    }
    return values;
  }

  /**
   * The one whole number of a line, from `low` to `high`.
   *
   * @throws {FormatError} `corrupt-model`
   */
  integer(field: Field, low: number, high: number): number {
    return this.integers(field, 1, low, high)[0]!;
  }

  /**
   * The value as text.
   *
   * @throws {FormatError} `corrupt-model`: it is longer than any list of names
   */
  text(field: Field): string {
    const text = textOf(this.bytes, field.start, field.end);
    if (text === null) throw this.damage(`"${field.key}" is too long to be read`, field.line);
    return text;
  }
}

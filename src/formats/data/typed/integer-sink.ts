import { encodeUtf8Into } from '../../../core/table/utf8.ts';
import type { Cells, Texts } from './cells.ts';
import type { Integers } from './integers.ts';
import { NumberSink } from './number-sink.ts';
import { TextSink } from './text-sink.ts';
import type { FinishedColumn, Target, TypedSink } from './typed-sink.ts';

/**
 * Cells of a column of whole numbers that may be too large for a float64: numbers until the first such one; then all are texts
 * (category or text), since they are ids, and a rounded id is another one.
 */
export class IntegerSink implements TypedSink {
  private readonly target: Target;
  private readonly spelling: 'shortest' | 'mixed';
  private numbers: NumberSink | null;
  private texts: TextSink | null = null;

  constructor(target: Target, spelling: 'shortest' | 'mixed' = 'shortest') {
    this.target = target;
    this.spelling = spelling;
    this.numbers = new NumberSink(target, 'number', this.spelling);
  }

  get byteLength(): number {
    return (this.numbers ?? this.texts!).byteLength;
  }

  /** @param texts of the same values, asked for once one of them is not exact */
  add(cells: Cells, { numbers, areExact }: Integers, texts: () => readonly string[]): void {
    if (this.numbers !== null) {
      // A missing cell's slot may hold anything (Arrow): the texts are then right all the same.
      if (areExact) {
        this.numbers.add(cells, numbers);
        return;
      }
      this.texts = this.rowsAsTexts(this.numbers);
      this.numbers = null;
    }
    this.texts!.add(cells, encoded(texts()));
  }

  finish(): FinishedColumn {
    return (this.numbers ?? this.texts!).finish();
  }

  private rowsAsTexts({ values, filled }: NumberSink): TextSink {
    const sink = new TextSink(this.target);
    const present = new Uint8Array(filled);
    const rows: string[] = [];
    for (let row = 0; row < filled; row++) {
      if (Number.isNaN(values[row]!)) continue;
      present[row] = 1;
      rows.push(String(values[row]!));
    }
    sink.add({ count: filled, present, isCompact: true }, encoded(rows));
    return sink;
  }
}

/** Texts of digits as ranges of bytes. */
function encoded(texts: readonly string[]): Texts {
  const starts = new Uint32Array(texts.length);
  const ends = new Uint32Array(texts.length);
  let length = 0;
  for (const text of texts) length += text.length;
  // `encodeUtf8Into` asks for three bytes a character; digits take one.
  const bytes = new Uint8Array(length);
  let at = 0;
  texts.forEach((text, i) => {
    starts[i] = at;
    at = encodeUtf8Into(text, bytes, at);
    ends[i] = at;
  });
  return { bytes, starts, ends };
}

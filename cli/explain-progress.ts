import type { ContributionSink } from './contributions-csv.ts';

/** Short enough to see that it lives, long enough to keep a pipeline's log short. */
const INTERVAL_MS = 10_000;

export interface ExplainProgress extends ContributionSink {
  /** No more lines; may be called at any time. */
  end(): void;
}

/**
 * Tells how far a long explanation is, every ten seconds: one that takes less says nothing.
 *
 * @param sink takes the contributions; null = nobody does
 * @param tell takes a line without its end
 */
export function explainProgress(
  sink: ContributionSink | null,
  tell: (line: string) => void,
): ExplainProgress {
  let timer: NodeJS.Timeout | undefined;
  let done = 0;
  return {
    begin: (features, base, rowCount) => {
      sink?.begin(features, base, rowCount);
      const start = performance.now();
      timer = setInterval(
        () => tell(progressLine(done, rowCount, (performance.now() - start) / 1000)),
        INTERVAL_MS,
      );
      timer.unref();
    },
    write: (block) => {
      sink?.write(block);
      done += block.rows.length;
    },
    end: () => clearInterval(timer),
  };
}

/**
 * `explaining: 256 of 1,336 rows after 10 s, about 42 s left`; nothing is foretold before the first rows are done.
 *
 * @param seconds since the first row was begun
 */
export function progressLine(done: number, rowCount: number, seconds: number): string {
  const count = (rows: number) => rows.toLocaleString('en-US');
  const left = done === 0 ? '' : `, about ${Math.ceil((seconds / done) * (rowCount - done))} s left`;
  return `explaining: ${count(done)} of ${count(rowCount)} rows after ${Math.round(seconds)} s${left}`;
}

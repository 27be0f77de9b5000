import { closeSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DataError } from '../src/core/errors.ts';
import type { RowContributions } from '../src/core/explain/explanation.ts';
import { scoreText } from '../src/core/table/scores-csv.ts';

/** Takes the contributions of the judged rows block by block, in file order. */
export interface ContributionSink {
  /** Called once, before the first block. */
  begin(features: readonly string[], base: number): void;
  write(block: Pick<RowContributions, 'rows' | 'values'>): void;
}

/** A name as a cell of a CSV file (RFC 4180): in double quotes where it holds a comma, a quote or a line end. */
function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The lines `row,base,<feature>...` of a block: 17 significant digits, which read back as the very same float64s; empty
 * where a contribution is not defined.
 *
 * @param values rows.length x featureCount, row by row
 */
export function contributionLines(rows: Uint32Array, base: number, values: Float64Array): string {
  const width = rows.length === 0 ? 0 : values.length / rows.length;
  const baseText = scoreText(base);
  const lines: string[] = [];
  for (let i = 0; i < rows.length; i++) {
    const cells = Array.from(values.subarray(i * width, (i + 1) * width), scoreText);
    lines.push(`${[rows[i], baseText, ...cells].join(',')}\n`);
  }
  return lines.join('');
}

export interface ContributionsFile extends ContributionSink {
  /** Gives the file its name: until then there is only a `.part`. */
  finish(): void;
  /** Takes away what was written; does nothing after `finish`. */
  discard(): void;
}

/**
 * A CSV file of contributions that is written while they are computed: a block at a time is in memory. A file that stands
 * there already is replaced only when the new one is whole; what is no plain file (a pipe, a link) is written straight away.
 *
 * @param path where the file goes, absolute
 * @param shown the path as the user gave it, for messages
 * @throws {DataError} `file-unwritable`, at once and at every write
 */
export function openContributionsFile(path: string, shown: string): ContributionsFile {
  const isPlain = lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
  const part = isPlain ? `${path}.part` : path;
  const guarded = <T>(act: () => T): T => {
    try {
      return act();
    } catch (cause) {
      throw new DataError('file-unwritable', `${shown} cannot be written: ${String(cause)}`, {
        place: { file: shown },
        cause,
      });
    }
  };
  const file = guarded(() => openSync(part, 'w'));
  let base = Number.NaN;
  let isOpen = true;
  const close = () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  return {
    begin: (features, baseValue) => {
      base = baseValue;
      guarded(() => writeFileSync(file, `${['row', 'base', ...features].map(csvCell).join(',')}\n`));
    },
    write: ({ rows, values }) => guarded(() => writeFileSync(file, contributionLines(rows, base, values))),
    finish: () =>
      guarded(() => {
        close();
        if (isPlain) renameSync(part, path);
      }),
    discard: () => {
      close();
      if (isPlain) rmSync(part, { force: true });
    },
  };
}

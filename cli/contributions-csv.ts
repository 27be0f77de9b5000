import { closeSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { RowContributions } from '../src/core/explain/explanation.ts';
import { scoreText } from '../src/core/table/scores-csv.ts';
import { unwritable } from './unwritable.ts';

/** Takes the contributions of the judged rows block by block, in file order. */
export interface ContributionSink {
  /** Called once, before the first block. @param rowCount of all blocks together */
  begin(features: readonly string[], base: number, rowCount: number): void;
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

/** Ctrl-C, what ends a job of a pipeline, and a terminal that is closed. */
const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Has something done when the process is told to stop, which it then does. @returns what calls it off */
function beforeStop(act: () => void): () => void {
  const callOff = () => {
    for (const signal of STOPS) process.off(signal, stop);
  };
  const stop = (signal: NodeJS.Signals) => {
    callOff();
    act();
    process.kill(process.pid, signal);
  };
  for (const signal of STOPS) process.on(signal, stop);
  return callOff;
}

/**
 * A CSV file of contributions that is written while they are computed: a block at a time is in memory. A file that stands
 * there already is replaced only when the new one is whole; what is no plain file (a pipe, a link) is written straight away.
 * The `.part` carries the process's number, so that two runs at once do not write into each other's;
 * it is taken away when the process is told to stop.
 *
 * @param path where the file goes, absolute
 * @param shown the path as the user gave it, for messages
 * @throws {DataError} `file-unwritable`, at once and at every write
 */
export function openContributionsFile(path: string, shown: string): ContributionsFile {
  const isPlain = lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
  const part = isPlain ? `${path}.${process.pid}.part` : path;
  const guarded = <T>(act: () => T): T => {
    try {
      return act();
    } catch (cause) {
      throw unwritable(shown, cause);
    }
  };
  const openPart = () => guarded(() => openSync(part, 'w'));
  // A plain file is only tried here, and made when there is something to write; a pipe's reader would end at the first close.
  let file = isPlain ? null : openPart();
  if (isPlain) {
    closeSync(openPart());
    rmSync(part);
  }
  let base = Number.NaN;
  let callOff = () => {};
  const close = () => {
    callOff();
    if (file !== null) closeSync(file);
    file = null;
  };
  const discard = () => {
    close();
    if (isPlain) rmSync(part, { force: true });
  };
  const append = (text: string) => guarded(() => writeFileSync(file!, text));
  return {
    begin: (features, baseValue) => {
      base = baseValue;
      file ??= openPart();
      callOff = beforeStop(discard);
      append(`${['row', 'base', ...features].map(csvCell).join(',')}\n`);
    },
    write: ({ rows, values }) => append(contributionLines(rows, base, values)),
    finish: () => {
      close();
      if (isPlain) guarded(() => renameSync(part, path));
    },
    discard,
  };
}

/** What can be wrong with a delimited file, each said with its place and what to do about it. */
import { FormatError } from '../../core/errors.ts';
import { LONGEST_CELL } from './cell-finder.ts';
import { TAB } from './csv-bytes.ts';
import { nulByte } from './csv-sniff.ts';

/** @param byteOffset of the byte in the (unpacked) file */
export function badByte(file: string, line: number, byteOffset: number, byte: number): FormatError {
  if (byte === 0) return nulByte(file, byteOffset, line);
  return new FormatError(
    'invalid-utf8',
    `Line ${line} of "${file}" is not valid UTF-8: byte 0x${byte.toString(16)} at offset ${byteOffset}.`,
    {
      place: { file, line, byteOffset },
      advice: 'Save the file as UTF-8 (in Excel: "CSV UTF-8"); it is probably in Windows-1252 or Latin-1.',
    },
  );
}

/** A title and what an export was made of hardly take more lines. */
const MOST_LINES_ABOVE = 30;

/** @param row data row from 0 */
export function raggedRow(
  file: string,
  line: number,
  row: number,
  expected: number,
  found: number,
  delimiter: number,
): FormatError {
  const cells = `${found} ${found === 1 ? 'cell' : 'cells'}`;
  const hint =
    found < expected
      ? 'A remark or a line of totals is no row: delete it.'
      : row < MOST_LINES_ABOVE
        ? 'If lines stand above the header, delete them.'
        : '';
  return new FormatError(
    'ragged-row',
    `Line ${line} of "${file}" has ${cells}; the header has ${expected}.`,
    {
      place: { file, line, row },
      advice:
        `${hint} Cells that contain ${delimiterText(delimiter)} or a line end must be in double quotes; correct the line, or export the table again.`.trim(),
    },
  );
}

/** How a delimiter is named in a sentence. */
export function delimiterText(delimiter: number): string {
  return delimiter === TAB ? 'a tab' : `"${String.fromCharCode(delimiter)}"`;
}

/** @param line where the quote was opened */
export function unclosedQuote(file: string, line: number): FormatError {
  return new FormatError(
    'unterminated-quote',
    `A quote opened in line ${line} of "${file}" is never closed.`,
    {
      place: { file, line },
      advice: 'Close the quoted cell, or write a quote within a quoted cell twice ("").',
    },
  );
}

export function cellTooLong(file: string, line: number): FormatError {
  return new FormatError(
    'too-large',
    `A cell in line ${line} of "${file}" is longer than ${toMegabytes(LONGEST_CELL)} MB.`,
    { place: { file, line }, advice: 'Leave the column out of the export.' },
  );
}

export function tooManyColumns(file: string, line: number, most: number): FormatError {
  return new FormatError('too-many-columns', `The header of "${file}" has more than ${most} columns.`, {
    place: { file, line },
    advice: 'Check that the lines of the file end in line feeds; or export fewer columns.',
  });
}

export function noRows(file: string, line: number): FormatError {
  return new FormatError('no-rows', `"${file}" has a header but no row of data.`, {
    place: { file, line },
    advice: 'Open a file with at least one row below the header.',
  });
}

function toMegabytes(byteLength: number): number {
  return Math.round(byteLength / 1024 / 1024);
}

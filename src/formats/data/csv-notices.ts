/** What the reader of delimited text passes over without loss, and says. */
import type { Notice } from '../../core/table/summary.ts';
import { delimiterText } from './csv-errors.ts';

export function commentsNotice(file: string, lines: number): Notice {
  const which = lines === 1 ? 'The first line' : `The first ${lines} lines`;
  return {
    code: 'comment-lines',
    message: `${which} of "${file}" ${lines === 1 ? 'begins with # and is a comment, which is' : 'begin with # and are comments, which are'} passed over.`,
    count: lines,
    line: 1,
  };
}

/** @param line of the first such row */
export function trailingNotice(rows: number, line: number, delimiter: number): Notice {
  const ends = rows === 1 ? '1 row ends' : `${rows} rows end`;
  return {
    code: 'trailing-delimiter',
    message: `${ends} with ${delimiterText(delimiter)} and an empty cell beyond the columns of the header, which is left out; first in line ${line}.`,
    count: rows,
    line,
  };
}

import { FormatError } from '../../../core/errors.ts';
import type { Notice } from '../../../core/table/summary.ts';
import { quoted } from '../choose-columns.ts';

/** @param why as in `"tags" holds lists` */
export function columnLeftOut(column: string, why: string): Notice {
  return {
    code: 'column-left-out',
    message: `"${column}" ${why}, which Cutline does not read; the column is left out.`,
    column,
  };
}

/** The refusal of a file all of whose columns were left out. */
export function nothingLeft(file: string, notices: readonly Notice[]): FormatError {
  const leftOut = notices.filter(({ code }) => code === 'column-left-out');
  const why =
    leftOut.length === 0
      ? 'it has no columns'
      : leftOut
          .slice(0, 3)
          .map(({ message }) => message)
          .join(' ');
  return new FormatError('unsupported-type', `"${file}" has no column that Cutline reads: ${why}`, {
    place: { file },
    advice: 'Write columns of numbers, texts, dates or booleans.',
  });
}

/** Names the columns in which pandas keeps a table's index. */
export function pandasIndex(names: readonly string[]): Notice[] {
  const found = names.filter((name) => /^__index_level_\d+__$/.test(name));
  if (found.length === 0) return [];
  return [
    {
      code: 'pandas-index',
      message: `${quoted(found)} ${found.length === 1 ? 'is the index' : 'are the index'} of the pandas table that was written, kept as ${found.length === 1 ? 'a column' : 'columns'}.`,
      column: found[0]!,
    },
  ];
}

/** @param count cells whose value the column's kind cannot hold */
export function impossibleDates(column: string, count: number): Notice {
  return {
    code: 'unparsable-cells',
    message: `${count} ${count === 1 ? 'cell' : 'cells'} of "${column}" ${count === 1 ? 'lies' : 'lie'} beyond the dates that can be shown and ${count === 1 ? 'is' : 'are'} taken as missing.`,
    column,
    count,
  };
}

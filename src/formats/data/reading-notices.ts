/** What the reader says of a column whose cells left a choice. */
import type { DateFinding } from '../../core/table/date-evidence.ts';
import type { DecimalFinding } from '../../core/table/decimal-evidence.ts';
import type { Notice } from '../../core/table/summary.ts';

/** The decimal mark that was chosen, or why none was. */
export function decimalNotice(column: string, { way, example, read }: DecimalFinding): Notice {
  if (way === '.' || way === ',') {
    const mark = way === ',' ? 'a decimal comma' : 'a decimal point and thousands separators';
    return {
      code: 'decimal-mark',
      message: `The numbers of "${column}" are read with ${mark}, as in ${example}. The decimal mark can be changed in the column's settings.`,
      column,
      count: read,
    };
  }
  const why =
    way === 'both'
      ? 'some of its numbers need a decimal comma and some a decimal point'
      : example.includes(',')
        ? `the comma in numbers such as ${example} may set apart thousands or decimals`
        : `the blank in cells such as ${example} may set apart thousands, or the parts of an id`;
  return { ...openNotice(column, why), count: read };
}

/** Why a column of numbers such as 1.500 is not read as numbers. */
export function pointNotice(column: string, example: string): Notice {
  return openNotice(
    column,
    `the point in numbers such as ${example} may set apart thousands or decimals, and no cell shows which`,
  );
}

function openNotice(column: string, why: string): Notice {
  return {
    code: 'decimal-mark-open',
    message: `"${column}" is not read as numbers: ${why}. To read it so, change the column's type to number and choose the decimal mark in its settings.`,
    column,
  };
}

/** The order of day and month where no cell shows it or both are needed, and the century of short years. */
export function dateNotices(column: string, found: DateFinding): Notice[] {
  const { writing, by, otherOrder, example, someShortYears, read } = found;
  if (otherOrder > 0) {
    return [
      {
        code: 'date-order-mixed',
        message: `"${column}" is not read as dates: in some cells only the day can come first, in others only the month. To read it so, change the column's type to date and choose the order in its settings; cells of the other order are then missing.`,
        column,
        count: otherOrder,
      },
    ];
  }
  const notices: Notice[] = [];
  if (by !== 'above-12' && writing !== null) {
    const order = writing.order === 'day-first' ? 'day first' : 'month first';
    const why =
      by === 'nothing'
        ? 'no cell shows which part is the day'
        : 'one part is 1 in every cell, as months are dated by their first day';
    notices.push({
      code: 'date-order',
      message: `Dates such as ${example} in "${column}" are read ${order}: ${why}. The order can be changed in the column's settings.`,
      column,
      count: read,
    });
  }
  if (someShortYears) {
    notices.push({
      code: 'short-years',
      message: `Years of two digits in "${column}" are read as 1970 to 2069: 70 as 1970, 69 as 2069.`,
      column,
      count: read,
    });
  }
  return notices;
}

import type { Scenario } from '../../core/money/scenario.ts';
import { formatCount, formatValue } from '../../design/format.ts';

type Scaled = Pick<Scenario, 'rowsPerYear'>;

/** What money is of: "a year" once the scenario brings it to its yearly book, else "on these rows". */
export function scaleText({ rowsPerYear }: Scaled): string {
  return rowsPerYear === null ? 'on these rows' : 'a\u00A0year';
}

/** "Net value" with what it is of, for titles and headers: "Net value a year"; of these rows it is the plain word. */
export function netValueTitle({ rowsPerYear }: Scaled): string {
  return rowsPerYear === null ? 'Net value' : 'Net value a\u00A0year';
}

/** How the judged rows became the book, for captions: "1,336 test rows scaled to 12,000 a year". */
export function scaledRows(rows: string, { rowsPerYear }: Scaled): string {
  return rowsPerYear === null ? rows : `${rows} scaled to ${formatCount(rowsPerYear)} a\u00A0year`;
}

/** A share that the user typed, in percent without decimals that say nothing: "1 %", "2.5 %". */
export function percentText(share: number): string {
  return `${formatValue(Number((share * 100).toPrecision(6)))}\u00A0%`;
}

/** The exported policy in words and rows. */
import type { TaskArgs } from '../../../contracts/tasks.ts';
import type { GoldenDecision, PolicyExport } from '../../../core/money/decision-policy.ts';
import { formatCount, formatCountOf } from '../../../design/format.ts';
import type { SentencePart } from '../answer-sentence.ts';
import { cutOffText } from '../bands/bands.view-model.ts';

const plain = (text: string): SentencePart => ({ text, tone: 'plain' });
const strong = (text: string): SentencePart => ({ text, tone: 'strong' });

/**
 * What is exported, and what its checks show.
 * @param shown the threshold as the page writes it
 * @param idColumn by which the golden rows are looked up in the user's table; null = they cannot be
 */
export function policySentence(
  { policy, goldenRows }: PolicyExport,
  shown: string,
  idColumn: string | null,
): readonly SentencePart[] {
  const { rawThreshold, bands, recalibration } = policy;
  return [
    plain('Flags from '),
    strong(shown),
    plain(
      recalibration === null
        ? ''
        : ` on recalibrated scores, which is ${cutOffText(rawThreshold)} on the raw ones`,
    ),
    plain(
      bands === null
        ? ''
        : `; approves below ${cutOffText(bands.low)}, refers from there, declines from ${cutOffText(bands.high)}`,
    ),
    plain('. The SQL decides your table, and checks '),
    strong(formatCountOf(goldenRows.length, 'golden row')),
    plain(` (${outcomesText(goldenRows)}) ${checksText(idColumn)}`),
  ];
}

function checksText(idColumn: string | null): string {
  return idColumn === null
    ? 'as written in the file: no row comes back when your database compares as Cutline does. Whether your table holds the same scores, it cannot ask without an id column.'
    : `twice: as written in the file, to show that your database compares as Cutline does, and by ${idColumn} in your table, to show that the scores there are decided the same. Each check returns only rows that are not.`;
}

function outcomesText(rows: readonly GoldenDecision[]): string {
  const flagged = rows.filter(({ decision }) => decision === 'flag').length;
  const missing = rows.filter(({ score }) => score === null).length;
  const parts = [
    `${formatCount(flagged)} flagged`,
    `${formatCount(rows.length - flagged)} passed`,
    ...(missing === 0 ? [] : [`${formatCount(missing)} of these without a score`]),
  ];
  return parts.join(', ');
}

/** A golden row as the table shows it. */
export interface GoldenRow {
  readonly row: string;
  readonly id: string;
  readonly score: string;
  readonly decision: string;
  readonly band: string;
}

/** Data rows are counted from 1 on screen, from 0 in the files. */
export function goldenTable(rows: readonly GoldenDecision[]): readonly GoldenRow[] {
  return rows.map(({ row, id, score, decision, band }) => ({
    row: formatCount(row + 1),
    id: id ?? '',
    score: score === null ? 'no score' : String(score),
    decision,
    band: band ?? '',
  }));
}

/** "credit_data.csv" and "sql" make "credit-data-policy.sql". */
export function policyFileName(table: string, ending: 'json' | 'sql'): string {
  const stem = table
    .replace(/\.[^.]*$/, '')
    .normalize('NFKD')
    .replace(/\p{Mark}+/gu, '')
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  return `${stem === '' ? 'decision' : stem}-policy.${ending}`;
}

/** What is asked for, without the time: as long as it is the same, the preview stands. */
export type PolicyQuestion = Omit<TaskArgs<'judgement/policy'>, 'policy'> & {
  readonly policy: Omit<TaskArgs<'judgement/policy'>['policy'], 'createdAt'>;
};

import { describe, expect, it } from 'vitest';
import { guessOutcomesReading, readingOf } from '../../src/core/impact/guess-outcomes-reading.ts';
import { predictImpact } from '../../src/core/impact/predict-impact.ts';
import { realiseImpact } from '../../src/core/impact/realise-impact.ts';
import type { Scenario } from '../../src/core/money/scenario.ts';
import { defaultScenario } from '../../src/core/money/scenario-templates.ts';
import { drain } from '../../src/core/sliced.ts';
import { columnByName } from '../../src/core/table/column-access.ts';
import { selectJudgedRows, selectSplitRows } from '../../src/core/table/judged-rows.ts';
import { summarizeTable } from '../../src/core/table/profile.ts';
import { takeRows } from '../../src/core/table/take-rows.ts';
import { openTable } from '../../src/formats/data/open-table.ts';
import { loanBook } from './loan-book.ts';
import { outcomes } from './outcomes.ts';
import { recoveries } from './recoveries.ts';
import type { SimulatedCell, SimulatedTable } from './simulated-table.ts';
import { csvPieces } from './write-table.ts';

const ROWS = 6000;
const SEED = 11;
const THRESHOLD = 0.5;
const book = loanBook(ROWS, SEED);
const ledger = outcomes(book, SEED + 1);

type PlainRow = Readonly<
  Record<
    | 'loan_id'
    | 'split'
    | 'outcome'
    | 'application_date'
    | 'bureau_score'
    | 'recovered'
    | 'recovered_amount'
    | 'lost_amount',
    string
  >
>;

/** Rows as plain records of text: what the loop below reads, apart from all code of the product. */
const records = (table: SimulatedTable): PlainRow[] =>
  [...table.rows()].map(
    (row) =>
      Object.fromEntries(row.map((cell: SimulatedCell, i) => [table.columns[i]!, String(cell)])) as PlainRow,
  );

/** A score that anyone can compute: the lower the bureau score, the riskier; none where that is missing. */
const scoreOf = (bureauScore: string | number): number =>
  bureauScore === '' || Number.isNaN(Number(bureauScore))
    ? Number.NaN
    : 1 / (1 + Math.exp((Number(bureauScore) - 640) / 40));

const scenario: Scenario = {
  ...defaultScenario('lending', 'amount'),
  ...{ currency: 'EUR', lossRate: 0.25, reviewCost: 450, frictionCost: 20 },
  ...{ fixedCost: 60_000, rowsPerYear: 6000 },
};

const opened = async (table: SimulatedTable, name: string) => {
  const text = [...csvPieces(table)].join('');
  const { table: read } = await openTable(new Blob([text]), { name });
  const facts = { id: name, byteLength: text.length, notices: [], unparsable: new Map<string, number>() };
  return { table: read, summary: summarizeTable(read, facts) };
};

async function throughTheProduct() {
  const loans = await opened(book, 'loans.csv');
  const file = await opened(ledger, 'outcomes.csv');
  const target = { column: 'outcome', positive: ['bad'], excluded: [] };
  const split = { column: 'split', value: 'test' };
  const numbers = (name: string) => {
    const column = columnByName(loans.table, name);
    if (column.kind !== 'number' && column.kind !== 'date') throw new Error(`${name} is ${column.kind}`);
    return column.values;
  };
  const scores = numbers('bureau_score').map(scoreOf);
  const judged = selectJudgedRows(loans.table, target, split);
  const rowsOf = (rows: Uint32Array) => ({
    scores: takeRows(scores, rows),
    amountColumns: ['amount'],
    amounts: [takeRows(numbers('amount'), rows)],
  });
  const dates = takeRows(numbers('application_date'), judged.rows);
  const predicted = drain(
    predictImpact({ ...rowsOf(judged.rows), labels: judged.labels, dates }, scenario, THRESHOLD),
  );
  const draft = guessOutcomesReading(loans.summary, file.summary, { roles: {}, target });
  const decided = selectSplitRows(loans.table, target, split);
  const isScored = (_: unknown, i: number) => !Number.isNaN(scores[decided.rows[i]!]!);
  const rows = decided.rows.filter(isScored);
  const decisions = {
    ...rowsOf(rows),
    ...{ table: loans.table, rows, labels: decided.labels.filter(isScored) },
  };
  const question = { outcomes: file.table, scenario, threshold: THRESHOLD, promise: predicted.perDecision };
  const realised = drain(realiseImpact(decisions, { ...question, reading: readingOf(draft)! }));
  return { draft, predicted, realised };
}

interface Plain {
  rows: number;
  known: number;
  flagged: number;
  caught: number;
  missedPositives: number;
  prevented: number;
  missed: number;
  spent: number;
}

const nothing = (): Plain => ({
  ...{ rows: 0, known: 0, flagged: 0, caught: 0, missedPositives: 0, prevented: 0, missed: 0, spent: 0 },
});

/** The same by a plain loop over records. */
function byPlainLoop(): Record<string, Plain> {
  const became = new Map(records(ledger).map((row) => [row.loan_id, row]));
  const months: Record<string, Plain> = {};
  for (const loan of records(book)) {
    const score = scoreOf(loan.bureau_score!);
    if (loan.split !== 'test' || Number.isNaN(score)) continue;
    const month = loan.application_date!.slice(0, 7);
    months[month] ??= nothing();
    const sums = months[month];
    sums.rows++;
    const end = became.get(loan.loan_id)!;
    if (end.outcome === 'open') continue;
    sums.known++;
    sums.spent += 60_000 / 6000;
    const isFlagged = score >= THRESHOLD;
    const isBad = end.outcome === 'bad';
    if (isFlagged) sums.flagged++;
    if (isFlagged) sums.spent += 450 + (isBad ? 0 : 20);
    if (isFlagged && isBad) sums.caught++;
    if (isFlagged && isBad) sums.prevented += Number(end.lost_amount);
    if (!isFlagged && isBad) sums.missedPositives++;
    if (!isFlagged && isBad) sums.missed += Number(end.lost_amount);
  }
  return months;
}

describe('outcomes of a simulated loan book', () => {
  it('has one row a loan, with the payments of its recoveries', () => {
    const rows = records(ledger);
    expect(rows).toHaveLength(ROWS);
    const paid = new Map<string, number>();
    for (const { loan_id, recovered } of records(recoveries(book, SEED + 1)))
      paid.set(loan_id!, (paid.get(loan_id!) ?? 0) + Number(recovered));
    for (const { loan_id, outcome, recovered_amount, lost_amount } of rows) {
      if (outcome !== 'bad') expect([recovered_amount, lost_amount]).toEqual(['', '']);
      else expect(Number(recovered_amount)).toBeCloseTo(paid.get(loan_id!) ?? 0, 6);
    }
    expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(['good', 'bad', 'open']));
  });

  it('is read as it is meant, and its months are those of a plain loop over its rows', async () => {
    const { draft, realised } = await throughTheProduct();
    expect(draft).toEqual({
      ...{ idColumn: 'loan_id', decisionIdColumn: 'loan_id', outcomeColumn: 'outcome' },
      ...{ positive: ['bad'], undecided: ['open'] },
      dateColumn: { from: 'decisions', column: 'application_date' },
      amount: { column: 'lost_amount', meaning: 'lost' },
    });
    const expected = byPlainLoop();
    expect(realised.months.map(({ month }) => month)).toEqual(Object.keys(expected));
    expect(realised.months).toHaveLength(18);
    for (const month of realised.months) {
      const plain = expected[month.month]!;
      const { rows, known, flagged, caught, missedPositives } = plain;
      expect(month).toMatchObject({ rows, known, flagged, caught, missedPositives });
      expect(month.prevented).toBeCloseTo(plain.prevented, 6);
      expect(month.missed).toBeCloseTo(plain.missed, 6);
      expect(month.spent).toBeCloseTo(plain.spent, 6);
      expect(month.net).toBeCloseTo(plain.prevented - plain.spent, 6);
    }
  });

  it('counts what has no outcome, no score or no part in the split', async () => {
    const { predicted, realised } = await throughTheProduct();
    const loans = records(book);
    const isDecision = (loan: PlainRow) => loan.split === 'test' && loan.bureau_score !== '';
    const decisions = loans.filter(isDecision);
    const open = decisions.filter(({ outcome }) => outcome === '').length;
    expect(realised.total.rows).toBe(decisions.length);
    expect(realised).toMatchObject({
      ...{ withoutOutcome: open, otherRows: ROWS - decisions.length, unknownIds: 0, repeatedIds: 0 },
      ...{ contradictions: 0, repeatedDecisions: 0, undated: 0, relabelled: 0 },
    });
    // The judged rows are the labelled ones: unscored too.
    const judged = loans.filter(({ split, outcome }) => split === 'test' && outcome !== '');
    expect(predicted.perDecision.rows).toBe(judged.length);
    expect(realised.months.slice(-2).map(({ month, known }) => [month, known])).toEqual([
      ['2025-11', 0],
      ['2025-12', 0],
    ]);
  });
});

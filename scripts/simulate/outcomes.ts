import { Random } from '../../src/core/stats/random.ts';
import { recoveries } from './recoveries.ts';
import type { SimulatedCell, SimulatedTable } from './simulated-table.ts';

/** Share of a bad loan that is still owed when it fails: the rest was paid back before. */
const LEAST_OWED = 0.25;
const MOST_OWED = 0.6;

/**
 * What became of the loans of a book, as a ledger would export it later: one row a loan with its outcome (`good`, `bad`, or
 * `open` where the loan has not matured), of a bad one what was recovered (0 when nothing) and what was lost in the end, and
 * the day of the last payment (empty without one). To be joined to decisions by `loan_id`.
 *
 * @param seed that of the book's `recoveries`, whose payments are summed
 */
export function outcomes(book: SimulatedTable, seed: number): SimulatedTable {
  const at = (name: string): number => book.columns.indexOf(name);
  const [id, outcome, amount] = ['loan_id', 'outcome', 'amount'].map(at) as [number, number, number];
  function* generate(): Generator<readonly SimulatedCell[]> {
    const random = new Random(seed + 1);
    const payments = paymentsOf(book, seed);
    for (const row of book.rows()) {
      const owed = Number(row[amount]) * (LEAST_OWED + (MOST_OWED - LEAST_OWED) * random.uniform());
      const became = row[outcome] === '' ? 'open' : row[outcome]!;
      const { cents, last } = payments.get(row[id]!) ?? { cents: 0, last: '' };
      const lost = Math.max(0, Math.round(owed * 100) - cents) / 100;
      yield became === 'bad' ? [row[id]!, became, cents / 100, lost, last] : [row[id]!, became, '', '', ''];
    }
  }
  const columns = ['loan_id', 'outcome', 'recovered_amount', 'lost_amount', 'last_payment'];
  return { columns, rows: generate, truth: {} };
}

/** Sum and last day of the payments of each loan that has one. */
function paymentsOf(book: SimulatedTable, seed: number) {
  const paid = new Map<SimulatedCell, { readonly cents: number; readonly last: SimulatedCell }>();
  for (const [loan, day, amount] of recoveries(book, seed).rows()) {
    const before = paid.get(loan!)?.cents ?? 0;
    paid.set(loan!, { cents: before + Math.round(Number(amount) * 100), last: day! });
  }
  return paid;
}

import { Random } from '../../src/core/stats/random.ts';
import { dayText } from './months.ts';
import type { SimulatedCell, SimulatedTable } from './simulated-table.ts';

const DAY_MS = 86_400_000;

/**
 * What was recovered of the bad loans of a book: up to six payments a loan, none for about every fourth. To be joined by
 * `loan_id` (count, sum, last); most loans have no row.
 */
export function recoveries(book: SimulatedTable, seed: number): SimulatedTable {
  const at = (name: string): number => book.columns.indexOf(name);
  const [id, date, amount, outcome] = ['loan_id', 'application_date', 'amount', 'outcome'].map(at) as [
    number,
    number,
    number,
    number,
  ];
  function* generate(): Generator<readonly SimulatedCell[]> {
    const random = new Random(seed);
    for (const row of book.rows()) {
      if (row[outcome] !== 'bad') continue;
      const payments = random.uniform() < 0.25 ? 0 : 1 + random.integer(6);
      let day = Date.parse(String(row[date])) + (120 + random.integer(60)) * DAY_MS;
      for (let i = 0; i < payments; i++, day += (28 + random.integer(6)) * DAY_MS) {
        const recovered = Number(row[amount]) * (0.02 + 0.09 * random.uniform());
        yield [row[id]!, dayText(day), Math.round(recovered * 100) / 100];
      }
    }
  }
  return { columns: ['loan_id', 'payment_date', 'recovered'], rows: generate, truth: {} };
}

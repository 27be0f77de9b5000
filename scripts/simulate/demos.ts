import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fraudTable } from './fraud-table.ts';
import { loanBook } from './loan-book.ts';
import { recoveries } from './recoveries.ts';
import { type ScorecardColumns, scorecardOnnx } from './scorecard.ts';
import type { SimulatedTable } from './simulated-table.ts';
import { writeTable } from './write-table.ts';

const DEMO_SEED = 20_260_101;
const LOANS = 12_000;
const TRANSACTIONS = 30_000;

const BUREAU = ['bureau_score', 'delinquencies_2y'];
const APPLICATION = ['age', 'employment_years', 'income', 'debt_to_income', 'amount', 'term_months'];

const scorecard: ScorecardColumns = {
  numbers: [...APPLICATION, ...BUREAU],
  categories: ['channel', 'purpose', 'housing', 'pay_frequency'],
  target: { column: 'outcome', positive: 'bad', negative: 'good' },
  training: { column: 'split', value: 'train' },
};

/** The tables and models of the simulated demo workspaces, by their path below `public/demo`. */
export function demoTables(): Readonly<Record<string, SimulatedTable>> {
  const book = loanBook(LOANS, DEMO_SEED);
  return {
    'loan-book/loan_book.csv.gz': book,
    'loan-book/recoveries.csv.gz': recoveries(book, DEMO_SEED + 1),
    'fraud/card_transactions.csv.gz': fraudTable(TRANSACTIONS, DEMO_SEED + 2),
  };
}

/** As {@link demoTables}: a scorecard over all columns, and one that does without the bureau's. */
export function demoModels(): Readonly<Record<string, Uint8Array>> {
  const book = loanBook(LOANS, DEMO_SEED);
  return {
    'loan-book/scorecard.onnx': scorecardOnnx(book, scorecard),
    'loan-book/scorecard_without_bureau.onnx': scorecardOnnx(book, { ...scorecard, numbers: APPLICATION }),
  };
}

/** Writes the simulated demos (not their manifests, which are kept by hand) below `publicDemoDir`. */
export async function writeDemos(publicDemoDir: string): Promise<void> {
  for (const [path, table] of Object.entries(demoTables())) {
    mkdirSync(join(publicDemoDir, path, '..'), { recursive: true });
    await writeTable(table, join(publicDemoDir, path));
    if (Object.keys(table.truth).length === 0) continue;
    const truth = `${JSON.stringify(table.truth, null, 2)}\n`;
    writeFileSync(join(publicDemoDir, path, '..', 'truth.json'), truth);
  }
  for (const [path, bytes] of Object.entries(demoModels())) writeFileSync(join(publicDemoDir, path), bytes);
}

/**
 * Simulated data, seeded: `npm run simulate -- loan-book --rows 5000000 --seed 7 --out loans.csv.gz`, likewise `fraud`; beside
 * the table comes `<name>.truth.json`, which says what was put into it. `outcomes` writes what became of the loan book of the same
 * rows and seed. `npm run simulate -- demos` writes the demos of public/ anew.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeDemos } from './simulate/demos.ts';
import { fraudTable } from './simulate/fraud-table.ts';
import { loanBook } from './simulate/loan-book.ts';
import { outcomes } from './simulate/outcomes.ts';
import { writeTable } from './simulate/write-table.ts';

const usage =
  'Usage: npm run simulate -- loan-book|fraud|outcomes --rows N --out FILE.csv[.gz] [--seed N]\n       npm run simulate -- demos\n';

const makers = {
  'loan-book': loanBook,
  fraud: fraudTable,
  outcomes: (rows: number, seed: number) => outcomes(loanBook(rows, seed), seed + 1),
} as const;
const FEWEST_ROWS = 26;

function wholeNumber(text: string | undefined, least: number): number | null {
  const value = Number(text);
  return text !== undefined && Number.isSafeInteger(value) && value >= least ? value : null;
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    strict: false,
    options: { rows: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' } },
  });
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const [what] = positionals;
  if (what === 'demos') return writeDemos(fileURLToPath(new URL('../public/demo', import.meta.url)));
  const rows = wholeNumber(text(values.rows), FEWEST_ROWS);
  const seed = wholeNumber(text(values.seed ?? '1'), 0);
  const out = text(values.out);
  const asked = what !== undefined && Object.hasOwn(makers, what) ? (what as keyof typeof makers) : null;
  const isKnown = Object.keys(values).every((name) => ['rows', 'seed', 'out'].includes(name));
  if (
    !isKnown ||
    asked === null ||
    rows === null ||
    seed === null ||
    out === undefined ||
    !/\.csv(\.gz)?$/.test(out)
  ) {
    process.stderr.write(usage);
    process.exitCode = 2;
    return;
  }
  const table = makers[asked](rows, seed);
  await writeTable(table, out);
  if (Object.keys(table.truth).length === 0) return;
  writeFileSync(
    `${out.replace(/\.csv(\.gz)?$/, '')}.truth.json`,
    `${JSON.stringify(table.truth, null, 2)}\n`,
  );
}

await main();

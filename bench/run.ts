/**
 * `npm run bench [NAME ...]`: runs the benches one after another (never side by side: two cores) and prints what was
 * measured. Figures mean something only against each other within one run; docs/bench.md says how to read them.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { BenchRow } from './row.ts';

const root = join(import.meta.dirname, '..');

const benches: Record<string, () => Promise<{ run: () => Promise<readonly BenchRow[]> }>> = {
  csv: () => import('./csv/csv.bench.ts'),
  formats: () => import('./formats/formats.bench.ts'),
  sweep: () => import('./sweep/sweep.bench.ts'),
  scoring: () => import('./scoring/scoring.bench.ts'),
  kernels: () => import('./kernels/kernels.bench.ts'),
  shap: () => import('./shap/shap.bench.ts'),
  registry: () => import('./registry/registry.bench.ts'),
  browser: () => import('./browser/browser.bench.ts'),
  explain: () => import('./browser/explain.bench.ts'),
  large: () => import('./browser/large.bench.ts'),
};

function machine() {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
  return {
    commit,
    date: new Date().toISOString(),
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
  };
}

function print(rows: readonly BenchRow[]): void {
  const width = Math.max(...rows.map((row) => row.name.length));
  for (const { name, value, unit, note } of rows) {
    const figure = Number.isInteger(value) ? value.toLocaleString('en') : value.toPrecision(4);
    process.stdout.write(`  ${name.padEnd(width)}  ${figure.padStart(12)} ${unit.padEnd(8)} ${note}\n`);
  }
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const names = wanted.length > 0 ? wanted : Object.keys(benches);
  const report: Record<string, readonly BenchRow[]> = {};
  const facts = machine();
  process.stdout.write(`${JSON.stringify(facts)}\n`);
  for (const name of names) {
    const load = benches[name];
    if (load === undefined)
      throw new Error(`There is no bench "${name}"; there are ${Object.keys(benches).join(', ')}.`);
    process.stdout.write(`\n${name}\n`);
    const rows = await (await load()).run();
    print(rows);
    report[name] = rows;
  }
  const folder = process.argv.includes('--baseline') ? 'baselines' : 'results';
  mkdirSync(join(root, 'bench', folder), { recursive: true });
  const file = join(root, 'bench', folder, `${facts.commit}.json`);
  writeFileSync(file, `${JSON.stringify({ machine: facts, benches: report }, null, 2)}\n`);
  process.stdout.write(`\nWritten to ${file}\n`);
}

await main();

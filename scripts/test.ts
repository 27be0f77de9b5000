/**
 * `npm test`: types, lint, unused code, unit and API tests, worker contracts in Chromium, journeys in Chromium. Every
 * step runs, whatever failed before it; the last line is `N passed, N failed`. `npm test -- types unit` runs only those.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './chromium.ts';
import {
  countsOfCheck,
  countsOfPlaywright,
  countsOfVitest,
  type StepEnd,
  type TestCounts,
} from './test-counts.ts';

const projectDir = fileURLToPath(new URL('..', import.meta.url));
const reportDir = join(projectDir, 'test-results/reports');
/** A step that takes longer hangs: all of them together must fit into an hour on two cores. */
const stepLimitMs = 40 * 60_000;

interface Step {
  readonly name: string;
  /** Tool in node_modules/.bin and its arguments. */
  readonly command: readonly [tool: string, ...args: string[]];
  readonly counts: (end: StepEnd) => TestCounts;
  readonly needsChromium?: true;
}

const reportPath = (name: string): string => join(reportDir, `${name}.json`);
const vitestReport = (name: string): string[] => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportPath(name)}`,
];
/** A log file wants no colour codes; Biome does not look at NO_COLOR. */
const isLog = !process.stdout.isTTY;
const browserConfig = 'vitest.browser.config.ts';

const steps: readonly Step[] = [
  { name: 'types', command: ['tsc', '-b'], counts: countsOfCheck },
  {
    name: 'lint',
    command: ['biome', 'ci', '.', '--error-on-warnings', ...(isLog ? ['--colors=off'] : [])],
    counts: countsOfCheck,
  },
  { name: 'unused', command: ['knip'], counts: countsOfCheck },
  { name: 'unit', command: ['vitest', 'run', ...vitestReport('unit')], counts: countsOfVitest },
  {
    name: 'browser',
    command: ['vitest', 'run', '--config', browserConfig, ...vitestReport('browser')],
    counts: countsOfVitest,
    needsChromium: true,
  },
  {
    name: 'e2e',
    command: ['playwright', 'test', '--reporter=list,json'],
    counts: countsOfPlaywright,
    needsChromium: true,
  },
];

function runStep({ name, command: [tool, ...args], counts, needsChromium }: Step): TestCounts {
  const env: NodeJS.ProcessEnv = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath(name) };
  if (isLog) {
    env.NO_COLOR = '1';
    delete env.FORCE_COLOR;
  }
  if (needsChromium) Object.assign(env, { CUTLINE_CHROMIUM: ensureChromium() });
  rmSync(reportPath(name), { force: true });
  const { status } = spawnSync(join(projectDir, 'node_modules/.bin', tool), args, {
    cwd: projectDir,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: stepLimitMs,
  });
  const report = existsSync(reportPath(name)) ? readFileSync(reportPath(name), 'utf8') : null;
  return counts({ exitCode: status, report });
}

function chosenSteps(names: readonly string[]): readonly Step[] {
  const known = steps.map((step) => step.name);
  const strange = names.filter((name) => !known.includes(name));
  if (strange.length > 0) {
    process.stderr.write(`There is no step ${strange.join(', ')}. There are: ${known.join(', ')}.\n`);
    process.exit(2);
  }
  return names.length === 0 ? steps : steps.filter((step) => names.includes(step.name));
}

mkdirSync(reportDir, { recursive: true });
const lines: string[] = [];
const total = { passed: 0, failed: 0 };
for (const step of chosenSteps(process.argv.slice(2))) {
  process.stdout.write(`\n== ${step.name}: ${step.command.join(' ')}\n`);
  const startedMs = performance.now();
  const { passed, failed, skipped } = runStep(step);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const skips = skipped > 0 ? `, ${skipped} skipped` : '';
  const line = `${step.name.padEnd(8)}${passed} passed, ${failed} failed${skips} (${seconds} s)`;
  process.stdout.write(`-- ${line}\n`);
  lines.push(line);
  total.passed += passed;
  total.failed += failed;
}
process.stdout.write(`\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

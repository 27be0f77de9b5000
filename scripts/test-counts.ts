/** What a step of `npm test` counted. A step without a test runner counts itself as one. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** How a step ended: its exit code (null when it was killed) and its JSON report, null when it wrote none. */
export interface StepEnd {
  readonly exitCode: number | null;
  readonly report: string | null;
}

function wholeNumber(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new TypeError(`A test report counts ${JSON.stringify(value)} tests.`);
}

/**
 * Counts of a failed or unreadable run must not look like success: when the runner failed without naming a failed test
 * (a file that does not load, a crash, a timeout), the run itself is the failed one.
 */
function withRunItself(counts: TestCounts, exitCode: number | null): TestCounts {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function parseReport(report: string | null): Record<string, unknown> {
  if (report === null) return {};
  try {
    return JSON.parse(report) as Record<string, unknown>;
  } catch {
    // Cut off by a crash: the exit code tells.
    return {};
  }
}

/** A step that passes or fails as a whole: types, lint. */
export function countsOfCheck({ exitCode }: StepEnd): TestCounts {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** From Vitest's JSON report. A run without a single test is a failure. */
export function countsOfVitest({ exitCode, report }: StepEnd): TestCounts {
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numPendingTests = 0,
    numTodoTests = 0,
  } = parseReport(report);
  const passed = wholeNumber(numPassedTests);
  const failed = wholeNumber(numFailedTests);
  const skipped = wholeNumber(numPendingTests) + wholeNumber(numTodoTests);
  return withRunItself({ passed, failed, skipped }, passed + failed === 0 ? null : exitCode);
}

/** From Playwright's JSON report. A test that passed only on a retry has failed. */
export function countsOfPlaywright({ exitCode, report }: StepEnd): TestCounts {
  const { stats = {} } = parseReport(report) as { stats?: Record<string, unknown> };
  const passed = wholeNumber(stats.expected ?? 0);
  const failed = wholeNumber(stats.unexpected ?? 0) + wholeNumber(stats.flaky ?? 0);
  const skipped = wholeNumber(stats.skipped ?? 0);
  return withRunItself({ passed, failed, skipped }, passed + failed === 0 ? null : exitCode);
}

import { describe, expect, it } from 'vitest';
import { countsOfCheck, countsOfPlaywright, countsOfVitest } from './test-counts.ts';

const vitest = (passed: number, failed: number, skipped = 0): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    numTodoTests: 0,
  });
const playwright = (expected: number, unexpected: number, flaky = 0, skipped = 0): string =>
  JSON.stringify({ stats: { expected, unexpected, flaky, skipped } });

describe('counts of a step', () => {
  it('counts a check as one', () => {
    expect(countsOfCheck({ exitCode: 0, report: null })).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(countsOfCheck({ exitCode: 2, report: null })).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countsOfCheck({ exitCode: null, report: null })).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('reads the numbers of either runner', () => {
    expect(countsOfVitest({ exitCode: 0, report: vitest(7, 0, 2) })).toEqual({
      passed: 7,
      failed: 0,
      skipped: 2,
    });
    expect(countsOfVitest({ exitCode: 1, report: vitest(7, 3) })).toEqual({
      passed: 7,
      failed: 3,
      skipped: 0,
    });
    expect(countsOfPlaywright({ exitCode: 1, report: playwright(5, 1, 1, 2) })).toEqual({
      passed: 5,
      failed: 2,
      skipped: 2,
    });
  });

  it('never calls a run green that did not run', () => {
    for (const counts of [countsOfVitest, countsOfPlaywright]) {
      expect(counts({ exitCode: 1, report: null }).failed).toBe(1);
      expect(counts({ exitCode: 0, report: null }).failed).toBe(1);
      expect(counts({ exitCode: null, report: '{"stats":' }).failed).toBe(1);
    }
    expect(countsOfVitest({ exitCode: 1, report: vitest(9, 0) })).toEqual({
      passed: 9,
      failed: 1,
      skipped: 0,
    });
    expect(countsOfPlaywright({ exitCode: 1, report: playwright(9, 0) }).failed).toBe(1);
    expect(countsOfVitest({ exitCode: 0, report: vitest(0, 0) }).failed).toBe(1);
  });

  it('refuses a report whose counts are no counts', () => {
    expect(() => countsOfVitest({ exitCode: 0, report: '{"numPassedTests":"all"}' })).toThrow(TypeError);
  });
});

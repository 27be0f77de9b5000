import { beforeEach, describe, expect, it } from 'vitest';
import type { ExplainResult } from '../../../compute/explaining.ts';
import { CanceledError, DataError } from '../../../core/errors.ts';
import { explanation } from '../sample.laws.ts';
import {
  askGlobal,
  cancelGlobal,
  computeGlobal,
  type GlobalQuestion,
  leaveGlobal,
  shownRun,
  useGlobalRun,
} from './global-run.ts';
import { againLabel, endText, runningLabel, totalRows } from './run-words.ts';

type Options = Parameters<GlobalQuestion['work']>[0];

/** A computation that goes on when the test says so. */
class Work {
  started = 0;
  options: Options | null = null;
  answer: (answer: ExplainResult) => void = () => undefined;
  fail: (error: Error) => void = () => undefined;

  question(key: string, subject = 'model on table'): GlobalQuestion {
    const about = { over: 'all', split: null, rowCount: 4454, threshold: '' } as const;
    return { key, subject, about, work: (options) => this.#run(options) };
  }

  #run(options: Options): Promise<ExplainResult> {
    this.started++;
    this.options = options;
    return new Promise((resolve, reject) => {
      this.answer = resolve;
      this.fail = reject;
      options.signal.addEventListener('abort', () => reject(new CanceledError()));
    });
  }

  partial(rowCount: number): void {
    const total = explanation.rowCount;
    this.options?.onProgress({ done: rowCount, total, unit: 'rows', rows: rowCount });
    this.options?.onPartial({ ...explanation, rowCount });
  }
}

const answer: ExplainResult = { ...explanation, rowsPerSecond: 2e6, restored: false, notices: [] };
const run = () => useGlobalRun.getState().run;
const settled = () => new Promise((resolve) => setTimeout(resolve));
const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

beforeEach(() => {
  leaveGlobal();
  useGlobalRun.setState({ run: null });
});

describe('a global run', () => {
  it('shows partial results, then the answer', async () => {
    const work = new Work();
    askGlobal(work.question('a'));
    expect([run()?.status, run()?.shown]).toEqual(['running', null]);
    work.partial(1000);
    expect(run()?.shown?.rowCount).toBe(1000);
    expect(plain(runningLabel(run()!))).toBe('Explaining 4,454 rows');
    work.answer(answer);
    await settled();
    expect([run()?.status, run()?.shown?.rowCount, run()?.rowsPerSecond]).toEqual(['done', 4454, 2e6]);
    expect(plain(endText(run()!))).toBe('4,454 rows explained, 2.00 M rows/s.');
  });

  it('an equal question is not computed twice, another one stops it', async () => {
    const [work, other] = [new Work(), new Work()];
    askGlobal(work.question('a'));
    askGlobal(work.question('a'));
    expect(work.started).toBe(1);
    askGlobal(other.question('b'));
    expect(work.options?.signal.aborted).toBe(true);
    await settled();
    expect([run()?.key, run()?.status]).toEqual(['b', 'running']);
  });

  it('a late answer to an earlier question is dropped', async () => {
    const [work, other] = [new Work(), new Work()];
    askGlobal(work.question('a'));
    askGlobal(other.question('b'));
    work.partial(10);
    work.answer(answer);
    await settled();
    expect([run()?.key, run()?.shown]).toEqual(['b', null]);
  });

  it('what was shown stays behind a new question about the same model and table, and only there', async () => {
    const [first, second, third] = [new Work(), new Work(), new Work()];
    askGlobal(first.question('a'));
    first.answer(answer);
    await settled();
    askGlobal(second.question('b'));
    expect(shownRun(run()!)?.key).toBe('a');
    second.partial(500);
    expect(shownRun(run()!)?.key).toBe('b');
    askGlobal(third.question('c', 'another model'));
    expect(shownRun(run()!)).toBeNull();
  });

  it('a cancel keeps the part and says how many rows it is about; it is computed again only on request', async () => {
    const work = new Work();
    askGlobal(work.question('a'));
    work.partial(1000);
    cancelGlobal();
    await settled();
    expect([run()?.status, run()?.shown?.rowCount, totalRows(run()!)]).toEqual(['cancelled', 1000, 4454]);
    expect(plain(endText(run()!))).toMatch(
      /^Cancelled after 1,000 of 4,454 rows; .+, which are spread evenly over all\.$/,
    );
    expect(plain(againLabel(run()!))).toBe('Explain 4,454 rows');
    askGlobal(work.question('a'));
    expect(work.started).toBe(1);
    void computeGlobal(work.question('a'));
    expect([work.started, run()?.status]).toEqual([2, 'running']);
  });

  it('says so when it was cancelled before the first rows', () => {
    askGlobal(new Work().question('a'));
    cancelGlobal();
    expect(endText(run()!)).toBe('Cancelled before the first rows were explained.');
    expect(againLabel(run()!)).toBe('Explain the rows');
  });

  it('an error is shown with what there is', async () => {
    const work = new Work();
    askGlobal(work.question('a'));
    work.partial(1000);
    work.fail(new DataError('empty-sample', 'No row is left.'));
    await settled();
    expect([run()?.status, run()?.error?.message]).toEqual(['failed', 'No row is left.']);
    expect(plain(endText(run()!))).toBe('Stopped after 1,000 of 4,454 rows.');
  });

  it('leaving the page stops what is under way and keeps what has ended', async () => {
    const work = new Work();
    askGlobal(work.question('a'));
    leaveGlobal();
    expect([work.options?.signal.aborted, run()]).toEqual([true, null]);
    askGlobal(work.question('a'));
    work.answer({ ...answer, restored: true, rowsPerSecond: null });
    await settled();
    leaveGlobal();
    expect(plain(endText(run()!))).toBe('4,454 rows explained before, and kept by this browser.');
  });
});

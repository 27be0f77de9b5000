import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { explainProgress, progressLine } from './explain-progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const block = { rows: new Uint32Array(256), values: new Float64Array(512) };

describe('how far an explanation is', () => {
  it('is told every ten seconds, and no more after the end', () => {
    const lines: string[] = [];
    const progress = explainProgress(null, (line) => lines.push(line));
    progress.begin(['a', 'b'], 0, 1336);
    vi.advanceTimersByTime(9_999);
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(1);
    progress.write(block);
    vi.advanceTimersByTime(10_000);
    progress.end();
    vi.advanceTimersByTime(60_000);
    expect(lines).toEqual([
      'explaining: 0 of 1,336 rows after 10 s',
      'explaining: 256 of 1,336 rows after 20 s, about 85 s left',
    ]);
  });

  it('hands everything on', () => {
    const sink = { begin: vi.fn(), write: vi.fn() };
    const progress = explainProgress(sink, () => {});
    progress.begin(['a', 'b'], 0.5, 256);
    progress.write(block);
    progress.end();
    expect(sink.begin).toHaveBeenCalledExactlyOnceWith(['a', 'b'], 0.5, 256);
    expect(sink.write).toHaveBeenCalledExactlyOnceWith(block);
  });

  it('foretells in proportion: 100 of 400 rows in 30 s leave 90 s', () => {
    expect(progressLine(100, 400, 30)).toBe('explaining: 100 of 400 rows after 30 s, about 90 s left');
  });
});

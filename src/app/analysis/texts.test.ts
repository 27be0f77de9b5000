import { describe, expect, it } from 'vitest';
import { fortyRows, judgedSample } from '../../../fixtures/judged-sample.ts';
import { cohortLabel } from '../cohort-label.ts';
import { withFragment } from '../fragment-location.ts';
import { placeText } from './place-text.ts';
import { progressView } from './progress.view-model.ts';
import { rowsKey } from './use-analysis.ts';

const nb = '\u00A0';

describe('progressView', () => {
  const rows = (done: number) => ({ done, total: 1_000_000, unit: 'rows' as const, rows: done });

  it('says how far, how fast and how long still', () => {
    const view = progressView({ what: 'Scoring', progress: rows(250_000), startedAtMs: 1000 }, 3000);
    expect(view.share).toBe(0.25);
    expect(view.detail).toBe(`250,000 of 1,000,000 rows · 125${nb}k${nb}rows/s · 6${nb}s left`);
  });

  it('shows no rate before it means something, and nothing without a total', () => {
    const early = progressView({ what: 'Scoring', progress: rows(1000), startedAtMs: 0 }, 100);
    expect(early.detail).toBe('1,000 of 1,000,000 rows');
    expect(progressView({ what: 'x', progress: null, startedAtMs: 0 }, 9999)).toEqual({
      label: 'x',
      share: Number.NaN,
      detail: '',
    });
    expect(
      progressView({ what: 'x', progress: { ...rows(0), total: 0 }, startedAtMs: 0 }, 9).share,
    ).toBeNaN();
  });

  it('speaks of bytes while a file is read', () => {
    const progress = { done: 5e6, total: 2e7, unit: 'bytes' as const, rows: 40_000 };
    const view = progressView({ what: 'Opening a.csv', progress, startedAtMs: 0 }, 1000);
    expect(view.detail).toBe(`5.00${nb}MB of 20.0${nb}MB · 40.0${nb}k${nb}rows/s · 3${nb}s left`);
  });
});

describe('texts of the frame', () => {
  it('says where an error is, in reading order', () => {
    expect(placeText({ file: 'loans.csv', line: 1400, column: 'Amount' })).toBe(
      'loans.csv, line 1,400, column Amount',
    );
    expect(placeText({ node: 'Scaler', byteOffset: 12 })).toBe('node Scaler, byte 12');
    expect(placeText({})).toBe('');
  });

  it('says which rows are judged', () => {
    const { summary } = judgedSample(fortyRows, null);
    const spec = {
      tableId: 't',
      scores: { kind: 'column', column: 's' },
      target: { column: 'y', positive: ['1'], excluded: [] },
      split: { column: 'split', value: 'test' },
      amountColumn: null,
    } as const;
    expect(cohortLabel(spec, undefined)).toBe('test rows');
    expect(cohortLabel(spec, summary)).toBe('test rows, 40');
    expect(cohortLabel({ ...spec, split: null }, summary)).toBe('all labelled rows, 40');
    expect(rowsKey(spec)).toBe(rowsKey({ ...spec, amountColumn: 'Amount' }));
    expect(rowsKey(spec)).not.toBe(rowsKey({ ...spec, split: null }));
  });

  it('carries the fragment to the next page, unless the link brings its own', () => {
    expect(withFragment('/thresholds', '#threshold=0.2')).toBe('/thresholds#threshold=0.2');
    expect(withFragment('/thresholds#a', '#b')).toBe('/thresholds#a');
    expect(withFragment('/', '')).toBe('/');
  });
});

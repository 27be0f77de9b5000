import { describe, expect, it } from 'vitest';
import { fortyRows, judgedSample } from '../../../fixtures/judged-sample.ts';
import { cohortLabel } from '../cohort-label.ts';
import { withFragment } from '../fragment-location.ts';
import { rowsKey } from './use-analysis.ts';

describe('texts of the frame', () => {
  it('says which rows are judged', () => {
    const { summary } = judgedSample(fortyRows, null);
    const spec = {
      tableId: 't',
      scores: { kind: 'column', column: 's' },
      target: { column: 'y', positive: ['1'], excluded: [] },
      split: { column: 'split', value: 'test' },
      amountColumns: [],
      recalibration: null,
    } as const;
    expect(cohortLabel(spec, undefined)).toBe('test rows');
    expect(cohortLabel(spec, summary)).toBe('test rows, 40');
    expect(cohortLabel({ ...spec, split: null }, summary)).toBe('all labelled rows, 40');
    expect(rowsKey(spec)).toBe(rowsKey({ ...spec, amountColumns: ['Amount'] }));
    expect(rowsKey(spec)).not.toBe(rowsKey({ ...spec, split: null }));
  });

  it('carries the fragment to the next page, unless the link brings its own', () => {
    expect(withFragment('/thresholds', '#threshold=0.2')).toBe('/thresholds#threshold=0.2');
    expect(withFragment('/thresholds#a', '#b')).toBe('/thresholds#a');
    expect(withFragment('/', '')).toBe('/');
  });
});

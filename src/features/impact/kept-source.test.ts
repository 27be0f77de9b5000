import { describe, expect, it } from 'vitest';
import { keptDiffers, sourceOf } from './kept-source.ts';
import type { ImpactSource } from './page-parts.ts';
import type { KeptImpact } from './use-kept-impact.ts';

const source: ImpactSource = {
  rows: '1,336 test rows',
  table: 'loans.csv',
  isSimulated: false,
  scoredBy: 'model.onnx',
  threshold: '0.191',
  scenario: 'Base: review cost 50',
  outcomes: null,
  line: '',
};

const money = {
  flagged: 3,
  caught: 2,
  missedPositives: 1,
  prevented: 9,
  spent: 1,
  missed: 2,
  net: 8,
  roi: 8,
};
const kept: KeptImpact = {
  entry: {
    kind: 'impact',
    name: 'loans.csv ab12',
    revision: 2,
    sha256: 'a'.repeat(64),
    createdAt: Date.UTC(2026, 10, 21, 14, 3),
    createdBy: 'Ana Lima',
  },
  realised: {
    format: 'cutline-impact-1',
    outcomesName: 'paid.csv',
    threshold: 0.25,
    currency: 'EUR',
    total: { ...money, rows: 12, known: 10, promised: { net: 7, low: 1, high: 13 } },
    spending: [],
    months: [],
    unknownIds: 0,
    otherRows: 0,
    repeatedIds: 0,
    contradictions: 0,
    repeatedDecisions: 0,
    withoutOutcome: 0,
    undated: 0,
    relabelled: 0,
  },
  context: {
    savedAt: 0,
    dataset: { name: 'loans.csv', tableId: 'ab12' },
    scores: 'older.onnx',
    scenario: 'Base: review cost 50',
    roiFloor: 0,
    investment: null,
  },
};

describe('sourceOf', () => {
  it('is the page itself for what is predicted, and names the file of what happened', () => {
    expect(sourceOf(source, null, kept)).toBe(source);
    expect(sourceOf(source, { ...kept.realised }, kept)).toEqual({ ...source, outcomes: 'paid.csv' });
  });

  it('is that of the day on which it was kept for figures of the registry', () => {
    const shown = sourceOf(source, kept.realised, kept);
    expect(shown).toMatchObject({ scoredBy: 'older.onnx', threshold: '0.25', table: 'loans.csv' });
    expect(shown.outcomes).toMatch(/^paid\.csv, sums kept in the registry .*2026.* by Ana Lima$/);
  });
});

describe('keptDiffers', () => {
  it('says what is another now, and nothing when all is the same', () => {
    expect(keptDiffers(source, 0.191, kept)).toContain('threshold 0.25, the scores of older.onnx');
    expect(keptDiffers({ ...source, scoredBy: 'older.onnx' }, 0.25, kept)).toBeNull();
    expect(keptDiffers({ ...source, scenario: 'Other' }, 0.25, kept)).toContain('the scenario Base');
  });
});

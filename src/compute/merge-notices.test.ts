import { describe, expect, it } from 'vitest';
import { mergeNotices } from './merge-notices.ts';

const clamped = (count: number) => ({
  code: 'scores-clamped',
  message: `${count} scores were set to 0.`,
  count,
});
const assumed = { code: 'positive-column-assumed', message: 'The second column is taken.' };

describe('mergeNotices', () => {
  it('adds counts, in the message too', () => {
    expect(mergeNotices([clamped(3)], [clamped(9)])).toEqual([clamped(12)]);
  });
  it('says once what every part says', () => {
    expect(mergeNotices([assumed], [assumed])).toEqual([assumed]);
  });
  it('keeps what only one part says', () => {
    expect(mergeNotices([assumed], [clamped(1)])).toEqual([assumed, clamped(1)]);
    expect(mergeNotices([], [])).toEqual([]);
  });
});

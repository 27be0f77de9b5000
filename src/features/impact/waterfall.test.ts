import { describe, expect, it } from 'vitest';
import { twinCsv } from '../../charts/table-twin.ts';
import { waterfallMessage, waterfallSteps, waterfallTwin } from './waterfall.view-model.ts';

const flow = {
  prevented: { label: 'Losses prevented', amount: 2_460_000 },
  spending: [
    { label: 'Reviews', amount: 268_000 },
    { label: 'Fixed cost', amount: 120_000 },
  ],
  net: 2_072_000,
};

describe('the way of the money', () => {
  it('goes up by what was prevented and down by each cost, to the net value', () => {
    expect(waterfallSteps(flow).map(({ label, amount, text, kind }) => [label, amount, text, kind])).toEqual([
      ['Losses prevented', 2_460_000, '+2.46\u00A0M', 'gain'],
      ['Reviews', -268_000, '\u2212268\u00A0k', 'cost'],
      ['Fixed cost', -120_000, '\u2212120\u00A0k', 'cost'],
      ['Net value', 2_072_000, '+2.07\u00A0M', 'net'],
    ]);
  });

  it('is a table and a sentence too', () => {
    expect(twinCsv(waterfallTwin(flow)).split('\r\n')[2]).toBe('Reviews,-268000');
    expect(waterfallMessage(flow)).toBe(
      'Losses prevented 2.46\u00A0M, less Reviews 268\u00A0k, Fixed cost 120\u00A0k: net value 2.07\u00A0M.',
    );
    expect(waterfallMessage({ ...flow, spending: [] })).not.toContain('less');
  });
});

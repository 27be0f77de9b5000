import { describe, expect, it } from 'vitest';
import { fortyRows, judgedSample, sampleScenario } from '../../../fixtures/judged-sample.ts';
import { type TileView, tilesView } from './tiles.view-model.ts';

const nb = '\u00A0';
const sample = judgedSample(fortyRows, sampleScenario);
const byId = (tiles: readonly TileView[]) => Object.fromEntries(tiles.map((tile) => [tile.id, tile]));

describe('tilesView', () => {
  it('shows the six figures at the threshold', () => {
    // At 0.525: 20 of 40 flagged, 10 of 15 bad caught, 10 of 25 good flagged, net 10,000 − 2,000, ROI 8,000 / 2,000.
    const tiles = byId(tilesView(sample.at(0.525), null));
    expect(Object.values(tiles).map((tile) => tile.value)).toEqual([
      `50.0${nb}%`,
      '0.667',
      '0.500',
      '0.400',
      `8.00${nb}k`,
      '4.00',
    ]);
    expect(Object.values(tiles).every((tile) => tile.change === null)).toBe(true);
    expect(tiles.recall?.exact).toBe(String(10 / 15));
  });

  it('says that money is of a year', () => {
    const label = (isYear: boolean) => byId(tilesView(sample.at(0.525), null, isYear)).net?.label;
    expect([label(false), label(true)]).toEqual(['Net value', `Net a${nb}year`]);
  });

  it('says what is better and worse than the pinned baseline', () => {
    // Pinned: everybody flagged. Recall 1 to 0.667, FPR 1 to 0.4, net 11,000 to 8,000, ROI 2.75 to 4.
    const tiles = byId(tilesView(sample.at(0.525), sample.at(0.025)));
    expect(tiles.flagged?.change).toEqual({ text: `\u221250.0${nb}pt`, direction: -1, good: null });
    expect(tiles.recall?.change).toEqual({ text: '\u22120.333', direction: -1, good: false });
    expect(tiles.precision?.change).toMatchObject({ direction: 1, good: true });
    expect(tiles.fpr?.change).toEqual({ text: '\u22120.600', direction: -1, good: true });
    expect(tiles.net?.change).toEqual({ text: `\u22123.00${nb}k`, direction: -1, good: false });
    expect(tiles.roi?.change).toEqual({ text: '+1.25', direction: 1, good: true });
  });

  it('is as pinned at the pinned threshold, without an arrow', () => {
    const same = tilesView(sample.at(0.525), sample.at(0.525));
    for (const tile of same) expect(tile.change).toEqual({ text: 'as pinned', direction: 0, good: null });
  });

  it('says why a figure is not defined', () => {
    const nobody = byId(tilesView(sample.at(2), sample.at(0.525)));
    expect(nobody.precision).toMatchObject({
      value: '–',
      exact: 'not defined (nothing is flagged)',
      change: null,
    });
    expect(nobody.roi?.exact).toBe('not defined (nothing is spent)');
    const plain = byId(tilesView(judgedSample(fortyRows, null).at(0.525), null));
    expect(plain.net).toMatchObject({ value: '–', exact: 'not defined (no scenario)' });
    expect(tilesView(null, null).every((tile) => tile.value === '–')).toBe(true);
  });
});

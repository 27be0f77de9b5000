import { describe, expect, it } from 'vitest';
import { labelWidth } from '../../../charts/label-placement.ts';
import { explanation, plan } from '../sample.laws.ts';
import { importanceView } from './importance.view-model.ts';
import { importanceHeight, importancePlaces } from './importance-places.ts';

const { rows } = importanceView(explanation);
const longName = 'a_feature_whose_name_is_much_longer_than_its_room_in_any_picture_of_this_width';
const longRows = importanceView({
  ...explanation,
  plan: { ...plan, features: [{ name: longName, column: longName }, ...plan.features.slice(1)] },
}).rows;

describe.each([358, 900])('importancePlaces, %d px wide', (width) => {
  const places = importancePlaces(rows, width);

  it('bars begin at one line, are as long as their share, and leave room for their value', () => {
    const lengths = places.rows.map(({ barEnd }) => barEnd - places.zero);
    expect(lengths[1]! / lengths[0]!).toBeCloseTo(1 / 3, 10);
    expect(lengths[3]).toBe(0);
    for (const [i, { barEnd }] of places.rows.entries())
      expect(barEnd + 6 + labelWidth(rows[i]!.text)).toBeLessThanOrEqual(width);
  });

  it('rows follow each other down to the height of the picture', () => {
    expect(places.rows.map(({ top }) => top)).toEqual([0, 1, 2, 3].map((i) => i * places.rowHeight));
    expect(importanceHeight(4, width)).toBe(4 * places.rowHeight);
    for (const { top, barY, nameY } of places.rows) {
      expect(barY).toBeGreaterThanOrEqual(top);
      expect(barY + places.barHeight).toBeLessThanOrEqual(top + places.rowHeight);
      expect(nameY).toBeGreaterThan(top);
    }
  });

  it('a name that fits is whole, a longer one is cut', () => {
    expect(places.rows.map(({ name }) => name)).toEqual(['Income', 'Age', 'Time', 'Home']);
    const names = importancePlaces(longRows, width).rows.map(({ name }) => name);
    expect(names.find((name) => name.endsWith('…'))?.length).toBeLessThan(longName.length);
  });
});

describe('on a phone', () => {
  it('the name stands above its bar', () => {
    const { zero, rows: places } = importancePlaces(rows, 358);
    expect(zero).toBe(0);
    for (const { nameY, barY } of places) expect(nameY).toBeLessThan(barY);
  });
});

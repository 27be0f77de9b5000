import { describe, expect, it } from 'vitest';
import { asRead, withDateOrder, withDecimal, withKind, withMissing, withValue } from './column-readings.ts';
import { category, number } from './sample-table.laws.ts';

const age = number('Age', 18, 70);

describe('readings of one column', () => {
  it('a kind is kept only where it differs from the file', () => {
    const changed = withKind({}, age, 'category');
    expect(changed).toEqual({ Age: { kind: 'category' } });
    expect(withKind(changed, age, 'number')).toEqual({});
  });

  it('parts are changed one by one', () => {
    const both = withMissing(withKind({}, age, 'text'), 'Age', '-999');
    expect(both).toEqual({ Age: { kind: 'text', missing: ['-999'] } });
    expect(withKind(both, age, 'number')).toEqual({ Age: { missing: ['-999'] } });
    expect(asRead(both, 'Age')).toEqual({});
  });

  it('a text is missing once, without the spaces around it; an empty one says nothing', () => {
    const once = withMissing({}, 'Home', ' unknown ');
    expect(once).toEqual({ Home: { missing: ['unknown'] } });
    expect(withMissing(once, 'Home', 'unknown')).toBe(once);
    expect(withMissing(once, 'Home', '  ')).toBe(once);
  });

  it('what the user added is a value again without a trace', () => {
    expect(withValue(withMissing({}, 'Home', 'unknown'), 'Home', 'unknown')).toEqual({});
  });

  it('a usual token becomes a value, and missing again', () => {
    const value = withValue({}, 'Region', 'NA');
    expect(value).toEqual({ Region: { values: ['NA'] } });
    expect(withValue(value, 'Region', 'NA')).toBe(value);
    expect(withMissing(value, 'Region', 'NA')).toEqual({});
  });

  it('date order and decimal mark are kept where they differ', () => {
    const day = category('day', {}, { reading: { dateOrder: 'day-first' } });
    expect(withDateOrder({}, day, 'month-first')).toEqual({ day: { dateOrder: 'month-first' } });
    expect(withDateOrder({ day: { dateOrder: 'month-first' } }, day, 'day-first')).toEqual({});
    const sum = number('sum', 0, 1, { reading: { decimal: ',' } });
    expect(withDecimal({}, sum, '.')).toEqual({ sum: { decimal: '.' } });
    expect(withDecimal({ sum: { decimal: '.' } }, sum, ',')).toEqual({});
  });
});

import { describe, expect, it } from 'vitest';
import { columnSettingsView } from './column-settings-view.ts';
import { category, number } from './sample-table.laws.ts';

const region = category(
  'Region',
  { EU: 50, unknown: 9 },
  { missing: 12, missingTokens: [{ value: 'NA', count: 12 }] },
);

describe('columnSettingsView', () => {
  it('lists the usual tokens that were found, with their counts', () => {
    expect(columnSettingsView(region, region, undefined)).toEqual({
      tokens: [{ token: 'NA', count: '12', state: 'usual' }],
      dateOrder: null,
      decimal: null,
      isChanged: false,
    });
  });

  it('lists what the user added and what he made a value, counted in the column as it was read', () => {
    const reading = { missing: ['unknown', 'x'], values: ['NA'] };
    const { tokens, isChanged } = columnSettingsView({ ...region, missingTokens: [] }, region, reading);
    expect(tokens).toEqual([
      { token: 'unknown', count: '9', state: 'added' },
      { token: 'x', count: '', state: 'added' },
      { token: 'NA', count: '12', state: 'value' },
    ]);
    expect(isChanged).toBe(true);
  });

  it('asks for date order and decimal mark only where the reader had the choice', () => {
    const read = category('day', {}, { kind: 'date', reading: { dateOrder: 'day-first' } });
    expect(columnSettingsView(read, read, undefined).dateOrder).toBe('day-first');
    expect(columnSettingsView(read, read, { dateOrder: 'month-first' }).dateOrder).toBe('month-first');
    expect(columnSettingsView({ ...read, kind: 'text' }, read, { kind: 'text' }).dateOrder).toBeNull();
    const sum = number('sum', 0, 1, { reading: { decimal: ',' } });
    expect(columnSettingsView(sum, sum, undefined).decimal).toBe(',');
    expect(columnSettingsView(number('n', 0, 1), sum, undefined).decimal).toBe(',');
    expect(columnSettingsView(number('n', 0, 1), number('n', 0, 1), undefined).decimal).toBeNull();
  });
});

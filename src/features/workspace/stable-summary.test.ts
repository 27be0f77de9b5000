import { describe, expect, it } from 'vitest';
import { loans } from './sample-table.laws.ts';
import { stableSummary } from './stable-summary.ts';

describe('stableSummary', () => {
  it('keeps the objects of columns that say the same, and takes the new ones of the others', () => {
    const next = structuredClone({ ...loans, id: `${loans.id}+1` });
    const columns = next.columns.map((column) =>
      column.name === 'Home'
        ? { ...column, topValues: [{ value: 'rent', count: 51 }, ...column.topValues.slice(1)] }
        : column,
    );
    const stable = stableSummary(loans, { ...next, columns });
    expect(stable.id).toBe(`${loans.id}+1`);
    stable.columns.forEach((column, i) => {
      if (column.name === 'Home') expect(column).toBe(columns[i]);
      else expect(column).toBe(loans.columns[i]);
    });
    expect(stable.columns).toEqual(columns);
  });

  it('without an older one it is the new one', () => {
    expect(stableSummary(null, loans)).toBe(loans);
  });
});

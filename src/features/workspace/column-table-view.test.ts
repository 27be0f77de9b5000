import { describe, expect, it } from 'vitest';
import { allColumns, type ColumnQuery, listedColumns, sortedBy } from './column-table-view.ts';
import { category, loans, number } from './sample-table.laws.ts';

const facts = {
  roles: { Status: 'target', Amount: 'amount' } as const,
  joined: new Set(['p_other']),
  changed: new Set(['Age']),
};
const names = (query: Partial<ColumnQuery>, columns = loans.columns): readonly string[] =>
  listedColumns(columns, { ...allColumns, ...query }, facts).map(({ name }) => name);

describe('listedColumns', () => {
  it('lists all in the order of the file', () => {
    expect(names({})).toEqual(loans.columns.map(({ name }) => name));
  });

  it.each([
    [{ text: ' AGE ' }, ['Age']],
    [{ text: 'p_' }, ['p_bad', 'p_other']],
    [{ filter: 'category' }, ['split', 'Status', 'Home']],
    [{ filter: 'date' }, []],
    [{ filter: 'missing' }, ['Status']],
    [{ filter: 'role' }, ['Status', 'Amount']],
    [{ filter: 'feature' }, ['row_id', 'split', 'Age', 'Home', 'Amount', 'p_bad', 'p_other']],
    [{ filter: 'joined' }, ['p_other']],
    [{ filter: 'changed' }, ['Age']],
    [{ filter: 'number', text: 'a' }, ['Age', 'Amount', 'p_bad']],
  ] as const)('%o', (query, expected) => {
    expect(names(query)).toEqual(expected);
  });

  it('sorts numbers inside names by size, and keeps equal ones in order', () => {
    const columns = [number('x10', 0, 1), category('x9', { a: 1 }, { missing: 3 }), number('x1', 0, 1)];
    expect(names({ sort: 'name' }, columns)).toEqual(['x1', 'x9', 'x10']);
    expect(names({ sort: 'missing', isDescending: true }, columns)).toEqual(['x9', 'x10', 'x1']);
    expect(names({ sort: 'missing' }, columns)).toEqual(['x10', 'x1', 'x9']);
    expect(names({ sort: 'distinct', isDescending: true }, columns)).toEqual(['x10', 'x1', 'x9']);
  });
});

describe('sortedBy', () => {
  it('goes from one way to the other, and back to the file', () => {
    const once = sortedBy(allColumns, 'missing');
    expect(once).toMatchObject({ sort: 'missing', isDescending: true });
    const twice = sortedBy(once, 'missing');
    expect(twice).toMatchObject({ sort: 'missing', isDescending: false });
    expect(sortedBy(twice, 'missing')).toEqual(allColumns);
    expect(sortedBy(twice, 'name')).toMatchObject({ sort: 'name', isDescending: false });
  });
});

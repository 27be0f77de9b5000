import { describe, expect, it } from 'vitest';
import type { TableOutline } from '../../contracts/tasks.ts';
import { columnChoiceView, columnsForModel, firstThatFit } from './choose-columns.ts';
import { pipeline } from './sample-table.laws.ts';

const outline: TableOutline = {
  format: 'CSV (comma)',
  rowCount: 1000,
  isRowCountExact: false,
  columns: ['id', 'Home', 'Age', 'notes'].map((name, i) => ({
    name,
    kind: null,
    byteLength: 400 * (i + 1),
  })),
  maxTableBytes: 2000,
};
const view = (chosen: readonly string[], search = '') => columnChoiceView(outline, new Set(chosen), search);

describe('columnChoiceView', () => {
  it('adds up what is chosen, found or not', () => {
    const { bytes, share, fits, columns } = view(['id', 'Age'], ' HO');
    expect(bytes).toBe(1600);
    expect(share).toBe(0.8);
    expect(fits).toBe(true);
    expect(columns.map(({ name }) => name)).toEqual(['Home']);
  });

  it('fits up to the limit, and only with a column', () => {
    expect(view(['id', 'notes']).fits).toBe(true);
    expect(view(['Home', 'notes']).fits).toBe(false);
    expect(view([]).fits).toBe(false);
  });

  it('is told in words', () => {
    expect(view(['id']).text.replaceAll('\u00a0', ' ')).toBe(
      '1 of 4 columns, about 400 B of at most 2.00 kB',
    );
  });
});

describe('choices to start from', () => {
  it('the first columns that fit together', () => {
    expect(firstThatFit(outline)).toEqual(['id', 'Home']);
    expect(firstThatFit({ ...outline, maxTableBytes: 100 })).toEqual([]);
  });

  it('the columns that a model takes, in the order of the file', () => {
    expect(columnsForModel(outline, pipeline)).toEqual(['Home', 'Age']);
    expect(columnsForModel(outline, { ...pipeline, featureNames: ['notes', 'x'] })).toEqual(['notes']);
  });
});

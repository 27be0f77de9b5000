import { describe, expect, it } from 'vitest';
import { openTable } from './open-table.ts';

async function columnOf(cells: readonly string[], delimiter = ';') {
  const lines = cells.map((cell, i) => `${i}${delimiter}"${cell}"\n`);
  const text = `id${delimiter}x\n${lines.join('')}`;
  const { table, notices } = await openTable(new Blob([text]), { name: 'x.csv' });
  return { column: table.columns[1]!, notices: notices.filter(({ column }) => column === 'x') };
}

const times = (count: number, cell: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => cell(i));

describe('columns that are nearly numbers or dates', () => {
  it('says which cell keeps a column from being numbers', async () => {
    const { column, notices } = await columnOf(times(40, (i) => (i === 30 ? 'Total' : String(i))));
    expect(column.kind).toBe('category');
    expect(notices).toMatchObject([{ code: 'nearly-numbers', line: 32 }]);
    expect(notices[0]!.message).toContain('"Total" in line 32 is none');
  });

  it.each(['$1,000.50', '12,5 %', '(1.234,56)', '50.00-', '−5', '1 234,56 €', 'EUR 12'])(
    'says that %s keeps its signs',
    async (cell) => {
      const { column, notices } = await columnOf(times(12, () => cell));
      expect(column.kind).toBe('category');
      expect(notices.map(({ code }) => code)).toEqual(['signed-numbers']);
    },
  );

  it('says which cells are no dates', async () => {
    const { notices } = await columnOf(times(50, (i) => (i % 25 === 3 ? '30.02.2024' : '15.03.2024')));
    expect(notices.map(({ code }) => code)).toEqual(['nearly-dates']);
    expect(notices[0]!.message).toContain('"30.02.2024"');
  });

  it.each([
    ['names', times(40, (i) => `n${i}`)],
    ['ids with a padding zero', times(40, (i) => `00${i}`)],
    ['numbers beside as many words', times(40, (i) => (i % 2 === 0 ? 'a' : String(i)))],
    ['telephone numbers', times(40, () => '+49 (0)30 1234-5')],
    ['too few cells', ['1', '2', 'x']],
  ])('says nothing of %s', async (_, cells) => {
    expect((await columnOf(cells)).notices).toEqual([]);
  });
});

describe('points that may set apart thousands', () => {
  it('are left open between semicolons, where every number allows it', async () => {
    const { column, notices } = await columnOf(['1.500', '12.000', '-3.250', '999', '', 'NA']);
    expect(column.kind).toBe('category');
    expect(notices).toMatchObject([{ code: 'decimal-mark-open' }]);
    expect(notices[0]!.message).toContain('1.500');
  });

  it.each([
    ['between commas', ['1.500', '12.000'], ','],
    ['beside a number below 1', ['1.500', '0.250'], ';'],
    ['beside other decimals', ['1.500', '2.5'], ';'],
    ['beside thousands without a point', ['1.500', '1000'], ';'],
    ['without any point', ['1', '999'], ';'],
  ])('are decimal %s', async (_, cells, delimiter) => {
    const { column, notices } = await columnOf(cells, delimiter);
    expect(column.kind).toBe('number');
    expect(notices).toEqual([]);
  });
});

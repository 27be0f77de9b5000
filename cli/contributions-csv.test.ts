import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTable } from '../src/formats/data/open-table.ts';
import { contributionLines, openContributionsFile } from './contributions-csv.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cutline-contributions-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('contributions as lines', () => {
  it('hold 17 digits that read back as the same number, and nothing where there is none', () => {
    const values = Float64Array.of(1 / 3, -1e-17, Number.NaN, -0, 123456.789, 0.1 + 0.2);
    const text = contributionLines(Uint32Array.of(3, 9), -2 / 3, values);
    expect(text).toBe(
      '3,-0.66666666666666663,0.33333333333333331,-1.0000000000000001e-17,\n' +
        '9,-0.66666666666666663,0.0000000000000000,123456.78900000000,0.30000000000000004\n',
    );
    const back = text.trimEnd().split(/[\n,]/).map(Number);
    expect([back[2], back[3], back[8], back[9]]).toEqual([1 / 3, -1e-17, 123456.789, 0.1 + 0.2]);
  });

  it('are none for no rows', () => {
    expect(contributionLines(new Uint32Array(0), 1, new Float64Array(0))).toBe('');
  });
});

describe('a file of contributions', () => {
  it('names its columns as the model does, so that a table reader finds them again', async () => {
    const names = ['Home=owner', 'Income, yearly', 'the "worst"', 'two\nlines'];
    const path = join(folder, 'names.csv');
    const file = openContributionsFile(path, 'names.csv');
    file.begin(names, 0.5, 2);
    file.write({ rows: Uint32Array.of(0), values: Float64Array.of(1, 2, 3, 4) });
    file.write({ rows: Uint32Array.of(7), values: Float64Array.of(5, 6, 7, 8) });
    file.finish();
    const { table } = await openTable(new Blob([readFileSync(path)]), { name: 'names.csv' });
    expect(table.columns.map(({ name }) => name)).toEqual(['row', 'base', ...names]);
    expect(table.columns[5]).toMatchObject({ kind: 'number', values: Float64Array.of(4, 8) });
  });

  it('leaves the file of before where it was when the new one does not become whole', () => {
    const path = join(folder, 'kept.csv');
    writeFileSync(path, 'of before');
    const file = openContributionsFile(path, 'kept.csv');
    file.begin(['a'], 0, 2);
    file.discard();
    expect(readFileSync(path, 'utf8')).toBe('of before');
    expect(readdirSync(folder).filter((name) => name.startsWith('kept.csv'))).toEqual(['kept.csv']);
  });

  it('is written through a link, which stays one', () => {
    const [target, link] = [join(folder, 'target.csv'), join(folder, 'link.csv')];
    writeFileSync(target, 'of before');
    symlinkSync(target, link);
    const file = openContributionsFile(link, 'link.csv');
    file.begin(['a'], 0, 2);
    file.finish();
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('row,base,a\n');
  });

  it('is refused by name where it cannot be', () => {
    expect(() => openContributionsFile(join(folder, 'no-folder', 'a.csv'), 'no-folder/a.csv')).toThrow(
      expect.objectContaining({
        ...{ code: 'file-unwritable', place: { file: 'no-folder/a.csv' } },
        message: 'no-folder/a.csv cannot be written: its folder does not exist.',
        advice: 'Make the folder first, or give another path.',
      }),
    );
    expect(() => openContributionsFile(folder, 'results')).toThrow(
      /results cannot be written: it is a folder\./,
    );
  });

  it('leaves nothing beside it while there is nothing to write', () => {
    const path = join(folder, 'early.csv');
    const file = openContributionsFile(path, 'early.csv');
    expect(readdirSync(folder).filter((name) => name.startsWith('early.csv'))).toEqual([]);
    file.discard();
  });
});

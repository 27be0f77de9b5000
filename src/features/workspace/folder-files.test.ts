import { describe, expect, it } from 'vitest';
import {
  type Folder,
  type FolderEntry,
  filesOfChoice,
  filesOfFolder,
  folderOfEntry,
  folderOfItem,
} from './folder-files.ts';

const file = (name: string): FolderEntry => ({
  kind: 'file',
  name,
  file: async () => new File([name], name),
});
const folder = (name: string, ...entries: FolderEntry[]): Folder => ({
  kind: 'folder',
  name,
  entries: async () => entries,
});
const nested = (depth: number): Folder =>
  depth === 1 ? folder('d', file('MLmodel')) : folder('d', nested(depth - 1));

describe('filesOfFolder', () => {
  it('gives every file its path within the folder', async () => {
    const found = await filesOfFolder(
      folder('model', file('MLmodel'), folder('data', folder('x', file('a.lgb')))),
    );
    expect(found.map(({ path }) => path)).toEqual(['MLmodel', 'data/x/a.lgb']);
    expect(await found[1]?.file.text()).toBe('a.lgb');
  });

  it('takes folders eight deep and refuses nine', async () => {
    expect(await filesOfFolder(nested(8))).toHaveLength(1);
    await expect(filesOfFolder(nested(9))).rejects.toMatchObject({ code: 'too-large' });
  });

  it('takes a thousand files and refuses one more', async () => {
    const many = (count: number) =>
      folder('many', ...Array.from({ length: count }, (_, i) => file(String(i))));
    expect(await filesOfFolder(many(1000))).toHaveLength(1000);
    await expect(filesOfFolder(many(1001))).rejects.toMatchObject({
      code: 'too-large',
      message: 'many is a folder of more than 1,000 files, too large to be one model.',
    });
  });
});

describe('folderOfItem', () => {
  it('reads what a drop zone gives, folder by folder', async () => {
    const file = { kind: 'file' as const, name: 'a.lgb', getFile: async () => new File(['1'], 'a.lgb') };
    const inner = {
      kind: 'directory' as const,
      name: 'data',
      async *getEntries() {
        yield file;
      },
    };
    const outer = {
      name: 'model',
      async *getEntries() {
        yield { ...file, name: 'MLmodel' };
        yield inner;
      },
    };
    const found = await filesOfFolder(folderOfItem(outer));
    expect(found.map(({ path }) => path)).toEqual(['MLmodel', 'data/a.lgb']);
    expect(await found[1]?.file.text()).toBe('1');
  });
});

describe('folderOfEntry', () => {
  it('reads the browser’s entries until it answers none, and leaves out what is neither file nor folder', async () => {
    const entries = [
      [
        {
          isFile: true,
          isDirectory: false,
          name: 'a',
          file: (done: (file: File) => void) => done(new File(['1'], 'a')),
        },
      ],
      [{ isFile: false, isDirectory: false, name: 'socket' }],
      [],
    ];
    const reader = { readEntries: (done: (some: unknown[]) => void) => done(entries.shift() ?? []) };
    const entry = { name: 'model', isDirectory: true, createReader: () => reader };
    const found = await filesOfFolder(folderOfEntry(entry as unknown as FileSystemDirectoryEntry));
    expect(found.map(({ path }) => path)).toEqual(['a']);
  });
});

describe('filesOfChoice', () => {
  it('takes the folder’s own name off the paths', () => {
    const chosen = ['model/MLmodel', 'model/data/model.lgb'].map((path) =>
      Object.defineProperty(new File([], 'f'), 'webkitRelativePath', { value: path }),
    );
    const { name, files } = filesOfChoice(chosen);
    expect(name).toBe('model');
    expect(files.map(({ path }) => path)).toEqual(['MLmodel', 'data/model.lgb']);
  });
});

import { strToU8 } from 'fflate';
import { expect, it } from 'vitest';
import { unpackZip } from '../formats/model/mlflow/unpack-zip.ts';
import { type FolderFile, modelFolderFile } from './model-folder.ts';

function folderFile(path: string, text: string, lastModified = 0): FolderFile {
  return { path, file: new File([text], path.slice(path.lastIndexOf('/') + 1), { lastModified }) };
}

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

it('holds every file of the folder, and not what systems add to it', async () => {
  const files = [
    folderFile('model/model.lgb', 'tree\n'),
    folderFile('model/MLmodel', 'flavors:'),
    folderFile('model/.DS_Store', 'x'),
    folderFile('model/empty', ''),
  ];
  const packed = await modelFolderFile(files, 'churn');
  expect(packed.name).toBe('churn.zip');
  const unpacked = unpackZip(await bytesOf(packed), packed.name);
  expect([...unpacked.keys()]).toEqual(['model/MLmodel', 'model/empty', 'model/model.lgb']);
  expect(unpacked.get('model/model.lgb')).toEqual(strToU8('tree\n'));
});

it('makes the same bytes of the same folder, whatever its order and times', async () => {
  const one = await modelFolderFile([folderFile('b', '1', 5), folderFile('a', '2', 6)], 'm');
  const two = await modelFolderFile([folderFile('a', '2', 1e12), folderFile('b', '1', 7)], 'm');
  expect(await bytesOf(one)).toEqual(await bytesOf(two));
  const other = await modelFolderFile([folderFile('a', '3'), folderFile('b', '1')], 'm');
  expect(await bytesOf(other)).not.toEqual(await bytesOf(one));
});

it('refuses more than 2 GB before it reads any of it', async () => {
  const huge: FolderFile = {
    path: 'a',
    file: Object.defineProperty(new File([''], 'a'), 'size', { value: 2 ** 31 }),
  };
  await expect(modelFolderFile([huge], 'm')).rejects.toMatchObject({ code: 'too-large' });
});

import { describe, expect, it } from 'vitest';
import { type LightgbmText, lightgbmText } from '../../../../fixtures/lightgbm-text.ts';
import { FormatError } from '../../../core/errors.ts';
import type { NativeModel } from '../opened-model.ts';
import { openLightgbm } from './open-lightgbm.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const open = (text: string) => openLightgbm(bytesOf(text), 'm.txt');

const plain: LightgbmText = { trees: [1], featureNames: ['a', 'b'] };

function openPlain(parts: Partial<LightgbmText>): NativeModel {
  return open(lightgbmText({ ...plain, ...parts }));
}

describe('features', () => {
  const named = (names: string[], infos: string, trailer = '') =>
    openPlain({ featureNames: names, header: { feature_infos: infos }, trailer }).features;

  it('have no names when all of them are those that LightGBM makes up', () => {
    expect(named(['Column_0', 'Column_1'], 'none none').map(({ name }) => name)).toEqual([null, null]);
    expect(named(['Column_0', 'b'], 'none none').map(({ name }) => name)).toEqual(['Column_0', 'b']);
    expect(named(['Column_1', 'Column_0'], 'none none').map(({ name }) => name)).toEqual([
      'Column_1',
      'Column_0',
    ]);
  });

  it('carry the range or the codes of training', () => {
    expect(named(['a', 'b', 'c'], '[-1.5:2e3] -1:10:0:2 none')).toEqual([
      { name: 'a', kind: 'number', isCoded: false, categories: null, range: [-1.5, 2000] },
      { name: 'b', kind: 'number', isCoded: false, categories: ['0', '2', '10'], range: null },
      { name: 'c', kind: 'number', isCoded: false, categories: null, range: null },
    ]);
  });

  it('say nothing where feature_infos says nothing that can be read', () => {
    for (const info of ['[1:0]', '[1]', '[a:b]', '[-inf:inf]', 'x:y', '1.5:2']) {
      expect(named(['a'], info)[0], info).toMatchObject({ categories: null, range: null });
    }
    const without = openPlain({ header: { feature_infos: null } }).features;
    expect(without.map(({ range }) => range)).toEqual([null, null]);
  });

  it('take the lists of pandas in their order, a list of a constant column by the parameters', () => {
    const parameters = '\nparameters:\n[categorical_feature: 1,3]\n\nend of parameters\n';
    const trailer = `${parameters}\npandas_categorical:[[true, false], [10, 2.5]]\n`;
    expect(named(['a', 'b', 'c', 'd'], '[0:1] 0:1 [0:1] none', trailer)).toEqual([
      { name: 'a', kind: 'number', isCoded: false, categories: null, range: [0, 1] },
      { name: 'b', kind: 'boolean', isCoded: true, categories: ['True', 'False'], range: null },
      { name: 'c', kind: 'number', isCoded: false, categories: null, range: [0, 1] },
      { name: 'd', kind: 'number', isCoded: true, categories: ['10', '2.5'], range: null },
    ]);
  });

  it.each(['null', '[]', '[ ]'])('are numbers with pandas_categorical:%s', (json) => {
    expect(named(['a'], '0:1', `\npandas_categorical:${json}\n`)[0]).toMatchObject({
      kind: 'number',
      categories: ['0', '1'],
    });
  });

  it('keep names that are made up like LightGBM’s when pandas wrote them', () => {
    expect(named(['Column_0'], '0:1', '\npandas_categorical:[["x","y"]]')[0]).toMatchObject({
      name: 'Column_0',
      kind: 'text',
    });
  });

  it('are refused when it cannot be told which columns the lists belong to', () => {
    const trailer = '\npandas_categorical:[["x","y"]]\n';
    const text = lightgbmText({ ...plain, header: { feature_infos: '[0:1] [0:1]' }, trailer });
    expect(() => open(text)).toThrow(FormatError);
    expect(() => open(text)).toThrow('lists the categories of one column but does not say of which');
  });

  it('read names in UTF-8, and say when they are not', () => {
    expect(named(['größe', '年収'], 'none none').map(({ name }) => name)).toEqual(['größe', '年収']);
    const bytes = bytesOf(lightgbmText({ ...plain, featureNames: ['a', 'b@'] })).map((b) =>
      b === 64 ? 0xe9 : b,
    );
    const native = openLightgbm(bytes, 'm.txt');
    expect(native.notices).toMatchObject([{ code: 'garbled-names', count: 1 }]);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDemoManifest } from './demo-manifest.ts';

const file = 'public/demo/credit/manifest.json';
const shipped: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));

describe('readDemoManifest', () => {
  it('reads the manifest that is shipped', () => {
    const manifest = readDemoManifest(shipped, file);
    expect(manifest).toEqual(shipped);
    expect(manifest.target).toEqual({ column: 'Status', positive: ['bad'], excluded: [] });
    expect(manifest.split).toEqual({ column: 'split', value: 'test' });
  });

  it('names files and columns that exist, and counts the rows rightly', () => {
    const manifest = readDemoManifest(shipped, file);
    const [header, ...rows] = readFileSync(`public/demo/credit/${manifest.data}`, 'utf8').trim().split('\n');
    const columns = header?.split(',') ?? [];
    expect(readFileSync(`public/demo/credit/${manifest.model}`).byteLength).toBeGreaterThan(0);
    for (const column of [...Object.keys(manifest.roles), manifest.target.column, manifest.split?.column])
      expect(columns).toContain(column);
    expect(manifest.description).toContain(rows.length.toLocaleString('en'));
    const bad = rows.filter((row) => row.split(',')[columns.indexOf('Status')] === 'bad').length;
    expect(manifest.description).toContain(`${Math.round((100 * bad) / rows.length)} %`);
  });

  const spoiled: readonly (readonly [string, unknown])[] = [
    ['the manifest', null],
    ['the manifest', []],
    ['schemaVersion', { ...shipped, schemaVersion: 2 }],
    ['title', { ...shipped, title: 7 }],
    ['data', { ...shipped, data: '../../secret.csv' }],
    ['model', { ...shipped, model: 'https://elsewhere/model.onnx' }],
    ['roles', { ...shipped, roles: { Amount: 'boss' } }],
    ['target', { ...shipped, target: null }],
    ['target.positive', { ...shipped, target: { column: 'Status', positive: 'bad', excluded: [] } }],
    ['column', { ...shipped, split: { value: 'test' } }],
    ['threshold', { ...shipped, threshold: '0.5' }],
  ];
  it.each(spoiled)('refuses a manifest whose %s is unusable, by name', (field, value) => {
    expect(() => readDemoManifest(value, file)).toThrow(
      expect.objectContaining({ code: 'invalid-json', message: expect.stringContaining(`“${field}”`) }),
    );
  });

  it('refuses an impossible scenario', () => {
    const scenario = { template: 'lending', amount: { column: 'Amount' }, lossRate: 2, reviewCost: 50 };
    expect(() => readDemoManifest({ ...shipped, scenario }, file)).toThrow(
      expect.objectContaining({ code: 'invalid-scenario' }),
    );
  });
});

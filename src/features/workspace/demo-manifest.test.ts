import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readDemoIndex, readDemoManifest } from './demo-manifest.ts';

const index = JSON.parse(readFileSync('public/demo/index.json', 'utf8'));
const demos = readDemoIndex(index, 'public/demo/index.json');
const file = 'public/demo/credit/manifest.json';
const shipped: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));

describe('readDemoIndex', () => {
  it('lists the demos that are shipped, real data first', () => {
    expect(demos[0]).toBe('credit');
    expect(demos).toEqual(index.demos);
  });

  it.each([
    ['the list of demos', []],
    ['schemaVersion', { schemaVersion: 1, demos: ['credit'] }],
    ['demos', { schemaVersion: 2, demos: 'credit' }],
    ['demos', { schemaVersion: 2, demos: ['../secret'] }],
  ])('refuses a list whose %s is unusable', (field, value) => {
    expect(() => readDemoIndex(value, 'index.json')).toThrow(
      expect.objectContaining({ code: 'invalid-json', message: expect.stringContaining(`“${field}”`) }),
    );
  });
});

describe.each(demos)('the demo %s', (name) => {
  const path = `public/demo/${name}`;
  const manifest = readDemoManifest(
    JSON.parse(readFileSync(`${path}/manifest.json`, 'utf8')),
    `${path}/manifest.json`,
  );

  it('names files that exist and columns that its table has', () => {
    const bytes = readFileSync(`${path}/${manifest.data}`);
    const text = (manifest.data.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    const columns = text.slice(0, text.indexOf('\n')).trim().split(',');
    for (const other of [...manifest.models, ...manifest.tables])
      expect(readFileSync(`${path}/${other}`).byteLength).toBeGreaterThan(0);
    for (const column of [...Object.keys(manifest.roles), manifest.target.column, manifest.split?.column])
      expect(columns).toContain(column ?? manifest.target.column);
    if (manifest.scoreColumn !== null) expect(columns).toContain(manifest.scoreColumn);
  });

  it('says in its provenance and its truth file whether it is simulated', () => {
    expect(/simulated/i.test(manifest.provenance)).toBe(manifest.simulated);
    expect(manifest.truth !== null).toBe(manifest.simulated);
  });
});

describe('readDemoManifest', () => {
  it('reads the manifest that is shipped', () => {
    const manifest = readDemoManifest(shipped, file);
    const unsaid = { frictionCost: 0, fixedCost: 0, rowsPerYear: null };
    expect(manifest).toEqual({ ...shipped, scenario: { ...Object(shipped.scenario), ...unsaid } });
    expect(manifest.target).toEqual({ column: 'Status', positive: ['bad'], excluded: [] });
    expect(manifest.split).toEqual({ column: 'split', value: 'test' });
  });

  it('counts the rows of the credit data rightly', () => {
    const manifest = readDemoManifest(shipped, file);
    const [header, ...rows] = readFileSync(`public/demo/credit/${manifest.data}`, 'utf8').trim().split('\n');
    const columns = header?.split(',') ?? [];
    expect(manifest.description).toContain(rows.length.toLocaleString('en'));
    const bad = rows.filter((row) => row.split(',')[columns.indexOf('Status')] === 'bad').length;
    expect(manifest.description).toContain(`${Math.round((100 * bad) / rows.length)} %`);
  });

  const spoiled: readonly (readonly [string, unknown])[] = [
    ['the manifest', null],
    ['the manifest', []],
    ['schemaVersion', { ...shipped, schemaVersion: 1 }],
    ['title', { ...shipped, title: 7 }],
    ['data', { ...shipped, data: '../../secret.csv' }],
    ['models', { ...shipped, models: ['https://elsewhere/model.onnx'] }],
    ['tables', { ...shipped, tables: 'more.csv' }],
    ['simulated', { ...shipped, simulated: 'yes' }],
    ['scoreColumn', { ...shipped, models: [] }],
    ['scoreColumn', { ...shipped, scoreColumn: 'p_bad' }],
    ['truth', { ...shipped, truth: '/etc/passwd' }],
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

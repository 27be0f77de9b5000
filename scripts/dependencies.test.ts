/** `npm ci` must work on every machine and every Node we promise: read from the lock file, without the network. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type LockedPackages, missingEntries, platformOf } from './complete-lock.ts';

const lockPath = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const { packages } = JSON.parse(readFileSync(lockPath, 'utf8')) as { packages: LockedPackages };
const root = packages[''] ?? {};
const direct = Object.entries({ ...root.dependencies, ...root.devDependencies });

/** The oldest release of each line that we promise, and the newest lines' first ones. */
const promised = ['20.19.0', '22.12.0', '24.0.0'];

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < 3; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The forms that `engines` of our packages use: `*`, `>=1.2.3`, `^1.2.3`, `1.x`, joined by spaces (and) and `||` (or). */
function satisfies(version: string, range: string): boolean {
  const actual = version.split('.').map(Number);
  const meets = (part: string): boolean => {
    const match = /^(>=|\^|~|>|<)?v?(\d+)(?:\.(\d+|x))?(?:\.(\d+|x))?$/.exec(part);
    if (part === '*' || part === '') return true;
    if (match === null) throw new Error(`"${part}" is a form of version range that this test does not read.`);
    const bound = [match[2], match[3], match[4]].map((n) => (n === undefined || n === 'x' ? 0 : Number(n)));
    const order = compare(actual, bound);
    if (match[1] === '>=') return order >= 0;
    if (match[1] === '>') return order > 0;
    if (match[1] === '<') return order < 0;
    return order >= 0 && actual[0] === bound[0];
  };
  return range.split('||').some((all) =>
    all
      .trim()
      .replace(/([<>=^~])\s+/g, '$1')
      .split(/\s+/)
      .every(meets),
  );
}

describe('satisfies', () => {
  it.each([
    ['20.19.0', '^20.19.0 || >=22.12.0', true],
    ['22.11.0', '^20.19.0 || >=22.12.0', false],
    ['20.19.0', '>=22', false],
    ['24.0.0', '>= 20', true],
    ['20.19.0', '18 || 20', true],
    ['24.0.0', '18 || 20', false],
    ['20.19.0', '>=18 <20.5', false],
  ])('%s in "%s" is %s', (version, range, expected) => {
    expect(satisfies(version, range)).toBe(expected);
  });
});

describe('the lock file', () => {
  it.each(direct)('%s %s is pinned and runs on every promised Node', (name, wanted) => {
    expect(wanted).toMatch(/^\d+\.\d+\.\d+$/);
    const locked = packages[`node_modules/${name}`];
    expect(locked?.version).toBe(wanted);
    for (const version of promised)
      expect([version, satisfies(version, locked?.engines?.node ?? '*')]).toEqual([version, true]);
  });

  it('names no registry of this or that machine', () => {
    const hosts = Object.values(packages).flatMap(({ resolved }) =>
      resolved === undefined ? [] : [resolved],
    );
    expect(hosts.filter((url) => !url.startsWith('https://registry.npmjs.org/'))).toEqual([]);
  });

  it('has the binaries of every platform, without which npm ci refuses it', () => {
    expect(missingEntries(packages)).toEqual({});
  });
});

describe('missingEntries', () => {
  const parent = {
    version: '2.0.0',
    optionalDependencies: { '@x/y-linux-x64-musl': '2.0.0', fsevents: '~2.3.3' },
  };

  it('names exactly pinned optional packages without an entry, with their platform', () => {
    expect(missingEntries({ 'node_modules/@x/y': parent })).toEqual({
      'node_modules/@x/y-linux-x64-musl': {
        version: '2.0.0',
        cpu: ['x64'],
        os: ['linux'],
        libc: ['musl'],
        optional: true,
      },
    });
    const complete = {
      'node_modules/@x/y': parent,
      'node_modules/@x/y-linux-x64-musl': { version: '2.0.0' },
    };
    expect(missingEntries(complete)).toEqual({});
  });

  it('marks what only development packages want', () => {
    const entries = missingEntries({ 'node_modules/@x/y': { ...parent, dev: true } });
    expect(entries['node_modules/@x/y-linux-x64-musl']?.dev).toBe(true);
  });

  it.each([
    ['@biomejs/cli-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
    ['@oxc-parser/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
    ['@oxc-parser/binding-win32-ia32-msvc', { os: ['win32'], cpu: ['ia32'] }],
    ['@tailwindcss/oxide-wasm32-wasi', { cpu: ['wasm32'] }],
  ])('reads the platform of %s', (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });
});

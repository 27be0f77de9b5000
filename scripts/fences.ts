/**
 * Who may import whom, as a table and a pure check over it (docs/architecture.md says the same in words). The check
 * reads syntax, so it sees what project references and lint patterns cannot: one page importing another, a value import
 * where only types may cross, a package out of its room, a clock in the core.
 */
import { dirname, join } from 'node:path/posix';
import { type ImportFact, sourceFacts } from './source-facts.ts';

export type ZoneName =
  | 'core'
  | 'formats'
  | 'contracts'
  | 'engine'
  | 'workers'
  | 'compute'
  | 'registry'
  | 'state'
  | 'design'
  | 'charts'
  | 'features'
  | 'app'
  | 'cli'
  | 'server'
  | 'scripts'
  | 'bench'
  | 'e2e';

/** `all`: types and values. `types`: types, and the error classes, which every zone may build and test for. */
type Reach = 'all' | 'types';

interface Zone {
  readonly dir: string;
  /** Zones it may import; 'anything' lifts every rule on imports. */
  readonly may: Partial<Record<ZoneName, Reach>> | 'anything';
  /** Packages it may import: a name covers its subpaths, `node:` every Node module. */
  readonly packages: readonly string[];
}

const view = ['react', 'lucide-react', 'react-aria-components'];

export const zones: Readonly<Record<ZoneName, Zone>> = {
  core: { dir: 'src/core', may: {}, packages: [] },
  formats: {
    dir: 'src/formats',
    may: { core: 'all' },
    packages: ['fflate', '@bufbuild/protobuf', 'hyparquet', 'hyparquet-compressors', 'yaml'],
  },
  contracts: { dir: 'src/contracts', may: { core: 'types' }, packages: ['zod'] },
  engine: { dir: 'src/engine', may: { core: 'all', formats: 'all' }, packages: ['onnxruntime-web'] },
  workers: {
    dir: 'workers',
    may: { core: 'all', formats: 'all', engine: 'all', contracts: 'all' },
    packages: ['comlink'],
  },
  compute: {
    dir: 'src/compute',
    may: { core: 'types', contracts: 'all', workers: 'types' },
    packages: ['comlink', 'react', '@tanstack/react-query', 'fflate'],
  },
  registry: {
    dir: 'src/registry',
    may: { core: 'types', contracts: 'all' },
    packages: ['@tanstack/react-query'],
  },
  state: { dir: 'src/state', may: { core: 'types', contracts: 'all' }, packages: ['zustand', 'fflate'] },
  design: { dir: 'src/design', may: {}, packages: [...view, 'react-dom'] },
  charts: { dir: 'src/charts', may: { core: 'all', design: 'all' }, packages: [...view, 'recharts'] },
  features: {
    dir: 'src/features',
    may: {
      core: 'all',
      contracts: 'all',
      compute: 'all',
      registry: 'all',
      state: 'all',
      design: 'all',
      charts: 'all',
    },
    packages: [...view, '@tanstack/react-query', 'zustand', 'wouter'],
  },
  app: {
    dir: 'src/app',
    may: {
      core: 'all',
      contracts: 'all',
      compute: 'all',
      registry: 'all',
      state: 'all',
      design: 'all',
      charts: 'all',
      features: 'all',
    },
    packages: [
      ...view,
      'react-dom',
      '@tanstack/react-query',
      'zustand',
      'wouter',
      '@fontsource-variable/inter',
    ],
  },
  cli: {
    dir: 'cli',
    may: { core: 'all', formats: 'all', engine: 'all', contracts: 'all' },
    packages: ['node:', 'onnxruntime-web'],
  },
  server: {
    dir: 'server',
    may: { core: 'types', contracts: 'all' },
    packages: ['node:', 'fastify', '@fastify/static', '@fastify/rate-limit', 'libsql', 'canonicalize', 'zod'],
  },
  scripts: {
    dir: 'scripts',
    may: { server: 'all', core: 'all', formats: 'all' },
    packages: ['node:', 'vite', '@playwright/test', 'assemblyscript'],
  },
  bench: { dir: 'bench', may: 'anything', packages: [] },
  e2e: { dir: 'e2e', may: 'anything', packages: [] },
};

const errorClasses = 'src/core/errors.ts';

/** What makes a result depend on anything but its arguments, or needs a platform. The core reads none of these. */
const platformNames: ReadonlySet<string> = new Set([
  'Date.now',
  'new Date()',
  'Math.random',
  'performance',
  'crypto',
  'document',
  'window',
  'self',
  'navigator',
  'location',
  'localStorage',
  'indexedDB',
  'fetch',
  'XMLHttpRequest',
  'Worker',
  'postMessage',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
  'TextDecoder',
  'TextEncoder',
  'console',
  'process',
  'Buffer',
  'require',
]);

/** A line that breaks a fence, as `path:line: what is wrong`. */
export type Violation = string;

/** The zone a file lies in, by its path from the project's folder; null for the few files at the root. */
export function zoneOf(path: string): ZoneName | null {
  const names = Object.keys(zones) as ZoneName[];
  return names.find((name) => path.startsWith(`${zones[name].dir}/`)) ?? null;
}

/** Tests and the laws they share may import anything: they look at a zone from outside. */
function isTestFile(path: string): boolean {
  return /\.(test|slow|laws)\.tsx?$/.test(path);
}

/** The page a file of src/features belongs to: the first folder below it; '' directly in src/features. */
function pageOf(path: string): string {
  const rest = path.slice(`${zones.features.dir}/`.length);
  return rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : '';
}

function isPackageAllowed(source: string, allowed: readonly string[]): boolean {
  return allowed.some((name) =>
    name.endsWith(':') ? source.startsWith(name) : source === name || source.startsWith(`${name}/`),
  );
}

function packageViolation(zoneName: ZoneName, source: string): string | null {
  const { packages } = zones[zoneName];
  return isPackageAllowed(source, packages) ? null : `${zoneName} may not import the package ${source}`;
}

function zoneViolation(from: ZoneName, fromPath: string, target: string, typeOnly: boolean): string | null {
  const to = zoneOf(target);
  if (to === null) return `${from} may not import ${target}, which lies in no zone`;
  if (to === from) {
    const crossesPages = from === 'features' && pageOf(fromPath) !== pageOf(target);
    return crossesPages ? `page ${pageOf(fromPath)} may not import page ${pageOf(target)}` : null;
  }
  const { may } = zones[from];
  if (may === 'anything') return null;
  const reach = may[to];
  if (reach === undefined) return `${from} may not import ${to}`;
  if (reach === 'types' && !typeOnly && target !== errorClasses) {
    return `${from} may import only types from ${to} (write "import type")`;
  }
  return null;
}

function importViolation(zoneName: ZoneName, path: string, { source, typeOnly }: ImportFact): string | null {
  if (!source.startsWith('.')) return packageViolation(zoneName, source);
  const target = join(dirname(path), source);
  if (!/\.[a-z]+$/.test(target)) return `the import of ${source} lacks its file extension`;
  return zoneViolation(zoneName, path, target, typeOnly);
}

/**
 * Every fence that one file breaks, in order of its lines.
 *
 * @param path from the project's folder, with `/`; the file need not exist
 * @param text TypeScript source
 * @throws {SyntaxError} the text is not TypeScript
 */
export function violationsOf(path: string, text: string): Violation[] {
  const zoneName = zoneOf(path);
  if (zoneName === null && path.startsWith('src/')) return [`${path}:1: lies in no zone of src`];
  if (zoneName === null || isTestFile(path) || zones[zoneName].may === 'anything') return [];
  const { imports, globals } = sourceFacts(path, text);
  const found: { line: number; message: string }[] = [];
  if (zoneName === 'features' && pageOf(path) === '') {
    found.push({ line: 1, message: 'a file of src/features belongs to the folder of one page' });
  }
  for (const fact of imports) {
    const message = importViolation(zoneName, path, fact);
    if (message !== null) found.push({ line: fact.line, message });
  }
  for (const { name, line } of zoneName === 'core' ? globals : []) {
    if (platformNames.has(name)) found.push({ line, message: `core may not use ${name}` });
  }
  found.sort((a, b) => a.line - b.line);
  return found.map(({ line, message }) => `${path}:${line}: ${message}`);
}

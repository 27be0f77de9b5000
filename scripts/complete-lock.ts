/**
 * Completes package-lock.json: `npm install` leaves out the binaries of other platforms when the registry at hand does not
 * hold them, and `npm ci` then refuses the lock file everywhere. Adds the missing entries (name, version, platform), which
 * npm passes over on machines of another platform. Run it after adding a package: `npx tsx scripts/complete-lock.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly cpu?: readonly string[];
  readonly os?: readonly string[];
  readonly libc?: readonly string[];
}

export type LockedPackages = Readonly<Record<string, LockedPackage>>;

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** The platform that a binary package's name states: `@x/y-linux-x64-musl` -> linux, x64, musl. */
export function platformOf(name: string): Pick<LockedPackage, 'cpu' | 'os' | 'libc'> {
  const words = name.split(/[/-]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  const libc = os === 'linux' ? words.map((word) => /^(musl|gnu)/.exec(word)?.[1]).find(Boolean) : undefined;
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(os === undefined ? {} : { os: [os] }),
    ...(libc === undefined ? {} : { libc: [libc === 'gnu' ? 'glibc' : libc] }),
  };
}

/** Exactly pinned optional dependencies of locked packages that have no entry of their own, as the entries to add. */
export function missingEntries(packages: LockedPackages): Record<string, LockedPackage> {
  const missing: Record<string, LockedPackage> = {};
  for (const { optionalDependencies = {}, dev } of Object.values(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const path = `node_modules/${name}`;
      if (path in packages || !/^\d+\.\d+\.\d+$/.test(version)) continue;
      const isDev = dev === true && missing[path]?.dev !== false;
      missing[path] = { version, ...platformOf(name), ...(isDev ? { dev: true } : {}), optional: true };
    }
  }
  return missing;
}

function completeLockFile(): void {
  const path = fileURLToPath(new URL('../package-lock.json', import.meta.url));
  const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: LockedPackages };
  const missing = missingEntries(lock.packages);
  const byPath = Object.entries({ ...lock.packages, ...missing });
  byPath.sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(byPath) }, null, 2)}\n`);
  for (const name of Object.keys(missing)) process.stdout.write(`added ${name}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) completeLockFile();

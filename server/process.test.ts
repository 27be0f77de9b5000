/** The server as a process of its own: what it prints, what it refuses, how it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const projectDir = fileURLToPath(new URL('..', import.meta.url));
let distDir: string;
let dataDir: string;

beforeAll(async () => {
  distDir = await mkdtemp(join(tmpdir(), 'cutline-dist-'));
  dataDir = await mkdtemp(join(tmpdir(), 'cutline-data-'));
  await writeFile(join(distDir, 'index.html'), '<title>Cutline</title>');
});

afterAll(() => Promise.all([distDir, dataDir].map((dir) => rm(dir, { recursive: true }))));

interface Run {
  readonly child: ChildProcess;
  readonly out: { stdout: string; stderr: string };
  readonly ended: Promise<number | null>;
}

function program(dist: string): string {
  return `import { serveOrExit } from './server/serve.ts'; await serveOrExit(${JSON.stringify(dist)});`;
}

function start(env: Record<string, string>, dist = distDir): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program(dist)], {
    cwd: projectDir,
    env: { ...process.env, npm_lifecycle_event: undefined, CUTLINE_DATA: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    out.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    out.stderr += chunk.toString();
  });
  return { child, out, ended: new Promise((resolve) => child.on('close', resolve)) };
}

async function firstLine({ child, out }: Run): Promise<string> {
  while (!out.stdout.includes('\n')) {
    await new Promise((resolve) => child.stdout?.once('data', resolve));
  }
  return out.stdout;
}

describe('the server process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('prints one line, answers, and ends on %s', async (signal) => {
    const run = start({ PORT: '0', HOST: '' });
    const line = await firstLine(run);
    const url = /^Cutline is at (http:\/\/127\.0\.0\.1:\d+)\/\n$/.exec(line)?.[1];
    expect(url).toBeDefined();
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(await (await fetch(`${url}/`)).text()).toContain('<title>Cutline</title>');
    run.child.kill(signal);
    expect(await run.ended).toBe(0);
    expect(run.out).toEqual({ stdout: line, stderr: '' });
  });

  it('ends with the npm that runs it', async () => {
    // As npm does it: a shell between, which does not hand a signal on.
    const shell = spawn('sh', ['-c', '"$NODE" --import tsx --input-type=module -e "$CODE"; true'], {
      cwd: projectDir,
      env: {
        ...process.env,
        NODE: process.execPath,
        CODE: program(distDir),
        CUTLINE_DATA: dataDir,
        PORT: '0',
        npm_lifecycle_event: 'start',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const url = await new Promise<string>((resolve) => {
      shell.stdout.once('data', (chunk: Buffer) => resolve(/http:\S+\//.exec(chunk.toString())?.[0] ?? ''));
    });
    expect((await fetch(`${url}health`)).status).toBe(200);
    // The server holds the other end of the pipe: it closes when the server is gone.
    const serverGone = new Promise((resolve) => shell.once('close', resolve));
    shell.kill('SIGTERM');
    await serverGone;
    await expect(fetch(`${url}health`)).rejects.toThrow();
  });

  it('refuses an address that others could reach', async () => {
    const run = start({ HOST: '0.0.0.0' });
    expect(await run.ended).toBe(2);
    expect(run.out.stdout).toBe('');
    expect(run.out.stderr).toMatch(/^HOST=0\.0\.0\.0 is not a loopback address\. .*\n$/);
  });

  it('says who holds the data folder', async () => {
    const first = start({ PORT: '0' });
    await firstLine(first);
    const second = start({ PORT: '0' });
    expect(await second.ended).toBe(2);
    expect(second.out.stdout).toBe('');
    expect(second.out.stderr).toMatch(/^The data folder .* is in use by another Cutline.*CUTLINE_DATA.*\n$/);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  it('refuses a data folder that cannot be one, and a limit that is none', async () => {
    const file = join(distDir, 'index.html');
    const folder = start({ PORT: '0', CUTLINE_DATA: file });
    expect(await folder.ended).toBe(2);
    expect(folder.out.stderr).toMatch(/^The data folder .*index\.html cannot be written .*CUTLINE_DATA.*\n$/);
    const tooLong = start({ PORT: '0', CUTLINE_DATA: join(dataDir, 'x'.repeat(300)) });
    expect(await tooLong.ended).toBe(2);
    expect(tooLong.out.stderr).toMatch(
      /^The data folder .* cannot be written .*ENAMETOOLONG.*CUTLINE_DATA.*\n$/,
    );
    const limit = start({ PORT: '0', CUTLINE_MAX_UPLOADS: 'many' });
    expect(await limit.ended).toBe(2);
    expect(limit.out.stderr).toMatch(/^CUTLINE_MAX_UPLOADS=many is not a limit\. .*\n$/);
  });

  it('says how to build when there is no build', async () => {
    const run = start({ PORT: '0' }, join(distDir, 'none'));
    expect(await run.ended).toBe(2);
    expect(run.out.stderr).toMatch(/^There is no built app in .*npm start.*\n$/);
  });
});

/** A server of a spec's own, which it may end and start again: same port, same registry. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../scripts/free-port.ts';

const projectDir = join(import.meta.dirname, '..');

export class OwnServer {
  readonly origin: string;
  readonly #port: string;
  readonly #dataDir: string;
  #child: ChildProcess | null = null;

  private constructor(port: string, dataDir: string) {
    this.origin = `http://127.0.0.1:${port}`;
    this.#port = port;
    this.#dataDir = dataDir;
  }

  /** Starts one over the app that is built already, with an empty registry. */
  static async start(): Promise<OwnServer> {
    const server = new OwnServer(String(await freePort()), await mkdtemp(join(tmpdir(), 'cutline-own-')));
    await server.start();
    return server;
  }

  /** Starts it (again); resolves when it answers. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
      cwd: projectDir,
      env: { ...process.env, PORT: this.#port, HOST: '127.0.0.1', CUTLINE_DATA: this.#dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once('data', () => resolve());
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  /** Ends it and removes its registry. */
  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StartError } from './address.ts';
import { buildApp } from './app.ts';
import { listen } from './serve.ts';
import { closeWithProcess, type EndingProcess } from './shutdown.ts';
import { openRegistryStore } from './store/open-registry-store.ts';
import type { RegistryStore } from './store/registry-store.ts';

let distDir: string;
let taken: Server;
let takenPort: number;
let store: RegistryStore;

beforeAll(async () => {
  distDir = await mkdtemp(join(tmpdir(), 'cutline-dist-'));
  await writeFile(join(distDir, 'index.html'), '<title>Cutline</title>');
  store = await openRegistryStore({ memory: true });
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  takenPort = (taken.address() as AddressInfo).port;
});

afterAll(async () => {
  taken.close();
  await store.close();
  await rm(distDir, { recursive: true });
});

const newApp = (): Promise<FastifyInstance> => buildApp({ distDir, version: '0', store });

describe('listen', () => {
  it('goes on to a free port when the first is taken', async () => {
    const app = await newApp();
    const url = await listen(app, { host: '127.0.0.1', ports: [takenPort, 0] });
    expect(url).not.toContain(`:${takenPort}`);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    await app.close();
  });

  it('refuses when the only port is taken', async () => {
    const app = await newApp();
    await expect(listen(app, { host: '127.0.0.1', ports: [takenPort] })).rejects.toThrow(StartError);
    await app.close();
  });
});

describe('closeWithProcess', () => {
  it('finishes the answer on its way, then ends with 0', async () => {
    const app = await newApp();
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let arrived = (): void => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    app.get('/api/slow', async () => {
      arrived();
      await released;
      return { done: true };
    });
    const listeners = new Map<string, () => void>();
    const exited = new Promise<number>((resolve) => {
      const source: EndingProcess = {
        ppid: 1,
        env: {},
        once: (signal, listener) => listeners.set(signal, listener),
        exit: resolve,
      };
      closeWithProcess(app, source);
    });
    const url = await listen(app, { host: '127.0.0.1', ports: [0] });
    const answer = fetch(`${url}/api/slow`);
    await arrival;
    listeners.get('SIGTERM')?.();
    release();
    expect(await (await answer).json()).toEqual({ done: true });
    expect(await exited).toBe(0);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('cuts what is still under way after the time to drain, and ends with 1', async () => {
    const app = await newApp();
    const arrived = new Promise<void>((resolve) => {
      app.get('/api/never', () => {
        resolve();
        return new Promise(() => undefined);
      });
    });
    const listeners = new Map<string, () => void>();
    const exited = new Promise<number>((resolve) => {
      const once = (signal: string, listener: () => void) => listeners.set(signal, listener);
      closeWithProcess(app, { ppid: 1, env: {}, once, exit: resolve }, 50);
    });
    const url = await listen(app, { host: '127.0.0.1', ports: [0] });
    const answer = fetch(`${url}/api/never`).catch(() => 'cut');
    await arrived;
    listeners.get('SIGTERM')?.();
    expect(await answer).toBe('cut');
    expect(await exited).toBe(1);
  });
});

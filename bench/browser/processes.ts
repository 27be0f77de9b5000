import { readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

interface Renderer {
  readonly id: number;
  /** Seconds of processor time since its start. */
  readonly cpuTime: number;
}

/** The processes that run pages: one of them runs the page and all its workers. */
async function renderers(browser: Browser): Promise<readonly Renderer[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer');
}

/** Seconds of processor time that all renderers have used so far. */
export async function rendererSeconds(browser: Browser): Promise<number> {
  return (await renderers(browser)).reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

export interface Memory {
  readonly now: number;
  readonly peak: number;
}

/** Resident MB (10^6 bytes) of the largest renderer, now and at its peak; null where there is no /proc (not Linux). */
export async function rendererMemory(browser: Browser): Promise<Memory | null> {
  const sizes = (await renderers(browser)).map(({ id }) => memoryOf(id)).filter((size) => size !== null);
  return sizes.toSorted((a, b) => b.now - a.now)[0] ?? null;
}

function memoryOf(pid: number): Memory | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (field: string) => {
      const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
      return (Number(kibibytes) * 1024) / 1e6;
    };
    return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
  } catch {
    return null;
  }
}

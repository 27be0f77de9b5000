/** What is left of uploads when the power goes off at each call of the file system in turn. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRegistryStore } from './open-registry-store.ts';
import { type ForgottenFlush, PowerCutFs } from './power-cut-fs.ts';
import { analyst, chunksOf, sha256Of, textOf } from './sample-store.ts';
import { verifyRegistry } from './verify-registry.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cutline-power-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

/** Two texts whose blobs lie in one folder, and one that shares only the outer folder with them. */
function neighbours(): string[] {
  const byFolder = new Map<string, string>();
  for (let number = 0; ; number += 1) {
    const text = `blob ${number}`;
    const folder = sha256Of(text).slice(0, 4);
    const other = byFolder.get(folder);
    byFolder.set(folder, text);
    if (other === undefined) continue;
    const near = [...byFolder].find(([key]) => key !== folder && key.slice(0, 2) === folder.slice(0, 2));
    if (near !== undefined) return [other, text, near[1]];
  }
}

interface Outcome {
  readonly acknowledged: readonly string[];
  readonly powerWentOff: boolean;
  /** What the next start said; null when it came up with everything that was acknowledged. */
  readonly loss: string | null;
}

/** Uploads at once until the power goes off, then starts again on what the disk kept. */
async function uploadsUntil(
  call: number,
  forgets: ForgottenFlush,
  texts: readonly string[],
): Promise<Outcome> {
  const dataDir = join(dir, `${forgets}-${call}`);
  await (await openRegistryStore({ dataDir })).close();
  const fs = new PowerCutFs(call + 1, forgets);
  const store = await openRegistryStore({ dataDir, fs });
  const acknowledged: string[] = [];
  const uploads = texts.map(async (text) => {
    await store.blobs.put(analyst, sha256Of(text), chunksOf(text, 4), { maxBytes: 100 });
    acknowledged.push(text);
  });
  await Promise.allSettled(uploads);
  const powerWentOff = fs.isOff;
  await fs.losePower();
  await store.close();
  return { acknowledged, powerWentOff, loss: await lossOf(dataDir, acknowledged) };
}

async function lossOf(dataDir: string, acknowledged: readonly string[]): Promise<string | null> {
  try {
    const store = await openRegistryStore({ dataDir });
    for (const text of acknowledged) {
      const found = await textOf(await store.blobs.open(sha256Of(text)));
      if (found !== text) return `"${text}" came back as "${found}"`;
    }
    await store.close();
    const { faults } = await verifyRegistry(dataDir);
    return faults[0] ?? null;
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a power cut', () => {
  it('at any call loses nothing that was acknowledged', async () => {
    const texts = neighbours();
    let call = 0;
    for (; ; call += 1) {
      const { acknowledged, powerWentOff, loss } = await uploadsUntil(call, 'none', texts);
      expect(loss, `after ${call} calls`).toBeNull();
      if (powerWentOff) continue;
      expect(acknowledged).toHaveLength(3);
      break;
    }
    expect(call).toBeGreaterThan(20);
  });

  it.each(['datasync', 'syncDir'] as const)('would show that %s is forgotten', async (forgets) => {
    const { acknowledged, loss } = await uploadsUntil(1000, forgets, neighbours());
    expect(acknowledged).toHaveLength(3);
    expect(loss).toMatch(/gone or cut short/);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAccess } from './kept-folder.ts';

/** The tests' library has no types of workers. */
type Access = Awaited<ReturnType<typeof openAccess>>;
type Answer = () => Promise<Access>;

/** A browser's folder that answers one request for access after the other as given. */
function folderOf(answers: Answer[]): FileSystemDirectoryHandle {
  const handle = { createSyncAccessHandle: () => answers.shift()!() };
  return { getFileHandle: async () => handle } as unknown as FileSystemDirectoryHandle;
}

function accessHandle() {
  return { close: vi.fn() } as unknown as Access;
}

const never: Answer = () => new Promise(() => undefined);

describe('access to a kept file', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is asked for once more when the browser does not answer', async () => {
    const access = accessHandle();
    const opened = openAccess(folderOf([never, async () => access]), 'model', true);
    await vi.runAllTimersAsync();
    expect(await opened).toBe(access);
  });

  it('is given up when it never comes, and what comes too late is closed', async () => {
    const late = accessHandle();
    const comesLate: Answer = () => new Promise((resolve) => setTimeout(() => resolve(late), 60_000));
    const opened = openAccess(folderOf([comesLate, never]), 'model', true);
    const refused = expect(opened).rejects.toThrow('The storage does not answer.');
    await vi.runAllTimersAsync();
    await refused;
    expect(late.close).toHaveBeenCalledOnce();
  });

  it('fails as the browser fails, at once', async () => {
    const locked = new DOMException('Another tab has it.', 'NoModificationAllowedError');
    const answers: Answer[] = [() => Promise.reject(locked)];
    await expect(openAccess(folderOf(answers), 'model', true)).rejects.toBe(locked);
    expect(vi.getTimerCount()).toBe(0);
  });
});

import { existsSync } from 'node:fs';
import { rm, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type BlobFs, nodeFs } from './blob-fs.ts';

/** Flushes that a broken store would forget. */
export type ForgottenFlush = 'none' | 'datasync' | 'syncDir';

/**
 * A file system in a real folder whose power can be cut: it remembers which bytes and which names were flushed, stops
 * at the nth call, and then takes away all that was not. The strictest disk that POSIX allows.
 */
export class PowerCutFs implements BlobFs {
  readonly #unflushedNames = new Set<string>();
  readonly #unflushedBytes = new Set<string>();
  readonly #forgets: ForgottenFlush;
  #callsLeft: number;

  constructor(callsLeft: number, forgets: ForgottenFlush = 'none') {
    this.#callsLeft = callsLeft;
    this.#forgets = forgets;
  }

  /** True when the power went off before everything was done. */
  get isOff(): boolean {
    return this.#callsLeft < 0;
  }

  #call(): void {
    this.#callsLeft -= 1;
    if (this.isOff) throw new Error('The power is off.');
  }

  /** What the disk holds when it comes back. */
  async losePower(): Promise<void> {
    this.#callsLeft = -1;
    for (const path of this.#unflushedNames) await rm(path, { recursive: true, force: true });
    for (const path of this.#unflushedBytes) if (existsSync(path)) await truncate(path, 0);
  }

  async create(path: string, mode: number) {
    this.#call();
    const file = await nodeFs.create(path, mode);
    this.#unflushedNames.add(path);
    this.#unflushedBytes.add(path);
    return {
      write: (bytes: Uint8Array) => {
        this.#call();
        return file.write(bytes);
      },
      datasync: async () => {
        this.#call();
        if (this.#forgets !== 'datasync') this.#unflushedBytes.delete(path);
      },
      close: () => file.close(),
    };
  }

  async makeDir(path: string): Promise<void> {
    this.#call();
    if (!existsSync(path)) this.#unflushedNames.add(path);
    await nodeFs.makeDir(path);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#call();
    await nodeFs.rename(from, to);
    this.#unflushedNames.delete(from);
    this.#unflushedNames.add(to);
    if (this.#unflushedBytes.delete(from)) this.#unflushedBytes.add(to);
  }

  async syncDir(path: string): Promise<void> {
    this.#call();
    const seen = [...this.#unflushedNames].filter((name) => dirname(name) === path);
    await nodeFs.syncDir(path);
    if (this.isOff) throw new Error('The power went off.');
    // A name that came while the folder was being flushed may have missed it.
    if (this.#forgets !== 'syncDir') for (const name of seen) this.#unflushedNames.delete(name);
  }

  remove = nodeFs.remove;
  list = nodeFs.list;
  facts = nodeFs.facts;
  freeBytes = nodeFs.freeBytes;
  read = nodeFs.read;
}

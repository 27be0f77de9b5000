import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { newDecision } from '../../server/review/testing/test-registry.ts';
import type { CreateDecision, PinnedDecision } from '../contracts/registry/decisions.ts';
import { RegistryError } from '../core/errors.ts';
import { Outbox, type OutboxStorage } from './outbox.ts';
import type { CallOptions } from './request.ts';

const runs = process.env.CUTLINE_LANE === 'slow' ? 2000 : 100;

/** `localStorage` of one browser: what a reload leaves. `room` is how many entries fit. */
function browserStorage(room = Number.POSITIVE_INFINITY): OutboxStorage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    removeItem: (key) => void entries.delete(key),
    setItem: (key, value) => {
      if (!entries.has(key) && entries.size >= room) throw new DOMException('full', 'QuotaExceededError');
      entries.set(key, value);
    },
  };
}

type Weather = 'up' | 'down' | 'answer-lost' | 'refuses';

/** A registry that keeps idempotency keys as ours does, in any weather. */
class Registry {
  weather: Weather = 'up';
  readonly kept = new Map<string, PinnedDecision>();

  async decisions(): Promise<{ items: PinnedDecision[]; nextCursor: string | null }> {
    if (this.weather === 'down') throw new RegistryError('unreachable', 'down');
    return { items: [...this.kept.values()], nextCursor: null };
  }

  /** What a day does. */
  forgetKeys(): void {
    for (const [key, decision] of [...this.kept]) {
      this.kept.delete(key);
      this.kept.set(`forgotten ${key}`, decision);
    }
  }

  async createDecision(input: CreateDecision, options: CallOptions = {}): Promise<PinnedDecision> {
    const { profile = 'local', idempotencyKey = '' } = options;
    if (this.weather === 'down') throw new RegistryError('unreachable', 'down');
    if (this.weather === 'refuses') throw new RegistryError('refused', 'no such threshold');
    const before = this.kept.get(idempotencyKey);
    const decision = before ?? { ...input, id: String(this.kept.size), createdAt: 0, createdBy: profile };
    this.kept.set(idempotencyKey, decision);
    if (this.weather === 'answer-lost') throw new RegistryError('unreachable', 'broke off');
    return decision;
  }
}

function setUp(storage = browserStorage()) {
  const registry = new Registry();
  return { registry, storage, outbox: new Outbox(storage), client: async () => registry };
}

describe('Outbox', () => {
  it.each([
    'not JSON',
    'null',
    '{"key":"k","pinnedAt":1}',
    '{"key":"k","pinnedAt":1,"input":{"figures":{}}}',
  ])('neither lists nor sends %s, which another release may have written', async (text) => {
    const { registry, storage, outbox, client } = setUp();
    storage.setItem('cutline.registry.waiting.k', text);
    expect(outbox.list()).toEqual([]);
    expect(await outbox.flush(client)).toEqual([]);
    expect(registry.kept.size).toBe(0);
    expect(storage.getItem('cutline.registry.waiting.k')).toBe(text);
  });

  it('pins at once when the registry is up, and keeps nothing', async () => {
    const { outbox, client, registry } = setUp();
    const outcome = await outbox.pin(client, newDecision('why'), 'Ada');
    expect(outcome).toMatchObject({ status: 'pinned', decision: { reason: 'why', createdBy: 'Ada' } });
    expect(outbox.list()).toEqual([]);
    expect(registry.kept.size).toBe(1);
  });

  it('keeps a decision while the registry is down, over a reload, and sends it under its profile', async () => {
    const { outbox, client, registry, storage } = setUp();
    registry.weather = 'down';
    const outcome = await outbox.pin(client, newDecision('why'), 'Ada');
    expect(outcome).toMatchObject({ status: 'waiting', waiting: { profile: 'Ada', refusal: null } });
    expect(await outbox.flush(client)).toEqual([]);
    const reloaded = new Outbox(storage);
    expect(reloaded.list()).toEqual(outbox.list());
    registry.weather = 'up';
    expect(await reloaded.flush(client)).toMatchObject([{ reason: 'why', createdBy: 'Ada' }]);
    expect(reloaded.list()).toEqual([]);
  });

  it('does not double a decision whose answer was lost', async () => {
    const { outbox, client, registry } = setUp();
    registry.weather = 'answer-lost';
    await outbox.pin(client, newDecision('why'), 'Ada');
    expect(outbox.list()).toHaveLength(1);
    registry.weather = 'up';
    await Promise.all([outbox.flush(client), outbox.flush(client)]);
    expect([outbox.list(), registry.kept.size]).toEqual([[], 1]);
  });

  it('does not double it either when the registry has forgotten its key', async () => {
    const { outbox, client, registry } = setUp();
    const now = Date.now();
    registry.weather = 'answer-lost';
    await outbox.pin(client, newDecision('arrived'), 'Ada');
    registry.weather = 'down';
    await outbox.pin(client, newDecision('never sent'), 'Ada');
    registry.forgetKeys();
    registry.weather = 'up';
    vi.spyOn(Date, 'now').mockReturnValue(now + 48 * 60 * 60 * 1000);
    expect(await outbox.flush(client)).toMatchObject([{ reason: 'arrived' }, { reason: 'never sent' }]);
    vi.restoreAllMocks();
    expect([outbox.list(), registry.kept.size]).toEqual([[], 2]);
  });

  it('throws at once what the registry refuses, and shows what it refuses later', async () => {
    const { outbox, client, registry } = setUp();
    registry.weather = 'refuses';
    await expect(outbox.pin(client, newDecision('why'), 'Ada')).rejects.toThrow('no such threshold');
    expect(outbox.list()).toEqual([]);
    registry.weather = 'down';
    await outbox.pin(client, newDecision('later'), 'Ada');
    registry.weather = 'refuses';
    await outbox.flush(client);
    expect(outbox.list()).toMatchObject([{ refusal: 'no such threshold' }]);
    registry.weather = 'up';
    expect(await outbox.flush(client)).toEqual([]);
    outbox.discard(outbox.list()[0]?.key ?? '');
    expect(outbox.list()).toEqual([]);
  });

  it('does not bring back what was discarded while it was sent', async () => {
    const { outbox, client, registry } = setUp();
    registry.weather = 'down';
    await outbox.pin(client, newDecision('why'), 'Ada');
    registry.weather = 'refuses';
    const sending = outbox.flush(client);
    outbox.discard(outbox.list()[0]?.key ?? '');
    await sending;
    expect(outbox.list()).toEqual([]);
  });

  it('says so when the browser has no room and the registry is down', async () => {
    const { outbox, client, registry } = setUp(browserStorage(0));
    registry.weather = 'down';
    await expect(outbox.pin(client, newDecision('why'), 'Ada')).rejects.toMatchObject({ code: 'too-large' });
    registry.weather = 'up';
    expect(await outbox.pin(client, newDecision('why'), 'Ada')).toMatchObject({ status: 'pinned' });
  });

  it('steps over an entry that it cannot read', async () => {
    const storage = browserStorage();
    storage.setItem('cutline.registry.waiting.broken', '{"key":');
    storage.setItem('another', '{}');
    const { outbox, client, registry } = setUp(storage);
    registry.weather = 'down';
    await outbox.pin(client, newDecision('why'), 'Ada');
    expect(outbox.list()).toHaveLength(1);
    expect(storage.getItem('cutline.registry.waiting.broken')).toBe('{"key":');
  });

  it('tells its listeners until they stop listening', async () => {
    const { outbox, client } = setUp();
    let told = 0;
    const stop = outbox.subscribe(() => told++);
    await outbox.pin(client, newDecision('why'), 'Ada');
    expect(told).toBe(2);
    stop();
    await outbox.pin(client, newDecision('why'), 'Ada');
    expect(told).toBe(2);
  });

  it('loses and doubles nothing, in any weather, with reloads between', async () => {
    const step = fc.oneof(
      fc.constantFrom('pin', 'flush', 'flush twice', 'reload'),
      fc.constantFrom<Weather>('up', 'down', 'answer-lost'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const { registry, storage, client } = setUp();
        let { outbox } = setUp(storage);
        let pinned = 0;
        for (const one of steps) {
          if (one === 'pin') await outbox.pin(client, newDecision(`reason ${pinned++}`), 'Ada');
          else if (one === 'flush') await outbox.flush(client);
          else if (one === 'flush twice')
            await Promise.all([outbox.flush(client), new Outbox(storage).flush(client)]);
          else if (one === 'reload') outbox = new Outbox(storage);
          else registry.weather = one;
        }
        registry.weather = 'up';
        await outbox.flush(client);
        expect(outbox.list()).toEqual([]);
        const reasons = [...registry.kept.values()].map(({ reason }) => reason).sort();
        expect(reasons).toEqual(Array.from({ length: pinned }, (_, i) => `reason ${i}`).sort());
      }),
      { numRuns: runs },
    );
  });
});

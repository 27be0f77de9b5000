/**
 * Decisions that wait for the registry. A decision is written to the browser's storage before it is sent and removed
 * when the registry has acknowledged it, so that neither a reload nor a server that is down loses it; its idempotency
 * key makes sending it twice harmless. The registry keeps keys for 24 hours: what has waited longer is looked for first.
 */
import type { CreateDecision, PinnedDecision } from '../contracts/registry/decisions.ts';
import { RegistryError } from '../core/errors.ts';
import type { RegistryClient } from './client.ts';

/** One key per entry: two tabs never write over each other's decisions. */
const KEY_PREFIX = 'cutline.registry.waiting.';
/** An hour before the registry forgets the key of a decision that it took and whose answer was lost. */
const KEY_TRUST_MS = 23 * 60 * 60 * 1000;
/** As many of the newest decisions are looked through: the longest page. */
const LOOKED_THROUGH = 1000;
/** Held by the tab that sends. */
const LOCK_NAME = 'cutline.registry.outbox';

export interface WaitingDecision {
  /** The idempotency key; tells entries apart. */
  readonly key: string;
  readonly input: CreateDecision;
  /** The profile that pinned it. */
  readonly profile: string;
  /** When it was pinned, by this machine's clock: epoch milliseconds. */
  readonly pinnedAt: number;
  /** Why the registry refused it when it was sent again: it stays until it is discarded. null = waits. */
  readonly refusal: string | null;
}

/** What became of a pin: kept in the registry, or waiting in this browser for it to come back. */
export type PinOutcome =
  | { readonly status: 'pinned'; readonly decision: PinnedDecision }
  | { readonly status: 'waiting'; readonly waiting: WaitingDecision };

type DecisionSender = Pick<RegistryClient, 'createDecision' | 'decisions'>;

/** The parts of `localStorage` that are used. */
export type OutboxStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export class Outbox {
  readonly #storage: OutboxStorage;
  readonly #listeners = new Set<() => void>();
  #sending: Promise<PinnedDecision[]> | undefined;

  constructor(storage: OutboxStorage) {
    this.#storage = storage;
  }

  /** All that wait, oldest first. An entry that cannot be read is left where it is and not listed. */
  list(): WaitingDecision[] {
    const found: WaitingDecision[] = [];
    for (let i = 0; i < this.#storage.length; i++) {
      const key = this.#storage.key(i);
      const entry = key?.startsWith(KEY_PREFIX) ? parseEntry(this.#storage.getItem(key)) : null;
      if (entry !== null) found.push(entry);
    }
    return found.sort((a, b) => a.pinnedAt - b.pinnedAt || (a.key < b.key ? -1 : 1));
  }

  /**
   * Keeps a decision here, sends it, and removes it once the registry has it. When the registry cannot be reached, the
   * decision stays and is sent by {@link flush}.
   * @throws {RegistryError} `refused`, `too-large`...: the registry said no; the decision is not kept, the caller still has it
   * @throws {RegistryError} `too-large` the browser's storage is full, and the registry could not be reached either
   */
  async pin(
    client: () => Promise<DecisionSender>,
    input: CreateDecision,
    profile: string,
  ): Promise<PinOutcome> {
    const waiting: WaitingDecision = {
      key: crypto.randomUUID(),
      input,
      profile,
      pinnedAt: this.#nextTime(),
      refusal: null,
    };
    const kept = this.#write(waiting);
    try {
      const decision = await send(await client(), waiting);
      this.discard(waiting.key);
      return { status: 'pinned', decision };
    } catch (error) {
      if (isUnreachable(error) && kept) return { status: 'waiting', waiting };
      this.discard(waiting.key);
      throw isUnreachable(error) ? storageFull(error) : error;
    }
  }

  /**
   * Sends what waits, oldest first; stops at the first that cannot be sent. One tab sends at a time. An entry that is
   * refused keeps the reason and is not sent again.
   * @returns the decisions that arrived; never rejects
   */
  flush(client: () => Promise<DecisionSender>): Promise<PinnedDecision[]> {
    this.#sending ??= alone(() => this.#sendAll(client)).finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  /** Drops an entry, waiting or refused. */
  discard(key: string): void {
    this.#storage.removeItem(KEY_PREFIX + key);
    this.#tell();
  }

  /** Calls `listener` after each change made in this tab. Returns the way to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Later than all that wait: two pins of one millisecond keep their order. */
  #nextTime(): number {
    return Math.max(Date.now(), (this.list().at(-1)?.pinnedAt ?? 0) + 1);
  }

  async #sendAll(client: () => Promise<DecisionSender>): Promise<PinnedDecision[]> {
    const arrived: PinnedDecision[] = [];
    for (const waiting of this.list()) {
      if (waiting.refusal !== null) continue;
      try {
        arrived.push(await sendLate(await client(), waiting));
        this.discard(waiting.key);
      } catch (error) {
        if (isUnreachable(error)) break;
        // Discarded meanwhile: it must not come back.
        if (this.#storage.getItem(KEY_PREFIX + waiting.key) === null) continue;
        this.#write({
          ...waiting,
          refusal: error instanceof Error ? error.message : 'The registry refused it.',
        });
      }
    }
    return arrived;
  }

  #write(entry: WaitingDecision): boolean {
    try {
      this.#storage.setItem(KEY_PREFIX + entry.key, JSON.stringify(entry));
    } catch {
      return false;
    }
    this.#tell();
    return true;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function send(client: DecisionSender, { input, profile, key }: WaitingDecision): Promise<PinnedDecision> {
  return client.createDecision(input, { profile, idempotencyKey: key });
}

async function sendLate(client: DecisionSender, waiting: WaitingDecision): Promise<PinnedDecision> {
  if (Date.now() - waiting.pinnedAt < KEY_TRUST_MS) return send(client, waiting);
  const { items } = await client.decisions({ limit: LOOKED_THROUGH });
  return items.find((decision) => isSame(decision, waiting)) ?? send(client, waiting);
}

/** The same words of the same person on the same state: pinning it a second time would say nothing new. */
function isSame(decision: PinnedDecision, { input, profile }: WaitingDecision): boolean {
  return (
    decision.createdBy === profile &&
    decision.reason === input.reason &&
    decision.threshold === input.threshold &&
    decision.fragment === input.fragment &&
    decision.evidence.judgementId === input.evidence.judgementId
  );
}

/** What a list shows has to be there; the registry's schema looks at the rest when it is sent. */
function isWaiting(entry: Partial<WaitingDecision> | null): entry is WaitingDecision {
  const { figures, evidence } = entry?.input ?? {};
  return (
    typeof entry?.key === 'string' &&
    typeof entry.pinnedAt === 'number' &&
    typeof figures === 'object' &&
    figures !== null &&
    typeof evidence === 'object' &&
    evidence !== null
  );
}

function parseEntry(text: string | null): WaitingDecision | null {
  try {
    const entry = JSON.parse(text ?? 'null') as Partial<WaitingDecision> | null;
    return isWaiting(entry) ? entry : null;
  } catch {
    return null;
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof RegistryError && error.code === 'unreachable';
}

function storageFull(cause: unknown): RegistryError {
  const message =
    "The registry cannot be reached, and this browser's storage has no room to keep the decision.";
  const advice =
    'Leave this dialog open and try again when the registry is back, or forget data that you do not need.';
  return new RegistryError('too-large', message, { advice, cause });
}

let outbox: Outbox | undefined;

/** The outbox of this browser. Where storage is switched off it keeps nothing: a pin then needs the registry. */
export function browserOutbox(): Outbox {
  outbox ??= new Outbox(browserStorage());
  return outbox;
}

function browserStorage(): OutboxStorage {
  try {
    return localStorage;
  } catch {
    const setItem = (): never => {
      throw new Error('storage is switched off');
    };
    return { length: 0, key: () => null, getItem: () => null, removeItem: () => {}, setItem };
  }
}

/** Runs `work` while no other tab does; without Web Locks the idempotency keys alone prevent doubles. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  return locks === undefined ? work() : (locks.request(LOCK_NAME, work) as Promise<T>);
}

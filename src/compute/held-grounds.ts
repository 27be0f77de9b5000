import type { TaskArgs } from '../contracts/tasks.ts';

type HeldGround = TaskArgs<'explain/attach'>;

/** Covers of routed rows take 8 bytes a node; a worker holds as many. */
const MOST_GROUNDS = 4;

/** Grounds of explanations that the page can give to a worker, the last used ones. One that was let go is prepared again. */
export class HeldGrounds {
  readonly #grounds = new Map<string, HeldGround>();

  find(groundId: string): HeldGround | undefined {
    const held = this.#grounds.get(groundId);
    if (held !== undefined) this.#use(held);
    return held;
  }

  put({ groundId, tableId, modelId, ground }: HeldGround): void {
    this.#use({ groundId, tableId, modelId, ground });
    const [oldest] = this.#grounds.keys();
    if (this.#grounds.size > MOST_GROUNDS && oldest !== undefined) this.#grounds.delete(oldest);
  }

  forget(isDoomed: (held: HeldGround) => boolean): void {
    for (const [id, held] of this.#grounds) if (isDoomed(held)) this.#grounds.delete(id);
  }

  #use(held: HeldGround): void {
    this.#grounds.delete(held.groundId);
    this.#grounds.set(held.groundId, held);
  }
}

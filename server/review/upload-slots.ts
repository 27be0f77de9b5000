import { Refusal } from '../json-errors.ts';

/** Counts what is under way, so that many uploads at once cannot take all memory and file handles. */
export class UploadSlots {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Runs `upload` in a slot of its own.
   * @throws {Refusal} 503 all are taken; whatever `upload` throws
   */
  async run<T>(upload: () => Promise<T>): Promise<T> {
    if (this.#taken >= this.#most) {
      const message = `${this.#most} uploads are under way, as many as this server takes at once. Try again in a second.`;
      throw new Refusal({ status: 503, code: 'too-many-uploads', message, retryAfter: 1 });
    }
    this.#taken++;
    try {
      return await upload();
    } finally {
      this.#taken--;
    }
  }
}

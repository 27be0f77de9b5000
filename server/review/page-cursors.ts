import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Page } from '../../src/contracts/registry/primitives.ts';
import { Refusal } from '../json-errors.ts';

/** 96 bits: a cursor is no secret, it only must not be made by hand. */
const macBytes = 12;

/**
 * Cursors of lists as clients see them: the store's own, with a MAC over it and the list it belongs to, in base64url.
 * Opaque, so that its inside may change; bound to one list and to this process.
 */
export class PageCursors {
  readonly #key: Uint8Array;

  /** @param key 32 random bytes */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  #mac(list: string, cursor: string): Buffer {
    return createHmac('sha256', this.#key).update(`${list}\n${cursor}`).digest().subarray(0, macBytes);
  }

  /** `page` with its cursor sealed for `list`, which names path and filters. */
  seal<T>(list: string, page: Page<T>): Page<T> {
    if (page.nextCursor === null) return page;
    const sealed = Buffer.concat([this.#mac(list, page.nextCursor), Buffer.from(page.nextCursor)]);
    return { items: page.items, nextCursor: sealed.toString('base64url') };
  }

  /**
   * The store's cursor.
   * @throws {Refusal} 400 made by hand, of another list, or of a server that was restarted since
   */
  open(list: string, sealed: string | undefined): string | undefined {
    if (sealed === undefined) return undefined;
    const bytes = Buffer.from(sealed, 'base64url');
    const cursor = bytes.subarray(macBytes).toString();
    const mac = bytes.subarray(0, macBytes);
    if (mac.length === macBytes && timingSafeEqual(mac, this.#mac(list, cursor))) return cursor;
    const message = 'This cursor is not of this list, or the server was restarted. Start at the first page.';
    throw new Refusal({ status: 400, code: 'invalid', message, place: 'cursor' });
  }
}

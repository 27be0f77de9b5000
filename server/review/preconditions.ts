import type { FastifyRequest } from 'fastify';
import { Refusal } from '../json-errors.ts';

function tagsOf(header: string | undefined): string[] | '*' | null {
  if (header === undefined) return null;
  if (header.trim() === '*') return '*';
  return header.split(',').map((tag) => tag.trim());
}

const opaque = (tag: string): string => tag.replace(/^W\//, '');

/** True when the client has what it would be sent: `If-None-Match` names the tag (weak comparison) or `*`. */
export function isNotModified({ headers }: FastifyRequest, etag: string): boolean {
  const tags = tagsOf(headers['if-none-match']);
  return tags === '*' || tags?.some((tag) => opaque(tag) === etag) === true;
}

/** Whether a change says at all what it expects to find. */
export function hasPrecondition({ headers }: FastifyRequest): boolean {
  return headers['if-match'] !== undefined || headers['if-none-match'] !== undefined;
}

/**
 * Refuses a change whose precondition does not hold. `If-Match` compares strongly.
 *
 * @param etag of what is there now; null = nothing
 * @throws {Refusal} 412
 */
export function assertPreconditions({ headers }: FastifyRequest, etag: string | null): void {
  const wanted = tagsOf(headers['if-match']);
  if (wanted !== null && (etag === null || (wanted !== '*' && !wanted.includes(etag)))) {
    const now = etag === null ? 'there is none' : `it is ${etag} now`;
    const message = `Another change came first: ${now}. Load it, then decide again.`;
    throw new Refusal({ status: 412, code: 'precondition-failed', message, place: 'if-match' });
  }
  const unwanted = tagsOf(headers['if-none-match']);
  if (unwanted === null || etag === null) return;
  if (unwanted === '*' || unwanted.some((tag) => opaque(tag) === etag)) {
    const message = `There is one already: ${etag}. Choose another name, or change the one that is there.`;
    throw new Refusal({ status: 412, code: 'precondition-failed', message, place: 'if-none-match' });
  }
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../json-errors.ts';
import type { BlobShelf } from '../store/registry-store.ts';
import { parseRange } from './byte-range.ts';
import { attachment } from './content-disposition.ts';
import { isNotModified } from './preconditions.ts';

/** Bytes that an answer is to carry: a blob, and the name it is saved under. */
interface NamedBlob {
  readonly sha256: string;
  readonly size: number;
  readonly fileName: string;
}

/**
 * Bytes that somebody uploaded are never shown by a browser: always an opaque attachment in a sandbox. What a digest
 * names never changes, so it may be kept for ever.
 */
function addBlobHeaders(reply: FastifyReply, { sha256, fileName }: NamedBlob): void {
  reply
    .header('etag', `"${sha256}"`)
    .header('accept-ranges', 'bytes')
    .header('cache-control', 'private, max-age=31536000, immutable')
    .header('content-disposition', attachment(fileName))
    .header('content-security-policy', "sandbox; default-src 'none'")
    .type('application/octet-stream');
}

/** A range counts only when the client's copy, if it names one, is this very blob. */
function rangeHeaderOf({ headers }: FastifyRequest, sha256: string): string | undefined {
  const condition = headers['if-range'];
  return condition === undefined || condition === `"${sha256}"` ? headers.range : undefined;
}

/** Answers `HEAD`: the headers of {@link sendBlob} without its bytes. */
export function sendBlobHead(request: FastifyRequest, reply: FastifyReply, blob: NamedBlob): FastifyReply {
  addBlobHeaders(reply, blob);
  if (isNotModified(request, `"${blob.sha256}"`)) return reply.code(304).send();
  return reply.header('content-length', blob.size).send();
}

/**
 * Answers with the bytes: 200, 206 for one range, 304 when the client has them.
 * @throws {Refusal} 416 a range outside the blob
 */
export async function sendBlob(
  request: FastifyRequest,
  reply: FastifyReply,
  blobs: BlobShelf,
  blob: NamedBlob,
): Promise<FastifyReply> {
  const { sha256, size } = blob;
  const range = parseRange(rangeHeaderOf(request, sha256), size);
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${size}`);
    const message = `The range lies outside the ${size} bytes of this file. Ask for one inside.`;
    throw new Refusal({ status: 416, code: 'range-not-satisfiable', message, place: 'range' });
  }
  addBlobHeaders(reply, blob);
  if (isNotModified(request, `"${sha256}"`)) return reply.code(304).send();
  if (range === null) {
    return reply.header('content-length', size).send(await blobs.open(sha256));
  }
  const { start, end } = range;
  const bytes = await blobs.open(sha256, range);
  reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${size}`);
  return reply.header('content-length', end - start).send(bytes);
}

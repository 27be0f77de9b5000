import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../json-errors.ts';

function idleRefusal(idleMs: number): Refusal {
  const message = `Nothing arrived for ${idleMs / 1000} s: the upload was ended and nothing kept. Send it again.`;
  return new Refusal({ status: 408, code: 'upload-idle', message });
}

function abortedRefusal(): Refusal {
  return new Refusal({
    status: 400,
    code: 'upload-aborted',
    message: 'The upload broke off; nothing was kept.',
  });
}

/**
 * The bytes of an upload as they arrive. Only the client's own silence counts as idle: while the disk is busy, it waits
 * for us. Leaves the stream open when it ends early, so that the refusal can still be sent.
 *
 * @throws {Refusal} 408 nothing arrived for `idleMs`; 400 the client went away
 */
export async function* requestBytes(stream: Readable, idleMs: number): AsyncGenerator<Uint8Array> {
  const chunks = stream.iterator({ destroyOnReturn: false });
  try {
    while (true) {
      const next = chunks.next() as Promise<IteratorResult<Uint8Array, undefined>>;
      const { done, value } = await withinIdleTime(next, idleMs);
      if (done === true) return;
      yield value;
    }
  } finally {
    // Not awaited: after an idle time a read is still pending, and its end with it.
    chunks.return?.().catch(() => undefined);
  }
}

async function withinIdleTime<T>(next: Promise<T>, idleMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(idleRefusal(idleMs)), idleMs);
  });
  const arrived = next.catch(() => {
    throw abortedRefusal();
  });
  try {
    return await Promise.race([arrived, idle]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * After a refusal in mid-upload: Node throws away what still arrives, since a client reads the answer only between its
 * own writes, and an answer to a closed connection is lost. One that does not end within `lingerMs` is cut off.
 */
export function cutAfterRefusal({ raw }: FastifyRequest, lingerMs: number): void {
  if (raw.readableEnded || raw.destroyed) return;
  const cut = setTimeout(() => raw.destroy(), lingerMs);
  raw.once('end', () => clearTimeout(cut));
  raw.once('close', () => clearTimeout(cut));
}

import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorBody } from '../src/contracts/registry/primitives.ts';

/** What a refused request is answered with. */
export interface ErrorAnswer {
  /** 4xx, or 503 when the same request may succeed later, or 507. */
  readonly status: number;
  /** Kebab-case and stable. */
  readonly code: string;
  /** Says what, and what to do. */
  readonly message: string;
  /** The field, header or part that is wrong; absent when it is the request as a whole. */
  readonly place?: string | undefined;
  /** Seconds after which the same request may succeed. */
  readonly retryAfter?: number | undefined;
}

/** Thrown by a route or a hook: becomes the answer it describes, and is not logged as a failure. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: ErrorAnswer;

  constructor(answer: ErrorAnswer) {
    super(answer.message);
    this.answer = answer;
  }
}

/** Answers `status` with an {@link ErrorBody}. */
export function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, code, message, place, retryAfter }: ErrorAnswer,
): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  const error = { code, message, requestId: request.id, ...(place === undefined ? {} : { place }) };
  const body: ErrorBody = { error };
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(body);
}

const codeOfStatus: Readonly<Record<number, string>> = {
  400: 'bad-request',
  408: 'request-timeout',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

/** In the place of the framework's words, which do not say what to do. */
const messageOfStatus: Readonly<Record<number, string>> = {
  413: 'The body is larger than 1 MiB. Send less, or upload it as a blob.',
  415: 'The body is of another type. Send JSON, with content-type: application/json.',
};

/**
 * Makes every error of `app` a JSON answer with its request id. A client's mistake (4xx) keeps its message; anything
 * else is logged in full and answered without details, since a message may hold paths or data.
 */
export function addJsonErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>(answerError);
}

/** The JSON answer to one error, as {@link addJsonErrors} words it. */
export function answerError(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Refusal) return sendError(request, reply, error.answer);
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status >= 400 && status < 500) {
    const code = codeOfStatus[status] ?? 'refused';
    return sendError(request, reply, { status, code, message: messageOfStatus[status] ?? error.message });
  }
  request.log.error({ err: error }, 'request failed');
  const message = `The server failed on this request. Its log has the details under request ${request.id}.`;
  return sendError(request, reply, { status: 500, code: 'internal', message });
}

function unreadable(code: string | undefined): { status: number; code: string; message: string } {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return {
      status: 431,
      code: 'headers-too-large',
      message: 'The headers are larger than 16 kB. Send less.',
    };
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return {
      status: 408,
      code: 'request-timeout',
      message: 'The headers did not arrive in time. Send them again.',
    };
  }
  return { status: 400, code: 'bad-request', message: 'This is not an HTTP request. Send it again as one.' };
}

/** Answers what Node could not read as a request, so that no route or hook ever saw it; the connection is closed. */
export function answerUnreadable({ code }: { readonly code?: string }, socket: Socket): void {
  if (socket.destroyed || !socket.writable || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { status, ...error } = unreadable(code);
  const requestId = randomUUID();
  const body: ErrorBody = { error: { ...error, requestId } };
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(text)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    `x-request-id: ${requestId}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}

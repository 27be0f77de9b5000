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
    return sendError(request, reply, { status, code, message: error.message });
  }
  request.log.error({ err: error }, 'request failed');
  const message = `The server failed on this request. Its log has the details under request ${request.id}.`;
  return sendError(request, reply, { status: 500, code: 'internal', message });
}

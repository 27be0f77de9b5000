import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** The body of every answer that is not a success. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly requestId: string };
}

/** Answers `status` with an {@link ErrorBody}; `code` is kebab-case and stable, `message` says what and what to do. */
export function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: { readonly status: number; readonly code: string; readonly message: string },
): FastifyReply {
  const body: ErrorBody = { error: { code: answer.code, message: answer.message, requestId: request.id } };
  return reply.code(answer.status).send(body);
}

const codeOfStatus: Readonly<Record<number, string>> = {
  400: 'bad-request',
  413: 'body-too-large',
  415: 'unsupported-media-type',
};

/**
 * Makes every error of `app` a JSON answer with its request id. A client's mistake (4xx) keeps its message; anything
 * else is logged in full and answered without details, since a message may hold paths or data.
 */
export function addJsonErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>(answerError);
}

/** The JSON answer to one error, as {@link addJsonErrors} words it. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) {
    const code = codeOfStatus[status] ?? 'refused';
    return sendError(request, reply, { status, code, message: error.message });
  }
  request.log.error({ err: error }, 'request failed');
  const message = `The server failed on this request. Its log has the details under request ${request.id}.`;
  return sendError(request, reply, { status: 500, code: 'internal', message });
}

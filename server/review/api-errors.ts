import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { answerError, Refusal } from '../json-errors.ts';
import { StoreError, type StoreErrorCode } from '../store/store-error.ts';

const statusOf: Readonly<Record<StoreErrorCode, number>> = {
  'not-found': 404,
  exists: 409,
  conflict: 409,
  invalid: 400,
  'blob-missing': 422,
  'too-large': 413,
  'disk-full': 507,
  unusable: 503,
};

/** A refusal of the store as an answer. */
function refusalOf({ code, message, place }: StoreError): Refusal {
  return new Refusal({ status: statusOf[code], code, message, place: place === '' ? undefined : place });
}

/**
 * What a schema found wrong, as an answer: the first field, by its path, and why.
 * @param part what was read: `body`, `query` or `path`
 */
export function invalidInput(part: string, error: z.ZodError): Refusal {
  const issue = error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].map(String).join('.');
  const place = (path === '' ? part : path).slice(0, 200);
  const why = unknown === undefined ? (issue?.message ?? 'is not valid') : 'is not a field of this request';
  const message = `“${place}” in the ${part}: ${why}. Change it, then send the request again.`;
  return new Refusal({ status: 400, code: 'invalid', message, place });
}

/** Answers refusals of the store by their code; the rest as everywhere. */
export function addApiErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: Error, request, reply) =>
    answerError(error instanceof StoreError ? refusalOf(error) : error, request, reply),
  );
}

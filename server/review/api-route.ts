import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { z } from 'zod';
import { Refusal } from '../json-errors.ts';
import { canonicalJson, sha256OfText } from '../store/canonical-json.ts';
import type { Change, KeptResponse, RegistryStore } from '../store/registry-store.ts';
import { changeOf } from './actor.ts';
import { invalidInput } from './api-errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a route of the API reads or changes: decides its rate limit and what it asks of a request. */
    kind?: 'read' | 'change';
  }
}

/** What a handler gets: parts of the request, each read by its schema. */
interface RouteInput<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

interface ApiRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly method: HTTPMethods;
  readonly url: string;
  readonly kind: 'read' | 'change';
  /** Parts of the path; none when absent. */
  readonly params?: P;
  /** None when absent: an unknown parameter is refused. */
  readonly query?: Q;
  /** None when absent. */
  readonly body?: B;
  readonly handle: (input: RouteInput<z.output<P>, z.output<Q>, z.output<B>>) => unknown;
}

const nothing = z.strictObject({});
const noBody = z.union([z.undefined(), z.null()], 'is not expected here');

function readPart<T extends z.ZodType>(part: string, schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidInput(part, parsed.error);
}

/** Adds one JSON route; a request that does not fit its schemas is refused with 400 and the field. */
export function addRoute<
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof noBody,
>(app: FastifyInstance, route: ApiRoute<P, Q, B>): void {
  const { params = nothing, query = nothing, body = noBody } = route;
  app.route({
    method: route.method,
    url: route.url,
    config: { kind: route.kind },
    handler: async (request, reply) => {
      const input = {
        params: readPart('path', params, request.params) as z.output<P>,
        query: readPart('query', query, request.query) as z.output<Q>,
        body: readPart('body', body, request.body) as z.output<B>,
        request,
        reply,
      };
      reply.header('cache-control', 'no-store');
      return route.handle(input);
    },
  });
}

const keySchema = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'has to be 1 to 255 visible ASCII characters');

/** What a creating route has made, and where it is now. */
interface Created {
  readonly body: unknown;
  readonly location: string;
}

function digestOf(request: FastifyRequest, body: unknown): string {
  return sha256OfText(`${request.method} ${request.url}\n${canonicalJson(body)}`);
}

/**
 * Carries out a POST: 201 with `Location`. With an `Idempotency-Key`, once per key and profile: the same request again
 * gets the same answer, with `Idempotency-Replayed: true`; another request under the key is refused (409).
 *
 * @param body as parsed: two texts of the same value are the same request
 * @param create synchronous; its change and the kept answer are committed together
 */
export function answerOnce(
  store: RegistryStore,
  { request, reply, body }: Pick<RouteInput<unknown, unknown, unknown>, 'request' | 'reply' | 'body'>,
  create: (change: Change) => Created,
): FastifyReply {
  const change = changeOf(request);
  const work = (): KeptResponse => ({ status: 201, body: create(change) });
  const header = request.headers['idempotency-key'];
  if (header === undefined) return sendCreated(reply, work(), false);
  const key = keySchema.safeParse(header);
  if (!key.success) throw keyRefusal(key.error.issues[0]?.message ?? '');
  const kept = { key: key.data, actor: change.actor, requestSha256: digestOf(request, body) };
  const { response, replayed } = store.once(kept, work);
  return sendCreated(reply, response, replayed);
}

function keyRefusal(why: string): Refusal {
  const place = 'idempotency-key';
  return new Refusal({ status: 400, code: 'invalid', message: `Idempotency-Key ${why}.`, place });
}

function sendCreated(reply: FastifyReply, { status, body }: KeptResponse, replayed: boolean): FastifyReply {
  const created = body as Created;
  if (replayed) reply.header('idempotency-replayed', 'true');
  return reply.code(status).header('location', created.location).send(created.body);
}

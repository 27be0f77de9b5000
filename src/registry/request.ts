/** One request to the registry: timeout, cancel, checked answer, and every failure as one of our errors. */
import { errorBodySchema } from '../contracts/registry/primitives.ts';
import {
  API_PREFIX,
  PROFILE_HEADER,
  REQUEST_HEADER,
  REQUEST_HEADER_VALUE,
} from '../contracts/registry/routes.ts';
import { CanceledError, RegistryError } from '../core/errors.ts';

/** The server is on this machine: a JSON answer that takes longer is not coming. */
const JSON_TIMEOUT_MS = 15_000;
/** Uploads and downloads get the time that a slow disk or network (1 MB/s) would need. */
const SLOWEST_BYTES_PER_MS = 1000;

/** What a caller may say about any call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** The profile that acts; "local" when absent. */
  readonly profile?: string | undefined;
  /** Makes a POST safe to send again: the same key with the same input is carried out once. */
  readonly idempotencyKey?: string | undefined;
}

interface Call extends CallOptions {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, each part percent-encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly json?: unknown;
  readonly bytes?: Blob;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes that are expected to cross, for the timeout. */
  readonly byteLength?: number;
}

/** Where the registry is: '' for the page's own server; tests say an origin. */
export interface Transport {
  readonly origin: string;
}

/** A schema of the contracts, as far as an answer needs it. */
interface AnswerSchema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

/**
 * Sends one request and reads its JSON answer by `schema`.
 * @throws {RegistryError} every failure, see {@link refusalOf}
 * @throws {CanceledError} the caller's signal was aborted
 */
export async function requestJson<T>(transport: Transport, call: Call, schema: AnswerSchema<T>): Promise<T> {
  const response = await request(transport, call);
  const body = await readJson(response, call);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw notARegistry();
}

/**
 * Sends one request; the answer is a success (2xx), its body unread.
 * @throws {RegistryError} every failure, see {@link refusalOf}
 * @throws {CanceledError} the caller's signal was aborted
 */
export async function request(transport: Transport, call: Call): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(addressOf(transport, call), initOf(call));
  } catch (error) {
    throw failureOf(error, call);
  }
  if (response.ok) return response;
  throw refusalOf(response.status, await errorBodyOf(response));
}

function addressOf({ origin }: Transport, { path, query = {} }: Call): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  const text = search.toString();
  return `${origin}${API_PREFIX}${path}${text === '' ? '' : `?${text}`}`;
}

function initOf(call: Call): RequestInit {
  const headers: Record<string, string> = { ...call.headers, [REQUEST_HEADER]: REQUEST_HEADER_VALUE };
  if (call.profile !== undefined) headers[PROFILE_HEADER] = encodeURIComponent(call.profile);
  if (call.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey;
  if (call.json !== undefined) headers['content-type'] = 'application/json';
  if (call.bytes !== undefined) headers['content-type'] = 'application/octet-stream';
  const body = call.json === undefined ? call.bytes : JSON.stringify(call.json);
  const byteMs = Math.ceil((call.byteLength ?? 0) / SLOWEST_BYTES_PER_MS);
  const timeout = AbortSignal.timeout(JSON_TIMEOUT_MS + byteMs);
  const signal = call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]);
  // The registry's own ETags decide, never the browser's cache of an API answer.
  const init: RequestInit = { method: call.method, headers, signal, cache: 'no-store', redirect: 'error' };
  return body === undefined ? init : { ...init, body };
}

async function readJson(response: Response, call: Call): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    // A page instead of JSON: something else answers at this address.
    throw error instanceof SyntaxError ? notARegistry() : failureOf(error, call);
  }
}

/** Reads a body as bytes. @throws {RegistryError} `unreachable` when it breaks off; {@link CanceledError} */
export async function readBlob(response: Response, signal: AbortSignal | undefined): Promise<Blob> {
  try {
    return await response.blob();
  } catch (error) {
    throw failureOf(error, { signal });
  }
}

function failureOf(error: unknown, { signal }: CallOptions): Error {
  if (signal?.aborted === true) return new CanceledError();
  return new RegistryError('unreachable', 'The registry cannot be reached.', {
    advice: 'Check that Cutline is still running, then try again. What you have open is not touched.',
    cause: error,
  });
}

function notARegistry(): RegistryError {
  return new RegistryError('unreachable', 'What answers at this address is not a registry of this release.', {
    advice: 'Start Cutline with "npm start", and reload the page after an update.',
  });
}

interface Refusal {
  readonly message: string;
  readonly requestId: string;
}

async function errorBodyOf(response: Response): Promise<Refusal> {
  const body: unknown = await response.json().catch(() => null);
  const parsed = errorBodySchema.safeParse(body);
  const requestId = response.headers.get('x-request-id') ?? '';
  return parsed.success
    ? parsed.data.error
    : { message: `The registry answered ${response.status}.`, requestId };
}

/**
 * What a status means to the person: `not-found` 404; `conflict` 409 and 412; `too-large` 413 and 507; `unreachable`
 * 408, 429 and 5xx (it may work later); `refused` anything else (the same request would be refused again).
 */
function refusalOf(status: number, { message, requestId }: Refusal): RegistryError {
  if (status === 404) {
    return new RegistryError('not-found', message, {
      advice: 'Look at the list again: it may have been deleted.',
    });
  }
  if (status === 409 || status === 412) {
    return new RegistryError('conflict', message, { advice: 'Load what is there now, then decide again.' });
  }
  if (status === 413 || status === 507) {
    return new RegistryError('too-large', message, {
      advice: 'Use a smaller file, or make room on the disk.',
    });
  }
  if (status === 408 || status === 429 || status >= 500) {
    const advice = `Try again in a moment. The server's log knows it as request ${requestId}.`;
    return new RegistryError('unreachable', message, { advice });
  }
  return new RegistryError('refused', message, { advice: 'Change what the message names, then try again.' });
}

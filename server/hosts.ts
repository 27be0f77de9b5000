import { isIPv4 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from './json-errors.ts';

/** Host name and port of a `Host` header; null when it is not one. The port is 80 when the header has none. */
function parseHost(header: string | undefined): { readonly name: string; readonly port: number } | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(header ?? '');
  if (match === null) return null;
  return { name: (match[1] ?? '').toLowerCase(), port: Number(match[2] ?? 80) };
}

function isLoopbackName(name: string): boolean {
  return name === 'localhost' || name === '[::1]' || (isIPv4(name) && name.startsWith('127.'));
}

/**
 * True when the request was addressed to this machine under a loopback name and the port it came in on. A page whose
 * name was rebound to 127.0.0.1 still sends its own name.
 */
function isOwnHost({ headers, raw }: FastifyRequest): boolean {
  const host = parseHost(headers.host);
  if (host === null || !isLoopbackName(host.name)) return false;
  const { localPort } = raw.socket;
  // Requests of tests through `inject` have no socket of their own.
  return localPort === undefined || localPort === host.port;
}

/**
 * Refuses requests that a foreign page may have caused: another `Host` than loopback with our port, or an `Origin` that
 * is not ours, whatever the method. `/health` answers under any name.
 */
export function addHostRules(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (request.url === '/health') return;
    const { host, origin } = request.headers;
    if (!isOwnHost(request)) {
      throw new Refusal({
        status: 403,
        code: 'foreign-host',
        message:
          'Cutline answers under localhost, 127.0.0.1 or [::1] and its own port only. Open it under one of these.',
        place: 'host',
      });
    }
    if (origin !== undefined && origin.toLowerCase() !== `http://${host?.toLowerCase()}`) {
      throw new Refusal({
        status: 403,
        code: 'foreign-origin',
        message:
          'This request comes from another site. Cutline answers its own page and programs without an Origin.',
        place: 'origin',
      });
    }
  });
}

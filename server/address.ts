import { isIPv4 } from 'node:net';

/** Why the server refuses to start, and what to do: a setting, a taken port, a missing build. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

export interface Address {
  readonly host: string;
  /** Ports to try in order; 0 asks the system for a free one. */
  readonly ports: readonly number[];
}

const defaultPort = 4173;

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/**
 * Where to listen: HOST (loopback only, default 127.0.0.1) and PORT; without PORT 4173, or a free port when that is taken.
 * A PORT that was asked for by name is never replaced by another.
 * @throws {StartError} HOST is not loopback, or PORT is not an integer in 0..65535
 */
export function addressFrom(env: Readonly<Record<string, string | undefined>>): Address {
  const host = env.HOST || '127.0.0.1';
  if (!isLoopback(host)) {
    throw new StartError(
      `HOST=${host} is not a loopback address. Cutline has no sign-in, so it serves this machine only: use 127.0.0.1.`,
    );
  }
  const port = env.PORT;
  if (port === undefined || port === '') return { host, ports: [defaultPort, 0] };
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new StartError(`PORT=${port} is not a port. Give an integer from 0 (any free port) to 65535.`);
  }
  return { host, ports: [Number(port)] };
}

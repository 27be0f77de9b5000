import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { sendError } from './json-errors.ts';
import { contentSecurityPolicy } from './security-headers.ts';

/** What Vite writes wherever a nonce belongs (`html.cspNonce` in vite.config.ts). */
const noncePlaceholder = 'CUTLINE_CSP_NONCE';

export interface BuiltAppOptions {
  /** Absolute path of the folder that `vite build` wrote. */
  readonly distDir: string;
}

const oneYearSeconds = 31_536_000;

/** Vite puts a content hash in the name of everything in /assets: such a file never changes under its name. */
function cacheControlFor(path: string): string {
  return path.includes('/assets/') ? `public, max-age=${oneYearSeconds}, immutable` : 'no-cache';
}

/** True for a page address of the app: no API, no asset, no file name. */
function isPageAddress(path: string): boolean {
  return !/^\/(api|ajax-api|assets)(\/|$)/.test(path) && !basename(path).includes('.');
}

/**
 * Serves the built app: files from `distDir`, index.html for every page address, and a JSON 404 for the rest.
 * Each index.html answer carries a fresh nonce in its tags and in its policy, so it is never stored by a cache.
 */
export const builtAppRoutes: FastifyPluginAsync<BuiltAppOptions> = async (app, { distDir }) => {
  async function sendIndex(reply: FastifyReply): Promise<FastifyReply> {
    const nonce = randomBytes(16).toString('base64');
    const template = await readFile(join(distDir, 'index.html'), 'utf8');
    return reply
      .header('content-security-policy', contentSecurityPolicy(nonce))
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(template.replaceAll(noncePlaceholder, nonce));
  }

  function sendMissing(request: FastifyRequest, reply: FastifyReply, path: string): FastifyReply {
    const message = `Nothing is at ${request.method} ${path}.`;
    return sendError(request, reply, { status: 404, code: 'not-found', message });
  }

  await app.register(fastifyStatic, {
    root: distDir,
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    cacheControl: false,
    // index.html is only ever sent with its nonce filled in.
    allowedPath: (path) => path !== '/index.html',
    setHeaders: (reply, path) => {
      reply.header('cache-control', cacheControlFor(path));
    },
  });

  app.get('/', (_request, reply) => sendIndex(reply));
  app.get('/index.html', (_request, reply) => sendIndex(reply));
  // Also reached when the static plugin finds no such file.
  app.setNotFoundHandler((request, reply) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    const reads = request.method === 'GET' || request.method === 'HEAD';
    return reads && isPageAddress(path) ? sendIndex(reply) : sendMissing(request, reply, path);
  });
};

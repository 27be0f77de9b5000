import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * The content security policy of every answer. Workers obey the policy of their own script's answer, so it is the
 * same everywhere:
 * - `wasm-unsafe-eval`: ONNX Runtime compiles WebAssembly; no JavaScript is ever evaluated from text.
 * - `blob:` and `data:` images: charts are drawn to PNG from an SVG blob before download.
 * - styles from our own files, and `<style>` elements that carry the nonce (react-aria adds one).
 *
 * @param styleNonce nonce of this index.html answer, or null for any other answer
 */
export function contentSecurityPolicy(styleNonce: string | null): string {
  const style = styleNonce === null ? "'self'" : `'self' 'nonce-${styleNonce}'`;
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src ${style}`,
    "img-src 'self' data: blob:",
    "worker-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Headers that do not depend on the answer. COOP and COEP together give the page SharedArrayBuffer. */
const fixedHeaders = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/**
 * Adds the security headers and the request id to every answer of `app`, errors and 404 included. A route may set its
 * own, stricter `content-security-policy`; it is then left as it is.
 */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    setSecurityHeaders(request, reply);
  });
}

/** As {@link addSecurityHeaders}, for the one answer that Fastify gives without hooks: to an address it cannot read. */
export function setSecurityHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(fixedHeaders).header('x-request-id', request.id);
  if (!reply.hasHeader('content-security-policy')) {
    reply.header('content-security-policy', contentSecurityPolicy(null));
  }
}

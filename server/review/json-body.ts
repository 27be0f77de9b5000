import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../json-errors.ts';

/** Our own deepest body is a document; what people write is rarely deeper than ten. */
const maxDepth = 64;

/** Deepest nesting of arrays and objects in a JSON text, counted without parsing it; brackets in strings do not count. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 0x5c) i++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x5d || code === 0x7d) depth--;
  }
  return deepest;
}

/** Why a parsed JSON value cannot be kept as it is, with the place; null when it can. */
function unkeepable(value: unknown, place: string): { readonly why: string; readonly place: string } | null {
  if (typeof value === 'string') {
    return /[\0\p{Cs}]/u.test(value) ? { why: 'has a NUL or half a surrogate pair', place } : null;
  }
  if (typeof value === 'number')
    return Number.isFinite(value) ? null : { why: 'is too large a number', place };
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, member] of Object.entries(value)) {
    const below = place === '' ? name : `${place}.${name}`;
    const found = unkeepable(name, below) ?? unkeepable(member, below);
    if (found !== null) return found;
  }
  return null;
}

function checked(value: unknown): unknown {
  const found = unkeepable(value, '');
  if (found === null) return value;
  // The place is made of the client's own names: never echo one that is itself the problem.
  const place = found.place.replace(/[\0\p{Cs}]/gu, '\u{fffd}').slice(0, 200);
  const message = `${place === '' ? 'The body' : `“${place}”`} ${found.why}. Change it, then send it again.`;
  throw new Refusal({ status: 400, code: 'invalid', message, place });
}

function notKeepable(): Refusal {
  const message =
    'The body is not JSON, or has a member __proto__ or constructor.prototype. Change it, then send it again.';
  return new Refusal({ status: 400, code: 'invalid', message, place: 'body' });
}

/**
 * Makes `app` read JSON bodies, no other type, and refuses what others would stumble over later: nesting deeper than 64, `__proto__` and
 * `constructor.prototype` members, numbers beyond a double, NUL characters and lone surrogates.
 */
export function addJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    (request: FastifyRequest, body: string, done: (error: Error | null, value?: unknown) => void) => {
      if (depthOf(body) > maxDepth) {
        const message = `The body is nested deeper than ${maxDepth} levels. Make it flatter.`;
        done(new Refusal({ status: 400, code: 'invalid', message }));
        return;
      }
      void parse(request, body, (error, value) => {
        if (error !== null) return done(notKeepable());
        try {
          done(null, checked(value));
        } catch (refusal) {
          done(refusal as Error);
        }
      });
    },
  );
}

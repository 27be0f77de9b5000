import { createHash } from 'node:crypto';
import serialize from 'canonicalize';
import { StoreError } from './store-error.ts';

/**
 * A JSON value as RFC 8785 writes it: sorted names, shortest numbers, no space. Equal values have equal texts.
 *
 * @throws {StoreError} `invalid` not a JSON value (NaN, undefined), or nested too deep
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = serialize(value);
  } catch (error) {
    throw new StoreError('invalid', 'This is not a JSON value that can be kept.', '', error);
  }
  if (text === undefined) throw new StoreError('invalid', 'This is not a JSON value.');
  return text;
}

/** SHA-256 of a text in UTF-8, as 64 lower-case hex digits. */
export function sha256OfText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

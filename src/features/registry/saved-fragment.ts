import type { RegistryDocument } from '../../contracts/registry/documents.ts';
import { RegistryError } from '../../core/errors.ts';

/**
 * The link's fragment in a saved workspace.
 * @throws {RegistryError} `refused` another release or program wrote something else: what is open stays open
 */
export function savedFragment({
  name,
  revision,
  body,
}: Pick<RegistryDocument, 'name' | 'revision' | 'body'>): string {
  const fragment =
    typeof body === 'object' && body !== null && !Array.isArray(body) ? body.fragment : undefined;
  if (typeof fragment === 'string') return fragment;
  const message = `Revision ${revision} of "${name}" was not saved by this release.`;
  const advice = 'Open an earlier revision from its history, or the release that saved it.';
  throw new RegistryError('refused', message, { advice });
}

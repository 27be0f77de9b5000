/** How a kept impact is written and read, loaded beside the page: its schemas carry zod, which no first picture waits for. */
import { RegistryError } from '../../core/errors.ts';

type KeptBody = typeof import('../../contracts/registry/impact.ts');

let loading: Promise<KeptBody> | undefined;

/**
 * Load it once the page is shown, so that it is there when the server goes down.
 * @throws {RegistryError} `unreachable`: the server did not even answer with this code
 */
export function keptBody(): Promise<KeptBody> {
  loading ??= import('../../contracts/registry/impact.ts').catch((cause: unknown) => {
    loading = undefined;
    throw new RegistryError('unreachable', 'The registry does not answer, so nothing was kept there.', {
      advice: 'Check that Cutline is still running, then reload the page.',
      cause,
    });
  });
  return loading;
}

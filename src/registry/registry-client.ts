/** The client of this page, loaded at the first call: the schemas it checks answers with are not on the first page. */
import { RegistryError } from '../core/errors.ts';
import type { RegistryClient } from './client.ts';

let loading: Promise<RegistryClient> | undefined;

/**
 * The client of the page's own server. Load it once the page is shown, so that it is there when the server goes down.
 * @throws {RegistryError} `unreachable`: the server did not even answer with the client's own code
 */
export function registryClient(): Promise<RegistryClient> {
  loading ??= import('./client.ts').then(
    ({ createRegistryClient }) => createRegistryClient(),
    (cause: unknown) => {
      loading = undefined;
      throw new RegistryError('unreachable', 'The registry cannot be reached.', {
        advice: 'Check that Cutline is still running, then reload the page.',
        cause,
      });
    },
  );
  return loading;
}

import type { ViewState } from '../contracts/saved-state.ts';
import { encodeFragment } from './fragment-codec.ts';

/**
 * The full link that reopens exactly this state on this page, for Share. It names files by hash and holds no row.
 * Composed from the choices and not read from the address, which may be up to 400 ms behind.
 */
export function linkTo(
  choices: ViewState,
  location: { readonly origin: string; readonly pathname: string },
): string {
  const fragment = encodeFragment(choices);
  return location.origin + location.pathname + (fragment === '' ? '' : `#${fragment}`);
}

import type { BaseLocationHook, HrefsFormatter } from 'wouter';
import { navigate, useLocationProperty, usePathname } from 'wouter/use-browser-location';

const currentFragment = () => location.hash;

/**
 * The fragment of the page (with its `#`, or ''), followed as it changes: links to other pages carry it.
 */
export function useFragment(): string {
  return useLocationProperty(currentFragment);
}

/**
 * wouter's location hook for paths whose fragment belongs to the saved state: every navigation to a path keeps the
 * fragment as it is at that moment. A target that brings its own fragment is taken as it is.
 */
export const useFragmentLocation: BaseLocationHook & { hrefs?: HrefsFormatter } = () => [
  usePathname(),
  (to: string, options?: { replace?: boolean; state?: unknown }) =>
    navigate(withFragment(to, location.hash), options),
];

useFragmentLocation.hrefs = (href) => withFragment(href, location.hash);

/** `to` with the fragment appended, unless it has one. */
export function withFragment(to: string, fragment: string): string {
  return to.includes('#') ? to : to + fragment;
}

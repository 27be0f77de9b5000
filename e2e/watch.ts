import type { Page } from '@playwright/test';

export interface Watch {
  readonly consoleErrors: string[];
  readonly foreignRequests: string[];
}

/** Nothing of what `watch` looks for has happened. */
export const QUIET: Watch = { consoleErrors: [], foreignRequests: [] };

/** Records what must not happen: console errors (a policy violation is one), page errors, requests to other origins. */
export function watch(page: Page, origin: string): Watch {
  const seen: Watch = { consoleErrors: [], foreignRequests: [] };
  page.on('console', (message) => {
    if (message.type() === 'error') seen.consoleErrors.push(message.text());
  });
  page.on('pageerror', (error) => seen.consoleErrors.push(String(error)));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isLocal = url.protocol === 'data:' || url.protocol === 'blob:';
    if (!isLocal && url.origin !== origin) seen.foreignRequests.push(request.url());
  });
  return seen;
}

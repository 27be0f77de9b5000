import { expect, type Page, test } from '@playwright/test';
import { QUIET, watch } from './watch.ts';

async function collectPolicyViolations(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { policyViolations: violations });
    document.addEventListener('securitypolicyviolation', (event) => {
      violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
    });
  });
  return () => page.evaluate(() => (window as unknown as { policyViolations: string[] }).policyViolations);
}

test.describe('the shell', () => {
  test('opens without an error, a policy violation or a request to another origin', async ({
    page,
    baseURL,
  }) => {
    const seen = watch(page, baseURL ?? '');
    const policyViolations = await collectPolicyViolations(page);
    await page.goto('/');
    await expect(page).toHaveTitle(/Cutline/);
    await expect(page.getByRole('navigation').first()).toBeVisible();
    await expect(page.getByRole('main')).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(await policyViolations()).toEqual([]);
    expect(seen).toEqual(QUIET);
  });

  test('scores the demo in workers under the same policy', async ({ page, baseURL }) => {
    const seen = watch(page, baseURL ?? '');
    const policyViolations = await collectPolicyViolations(page);
    await page.goto('/');
    await page.getByRole('button', { name: 'Open the demo: credit applications' }).click();
    await expect(page.getByText(/^Scored by .+, equal to ONNX Runtime Web/)).toBeVisible({ timeout: 60_000 });
    expect(await policyViolations()).toEqual([]);
    expect(seen).toEqual(QUIET);
  });

  test('is cross-origin isolated, so that workers share memory', async ({ page }) => {
    await page.goto('/');
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(await page.evaluate(() => new SharedArrayBuffer(8).byteLength)).toBe(8);
  });

  test('refuses script from text, and script and styles without the nonce', async ({ page }) => {
    const policyViolations = await collectPolicyViolations(page);
    await page.goto('/');
    const outcome = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true;';
      document.head.append(script);
      const style = document.createElement('style');
      style.textContent = ':root { --injected: 1; }';
      document.head.append(style);
      const value = getComputedStyle(document.documentElement).getPropertyValue('--injected');
      return { script: 'injected' in window, style: value };
    });
    expect(outcome).toEqual({ script: false, style: '' });
    expect((await policyViolations()).map((text) => text.split(':')[0])).toEqual([
      'script-src-elem',
      'style-src-elem',
    ]);
  });

  test('says that it is healthy', async ({ request }) => {
    const answer = await request.get('/health', { headers: { accept: 'application/json' } });
    expect(answer.status()).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'ok', name: 'cutline' });
  });
});

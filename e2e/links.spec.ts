/** Links: they reopen exactly what was shared, or say what they miss; the address stays in step with the session. */
import { type Browser, type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test';
import { creditModel, creditTable, type MadeFile, scoredTable, storedFile } from './files.ts';
import { QUIET, watch } from './watch.ts';

const ownFiles = [storedFile(creditTable), storedFile(creditModel)];

const threshold = (page: Page): Locator => page.getByRole('textbox', { name: 'Threshold' });
const bar = (page: Page): Locator => page.getByRole('region', { name: 'Decision bar' });
const answer = (page: Page): Locator => page.getByRole('main').getByRole('paragraph').first();
const needed = (page: Page): Locator => page.getByRole('region', { name: /^This page needs/ });
const notices = (page: Page): Locator => page.getByRole('region', { name: 'Notices' });

async function choose(page: Page, files: readonly MadeFile[]): Promise<void> {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files]);
}

/** Drops a file on the page itself, as from a file manager. */
async function dropOnPage(page: Page, file: MadeFile): Promise<void> {
  const dropped = await page.evaluateHandle(
    ({ name, text }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], name));
      return transfer;
    },
    { name: file.name, text: file.buffer.toString() },
  );
  await page.getByRole('banner').dispatchEvent('drop', { dataTransfer: dropped });
}

async function setNumber(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await field.press('Enter');
}

async function openDemo(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: /open the demo: credit/i }).click();
  await page.getByRole('button', { name: 'Find the threshold' }).click();
  await expect(page.getByRole('slider', { name: 'Threshold' })).toBeVisible();
}

/** Own files with a scenario, a chosen threshold and a pinned one. */
async function openOwnDecision(page: Page): Promise<void> {
  await page.goto('/');
  await choose(page, ownFiles);
  await page.getByRole('button', { name: 'Score 4,454 rows' }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Find the threshold' }).click({ timeout: 60_000 });
  await setNumber(threshold(page), '0.4');
  await page.getByRole('button', { name: 'Pin this threshold' }).click();
  await page.getByRole('button', { name: 'Only as baseline' }).click();
  await page.getByRole('button', { name: 'Set a lending scenario' }).click();
  await setNumber(page.getByRole('textbox', { name: 'Review cost' }), '75');
  await setNumber(threshold(page), '0.5');
}

/** What the decision bar shows, and the sentence: the state as a person reads it. */
async function shownBy(page: Page): Promise<{ tiles: string[]; threshold: string; answer: string }> {
  const tiles = bar(page).getByRole('button', { name: /^(Flagged|Recall|Precision|FPR|Net value|ROI) / });
  return {
    tiles: await tiles.allTextContents(),
    threshold: await threshold(page).inputValue(),
    answer: (await answer(page).textContent()) ?? '',
  };
}

async function sharedLink(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#');
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Waits until this browser keeps the own table, which goes on behind the page: another tab then lists it. */
async function keptTable(page: Page): Promise<void> {
  const tab = await page.context().newPage();
  await tab.goto('/');
  const recent = tab.getByRole('list', { name: 'Recently opened on this machine' });
  await expect(recent).toContainText('data_raw.csv');
  await tab.close();
}

/** A browser that has never been here: nothing in its storage. */
async function freshPage(browser: Browser): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext();
  return { page: await context.newPage(), context };
}

test('a link to the demo reopens by itself where nothing is kept', async ({ page, browser, baseURL }) => {
  await openDemo(page);
  await page.getByRole('button', { name: 'Max F1' }).click();
  await setNumber(page.getByRole('textbox', { name: 'Review cost' }), '120');
  await expect(bar(page)).toContainText('Net value');
  const link = await sharedLink(page);
  const { page: other, context } = await freshPage(browser);
  const seen = watch(other, baseURL ?? '');
  await other.goto(link);
  await expect(other.getByRole('slider', { name: 'Threshold' })).toBeVisible({ timeout: 60_000 });
  await expect(other.getByRole('textbox', { name: 'Review cost' })).toHaveValue('120');
  const shown = await shownBy(page);
  await expect.poll(() => shownBy(other)).toEqual(shown);
  expect(seen).toEqual(QUIET);
  await context.close();
});

test.describe('a link to own files', () => {
  for (const path of ['/thresholds', '/'])
    test(`on ${path} names what it misses; the same files bring the same state back`, async ({
      page,
      browser,
      baseURL,
    }) => {
      await openOwnDecision(page);
      const link = new URL(await sharedLink(page));
      link.pathname = path;
      const { page: other, context } = await freshPage(browser);
      const seen = watch(other, baseURL ?? '');
      await other.goto(link.href);
      await expect(needed(other)).toContainText(
        'This page needs data_raw.csv and sklearn_gradient_boosting_raw_pipeline.onnx.',
      );
      await other.screenshot({ path: test.info().outputPath('needed.png') });
      await choose(other, ownFiles);
      if (path === '/')
        await other.getByRole('button', { name: 'Find the threshold' }).click({ timeout: 60_000 });
      await expect(other.getByRole('slider', { name: 'Threshold' })).toBeVisible({ timeout: 60_000 });
      await expect(needed(other)).toBeHidden();
      await expect(threshold(other)).toHaveValue(/^0\.50*$/);
      await expect(other.getByRole('textbox', { name: 'Review cost' })).toHaveValue('75');
      await expect(bar(other)).toContainText('pinned 0.4');
      const shown = await shownBy(page);
      await expect.poll(() => shownBy(other)).toEqual(shown);
      expect(new URL(other.url()).hash).toBe(link.hash);
      expect(seen).toEqual(QUIET);
      await context.close();
    });

  test('asks for one file after the other; a reload finds the first and asks for the second', async ({
    page,
    browser,
  }) => {
    await openOwnDecision(page);
    const { page: other, context } = await freshPage(browser);
    await other.goto(await sharedLink(page));
    await expect(needed(other)).toContainText('data_raw.csv and sklearn');
    await choose(other, [storedFile(creditTable)]);
    await expect(needed(other)).toContainText('This page needs sklearn_gradient_boosting_raw_pipeline.onnx.');
    await keptTable(other);
    await other.reload();
    await expect(needed(other)).toContainText('This page needs sklearn_gradient_boosting_raw_pipeline.onnx.');
    await choose(other, [storedFile(creditModel)]);
    await expect(threshold(other)).toHaveValue(/^0\.50*$/, { timeout: 60_000 });
    await context.close();
  });

  test('comes back by itself in the browser that opened them', async ({ page }) => {
    await openOwnDecision(page);
    await keptTable(page);
    await page.goto(await sharedLink(page));
    await page.reload();
    await expect(threshold(page)).toHaveValue(/^0\.50*$/, { timeout: 60_000 });
    await expect(needed(page)).toBeHidden();
    await expect(bar(page)).toContainText('pinned 0.4');
  });

  test('says when another file is dropped, and lets the user decide', async ({ page, browser }) => {
    await page.goto('/');
    await choose(page, [scoredTable('scored.csv')]);
    await page.getByRole('button', { name: 'Use the scores in score' }).click();
    await page.getByRole('button', { name: 'Find the threshold' }).click();
    await setNumber(threshold(page), '0.6');
    const link = await sharedLink(page);
    const { page: other, context } = await freshPage(browser);
    await other.goto(link);
    await expect(needed(other)).toContainText('This page needs scored.csv.');

    await choose(other, [scoredTable('monthly.csv', (row, i) => (i === 5 ? { ...row, score: '0.9' } : row))]);
    const said = needed(other).getByRole('status');
    await expect(said).toContainText('monthly.csv is not the table that this page needs, scored.csv.');
    await expect(said).toContainText('Used anyway, the figures will differ.');
    await other.screenshot({ path: test.info().outputPath('another-file.png') });
    await said.getByRole('button', { name: 'Leave it' }).click();
    await expect(said).toBeHidden();

    await choose(other, [scoredTable('scored.csv', (row, i) => (i === 5 ? { ...row, score: '0.9' } : row))]);
    await expect(said).toContainText(
      'This scored.csv has other content than the one that this page was made with.',
    );
    await dropOnPage(other, scoredTable('scored.csv'));
    await expect(threshold(other)).toHaveValue(/^0\.60*$/);
    expect(new URL(other.url()).pathname).toBe('/thresholds');
    await expect.poll(() => shownBy(other)).toEqual(await shownBy(page));
    await context.close();
  });
});

test('parts of a link that cannot be used become notices; the rest is in force', async ({
  page,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await page.goto('/thresholds#demo=credit&threshold=high&recall=7&colour=red&scenario=lottery&capacity=100');
  await expect(page.getByRole('slider', { name: 'Threshold' })).toBeVisible({ timeout: 60_000 });
  for (const part of ['threshold', 'recall', 'colour', 'scenario'])
    await expect(notices(page)).toContainText(`The link’s “${part}”`);
  await expect(page.getByRole('textbox', { name: 'Most rows that can be flagged' })).toHaveValue('100');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath('notices.png') });
  const dismiss = notices(page).getByRole('button', { name: 'Dismiss' });
  for (let left = await dismiss.count(); left > 0; left--) await dismiss.first().click();
  await expect(notices(page)).toBeHidden();
  expect(seen).toEqual(QUIET);
});

test('a link that was cut short says so and leaves the way in', async ({ page }) => {
  await page.goto('/#z=eJwrTs1JBQ');
  await expect(notices(page)).toContainText('cut short or changed on its way and cannot be read');
  await expect(page.getByRole('button', { name: /open the demo: credit/i })).toBeVisible();
});

test('a link to a demo that is not there says so', async ({ page }) => {
  await page.goto('/thresholds#demo=housing');
  await expect(page.getByRole('alert')).toContainText('There is no demo housing in this build.');
  await page.getByRole('button', { name: 'Go to the workspace' }).click();
  await expect(page.getByRole('button', { name: /open the demo: credit/i })).toBeVisible();
});

test('back and forward between the pages keep the state', async ({ page }) => {
  await openDemo(page);
  await setNumber(threshold(page), '0.5');
  await expect.poll(() => page.url()).toContain('threshold=0.5');
  const shown = await shownBy(page);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Find the threshold' })).toBeVisible();
  expect(page.url()).toContain('threshold=0.5');
  await page.goForward();
  await expect(threshold(page)).toHaveValue(/^0\.50*$/);
  await expect.poll(() => shownBy(page)).toEqual(shown);
});

test('a link pasted over an open session takes its place', async ({ page }) => {
  await openDemo(page);
  await setNumber(threshold(page), '0.5');
  await expect.poll(() => page.url()).toContain('threshold=0.5');
  const pasted = page.url().replace('threshold=0.5', 'threshold=0.3');
  await page.evaluate((href) => location.assign(href), pasted);
  await expect(threshold(page)).toHaveValue(/^0\.30*$/);
});

test('the chosen theme survives a reload and comes with no flash of the other', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Use the light theme' })).toBeVisible();
  expect(await background()).toBe(dark);
  await page.getByRole('button', { name: 'Use the light theme' }).click();
  expect(await background()).not.toBe(dark);
});

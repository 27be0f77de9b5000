/** Whether scores are right and how well they rank: both tabs on the demo, recalibration on every page, links and undo. */
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test';
import { scoredTable } from './files.ts';
import { QUIET, watch } from './watch.ts';

const bar = (page: Page): Locator => page.getByRole('region', { name: 'Decision bar' });
const threshold = (page: Page): Locator => page.getByRole('textbox', { name: 'Threshold' });
const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name });
const picture = (page: Page, title: string): Locator =>
  page.getByRole('region', { name: title, exact: true });
const chip = (page: Page): Locator => page.getByRole('banner').getByText(/^Recalibrated/);
const scores = (page: Page): Locator => page.getByRole('radiogroup', { name: 'Scores, on every page' });
const status = (page: Page): Locator =>
  page.getByRole('region', { name: 'Recalibration' }).getByRole('status');

async function openDemo(page: Page, part: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: /open the demo: credit/i }).click();
  await page.getByRole('button', { name: 'Find the threshold' }).click({ timeout: 60_000 });
  await tab(page, part).click();
}

async function flaggedTile(page: Page): Promise<string> {
  return (
    (await bar(page)
      .getByRole('button', { name: /^Flagged/ })
      .textContent()) ?? ''
  );
}

/** A browser that has never been here, on the same address. */
async function reopened(browser: Browser, address: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(address);
  await expect(page.getByRole('slider', { name: 'Threshold' })).toBeVisible({ timeout: 60_000 });
  return page;
}

test('the ranking: gains, lift, KS and the table, with one marker through all', async ({ page, baseURL }) => {
  const seen = watch(page, baseURL ?? '');
  await openDemo(page, 'Ranking');
  await expect(
    page.getByText(/^The scores rank well \(AUC 0\.8\d\d \[0\.\d{3}, 0\.\d{3}\]\): the top/),
  ).toBeVisible();
  for (const title of ['Cumulative gains', 'Lift', 'Distance of the outcomes (KS)', 'Cost curve'])
    await expect(picture(page, title).getByRole('img').first()).toBeVisible();
  const table = page.getByRole('table', { name: 'Gains table' });
  await expect(table.getByRole('row')).toHaveCount(11);
  await expect(table.getByRole('columnheader').last()).toHaveText('Net value');

  const before = await threshold(page).inputValue();
  const ks = picture(page, 'Distance of the outcomes (KS)');
  const handle = ks.locator('[data-threshold-handle]');
  await ks.evaluate((region) => region.scrollIntoView({ block: 'center' }));
  const box = await handle.boundingBox();
  if (box === null) throw new Error('The picture has no marker.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 120, y, { steps: 6 });
  await page.mouse.up();
  await expect(threshold(page)).not.toHaveValue(before);
  await expect(picture(page, 'Cumulative gains').getByRole('img').first()).toHaveAccessibleName(/\d.% in \d/);
  expect(seen).toEqual(QUIET);
});

test('recalibration: said on every page, the decision kept, in the link, undone', async ({
  page,
  browser,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await openDemo(page, 'Calibration');
  await expect(page.getByText(/^Scores are .* ECE 0\.\d{3}\./)).toBeVisible();
  await expect(picture(page, 'Reliability').getByRole('img').first()).toBeVisible();
  await expect(picture(page, 'Decision curve').getByRole('img').first()).toBeVisible();
  await expect(chip(page)).toBeHidden();
  await threshold(page).fill('0.4');
  await threshold(page).press('Enter');
  await expect(threshold(page)).toHaveValue(/^0\.40*$/);
  await expect(bar(page)).toContainText(/Flagged28\.2/);
  const raw = await flaggedTile(page);

  await scores(page).getByText('Platt').click();
  await expect(chip(page)).toHaveText('Recalibrated: Platt');
  await expect(status(page)).toContainText(/Platt, fitted on 3,118.rows outside the split/);
  await expect(status(page)).toContainText(/The same \d+.rows are flagged\./);
  await expect(threshold(page)).not.toHaveValue(/^0\.40*$/);
  await expect.poll(() => flaggedTile(page)).toBe(raw);
  await expect(picture(page, 'Recalibration').getByRole('img').first()).toBeVisible();

  await scores(page).getByText('Isotonic').click();
  await expect(chip(page)).toHaveText('Recalibrated: isotonic');
  await expect(status(page)).toContainText(/rows? (are|is) (flagged|passed) now|The same/);
  await expect(page).toHaveURL(/view=calibration&recalibrate=isotonic/);
  const address = page.url();
  const other = await reopened(browser, address);
  await expect(chip(other)).toHaveText('Recalibrated: isotonic');
  await expect(tab(other, 'Calibration')).toHaveAttribute('aria-selected', 'true');
  await expect(threshold(other)).toHaveValue(await threshold(page).inputValue());
  await expect.poll(() => flaggedTile(other)).toBe(await flaggedTile(page));
  await other.context().close();

  await page.getByRole('link', { name: 'Workspace' }).first().click();
  await expect(chip(page)).toBeVisible();
  await page.getByRole('link', { name: 'Thresholds' }).first().click();
  await expect(tab(page, 'Calibration')).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Undo: recalibration' }).click();
  await expect(chip(page)).toHaveText('Recalibrated: Platt');
  await page.getByRole('button', { name: 'Undo: recalibration' }).click();
  await expect(chip(page)).toBeHidden();
  await expect(threshold(page)).toHaveValue(/^0\.40*$/);
  await expect.poll(() => flaggedTile(page)).toBe(raw);
  await page.getByRole('button', { name: 'Redo: recalibration' }).click();
  await expect(chip(page)).toHaveText('Recalibrated: Platt');
  await page.getByRole('banner').getByRole('button', { name: 'Judge the scores as they are' }).click();
  await expect(chip(page)).toBeHidden();
  await expect.poll(() => flaggedTile(page)).toBe(raw);
  expect(seen).toEqual(QUIET);
});

test('without a split: the figures are there, the switch is off and says why', async ({ page }) => {
  await page.goto('/');
  await page.locator('input[type=file]').first().setInputFiles(scoredTable('scored.csv'));
  await page.getByRole('button', { name: 'Use the scores in score' }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Find the threshold' }).click({ timeout: 60_000 });
  await tab(page, 'Calibration').click();
  await expect(page.getByText(/^Scores are .* turned out positive .* ECE 0\.\d{3}\./)).toBeVisible();
  await expect(status(page)).toContainText('Set a split in the workspace first.');
  await expect(scores(page).getByRole('radio', { name: 'Isotonic' })).toBeDisabled();
});

/** The browser's own storage at its limits: no room left, and two tabs on the same workspace. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { creditModel, creditTable, storedFile } from './files.ts';
import { QUIET, watch } from './watch.ts';

const findThreshold = (page: Page): Locator => page.getByRole('button', { name: 'Find the threshold' });
const openTables = (page: Page): Locator => page.getByRole('complementary', { name: 'Files' });
const recent = (page: Page): Locator => page.getByRole('list', { name: 'Recently opened on this machine' });

async function openOwnFiles(page: Page): Promise<void> {
  await page.goto('/');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([storedFile(creditTable), storedFile(creditModel)]);
  await page.getByRole('button', { name: 'Score 4,454 rows' }).click({ timeout: 60_000 });
  await expect(findThreshold(page)).toBeVisible({ timeout: 60_000 });
}

test('no room: said once, everything works, and after a reload the files are asked for', async ({
  page,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: baseURL ?? '', quotaSize: 20_000 });
  await openOwnFiles(page);
  await expect(page.getByText(/"data_raw\.csv" could not be kept in this browser/)).toBeVisible();
  await findThreshold(page).click();
  await expect(page.getByRole('main')).toContainText('you flag');
  await page.getByRole('button', { name: 'Max F1' }).click();
  await page.reload();
  await expect(page.getByRole('heading', { name: /This page needs data_raw\.csv/ })).toBeVisible();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([storedFile(creditTable), storedFile(creditModel)]);
  await expect(page.getByRole('textbox', { name: 'Threshold' })).toHaveValue(/^0\.365/, { timeout: 60_000 });
  expect(seen).toEqual(QUIET);
});

test('two tabs on the same workspace: each goes on when the other changes it or forgets it', async ({
  context,
  baseURL,
}) => {
  const first = await context.newPage();
  const seen = watch(first, baseURL ?? '');
  await openOwnFiles(first);
  await expect(first.getByText(/^Kept on this machine: [1-9]/)).toBeVisible();

  const second = await context.newPage();
  const seenThere = watch(second, baseURL ?? '');
  await second.goto(first.url());
  await expect(second.getByText(/restored from this browser/)).toBeVisible({ timeout: 60_000 });

  await test.step('a choice in one tab stays in that tab', async () => {
    await findThreshold(first).click();
    await findThreshold(second).click();
    await first.getByRole('button', { name: 'Max F1' }).click();
    await second.getByRole('button', { name: 'Max Youden' }).click();
    await expect(first.getByRole('textbox', { name: 'Threshold' })).toHaveValue(/^0\.365/);
    await expect(second.getByRole('textbox', { name: 'Threshold' })).toHaveValue(/^0\.206/);
  });

  await test.step('one forgets everything: the other still answers, and keeps nothing behind its back', async () => {
    await second.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Workspace' }).click();
    await second.getByRole('button', { name: 'Forget everything' }).click();
    await second.getByRole('dialog').getByRole('button', { name: 'Forget everything' }).click();
    await expect(second.getByRole('dialog')).toHaveCount(0);
    await first.getByRole('button', { name: 'Max Youden' }).click();
    await expect(first.getByRole('textbox', { name: 'Threshold' })).toHaveValue(/^0\.206/);
    await expect(openTables(second)).toContainText('data_raw.csv');
    const third = await context.newPage();
    await third.goto('/');
    await expect(third.getByRole('heading', { name: 'Open your own' })).toBeVisible();
    await expect(recent(third)).toHaveCount(0);
  });
  expect([seen, seenThere]).toEqual([QUIET, QUIET]);
});

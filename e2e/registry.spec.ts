/** Journey 1 to its end: pinned with a reason, with the registry up, gone and back; what is kept there comes back elsewhere. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { violations } from './axe.ts';
import { scoredTable } from './files.ts';
import { OwnServer } from './own-server.ts';
import { QUIET, watch } from './watch.ts';

const threshold = (page: Page): Locator => page.getByRole('textbox', { name: 'Threshold' });
const decisions = (page: Page): Locator => page.getByRole('region', { name: 'Decisions' });
const models = (page: Page): Locator => page.getByRole('region', { name: 'Models' });
const workspaces = (page: Page): Locator => page.getByRole('region', { name: 'Saved workspaces' });
const audit = (page: Page): Locator => page.getByRole('table', { name: 'Audit log' });

async function openDemo(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/`);
  await page.getByRole('button', { name: 'Open the demo: credit applications' }).click();
  await page.getByRole('button', { name: 'Find the threshold' }).click({ timeout: 60_000 });
  await expect(page.getByRole('slider', { name: 'Threshold' })).toBeVisible();
}

async function pin(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: 'Pin this threshold' }).click();
  await page.getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: 'Pin with reason' }).click();
}

const toPage = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();

test.describe('the registry', () => {
  let server: OwnServer;
  test.beforeEach(async () => {
    server = await OwnServer.start();
  });
  test.afterEach(() => server.remove());

  test('up: a decision with its reason, the model, the workspace; another browser finds them', async ({
    page,
    browser,
  }) => {
    const seen = watch(page, server.origin);
    await openDemo(page, server.origin);
    await page.getByRole('button', { name: 'Max F1' }).click();
    const chosen = await threshold(page).inputValue();

    await test.step('a reason is asked for; the name stays for the next time', async () => {
      await page.getByRole('button', { name: 'Pin this threshold' }).click();
      await expect(page.getByRole('dialog')).toContainText('Flags 412 of 1,336 rows');
      await expect(page.getByRole('button', { name: 'Pin with reason' })).toBeDisabled();
      await page.getByLabel('Reason').fill('Agreed in the credit committee.');
      await page.getByLabel('Signed as').fill('Ana Lima');
      await page.getByRole('button', { name: 'Pin with reason' }).click();
      await page.getByRole('button', { name: 'See it in the registry' }).click();
    });

    await test.step('the decision stands there with figures and fingerprints', async () => {
      await expect(page.getByRole('main')).toContainText('The last decision is threshold');
      await expect(decisions(page)).toContainText('Agreed in the credit committee.');
      await expect(decisions(page)).toContainText('Flags 412 (30.8');
      await decisions(page).getByRole('button', { name: 'Figures and evidence' }).click();
      await expect(decisions(page)).toContainText(/Table, content hash[0-9a-f]{64}/);
      await expect(audit(page)).toContainText('Ana Lima');
      await expect(audit(page)).toContainText('pinned the decision');
    });

    await test.step('the model and what is open are saved', async () => {
      await models(page).getByRole('button', { name: 'Save the open model as a version' }).click();
      await page.getByLabel('Registered model').fill('credit risk');
      await page.getByRole('button', { name: 'Save version 1' }).click();
      await models(page)
        .getByRole('button', { name: /credit risk/ })
        .click();
      await expect(models(page)).toContainText('Version 1');
      await workspaces(page).getByLabel('Save what is open as').fill('Q4 review');
      await workspaces(page).getByRole('button', { name: 'Save workspace' }).click();
      await expect(workspaces(page)).toContainText('Revision 1');
      await page.getByRole('button', { name: 'Check the chain' }).click();
      await expect(page.getByText(/\d+\sentries checked/)).toBeVisible();
    });

    await test.step('another browser reopens the decision and the model', async () => {
      const other = await browser.newContext({ locale: 'en-US' });
      const there = await other.newPage();
      await there.goto(`${server.origin}/registry`);
      await decisions(there).getByRole('button', { name: 'Reopen' }).click();
      await expect(threshold(there)).toHaveValue(chosen, { timeout: 60_000 });
      await expect(there.getByRole('region', { name: 'Decision bar' })).toContainText(/pinned 0\.\d/);
      await toPage(there, 'Registry');
      await models(there)
        .getByRole('button', { name: /credit risk/ })
        .click();
      await models(there).getByRole('button', { name: 'Open here' }).click();
      await expect(there.getByRole('complementary', { name: 'Files' })).toContainText(
        'sklearn_gradient_boosting',
      );
      await other.close();
    });
    expect(seen).toEqual(QUIET);
  });

  test('gone: a decision waits here and is sent once when the registry is back', async ({ page }) => {
    await openDemo(page, server.origin);
    await toPage(page, 'Registry');
    await expect(decisions(page)).toContainText('Nothing is pinned yet.');
    await toPage(page, 'Thresholds');
    await server.kill();

    await pin(page, 'Decided while the registry was away.');
    await expect(page.getByRole('dialog')).toContainText('kept in this browser');
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('button', { name: 'Unpin the baseline' })).toBeFocused();

    await test.step('the page goes on', async () => {
      await page.getByRole('button', { name: 'Max Youden' }).click();
      await expect(page.getByRole('main')).toContainText(/you flag/);
      await expect(page.getByText(/The registry does not answer\./)).toContainText('1 decision waits');
      await toPage(page, 'Registry');
      await expect(decisions(page)).toContainText('Waiting here');
      await expect(decisions(page)).toContainText('Decided while the registry was away.');
    });

    await test.step('back, and over a reload: it is there exactly once', async () => {
      await server.start();
      await page.reload();
      await expect(decisions(page)).toContainText('Decided while the registry was away.');
      await expect(decisions(page).getByText('Waiting here')).toHaveCount(0);
      await expect(decisions(page).getByRole('listitem')).toHaveCount(1);
      await expect(audit(page).getByText('pinned the decision')).toHaveCount(1);
    });
  });

  test('gone and back without a reload: what waited is sent by itself', async ({ page }) => {
    await openDemo(page, server.origin);
    await server.kill();
    await pin(page, 'Before lunch.');
    await page.getByRole('button', { name: 'See it in the registry' }).click();
    await expect(decisions(page)).toContainText('Waiting here');
    await server.start();
    await page.getByRole('main').getByRole('button', { name: 'Ask again' }).first().click();
    await expect(decisions(page).getByText('Waiting here')).toHaveCount(0);
    await expect(decisions(page)).toContainText('Before lunch.');
  });

  test('two tabs save the same workspace: the second is told, and nothing is overwritten', async ({
    context,
  }) => {
    const [first, second] = [await context.newPage(), await context.newPage()];
    for (const tab of [first, second]) {
      await openDemo(tab, server.origin);
      await toPage(tab, 'Registry');
      await expect(workspaces(tab)).toContainText('None is saved yet.');
      await workspaces(tab).getByLabel('Save what is open as').fill('shared');
    }
    await workspaces(first).getByRole('button', { name: 'Save workspace' }).click();
    await expect(workspaces(first)).toContainText('Revision 1');
    await workspaces(second).getByRole('button', { name: 'Save workspace' }).click();
    await expect(workspaces(second).getByRole('status')).toBeVisible();
    await second.reload();
    await expect(workspaces(second)).toContainText('Revision 1');
  });

  test('a saved workspace asks before it closes other tables', async ({ page }) => {
    await openDemo(page, server.origin);
    await toPage(page, 'Registry');
    await workspaces(page).getByLabel('Save what is open as').fill('credit only');
    await workspaces(page).getByRole('button', { name: 'Save workspace' }).click();
    await expect(workspaces(page)).toContainText('Revision 1');
    await toPage(page, 'Workspace');
    await page.locator('input[type=file]').first().setInputFiles(scoredTable('other.csv'));
    const openTables = page.getByRole('list', { name: 'Open tables' });
    await expect(openTables.getByRole('listitem')).toHaveCount(2);

    await toPage(page, 'Registry');
    await workspaces(page).getByRole('button', { name: 'Open', exact: true }).click();
    const question = page.getByRole('dialog', { name: 'Close what is open?' });
    await expect(question).toContainText('other.csv');
    await question.getByRole('button', { name: 'Stay here' }).click();
    await toPage(page, 'Workspace');
    await expect(openTables.getByRole('listitem')).toHaveCount(2);

    await toPage(page, 'Registry');
    await workspaces(page).getByRole('button', { name: 'Open', exact: true }).click();
    await question.getByRole('button', { name: 'Close and open' }).click();
    await toPage(page, 'Workspace');
    await expect(page.getByRole('banner')).toContainText('credit_data.csv');
    await expect(openTables.getByRole('listitem')).toHaveCount(1);
  });

  for (const theme of ['light', 'dark'] as const)
    test(`every eye and hand, ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await openDemo(page, server.origin);
      await page.getByRole('button', { name: 'Pin this threshold' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.getByLabel('Reason').fill('As agreed.');
      await page.getByRole('button', { name: 'Pin with reason' }).click();
      await page.getByRole('button', { name: 'See it in the registry' }).click();
      await decisions(page).getByRole('button', { name: 'Figures and evidence' }).click();
      expect(await violations(page)).toEqual([]);
    });
});

/** The workspace as a daily user has it: several tables and models, columns read in another way, joins, kept files. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { creditModel, creditTable, type MadeFile, madeFile, scoredTable, storedFile } from './files.ts';
import { QUIET, watch } from './watch.ts';

const answer = (page: Page): Locator => page.getByRole('main').getByRole('paragraph').first();
const openTables = (page: Page): Locator => page.getByRole('list', { name: 'Open tables' });
const openModels = (page: Page): Locator => page.getByRole('list', { name: 'Open models' });
const findThreshold = (page: Page): Locator => page.getByRole('button', { name: 'Find the threshold' });
const columnRow = (page: Page, name: string): Locator =>
  page
    .getByRole('table', { name: 'Columns of the table' })
    .getByRole('row', { name: new RegExp(`^${name}\\b`) });
const settings = (page: Page, name: string): Locator =>
  page.getByRole('dialog', { name: `Settings of ${name}` });

async function choose(page: Page, ...files: readonly MadeFile[]): Promise<void> {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files]);
}

async function keepPicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage: true });
}

async function openSettings(page: Page, column: string): Promise<Locator> {
  await page.getByRole('button', { name: `Settings of ${column}`, exact: true }).click();
  return settings(page, column);
}

/** Has the scripts of the workers begin with a line: what a browser tells them can be changed only there. */
async function startWorkersWith(page: Page, line: string): Promise<void> {
  await page.route(/worker.*\.js$/, async (route) => {
    const script = await route.fetch();
    await route.fulfill({ response: script, body: `${line}\n${await script.text()}` });
  });
}

/** Two payments for each customer but the first forty; a customer is late when an odd payment says so. */
function payments(): MadeFile {
  const lines = ['customer_id,paid_on,amount,late'];
  for (let i = 40; i < 400; i++) {
    const isBad = i % 3 === 0;
    lines.push(`${1000 + i},2024-01-05,${10 + (i % 7)},no`);
    lines.push(`${1000 + i},2024-02-05,${20 + (i % 5)},${isBad ? 'yes' : 'no'}`);
  }
  return madeFile('payments.csv', `${lines.join('\n')}\n`);
}

test('a second table: joined by id with aggregates, its column the outcome; kept over a reload; removed', async ({
  page,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await page.goto('/');
  await choose(page, scoredTable('customers.csv'), payments());
  await expect(openTables(page).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('banner')).toContainText('customers.csv');
  await expect(page.getByRole('region', { name: 'Notices' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Join a second table' }).click();
  const dialog = page.getByRole('dialog', { name: 'Join a table to customers.csv' });
  await expect(dialog.getByRole('button', { name: /Id in customers\.csv/ })).toContainText('customer_id');
  await expect(dialog.getByRole('button', { name: /Id in payments\.csv/ })).toContainText('customer_id');
  await expect(dialog.getByRole('button', { name: /Last means last by/ })).toContainText('paid_on');
  await dialog.getByRole('button', { name: /^late is brought over as/ }).click();
  await page.getByRole('option', { name: /^value/ }).click();
  await expect(dialog.getByRole('status')).toContainText('holds some values more than once');
  await expect(dialog.getByRole('button', { name: 'Join 3 columns' })).toBeDisabled();
  await dialog.getByRole('button', { name: /^late is brought over as/ }).click();
  await page.getByRole('option', { name: /^last/ }).click();
  await dialog.getByText('Number of matching rows').click();
  await keepPicture(page, 'join-dialog');
  await dialog.getByRole('button', { name: 'Join 4 columns' }).click();

  const joined = page.getByRole('table', { name: 'Joined tables' });
  await expect(joined).toContainText(/360 of 400 rows/);
  await expect(columnRow(page, 'payments_amount_sum')).toContainText('30 ·');
  await expect(columnRow(page, 'payments_count')).toContainText('0 · 2');
  await expect(columnRow(page, 'payments_late_last')).toContainText('no, yes');

  await page.getByRole('button', { name: /^Target/ }).click();
  await page.getByRole('option', { name: /^payments_late_last/ }).click();
  await page.getByRole('button', { name: 'Use the scores in score' }).click();
  // 360 customers have payments, every third of them is late: 120 of 360; the other 40 have no label.
  await expect(answer(page)).toContainText('360');
  await expect(answer(page)).toContainText('33.3');
  await keepPicture(page, 'joined');

  await page.reload();
  await expect(answer(page)).toContainText('33.3', { timeout: 30_000 });
  await expect(page.getByRole('heading', { name: /^This page needs/ })).toHaveCount(0);
  await expect(joined).toContainText(/360 of 400 rows/);

  await page.getByRole('button', { name: 'Remove the join with payments.csv' }).click();
  await expect(columnRow(page, 'payments_amount_sum')).toHaveCount(0);
  await expect(page.getByRole('status').filter({ hasText: 'Choose the target' })).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(answer(page)).toContainText('33.3');
  expect(seen).toEqual(QUIET);
});

test.describe('how a column is read', () => {
  const regions = ['EU', 'NA', 'unknown', 'EU', 'US'];
  const table = madeFile(
    'regions.csv',
    [
      'region,balance,score,default',
      ...Array.from(
        { length: 400 },
        (_, i) =>
          `${regions[i % 5]},${i % 8 === 0 ? -999 : i},${((i * 37) % 100) / 100},${i % 3 === 0 ? 1 : 0}`,
      ),
    ].join('\n'),
  );

  test('a token counts as missing, a usual one as a value; undo takes it back', async ({ page, baseURL }) => {
    const seen = watch(page, baseURL ?? '');
    await page.goto('/');
    await choose(page, table);
    await expect(columnRow(page, 'region')).toContainText('80 (20.0');
    let sheet = await openSettings(page, 'region');
    await sheet.getByRole('textbox').fill('unknown');
    await sheet.getByRole('textbox').press('Enter');
    await expect(sheet.getByRole('status')).toHaveText('160 of 400 cells missing.');
    await sheet.getByRole('button', { name: 'NA: make it a value' }).click();
    await expect(sheet.getByRole('status')).toHaveText('80 of 400 cells missing.');
    await keepPicture(page, 'column-settings');
    await page.keyboard.press('Escape');
    await expect(columnRow(page, 'region')).toContainText('EU, US, NA');

    sheet = await openSettings(page, 'balance');
    await sheet.getByRole('textbox').fill('-999');
    await sheet.getByRole('button', { name: 'Count as missing' }).click();
    await expect(sheet.getByRole('status')).toHaveText('50 of 400 cells missing.');
    await page.keyboard.press('Escape');
    await expect(columnRow(page, 'balance')).toContainText('50 (12.5');
    await expect.poll(() => page.url()).toContain('readings=');

    const undo = page.getByRole('button', { name: /^Undo/ });
    await undo.click();
    await expect(columnRow(page, 'balance').getByRole('cell').nth(2)).toHaveText('0');
    await undo.click();
    await expect(columnRow(page, 'region')).toContainText('160 (40.0');
    await undo.click();
    await expect(columnRow(page, 'region')).toContainText('80 (20.0');
    await expect(columnRow(page, 'region')).toContainText('unknown');
    expect(seen).toEqual(QUIET);
  });

  test('a type that says nothing of the cells shows what it could not read, and goes back', async ({
    page,
  }) => {
    await page.goto('/');
    await choose(page, table);
    await page.getByRole('button', { name: 'Type of region: category' }).click();
    await page.getByRole('option', { name: 'number' }).click();
    const sheet = await openSettings(page, 'region');
    await expect(sheet.getByRole('status')).toContainText('400 of 400 cells missing');
    await sheet.getByRole('button', { name: 'Read as the file says' }).click();
    await expect(sheet.getByRole('status')).toHaveText('80 of 400 cells missing.');
  });
});

test('two models: each keeps its mapping and its scores while the other is current', async ({
  page,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await page.goto('/');
  await page.getByRole('button', { name: /open the demo: a loan book/i }).click();
  await expect(findThreshold(page)).toBeVisible({ timeout: 60_000 });
  const models = openModels(page);
  await expect(models.locator('[aria-current=true]')).toContainText('scorecard.onnx');
  const auc = await answer(page).textContent();

  await models.getByRole('button', { name: /^scorecard_without_bureau/ }).click();
  await page.getByRole('button', { name: /^All \d+ inputs/ }).click();
  await page.getByRole('button', { name: /^Column for age/ }).click();
  await page.getByRole('option', { name: /^term_months/ }).click();
  await page.getByRole('button', { name: 'Score 12,000 rows' }).click();
  await expect(findThreshold(page)).toBeVisible({ timeout: 60_000 });
  await expect(answer(page)).not.toHaveText(auc ?? '');

  await models.getByRole('button', { name: /^scorecard\.onnx/ }).click();
  await expect(findThreshold(page)).toBeVisible();
  await expect(answer(page)).toHaveText(auc ?? '');
  await page.getByRole('button', { name: /^All \d+ inputs/ }).click();
  await expect(page.getByRole('button', { name: 'Column for age: age' })).toBeVisible();
  await models.getByRole('button', { name: /^scorecard_without_bureau/ }).click();
  await expect(findThreshold(page)).toBeVisible();

  await page.getByRole('button', { name: 'Close scorecard_without_bureau.onnx' }).click();
  await expect(models.getByRole('listitem')).toHaveCount(1);
  await expect(answer(page)).toHaveText(auc ?? '');
  expect(seen).toEqual(QUIET);
});

test('each table keeps its own choices while another is current', async ({ page }) => {
  await page.goto('/');
  await choose(page, scoredTable('march.csv'));
  await page.getByRole('button', { name: 'Use the scores in score' }).click();
  await expect(findThreshold(page)).toBeVisible();
  await choose(
    page,
    scoredTable('april.csv', (row, i) => (i % 9 === 0 ? { ...row, outcome: '0' } : row)),
  );
  await expect(page.getByRole('banner')).toContainText('april.csv');
  await page.getByRole('button', { name: 'Move 1 to negative' }).click();
  await openTables(page)
    .getByRole('button', { name: /^march/ })
    .click();
  await expect(findThreshold(page)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Positive values' })).toContainText('1');
  await openTables(page)
    .getByRole('button', { name: /^april/ })
    .click();
  await expect(page.getByRole('region', { name: 'Positive values' })).toContainText('no value');
  await expect(page.getByText(/^Kept on this machine: [1-9]/)).toBeVisible();
  await page.reload();
  await expect(openTables(page).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('banner')).toContainText('april.csv');
  await openTables(page)
    .getByRole('button', { name: /^march/ })
    .click();
  await expect(findThreshold(page)).toBeVisible();
  await page.getByRole('button', { name: 'Close april.csv' }).click();
  await expect(page.getByRole('banner')).toContainText('march.csv');
  await expect(findThreshold(page)).toBeVisible();
});

test('a table with scores is judged by them while a model is open that was not made for it', async ({
  page,
}) => {
  await page.goto('/');
  await choose(page, storedFile(creditModel));
  await expect(openModels(page)).toContainText('sklearn');
  await choose(page, scoredTable('scored.csv'));
  await expect(page.getByText('Does not fit yet')).toBeVisible();
  await keepPicture(page, 'scores-beside-a-model');
  await expect(page.getByRole('button', { name: 'Open other files' })).toBeVisible();
  await page.getByRole('button', { name: 'Use the scores in score' }).click();
  await expect(page.getByText('Does not fit yet')).toHaveCount(0);
  await page.getByRole('button', { name: 'Use the scores in score' }).click();
  await expect(findThreshold(page)).toBeVisible();
});

test.describe('at 390 px', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the bar marks its page, the top names the table, a column’s sheet has what the table leaves out', async ({
    page,
  }) => {
    await page.goto('/');
    await choose(page, scoredTable('march.csv'));
    await expect(page.getByRole('banner').getByText('march.csv')).toBeInViewport();
    const colour = (name: string): Promise<string> =>
      page
        .getByRole('navigation', { name: 'Pages' })
        .getByRole('link', { name })
        .evaluate((link) => getComputedStyle(link).color);
    expect(await colour('Workspace')).not.toBe(await colour('Registry'));
    const sheet = await openSettings(page, 'score');
    await expect(sheet.getByText('First quartile')).toBeVisible();
    await expect(sheet.getByRole('img', { name: /^score: rows in/ })).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('narrow-settings.png') });
  });
});

test.describe('what this browser keeps', () => {
  const recent = (page: Page): Locator => page.getByRole('list', { name: 'Recently opened on this machine' });

  async function openOwnFiles(page: Page): Promise<void> {
    await page.goto('/');
    await choose(page, storedFile(creditTable), storedFile(creditModel));
    await page.getByRole('button', { name: 'Score 4,454 rows' }).click({ timeout: 60_000 });
    await expect(findThreshold(page)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/^Kept on this machine: [1-9]/)).toBeVisible();
  }

  test('after a reload table, model and scores come back without the files', async ({ page, baseURL }) => {
    const seen = watch(page, baseURL ?? '');
    await openOwnFiles(page);
    const before = await answer(page).textContent();
    await page.reload();
    await expect(page.getByText(/restored from this browser/)).toBeVisible({ timeout: 30_000 });
    await expect(answer(page)).toHaveText(before ?? '');
    await expect(page.getByRole('heading', { name: /^This page needs/ })).toHaveCount(0);
    expect(seen).toEqual(QUIET);
  });

  test('the first page lists them: open one, forget one, forget everything', async ({ page }) => {
    await openOwnFiles(page);
    await page.goto('about:blank');
    await page.goto('/');
    await expect(recent(page).getByRole('listitem')).toHaveCount(2);
    await keepPicture(page, 'recently-opened');
    await recent(page)
      .getByRole('button', { name: /^data_raw\.csv/ })
      .click();
    await expect(openTables(page)).toContainText('4,454 rows');

    await page.goto('about:blank');
    await page.goto('/');
    await page.getByRole('button', { name: /^Forget sklearn/ }).click();
    await expect(recent(page).getByRole('listitem')).toHaveCount(1);
    await page.getByRole('button', { name: 'Forget everything' }).click();
    const dialog = page.getByRole('dialog', { name: 'Forget what this browser keeps' });
    await expect(dialog).toContainText('1 table: data_raw.csv');
    await keepPicture(page, 'forget-everything');
    await dialog.getByRole('button', { name: 'Forget everything' }).click();
    await expect(recent(page)).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Open your own' })).toBeVisible();
    await expect(recent(page)).toHaveCount(0);
  });

  test('a kept file is opened beside what is open, from the folded list and by the palette', async ({
    page,
  }) => {
    await page.goto('/');
    await choose(page, scoredTable('march.csv'), payments());
    await expect(openTables(page).getByRole('listitem')).toHaveCount(2);
    await expect(page.getByText(/^Kept on this machine: [1-9]/)).toBeVisible();
    await page.goto('about:blank');
    await page.goto('/');
    await choose(
      page,
      scoredTable('april.csv', (row) => ({ ...row, outcome: '1' })),
    );
    await expect(openTables(page).getByRole('listitem')).toHaveCount(1);
    await page.getByRole('button', { name: 'Recently opened on this machine' }).click();
    await expect(recent(page).getByRole('listitem')).toHaveCount(2);
    await keepPicture(page, 'recently-opened-beside');
    await recent(page)
      .getByRole('button', { name: /^march/ })
      .click();
    await expect(page.getByRole('banner')).toContainText('march.csv');
    await expect(openTables(page).getByRole('listitem')).toHaveCount(2);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('recent pay');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('banner')).toContainText('payments.csv');
    await expect(openTables(page).getByRole('listitem')).toHaveCount(3);
    await expect(recent(page)).toHaveCount(0);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('join a table');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Join a table to payments.csv' })).toBeVisible();
  });

  test('without storage it works and says nothing of it', async ({ page }) => {
    await startWorkersWith(
      page,
      'StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException("No."));',
    );
    await page.goto('/');
    await choose(page, scoredTable('private.csv'));
    await page.getByRole('button', { name: 'Use the scores in score' }).click();
    await expect(findThreshold(page)).toBeVisible();
    await expect(page.getByText(/Kept on this machine/)).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Notices' })).toHaveCount(0);
    await findThreshold(page).click();
    await expect(answer(page)).toContainText('you flag');
  });
});

test('500 columns: found, filtered, sorted and changed, with a few rows on the page', async ({ page }) => {
  const names = Array.from({ length: 498 }, (_, i) => `feature_${i}`);
  const rows = Array.from({ length: 200 }, (_, r) =>
    [
      (r % 100) / 100,
      r % 3 === 0 ? 1 : 0,
      ...names.map((_name, c) => (c % 50 === 7 && r % 4 === 0 ? '' : r * c)),
    ].join(','),
  );
  await page.goto('/');
  await choose(page, madeFile('wide.csv', [`score,default,${names.join(',')}`, ...rows].join('\n')));
  const table = page.getByRole('table', { name: 'Columns of the table' });
  await expect(table).toHaveAttribute('aria-rowcount', '501');
  expect(await table.getByRole('row').count()).toBeLessThan(60);
  const search = page.getByRole('searchbox', { name: 'Find a column' });
  await search.fill('feature_45');
  await expect(table).toHaveAttribute('aria-rowcount', '12');
  await page.getByRole('button', { name: 'Type of feature_451: number' }).click();
  await page.getByRole('option', { name: /^category/ }).click();
  await expect(page.getByRole('button', { name: 'Type of feature_451: category' })).toBeVisible();
  await search.fill('');
  await page.getByRole('button', { name: 'Show: All columns' }).click();
  await page.getByRole('option', { name: 'With missing cells' }).click();
  await expect(table).toHaveAttribute('aria-rowcount', '11');
  await page.getByRole('button', { name: 'Distinct' }).click();
  await expect(page.getByRole('columnheader', { name: 'Distinct' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await keepPicture(page, 'wide');
});

test('a table that would not fit is opened with some of its columns, and comes back with them', async ({
  page,
}) => {
  // A device of 2 MiB: 60 % of it holds 10,000 rows of 15 numbers.
  await startWorkersWith(page, 'Object.defineProperty(navigator, "deviceMemory", { value: 2 / 1024 });');
  const names = Array.from({ length: 38 }, (_, i) => `feature_${i}`);
  const rows = Array.from({ length: 10_000 }, (_, r) =>
    [((r * 37) % 100) / 100, r % 3 === 0 ? 1 : 0, ...names.map((_name, c) => (r * c) % 97)].join(','),
  );
  await page.goto('/');
  await choose(page, madeFile('large.csv', [`score,default,${names.join(',')}`, ...rows].join('\n')));
  const panel = page.getByRole('alert').filter({ hasText: 'large.csv was not opened' });
  await expect(panel).toContainText('at most 1.2 MB are allowed');
  await panel.getByRole('button', { name: 'Choose columns' }).click();
  const dialog = page.getByRole('dialog', { name: 'Choose columns of large.csv' });
  const open = dialog.getByRole('button', { name: /^Open with/ });
  await expect(open).toBeEnabled();
  await dialog.getByRole('button', { name: 'All', exact: true }).click();
  await expect(dialog).toContainText('Take some out.');
  await expect(open).toBeDisabled();
  await dialog.getByRole('button', { name: 'None', exact: true }).click();
  for (const name of ['score', 'default', 'feature_12'])
    await dialog.getByText(name, { exact: true }).click();
  await keepPicture(page, 'choose-columns');
  await dialog.getByRole('button', { name: 'Open with 3 columns' }).click();
  await expect(openTables(page)).toContainText(/10,000 rows × 3/);
  await page.getByRole('button', { name: 'Use the scores in score' }).click();
  await expect(findThreshold(page)).toBeVisible();
  await expect(page.getByText(/^Kept on this machine: [1-9]/)).toBeVisible();
  await expect.poll(() => page.url()).toContain('columns=');
  await page.reload();
  await expect(openTables(page)).toContainText(/10,000 rows × 3/);
  await expect(findThreshold(page)).toBeVisible();
});

test('a simulated demo is named as such, and says what was put into it', async ({ page }) => {
  await page.goto('/');
  const card = page.getByRole('listitem').filter({ hasText: 'A loan book over 24 months' });
  await expect(card).toContainText('Simulated');
  await expect(page.getByRole('listitem').filter({ hasText: 'Credit applications' })).toContainText(
    'Real data',
  );
  await card.getByRole('button').click();
  await expect(findThreshold(page)).toBeVisible({ timeout: 60_000 });
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'What was put into this data' }).click();
  expect((await download).suggestedFilename()).toBe('loan-book-truth.json');
  await expect(openTables(page).getByRole('listitem')).toHaveCount(2);
});

test('the scores of all rows are saved as CSV', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /open the demo: credit/i }).click();
  const save = page.getByRole('button', { name: 'Download scores (CSV)' });
  await expect(save).toBeVisible({ timeout: 60_000 });
  const waiting = page.waitForEvent('download');
  await save.click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/^credit_data-.*-scores\.csv$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  const lines = Buffer.concat(chunks).toString('utf8').trimEnd().split('\n');
  expect(lines[0]).toBe('row,score');
  expect(lines).toHaveLength(4455);
});

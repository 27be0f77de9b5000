/** Scenarios on the demo: templates, named ones, two side by side, and a link that reopens them. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { scoredTable } from './files.ts';
import { QUIET, watch } from './watch.ts';

const threshold = (page: Page): Locator => page.getByRole('textbox', { name: 'Threshold' });
const answer = (page: Page): Locator => page.getByRole('main').getByRole('paragraph').first();
const panel = (page: Page): Locator => page.getByRole('region', { name: 'Scenario', exact: true });
const strategies = (page: Page): Locator => page.getByRole('table', { name: 'Strategies' });

async function openDemo(page: Page): Promise<void> {
  await page.goto('/thresholds#demo=credit');
  await expect(page.getByRole('slider', { name: 'Threshold' })).toBeVisible();
}

async function type(page: Page, name: string, value: string): Promise<void> {
  const field = panel(page).getByRole('textbox', { name, exact: true });
  await field.fill(value);
  await field.press('Enter');
}

async function pick(page: Page, field: RegExp, option: string): Promise<void> {
  await panel(page).getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** Saves the scenario in force under two names, with a review for 50 and for 500. */
async function saveTwo(page: Page): Promise<void> {
  await type(page, 'Name', 'Review cost 50');
  await panel(page).getByRole('button', { name: 'Save scenario' }).click();
  await type(page, 'Review cost', '500');
  await expect(panel(page).getByRole('status')).toHaveText('Changed');
  await type(page, 'Name', 'Review cost 500');
  await panel(page).getByRole('button', { name: 'Save scenario' }).click();
  await expect(panel(page).getByRole('status')).toHaveText('Saved');
}

test('two lending scenarios are saved, stand side by side, change places and come back by link', async ({
  page,
  context,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openDemo(page);
  await saveTwo(page);
  await panel(page)
    .getByRole('button', { name: /^Review cost 50 / })
    .click();
  await expect(panel(page).getByRole('textbox', { name: 'Review cost', exact: true })).toHaveValue('50');

  await test.step('the second scenario has its own columns, its clause, its line and its best rule', async () => {
    await pick(page, /Side by side with/, 'Review cost 500');
    await expect(strategies(page).getByRole('columnheader', { name: 'Review cost 500' })).toBeVisible();
    await expect(strategies(page).getByRole('row', { name: /^Max net value/ })).toContainText(/279.k best/);
    await expect(strategies(page).getByRole('row', { name: /^Max net value/ })).toContainText(
      /42\.6.k best at 0\.64/,
    );
    await expect(page.getByRole('main')).toContainText(
      /Under Review cost 500 the best fixed rule is FPR ≤.0\.10, not max F2\./,
    );
    await expect(answer(page)).toContainText(
      /Under Review cost 500 it brings −\d+.k; the best there is 0\.64/,
    );
    await expect(page.getByRole('img', { name: /^Net value by threshold/ })).toHaveAccessibleName(
      /Dashed, Review cost 500: Best on these rows: 42\.6/,
    );
  });

  await test.step('the threshold at hand is valued under both', async () => {
    await strategies(page).getByRole('button', { name: 'Max F1' }).click();
    await expect(threshold(page)).toHaveValue(/^0\.365/);
    await expect(answer(page)).toContainText(/Under Review cost 500 it brings 30\.6.k/);
  });

  await test.step('swapped, the other one is in force and the decision bar answers for it', async () => {
    await panel(page).getByRole('button', { name: 'Swap' }).click();
    await expect(panel(page).getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(
      'Review cost 500',
    );
    await expect(answer(page)).toContainText(/Under Review cost 50 it brings 216.k/);
    const bar = page.getByRole('region', { name: 'Decision bar' });
    await expect(bar.getByRole('button', { name: /^Net value/ })).toHaveAccessibleName(/30[.,]6/);
  });

  await test.step('a copied link reopens both, and those that are kept', async () => {
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.goto('about:blank');
    await page.goto(link);
    await expect(answer(page)).toContainText(/Under Review cost 50 it brings 216.k/);
    await expect(panel(page).getByRole('status')).toHaveText('Saved');
    await expect(panel(page).getByRole('listitem')).toHaveCount(2);
  });

  await test.step('duplicated and deleted', async () => {
    await panel(page).getByRole('button', { name: 'Review cost 50: duplicate, delete' }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await expect(panel(page).getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(
      'Review cost 50 copy',
    );
    await panel(page).getByRole('button', { name: 'Review cost 50: duplicate, delete' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(panel(page).getByRole('listitem')).toHaveCount(2);
    await expect(strategies(page).getByRole('columnheader', { name: 'Net, new rows' })).toBeVisible();
  });
  expect(seen).toEqual(QUIET);
});

test('a second scenario is valued with its own amount column', async ({ page, baseURL }) => {
  const seen = watch(page, baseURL ?? '');
  await openDemo(page);
  await type(page, 'Name', 'By amount');
  await panel(page).getByRole('button', { name: 'Save scenario' }).click();
  await pick(page, /Amount at risk/, 'Price');
  await type(page, 'Name', 'By price');
  await strategies(page).getByRole('button', { name: 'Max F1' }).click();
  const f1 = strategies(page).getByRole('row', { name: /^Max F1/ });
  const netByPrice = (await f1.getByRole('cell').nth(4).textContent())?.split(' [')[0] ?? '';
  expect(netByPrice).toMatch(/^\d{3}.k$/u);
  await pick(page, /Side by side with/, 'By amount');
  await expect(f1).toContainText(/216.k/);
  await panel(page).getByRole('button', { name: 'Swap' }).click();
  await expect(answer(page)).toContainText(`Under By price it brings ${netByPrice}`);
  await expect(f1.getByRole('cell').nth(5)).toContainText(netByPrice);
  expect(seen).toEqual(QUIET);
});

test('another template keeps the amount and speaks its own words', async ({ page, baseURL }) => {
  const seen = watch(page, baseURL ?? '');
  await openDemo(page);
  await pick(page, /Template/, 'Retention');
  await expect(answer(page)).toContainText(/of customers and catch \d+\.\d.% of the churners/);
  await expect(panel(page).getByRole('button', { name: /Customer value/ })).toContainText('Amount');
  await expect(panel(page).getByRole('textbox', { name: 'Save rate', exact: true })).toHaveValue('0.30');
  await expect(panel(page).getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Retention');
  await pick(page, /Template/, 'Fraud');
  await expect(answer(page)).toContainText(/of transactions and catch \d+\.\d.% of the frauds/);
  await type(page, 'Friction cost', '-1');
  await expect(panel(page)).toContainText('A cost cannot be negative. Not used: 10 is in force.');
  expect(seen).toEqual(QUIET);
});

test('the template that the target speaks for is chosen already', async ({ page }) => {
  const table = scoredTable('customers.csv');
  const churned = Buffer.from(table.buffer.toString().replace('default', 'churned'));
  await page.goto('/');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ ...table, buffer: churned });
  await page.getByRole('button', { name: 'Use the scores in score' }).click();
  await page.getByRole('button', { name: 'Find the threshold' }).click();
  await expect(panel(page).getByRole('radio', { name: /^Retention/ })).toBeChecked();
  await panel(page).getByRole('button', { name: 'Set a retention scenario' }).click();
  await expect(answer(page)).toContainText(/with an assumed 600 a row/);
});

test('a fixed cost and decisions a year scale every figure and every word', async ({ page, baseURL }) => {
  const seen = watch(page, baseURL ?? '');
  await openDemo(page);
  const bar = page.getByRole('region', { name: 'Decision bar' });
  await strategies(page).getByRole('button', { name: 'Max F1' }).click();
  await expect(bar.getByRole('button', { name: /^Net value/ })).toHaveAccessibleName(/216.k/);
  await type(page, 'Decisions a year', '13360');
  await type(page, 'Fixed cost', '60000');
  // Ten times the 1,336 judged rows, less the fixed cost: 2.16 M less 60 k.
  await expect(bar.getByRole('button', { name: /^Net a.year/ })).toHaveAccessibleName(/2\.1\d.M/);
  await expect(answer(page)).toContainText(/2\.\d\d.M a.year on new rows \(95.%: /);
  await expect(page.getByRole('region', { name: /^Net value a.year by threshold/ })).toContainText(
    /1,336 test rows scaled to 13,360 a.year/,
  );
  await type(page, 'Decisions a year', '0');
  await expect(panel(page)).toContainText(
    'More than 0, or nothing for money of these rows. Not used: 13,360',
  );

  await test.step('a capacity a week has its volume now', async () => {
    const row = strategies(page).getByRole('row', { name: /^Capacity/ });
    await row.getByRole('button', { name: /Capacity counts/ }).click();
    await page.getByRole('option', { name: /week/ }).click();
    await expect(row.getByRole('cell').nth(1)).toContainText('%');
    await type(page, 'Decisions a year', '');
    await expect(row).toContainText('Needs the decisions a year of the scenario');
  });

  await test.step('undo brings the year back', async () => {
    await page.keyboard.press('ControlOrMeta+z');
    await expect(bar.getByRole('button', { name: /^Net a.year/ })).toBeVisible();
  });
  expect(seen).toEqual(QUIET);
});

test('four values: each from a number or a column, and a link that reopens them', async ({
  page,
  context,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openDemo(page);
  await pick(page, /Template/, 'Four values');
  // The lending scenario by hand: what a caught one saves and a review costs have one field each here.
  await type(page, 'Flagged positive', '0.8');
  await pick(page, /Flagged positive: times/, '× Amount');
  await type(page, 'Flagged negative', '-50');
  await expect(answer(page)).toContainText(/of rows and catch \d+\.\d.% of the positives/);
  await expect(answer(page)).toContainText(/Expected net value [\d.]+.k on as many new rows/);
  const shown = await page.getByRole('region', { name: 'Decision bar' }).getByRole('button').allInnerTexts();
  await panel(page).getByRole('button', { name: 'What these fields mean' }).click();
  await expect(page.getByRole('dialog')).toContainText('What one flagged negative row is worth');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('about:blank');
  await page.goto(link);
  await expect(panel(page).getByRole('textbox', { name: 'Flagged positive', exact: true })).toHaveValue(
    '0.8',
  );
  await expect(panel(page).getByRole('button', { name: /Flagged positive: times/ })).toContainText(
    '× Amount',
  );
  await expect
    .poll(() => page.getByRole('region', { name: 'Decision bar' }).getByRole('button').allInnerTexts())
    .toEqual(shown);
  expect(seen).toEqual(QUIET);
});

test('where every review costs more than it can save, the page says to flag nobody', async ({
  page,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await openDemo(page);
  await type(page, 'Review cost', '100000');
  await expect(answer(page)).toContainText('flagging nobody is best');
  await expect(strategies(page).getByRole('row', { name: /^Max net value/ })).toContainText('flag nobody');
  await page.getByRole('button', { name: /^Flag nobody \(/ }).click();
  await expect(answer(page)).toContainText('you flag no applicants');
  await page.getByRole('tab', { name: 'Sensitivity' }).click();
  await expect(page.getByRole('main')).toContainText('flag nobody');
  expect(seen).toEqual(QUIET);
});

test('sensitivity: what moves the answer, the threshold against any assumption, and theory', async ({
  page,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await openDemo(page);
  await page.getByRole('tab', { name: 'Decision' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/sensitivity/);
  const main = page.getByRole('main');
  await expect(main.getByRole('img', { name: /Loss rate moves it most/ })).toBeVisible();
  await expect(main).toContainText(
    /From review cost 0 to 500 the recommended threshold goes from 0\.0\d+ to 0\.6\d+/,
  );
  await expect(main).toContainText(/With these costs and perfect calibration the threshold would be 0\.\d+/);
  await main.getByRole('button', { name: /Against/ }).click();
  await page.getByRole('option', { name: 'Loss rate' }).click();
  await expect(main.getByRole('img', { name: /by threshold and loss rate/ })).toBeVisible();
  await main.getByRole('button', { name: 'See the calibration' }).click();
  await expect(page.getByRole('tab', { name: 'Calibration' })).toHaveAttribute('aria-selected', 'true');
  expect(seen).toEqual(QUIET);
});

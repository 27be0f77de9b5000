/** Journey 3: what the model earns in four numbers, what it earned month by month, kept without a row, on one page of paper. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { violations } from './axe.ts';
import { type MadeFile, madeFile } from './files.ts';
import { OwnServer } from './own-server.ts';
import { QUIET, watch } from './watch.ts';

const bar = (page: Page): Locator => page.getByRole('region', { name: 'Decision bar' });
const cards = (page: Page): Locator => page.getByRole('region', { name: 'Impact in four numbers' });
const months = (page: Page): Locator => page.getByRole('region', { name: /^Net value of each month/ });
const outcomes = (page: Page): Locator => page.getByRole('region', { name: 'What really happened' });

interface Loan {
  readonly id: string;
  /** `2024-03` */
  readonly month: string;
  readonly score: number;
  readonly amount: number;
  readonly isBad: boolean;
  /** What the outcomes file says; null = nothing yet. */
  readonly becameBad: boolean | null;
}

const LOSS_RATE = 0.8;
const REVIEW_COST = 50;
const THRESHOLD = 0.5;

/** 720 loans over six months. From April to May nearly all that were feared repaid; half of June is not known yet. */
function loanBook(scale = 1): readonly Loan[] {
  return Array.from({ length: 720 }, (_, i) => {
    const month = `2024-0${Math.floor(i / 120) + 1}`;
    const isBad = i % 4 === 0;
    const score = Number((((i * 37) % 100) / 200 + (isBad ? 0.4 : 0.1)).toFixed(4));
    const isLucky = (month === '2024-04' || month === '2024-05') && i % 120 !== 0;
    const becameBad = month === '2024-06' && i % 2 === 1 ? null : isBad && !isLucky;
    return { id: `L${1000 + i}`, month, score, amount: (400 + ((i * 53) % 900)) * scale, isBad, becameBad };
  });
}

function bookFile(loans: readonly Loan[], name = 'small_book.csv'): MadeFile {
  const lines = loans.map(
    ({ id, month, score, amount, isBad }, i) =>
      `${id},${month}-${String((i % 28) + 1).padStart(2, '0')},${score},${amount},${isBad ? 1 : 0}`,
  );
  return madeFile(name, ['loan_id,application_date,score,amount,default', ...lines].join('\n'));
}

/** With one id that no decision has, and one row that says the same twice. */
function outcomesFile(loans: readonly Loan[]): MadeFile {
  const lines = loans
    .filter(({ becameBad }) => becameBad !== null)
    .map(({ id, becameBad }) => `${id},${becameBad ? 'charged off' : 'repaid'}`);
  return madeFile('outcomes.csv', ['loan_id,status', ...lines, 'L9999,repaid', lines[0]].join('\n'));
}

interface Money {
  readonly prevented: number;
  readonly spent: number;
  readonly missed: number;
  readonly net: number;
}

/** The money by the definition of DEFINITIONS "Lending", row by row. */
function moneyOf(loans: readonly Loan[], outcome: (loan: Loan) => boolean | null): Money {
  let [prevented, spent, missed] = [0, 0, 0];
  for (const loan of loans) {
    const bad = outcome(loan);
    if (bad === null) continue;
    const isFlagged = loan.score >= THRESHOLD;
    if (isFlagged) spent += REVIEW_COST;
    if (bad && isFlagged) prevented += loan.amount * LOSS_RATE;
    if (bad && !isFlagged) missed += loan.amount * LOSS_RATE;
  }
  return { prevented, spent, missed, net: prevented - spent };
}

/** The number in an exact text: "−1,234 EUR". */
function numberIn(text: string): number {
  return Number(
    text
      .replaceAll(',', '')
      .replace('\u2212', '-')
      .replace(/[^\d.-].*$/u, ''),
  );
}

async function cardNumbers(page: Page): Promise<number[]> {
  const titles = await cards(page)
    .locator('[title]')
    .evaluateAll((values) => values.map((value) => value.getAttribute('title') ?? ''));
  return titles.map(numberIn);
}

const toPage = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();

async function openDemo(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/`);
  await page.getByRole('button', { name: 'Open the demo: credit applications' }).click();
  await page.getByRole('button', { name: 'Find the threshold' }).click({ timeout: 60_000 });
  await expect(page.getByRole('slider', { name: 'Threshold' })).toBeVisible();
}

/** The book with its own scores, a lending scenario and a threshold of the user's. */
async function openBook(page: Page, origin: string, book: MadeFile): Promise<void> {
  await page.goto(`${origin}/`);
  await page.locator('input[type=file]').first().setInputFiles(book);
  await page.getByRole('button', { name: 'Use the scores in score' }).click();
  await expect(page.getByRole('button', { name: 'Find the threshold' })).toBeVisible();
  await toPage(page, 'Impact');
  await page.getByRole('button', { name: 'Set a lending scenario' }).click();
  const field = page.getByRole('textbox', { name: 'Threshold' });
  await field.fill(String(THRESHOLD));
  await field.press('Enter');
  await expect(cards(page)).toBeVisible();
}

async function addOutcomes(page: Page, file: MadeFile): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await outcomes(page).getByRole('button', { name: 'Add outcomes' }).focus();
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(file);
  const dialog = page.getByRole('dialog', { name: /^What outcomes\.csv says/ });
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: /^Join/ }).focus();
  await page.keyboard.press('Enter');
}

/** Pages of a PDF as Chromium writes it: one object of type Page each. */
async function pagesOf(page: Page, format: 'A4' | 'Letter'): Promise<number> {
  const pdf = (await page.pdf({ format, printBackground: true })).toString('latin1');
  return pdf.match(/\/Type\s*\/Page(?![a-z])/g)?.length ?? 0;
}

test.describe('the Impact page', () => {
  let server: OwnServer;
  test.beforeEach(async () => {
    server = await OwnServer.start();
  });
  test.afterEach(() => server.remove());

  test('the demo in four numbers, the same as in the decision bar; without dates; by keyboard', async ({
    page,
  }) => {
    const seen = watch(page, server.origin);
    await page.goto(`${server.origin}/impact`);
    await expect(page.getByRole('heading', { name: /^What does this decision prevent/ })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Open a table or the demo' })).toBeVisible();

    await openDemo(page, server.origin);
    await page.keyboard.press('Escape');
    await page.locator('#content').click({ position: { x: 2, y: 2 } });
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await expect(cards(page)).toBeVisible();
    await page.keyboard.press('[');
    await expect(page.getByRole('region', { name: /^What the model looks at/ })).toBeVisible();
    await page.keyboard.press(']');
    await expect(cards(page)).toBeVisible();

    await page.getByRole('button', { name: 'Choose the date column' }).waitFor();
    const inBar = await bar(page)
      .getByRole('button', { name: /^Net value/ })
      .locator('[title]')
      .getAttribute('title');
    const [prevented = 0, spent = 0, , net = 0] = await cardNumbers(page);
    expect(net).toBe(Math.round(numberIn(inBar ?? '')));
    expect(prevented - spent).toBeCloseTo(net, -0.5);
    const roi = await bar(page)
      .getByRole('button', { name: /^ROI/ })
      .locator('[title]')
      .getAttribute('title');
    expect(net / spent).toBeCloseTo(numberIn(roi ?? ''), 3);
    await expect(page.getByRole('main')).toContainText(/the model would prevent/);
    await expect(cards(page)).toContainText(/Flagging everybody would bring/);
    await expect(page.getByRole('link', { name: 'Change on Thresholds' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Where the money would go' })).toBeVisible();
    expect(await pagesOf(page, 'A4')).toBe(1);
    expect(seen).toEqual(QUIET);
  });

  test('without a scenario the page offers the templates', async ({ page }) => {
    await page.goto(`${server.origin}/`);
    await page.locator('input[type=file]').first().setInputFiles(bookFile(loanBook()));
    await page.getByRole('button', { name: 'Use the scores in score' }).click();
    await expect(page.getByRole('button', { name: 'Find the threshold' })).toBeVisible();
    await toPage(page, 'Impact');
    await expect(
      page.getByRole('heading', { name: 'What the threshold is worth needs a scenario' }),
    ).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Set a lending scenario' }).click();
    await expect(cards(page)).toBeVisible();
  });

  test('outcomes, months, the alert, what the registry keeps, and the paper', async ({ page }) => {
    test.slow();
    const seen = watch(page, server.origin);
    const loans = loanBook();
    await openBook(page, server.origin, bookFile(loans));

    await test.step('what is predicted is what a loop over the rows finds', async () => {
      const { prevented, spent, missed, net } = moneyOf(loans, ({ isBad }) => isBad);
      await expect.poll(() => cardNumbers(page)).toEqual([prevented, spent, missed, net].map(Math.round));
      await expect(months(page)).toContainText('predicted');
    });

    await test.step('outcomes are read, checked and joined', async () => {
      await addOutcomes(page, outcomesFile(loans));
      const happened = moneyOf(loans, ({ becameBad }) => becameBad);
      await expect
        .poll(() => cardNumbers(page))
        .toEqual([happened.prevented, happened.spent, happened.missed, happened.net].map(Math.round));
      await expect(outcomes(page)).toContainText('660 of 720 decisions have an outcome.');
      await expect(page.getByRole('main')).toContainText(/Measured as if 0\.50* had been the line for these/);
      const apart = page.getByRole('list', { name: 'What was counted apart' });
      await expect(apart).toContainText('60 decisions without an outcome');
      await expect(apart).toContainText('1 row of outcomes.csv has an id that no decision has');
      await expect(apart).toContainText('1 row of outcomes.csv repeats an id');
    });

    await test.step('each month is what a loop over its rows finds; two bad ones raise the alert', async () => {
      await months(page)
        .getByRole('button', { name: /table, downloads, definition$/ })
        .click();
      await page.getByRole('menuitem', { name: 'Show as table' }).click();
      const rows = await months(page).getByRole('row').filter({ hasText: '2024-' }).all();
      expect(rows).toHaveLength(6);
      for (const row of rows) {
        const cells = await row.getByRole('cell').allTextContents();
        const ofMonth = loans.filter(({ month }) => month === cells[0]);
        const { net } = moneyOf(ofMonth, ({ becameBad }) => becameBad);
        expect(cells[1]).toBe('realised');
        expect(numberIn(cells[7] ?? '')).toBeCloseTo(net, 1);
      }
      await expect(
        page.getByRole('status').filter({
          hasText: /below its floor of 0\.00 for 2\smonths in a row: April and May 2024/,
        }),
      ).toBeVisible();
      await page.getByRole('textbox', { name: 'One-off investment' }).fill('10000');
      await page.getByRole('textbox', { name: 'One-off investment' }).press('Enter');
      await expect(page.getByRole('region', { name: 'Pay-back' })).toContainText('10.0 k');
    });

    await test.step('the registry keeps the sums of the months and nothing else', async () => {
      await expect(outcomes(page)).toContainText('No row, no id, no score and no single outcome is sent.');
      await outcomes(page).getByLabel('Signed as').fill('Ana Lima');
      const sent = page.waitForRequest((request) => request.method() === 'PUT');
      await outcomes(page).getByRole('button', { name: 'Keep in the registry' }).click();
      const body = (await sent).postData() ?? '';
      expect(body).toContain('2024-04');
      for (const { id } of loans) expect(body).not.toContain(id);
      await expect(outcomes(page)).toContainText('Kept as revision 1');
      await expect(outcomes(page)).toContainText(
        /The registry keeps 6\smonths of outcomes\.csv, kept .* by Ana Lima/,
      );
    });

    await test.step('one page of paper, A4 and Letter', async () => {
      expect(await pagesOf(page, 'A4')).toBe(1);
      expect(await pagesOf(page, 'Letter')).toBe(1);
    });

    await test.step('on the next visit it is there without the file', async () => {
      const before = await cardNumbers(page);
      await page.reload();
      await expect(page.getByRole('button', { name: 'What happened' })).toBeVisible({ timeout: 60_000 });
      await expect.poll(() => cardNumbers(page)).toEqual(before);
      await expect(outcomes(page)).toContainText('by Ana Lima');
      await expect(page.getByRole('textbox', { name: 'One-off investment' })).toHaveValue('10,000');
    });

    await test.step('the registry lists it', async () => {
      await toPage(page, 'Registry');
      const kept = page.getByRole('region', { name: 'Kept impact' });
      await expect(kept).toContainText(/6\smonths, 2024-01 to 2024-06/);
      await expect(kept).toContainText('by Ana Lima');
      await expect(kept.getByRole('button', { name: 'Delete' })).toBeVisible();
      await toPage(page, 'Impact');
    });

    await test.step('every eye, both themes, both widths', async () => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1440, 390]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await violations(page)).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        }
      }
    });
    expect(seen).toEqual(QUIET);
  });

  test('the registry gone: a notice, and everything else goes on', async ({ page }) => {
    const loans = loanBook();
    await openBook(page, server.origin, bookFile(loans));
    await server.kill();
    await addOutcomes(page, outcomesFile(loans));
    const happened = moneyOf(loans, ({ becameBad }) => becameBad);
    await expect.poll(async () => (await cardNumbers(page))[3]).toBe(Math.round(happened.net));
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    const keep = outcomes(page).getByRole('button', { name: 'Keep in the registry' });
    if (await keep.isEnabled()) await keep.click();
    await expect(outcomes(page)).toContainText(/registry (does not answer|cannot be reached)/);
    await expect(cards(page)).toBeVisible();
  });

  test('a file that is no table is refused by name, and what was there stays', async ({ page }) => {
    const loans = loanBook();
    await openBook(page, server.origin, bookFile(loans));
    const { prevented, spent, missed, net } = moneyOf(loans, ({ isBad }) => isBad);
    const before = [prevented, spent, missed, net].map(Math.round);
    await expect.poll(() => cardNumbers(page)).toEqual(before);
    const chooser = page.waitForEvent('filechooser');
    await outcomes(page).getByRole('button', { name: 'Add outcomes' }).click();
    await (await chooser).setFiles(madeFile('export.csv', '<html><body>Please sign in</body></html>'));
    await expect(page.getByRole('alert')).toContainText('export.csv');
    expect(await cardNumbers(page)).toEqual(before);
  });

  test('long names and large numbers stay on one page', async ({ page }) => {
    const name = `${'a_very_long_name_of_an_export_'.repeat(6)}.csv`;
    const loans = loanBook(3_141_592);
    await openBook(page, server.origin, bookFile(loans, name));
    await addOutcomes(page, outcomesFile(loans));
    await expect(page.getByRole('button', { name: 'What happened' })).toBeVisible();
    await page.getByRole('textbox', { name: 'One-off investment' }).fill('123456789012');
    await page.getByRole('textbox', { name: 'One-off investment' }).press('Enter');
    expect(await pagesOf(page, 'A4')).toBe(1);
    expect(await pagesOf(page, 'Letter')).toBe(1);
    await page.setViewportSize({ width: 360, height: 800 });
    const overhang = await page
      .getByRole('main')
      .evaluate((main) => main.scrollWidth - main.getBoundingClientRect().width);
    expect(overhang).toBeLessThanOrEqual(0);
  });
});

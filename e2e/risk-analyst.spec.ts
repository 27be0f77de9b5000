/** Journey 1: from opening the app to a link that reopens the same decision. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { QUIET, watch } from './watch.ts';

const credit = join(import.meta.dirname, '..', 'fixtures', 'credit_data');
const dataFile = join(credit, 'data_raw.csv');
const modelFile = join(credit, 'models', 'sklearn_gradient_boosting_raw_pipeline.onnx');

async function openDemo(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: /open the demo: credit/i }).click();
  await page.getByRole('button', { name: 'Find the threshold' }).click();
  await expect(page.getByRole('slider', { name: 'Threshold' })).toBeVisible();
}

const tile = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: 'Decision bar' }).getByRole('button', { name: new RegExp(`^${name} `) });

const threshold = (page: Page): Locator => page.getByRole('textbox', { name: 'Threshold' });
const answer = (page: Page): Locator => page.getByRole('main').getByRole('paragraph').first();

async function setNumber(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await field.press('Enter');
}

test('the demo: strategies, the cost of a review, a pinned baseline, a link that reopens it', async ({
  page,
  context,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openDemo(page);

  await test.step('the recommended threshold is the one that plain loops over the rows find', async () => {
    const best = bestByHand(50);
    // The value on the rows that chose the threshold is never the headline.
    await expect(answer(page)).toContainText(/Expected net value [\d.]+.k on as many new rows \(95.%: /);
    expect(Number(await threshold(page).inputValue())).toBeCloseTo(best.threshold, 3);
    await expect(tile(page, 'Flagged')).toHaveAccessibleName(
      new RegExp(`${((100 * best.flagged) / best.rows).toFixed(1)}\\s%`),
    );
  });

  await test.step('a review that costs ten times as much moves it up', async () => {
    await setNumber(page.getByRole('textbox', { name: 'Review cost' }), '500');
    const best = bestByHand(500);
    const main = page.getByRole('main');
    await expect(main).toContainText(
      /With 500 a review, .+ now earns more than .+; the order of the fixed rules is turned round\./,
    );
    await expect(main).toContainText(/ROI crosses zero at (39|40)\.\d.% flagged/);
    await page.getByRole('button', { name: /^Max F1/ }).click();
    await page.getByRole('button', { name: /^Go to 0\.\d+ \(\+/ }).click();
    await expect.poll(() => flaggedCount(page)).toBe(best.flagged);
    expect(Math.abs(Number(await threshold(page).inputValue()) - best.threshold)).toBeLessThan(0.001);
  });

  await test.step('the shown threshold of every rule, typed again, flags the same rows', async () => {
    for (const rule of ['Max F1', 'Max net value', /^Precision ≥/, /^Capacity/]) {
      await page.getByRole('button', { name: rule }).first().click();
      const row = page.getByRole('row', { name: rule }).first();
      const text = (await row.getByRole('cell').first().textContent()) ?? '';
      await expect(threshold(page)).toHaveValue(text);
      const flagged = await flaggedCount(page);
      await setNumber(threshold(page), '0.9');
      await expect.poll(() => flaggedCount(page)).toBeLessThan(flagged);
      await setNumber(threshold(page), text);
      await expect.poll(() => flaggedCount(page)).toBe(flagged);
    }
  });

  await test.step('rules set the threshold; a pinned one is what changes are shown against', async () => {
    await page.getByRole('button', { name: 'Max F1' }).click();
    await expect(threshold(page)).toHaveValue(/^0\.365/);
    await page.getByRole('button', { name: 'Pin this threshold' }).click();
    await page.getByRole('button', { name: 'Only as baseline' }).click();
    await page.getByRole('button', { name: /^Recall ≥/ }).click();
    await expect(threshold(page)).toHaveValue(/^0\.273/);
    await expect(tile(page, 'Recall')).toHaveAccessibleName(/\+0\.07/);
  });

  await test.step('an arrow key goes to the next decision: fewer rows are flagged', async () => {
    const before = await flaggedCount(page);
    await page.getByRole('slider', { name: 'Threshold' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => flaggedCount(page)).toBe(before - 1);
  });

  await test.step('the marker moves in all pictures at once when one is dragged', async () => {
    const picture = page.getByRole('region', { name: 'Net value by threshold' });
    const box = await picture.getByRole('img').first().boundingBox();
    if (box === null) throw new Error('the picture has no box');
    const value = Number(await threshold(page).inputValue());
    const x = box.x + 40 + value * (box.width - 50);
    await page.mouse.move(x, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + box.height / 2, { steps: 10 });
    await page.mouse.up();
    await expect.poll(async () => Number(await threshold(page).inputValue())).toBeGreaterThan(0.6);
  });

  const link = await test.step('Share copies the link', async () => {
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('/thresholds#');
    return page.evaluate(() => navigator.clipboard.readText());
  });

  await test.step('the link reopens the same decision, scores and all', async () => {
    const shown = await tilesOf(page);
    const other = await context.newPage();
    await other.goto(link);
    await expect(other.getByRole('slider', { name: 'Threshold' })).toBeVisible({ timeout: 60_000 });
    await expect(threshold(other)).toHaveValue(await threshold(page).inputValue());
    await expect(other.getByRole('textbox', { name: 'Review cost' })).toHaveValue('500');
    await expect.poll(() => tilesOf(other)).toEqual(shown);
  });
  expect(seen).toEqual(QUIET);
});

for (const { locale, typed, pasted, shown } of [
  { locale: 'en-GB', typed: '0,7', pasted: ' 0,25', shown: ['0.700', '0.250', '0.65'] },
  { locale: 'de-DE', typed: '0.7', pasted: '0.25', shown: ['0,700', '0,250', '0,65'] },
]) {
  test.describe(`in ${locale}`, () => {
    test.use({ locale });
    test('comma and point are both the decimal mark; a threshold off the scores is refused aloud', async ({
      page,
      context,
      baseURL,
    }) => {
      const seen = watch(page, baseURL ?? '');
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.goto('/thresholds#demo=credit');
      await expect(page.getByRole('slider', { name: 'Threshold' })).toBeVisible();
      const refusal = page.getByRole('region', { name: 'Decision bar' }).getByRole('status');

      await typeKeys(threshold(page), typed);
      await expect(threshold(page)).toHaveValue(shown[0]!);
      await expect(refusal).toHaveText('');
      await typeKeys(threshold(page), '1.7');
      await expect(refusal).toHaveText('Scores lie between 0 and 1');
      await expect(threshold(page)).toHaveValue(shown[0]!);

      await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
      await threshold(page).selectText();
      await page.keyboard.press('ControlOrMeta+V');
      await page.keyboard.press('Enter');
      await expect(threshold(page)).toHaveValue(shown[1]!);
      await expect(refusal).toHaveText('');

      const lossRate = page.getByRole('textbox', { name: 'Loss rate' });
      await typeKeys(lossRate, typed.replace('7', '65'));
      await expect(lossRate).toHaveValue(shown[2]!);
      expect(seen).toEqual(QUIET);
    });
  });
}

/** Key by key, as a hand does, in place of what stands there. */
async function typeKeys(field: Locator, text: string): Promise<void> {
  await field.selectText();
  await field.pressSequentially(text);
  await field.press('Enter');
}

/** Rows flagged, as the confusion matrix states them. */
async function flaggedCount(page: Page): Promise<number> {
  const text = await page.getByText(/^Flagged, [\d,]+$/).textContent();
  return Number(text?.replace(/\D/g, ''));
}

async function tilesOf(page: Page): Promise<string[]> {
  const bar = page.getByRole('region', { name: 'Decision bar' });
  return bar.getByRole('button', { name: /^(Flagged|Recall|Precision|FPR|Net value|ROI) / }).allInnerTexts();
}

test('own files: guessed, confirmed, scored; all kept across a reload', async ({ page, baseURL }) => {
  const seen = watch(page, baseURL ?? '');
  await page.goto('/');
  await page.locator('input[type=file]').first().setInputFiles([dataFile, modelFile]);
  const score = page.getByRole('button', { name: /Score 4,454 rows/ });
  await expect(score).toBeVisible();
  await score.click();
  await page.getByRole('button', { name: 'Find the threshold' }).click({ timeout: 60_000 });
  await expect(page.getByRole('slider', { name: 'Threshold' })).toBeVisible();
  await setNumber(threshold(page), '0.5');
  await expect(tile(page, 'Flagged')).toHaveAccessibleName(/\d/);
  const shown = await tilesOf(page);
  await expect.poll(() => page.url()).toContain('0.5');

  await page.goto(page.url().replace('/thresholds', '/'));
  await page.reload();
  await expect(page.getByText(/restored from this browser/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Thresholds' }).click();
  await expect(threshold(page)).toHaveValue('0.500');
  await expect.poll(() => tilesOf(page)).toEqual(shown);
  expect(seen).toEqual(QUIET);
});

test('a table that already holds scores needs no model', async ({ page }) => {
  await page.goto('/');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'scored.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(scoredCsv()),
    });
  await page.getByRole('button', { name: 'Use the scores in score' }).click();
  await page.getByRole('button', { name: 'Find the threshold' }).click();
  await expect(answer(page)).toContainText('you flag');
});

/** 400 rows, a third of them bad, scores that mostly know it; every tenth score is a tie. */
function scoredCsv(): string {
  const lines = ['customer_id,score,default'];
  for (let i = 0; i < 400; i++) {
    const isBad = i % 3 === 0;
    const score = i % 10 === 0 ? 0.5 : ((i * 37) % 100) / 200 + (isBad ? 0.4 : 0.1);
    lines.push(`${1000 + i},${score.toFixed(4)},${isBad ? 1 : 0}`);
  }
  return `${lines.join('\n')}\n`;
}

/** The best net value on the demo's test rows by plain loops over the reference's probabilities. */
function bestByHand(reviewCost: number): { threshold: number; flagged: number; rows: number } {
  const cells = (path: string) =>
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
  const amounts = cells(dataFile).map((row) => Number(row[14]));
  const rows = cells(join(credit, 'expected', 'probabilities_sklearn_gradient_boosting_raw_pipeline.csv'))
    .filter((row) => row[1] === 'test')
    .map((row) => ({
      score: Number(row[3]),
      loss: row[2] === '1' ? 0.8 * (amounts[Number(row[0])] ?? 0) : 0,
    }));
  let best = { threshold: Number.NaN, flagged: 0, net: Number.NEGATIVE_INFINITY };
  for (const candidate of rows) {
    const flagged = rows.filter(({ score }) => score >= candidate.score);
    const net = flagged.reduce((sum, { loss }) => sum + loss - reviewCost, 0);
    if (net > best.net) best = { threshold: candidate.score, flagged: flagged.length, net };
  }
  return { threshold: best.threshold, flagged: best.flagged, rows: rows.length };
}

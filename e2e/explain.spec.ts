/** The Explain page: what the model looks at, as the reference values have it; backgrounds, cancel, links, keys. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { violations } from './axe.ts';
import { type GoldenFeature, goldenContributions, goldenImportance, goldenTable } from './explained-files.ts';
import {
  creditModel,
  creditTable,
  type MadeFile,
  manyApplications,
  scoredTable,
  storedFile,
} from './files.ts';
import { modelFile } from './model-files.ts';
import { QUIET, watch } from './watch.ts';

const answer = (page: Page): Locator => page.getByRole('main').getByRole('paragraph').first();
const picture = (page: Page): Locator => page.getByRole('region', { name: /^What the model looks at/ });
const computed = (page: Page): Locator => page.getByRole('region', { name: 'How this was computed' });
const controls = (page: Page): Locator => page.getByRole('region', { name: 'How it is explained' });
const explained = (page: Page): Locator => page.getByText(/^[\d,]+\srows? explained/);

const toPage = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();

async function openDemo(page: Page, fragment = ''): Promise<void> {
  await page.goto(`/explain#demo=credit${fragment}`);
  await expect(explained(page)).toBeVisible({ timeout: 60_000 });
}

async function openFiles(page: Page, rows: string, ...files: readonly MadeFile[]): Promise<void> {
  await page.goto('/');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files]);
  await page.getByRole('button', { name: `Score ${rows} rows`, exact: true }).click({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Find the threshold' })).toBeVisible({ timeout: 60_000 });
}

/** The list of choices named by its label, opened and chosen from. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await controls(page).getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}

/** The figures of the picture as its file has them, with all their digits. */
async function figures(page: Page): Promise<readonly GoldenFeature[]> {
  await picture(page)
    .getByRole('button', { name: /table, downloads, definition$/ })
    .click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Download CSV' }).click(),
  ]);
  const [, ...lines] = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  return lines.map((line) => {
    const [name = '', meanAbsolute, mean] = line.split(',');
    return { name, meanAbsolute: Number(meanAbsolute), mean: Number(mean) };
  });
}

function expectSame(
  found: readonly GoldenFeature[],
  golden: readonly GoldenFeature[],
  tolerance: number,
): void {
  expect(found.map(({ name }) => name)).toEqual(golden.map(({ name }) => name));
  for (const [i, { meanAbsolute, mean }] of golden.entries()) {
    expect(Math.abs((found[i]?.meanAbsolute ?? Number.NaN) - meanAbsolute)).toBeLessThan(tolerance);
    expect(Math.abs((found[i]?.mean ?? Number.NaN) - mean)).toBeLessThan(tolerance);
  }
}

test('path-dependent: the bars are the contributions of LightGBM itself', async ({ page, baseURL }) => {
  const seen = watch(page, baseURL ?? '');
  const golden = goldenContributions('shap_lightgbm_raw_columns_pred_contrib.json');
  await openFiles(page, '50', goldenTable('fifty.csv', golden), modelFile('lightgbm_raw_columns.txt'));
  await toPage(page, 'Explain');
  await expect(answer(page)).toContainText(
    'Income, Seniority and Amount move the score most: by 0.635, 0.591 and 0.563',
  );
  await expect(picture(page)).toContainText(
    /Exact path-dependent SHAP of trees; covers from the model; 50\sexplained rows/,
  );
  await expect(computed(page)).toContainText('Base value\u22121.51234');
  expectSame(await figures(page), goldenImportance(golden), 1e-9);
  expect(seen).toEqual(QUIET);
});

test('interventional over the judged rows: the bars are the enumerated ones', async ({ page }) => {
  const golden = goldenContributions('shap_lightgbm_numeric_interventional_raw.json');
  await openFiles(page, '140', goldenTable('numbers.csv', golden), modelFile('lightgbm_numeric.txt'));
  await toPage(page, 'Explain');
  await controls(page).getByText('Judged', { exact: true }).click();
  await choose(page, 'Method', 'Interventional');
  await expect(picture(page)).toContainText(
    /Exact interventional SHAP of trees; background of 100\srows of all reference rows; 40\sexplained rows/,
  );
  await expect(answer(page)).toContainText(/^Over the 40 test rows, /);
  await expect(computed(page)).toContainText('Base value\u22121.6309');
  expectSame(await figures(page), goldenImportance(golden), 1e-9);
});

test('the demo: bars at once; just passed as background moves with the threshold; undo, a link and a reload', async ({
  page,
}) => {
  await openDemo(page);
  await expect(answer(page)).toContainText(
    /^Over all 4,454\srows, Amount, Income and Seniority move the score most/,
  );
  const base = await computed(page).textContent();
  await choose(page, 'Method', 'Interventional');
  await choose(page, 'Background', 'Just passed');
  await controls(page).getByText('200', { exact: true }).click();
  await expect(picture(page)).toContainText(/background of 200\srows just passed, score below 0\.06/);
  await expect(explained(page)).toBeVisible();
  expect(await computed(page).textContent()).not.toBe(base);
  const figuresNow = await figures(page);

  await test.step('another threshold is another background', async () => {
    const field = page.getByRole('textbox', { name: 'Threshold' });
    await field.fill('0.5');
    await field.press('Enter');
    await expect(picture(page)).toContainText(/score below 0\.500;/);
    await expect(explained(page)).toBeVisible();
    expect(await figures(page)).not.toEqual(figuresNow);
    await page.keyboard.press('Control+z');
    await expect(picture(page)).toContainText(/score below 0\.06/);
  });
  await test.step('the link opens the same, from what the browser kept', async () => {
    await expect.poll(() => page.url()).toContain('explain=method:interventional,background:passed,size:200');
    await page.reload();
    await expect(picture(page)).toContainText(/background of 200\srows just passed, score below 0\.06/);
    await expect(explained(page)).toContainText('kept by this browser');
    expect(await figures(page)).toEqual(figuresNow);
  });
});

test('a cohort as background: its values, and what is said when it is empty', async ({ page }) => {
  await openDemo(page, '&explain=method:interventional,size:100');
  await choose(page, 'Background', 'A cohort');
  await choose(page, 'Column of the cohort', 'Home');
  await expect(picture(page)).toContainText(/background of 100\srows with Home owner;/);
  await controls(page).getByRole('button', { name: /^rent/ }).click();
  await expect(picture(page)).toContainText(/100\srows with Home owner or rent;/);
  await controls(page)
    .getByRole('button', { name: /^owner/ })
    .click();
  await controls(page).getByRole('button', { name: /^rent/ }).click();
  await expect(controls(page).getByRole('button', { name: /^rent/ })).toHaveAttribute('aria-pressed', 'true');

  await page.goto('about:blank');
  await page.goto('/explain#demo=credit&explain=method:interventional,background:cohort/Home/castle');
  await expect(page.getByRole('alert')).toContainText('castle', { timeout: 60_000 });
  await expect(page.getByRole('alert').getByRole('button', { name: 'Try again' })).toBeVisible();
  await controls(page).getByRole('button', { name: /^rent/ }).click();
  await controls(page)
    .getByRole('button', { name: /^castle/ })
    .click();
  await expect(explained(page)).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

/** Presses Cancel as soon as figures over some rows are there, sooner than a fast machine is done; what the page said then. */
function cancelAtFirstFigures(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const changes = new MutationObserver(() => {
          const said = document.querySelector('main p')?.textContent ?? '';
          const cancel = [...document.querySelectorAll('button')].find(
            ({ textContent }) => textContent === 'Cancel',
          );
          if (!said.startsWith('So far') || cancel === undefined) return;
          changes.disconnect();
          cancel.click();
          resolve(said);
        });
        changes.observe(document, { subtree: true, childList: true, characterData: true });
      }),
  );
}

test('a long run shows what there is, keeps it when it is cancelled, and says of how many rows it is', async ({
  page,
}) => {
  await openFiles(page, '200,000', manyApplications('many.csv', 200_000), storedFile(creditModel));
  await toPage(page, 'Explain');
  await expect(explained(page)).toBeVisible({ timeout: 60_000 });
  const said = cancelAtFirstFigures(page);
  await choose(page, 'Method', 'Interventional');
  expect(await said).toMatch(/^So far, over [\d,]+ of 200,000\srows, /);
  await expect(page.getByRole('progressbar', { name: /^Explaining 200,000\srows/ })).toBeHidden();
  await expect(answer(page)).toContainText(/^Over [\d,]+ of 200,000\srows, where it was cancelled, /);
  await expect(page.getByText(/^Cancelled after [\d,]+ of 200,000\srows; /)).toBeVisible();
  await expect(picture(page)).toContainText(/Exact interventional SHAP of trees/);

  await test.step('it stays so when the page is left and opened again, until it is asked for', async () => {
    await toPage(page, 'Thresholds');
    await toPage(page, 'Explain');
    await expect(page.getByText(/^Cancelled after /)).toBeVisible();
    await page.getByRole('button', { name: /^Explain 200,000\srows$/ }).click();
    await expect(answer(page)).toContainText(/^Over all 200,000\srows, /, { timeout: 60_000 });
  });
});

test('sampling says so: a sample of the rows, in the score', async ({ page }) => {
  await page.goto('/explain#demo=credit&explain=method:sampling,size:100');
  const sample =
    /^(So far, over \d+ of 128\ssampled rows|Over a sample of 128 of all 4,454\srows), .+ An estimate(,| by)/;
  await expect(answer(page)).toContainText(sample, { timeout: 100_000 });
  await expect(picture(page)).toContainText(/Sampled SHAP; background of 100\srows.+; ± one standard error/);
  await expect(explained(page)).toBeVisible({ timeout: 60_000 });
  await expect(computed(page)).toContainText(
    /Exactnesssampled: the order of the top five settled after [\d,]+ pred/,
  );
  await expect(computed(page)).toContainText('Spacescore, as the model returns it');
});

test('methods that a model has no use for cannot be chosen, and the reason stands there', async ({
  page,
}) => {
  await openFiles(
    page,
    '4,454',
    storedFile(creditTable),
    modelFile('sklearn_logistic_pipeline.no_zipmap.onnx'),
  );
  await toPage(page, 'Explain');
  await expect(picture(page)).toContainText(/Exact SHAP of a linear model; background of 100\srows/);
  await expect(controls(page)).toContainText('The model is linear: it has no trees');
  await controls(page).getByRole('button', { name: 'Method' }).click();
  await expect(page.getByRole('option', { name: 'Path-dependent' })).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('option', { name: 'Sampling' })).not.toHaveAttribute('aria-disabled', 'true');
});

test('scores of a column have no model to ask: the page says so and leads to the workspace', async ({
  page,
}) => {
  await page.goto('/');
  await page.locator('input[type=file]').first().setInputFiles(scoredTable('scored.csv'));
  await page.getByRole('button', { name: 'Use the scores in score' }).click();
  await expect(page.getByRole('button', { name: 'Find the threshold' })).toBeVisible();
  await toPage(page, 'Explain');
  await expect(page.getByRole('heading', { name: 'An explanation needs the model' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('The scores come from the column score');
  await page.getByRole('button', { name: 'Open a model in the workspace' }).click();
  await expect(page).toHaveTitle(/^Workspace/);
});

test('without a mouse: to the page, the method, the rows, the table', async ({ page }) => {
  await page.goto('/thresholds#demo=credit');
  await expect(page.getByRole('slider', { name: 'Threshold' })).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(page).toHaveTitle(/^Explain/);
  await expect(explained(page)).toBeVisible();
  await controls(page).getByRole('radio', { name: 'All' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(answer(page)).toContainText(/^Over the 1,336 test rows, /);
  await page.keyboard.press('Tab');
  await expect(controls(page).getByRole('button', { name: 'Method' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('I');
  await page.keyboard.press('Enter');
  await expect(picture(page)).toContainText('Exact interventional SHAP of trees');
  await expect(explained(page)).toBeVisible();
  await picture(page)
    .getByRole('button', { name: /table, downloads, definition$/ })
    .focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(picture(page).getByRole('row')).toHaveCount(14);
  await expect(picture(page).getByRole('columnheader')).toHaveText([
    'Feature',
    'Mean |SHAP|, log-odds',
    'Mean SHAP, log-odds',
    'Share',
  ]);
});

test('on a phone, light and dark: names are whole, nothing scrolls sideways, axe finds nothing', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await openDemo(page, '&explain=method:interventional,background:flagged,size:100');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft(await violations(page), colorScheme).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`${colorScheme}.png`), fullPage: true });
  }
  await expect(picture(page).locator('text').filter({ hasText: 'Seniority' })).toHaveText('Seniority');
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways).toBe(0);
});

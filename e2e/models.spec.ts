/** Models of every format: opened, scored and proven equal; the model page; two forms of a model that do not agree. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { creditTable, type MadeFile, madeFile, storedFile } from './files.ts';
import { mlflowFiles, mlflowZip, modelFile, numericTable, oneHotTable } from './model-files.ts';
import { QUIET, watch } from './watch.ts';

const answer = (page: Page): Locator => page.getByRole('main').getByRole('paragraph').first();
const findThreshold = (page: Page): Locator => page.getByRole('button', { name: 'Find the threshold' });
const openModels = (page: Page): Locator => page.getByRole('list', { name: 'Open models' });
const region = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const checks = (page: Page): Locator => page.getByRole('list', { name: 'Checks' });

async function choose(page: Page, ...files: readonly MadeFile[]): Promise<void> {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files]);
}

async function scoreAll(page: Page, rows: string): Promise<void> {
  await page.getByRole('button', { name: `Score ${rows} rows`, exact: true }).click();
  await expect(findThreshold(page)).toBeVisible({ timeout: 60_000 });
}

async function toModelPage(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Model page' }).click();
  await expect(page).toHaveTitle(/^Model · /);
  await expect(checks(page)).toBeVisible({ timeout: 60_000 });
}

async function keepPicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage: true });
}

test('a LightGBM file as it is: scored by the kernel, equal to the reference, checked, judged', async ({
  page,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await page.goto('/');
  await choose(page, storedFile(creditTable), modelFile('lightgbm_raw_columns.txt'));
  await expect(openModels(page)).toContainText('LightGBM text (v4), 13 inputs');
  await scoreAll(page, '4,454');
  await expect(
    page.getByText(/Scored by Cutline tree kernel .+, equal to .+ on all [\d,]+\srows/),
  ).toBeVisible();
  await expect(page.getByText(/^Model checks: \d+ pass/)).toBeVisible({ timeout: 60_000 });

  await test.step('the model page says it too, with what is in the file', async () => {
    await page.getByRole('link', { name: 'See what was found' }).click();
    await expect(answer(page)).toContainText(
      /^LightGBM with 150\strees over 13\scolumns\. Its scores come from the fast kernel/,
    );
    await expect(region(page, 'Engine')).toContainText('Equal to the reference');
    const home = page
      .getByRole('table', { name: 'Features of the model' })
      .getByRole('row', { name: /^Home/ });
    await expect(home).toContainText('and 3 more');
    await expect(region(page, 'Trees')).toContainText('rows of training per node');
    await keepPicture(page, 'lightgbm');
  });
  await test.step('the rail shows the workspace; the thresholds page answers', async () => {
    await expect(page.getByRole('link', { name: 'Workspace' })).toHaveAttribute('aria-current', 'true');
    await page.getByRole('link', { name: 'Thresholds' }).click();
    await expect(answer(page)).toContainText('you flag');
  });
  expect(seen).toEqual(QUIET);
});

for (const ending of ['json', 'ubj'])
  test(`an XGBoost model as .${ending}: scored and judged`, async ({ page }) => {
    await page.goto('/');
    await choose(page, numericTable('numbers.csv'), modelFile(`xgboost_base_score.${ending}`));
    await expect(openModels(page)).toContainText(ending === 'ubj' ? 'XGBoost UBJSON' : 'XGBoost JSON');
    await scoreAll(page, '1,336');
    await expect(page.getByText(/^Scored by /)).toContainText('equal to');
    await findThreshold(page).click();
    await expect(answer(page)).toContainText('you flag');
  });

test('the demo has a challenger: it scores beside the champion, then in its place; latency on demand', async ({
  page,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await page.goto('/');
  await page.getByRole('button', { name: /open the demo: credit/i }).click();
  await expect(findThreshold(page)).toBeVisible({ timeout: 60_000 });
  await expect(openModels(page).getByRole('listitem').first()).toContainText('Champion');
  await expect(openModels(page).getByRole('listitem').last()).toContainText('Challenger');
  await expect(page.getByRole('banner')).toContainText('Champion');
  await toModelPage(page);

  await test.step('side by side', async () => {
    await page.getByRole('button', { name: 'Score 4,454 rows with lightgbm_raw_columns.txt' }).click();
    const forms = region(page, 'Side by side');
    await expect(forms).toContainText(/These are different models, not two forms of one: 160\strees/, {
      timeout: 60_000,
    });
    await expect(forms).toContainText(/[\d,]+ decisions at 0\.\d+ change\./);
    await expect(page.getByRole('list', { name: 'Likely causes' })).toHaveCount(0);
    await expect(answer(page)).not.toContainText('differs');
    await expect(page.getByRole('table', { name: 'Rows that differ most' }).getByRole('row')).toHaveCount(21);
  });
  await test.step('a reload brings both scores back by themselves', async () => {
    await expect.poll(() => page.url()).toContain('/model#');
    await page.reload();
    await expect(region(page, 'Side by side')).toContainText('These are different models', {
      timeout: 60_000,
    });
  });
  await test.step('the picture has its table', async () => {
    await page.getByRole('button', { name: 'Score against score: table, downloads, definition' }).click();
    await page.getByRole('menuitem', { name: 'Show as table' }).click();
    await expect(region(page, 'Score against score').getByRole('table')).toBeVisible();
  });
  await test.step('the other one becomes the model; its scores are there already', async () => {
    await page.getByRole('link', { name: 'Workspace' }).click();
    await openModels(page)
      .getByRole('button', { name: /^lightgbm_raw_columns/ })
      .click();
    await expect(findThreshold(page)).toBeVisible();
    await expect(page.getByRole('banner')).toContainText('Challenger');
    await toModelPage(page);
    await expect(answer(page)).toContainText('LightGBM with 150');
  });
  await test.step('latency', async () => {
    await page.getByRole('button', { name: 'Measure latency' }).click();
    const latency = page.getByRole('table', { name: 'Latency' });
    await expect(latency.getByRole('row', { name: /^1,000\srows|^1,000 rows/ })).toContainText(/ms|µs/, {
      timeout: 60_000,
    });
  });
  expect(seen).toEqual(QUIET);
});

test('a wrong conversion beside the native file: the cause is named, and the decisions that change', async ({
  page,
}) => {
  await page.goto('/');
  await choose(
    page,
    numericTable('numbers.csv'),
    modelFile('xgboost_base_score.ubj'),
    modelFile('trap_xgboost_base_score_wrong_conversion.onnx'),
  );
  await scoreAll(page, '1,336');
  await findThreshold(page).click();
  const threshold = page.getByRole('textbox', { name: 'Threshold' });
  await threshold.fill('0.4');
  await threshold.press('Enter');
  await page.getByRole('banner').getByRole('link', { name: 'xgboost_base_score.ubj' }).click();
  await expect(
    page.getByText(/take the 9\scolumns of xgboost_base_score\.ubj, in the same order/),
  ).toBeVisible();
  await page.getByRole('button', { name: /^Score 1,336\srows with trap_xgboost/ }).click();
  const forms = region(page, 'Side by side');
  await expect(forms).toContainText(
    /differ on 1,336 of 1,336\srows by up to 0\.\d+; [\d,]+ decisions at 0\.400 change\./,
    {
      timeout: 60_000,
    },
  );
  await expect(page.getByRole('list', { name: 'Likely causes' }).getByRole('listitem').first()).toContainText(
    'The base score was lost',
  );
  await expect(answer(page)).toContainText(
    /But it differs from trap_xgboost_base_score_wrong_conversion\.onnx on 1,336 of 1,336\srows/,
  );
  await keepPicture(page, 'wrong-conversion');
});

test('scores in the table that the model does not reproduce raise a warning with the cause', async ({
  page,
}) => {
  await page.goto('/');
  await choose(
    page,
    numericTable('scored.csv', 'xgboost_base_score'),
    modelFile('trap_xgboost_base_score_wrong_conversion.onnx'),
  );
  await page
    .getByRole('button', { name: /^Confirm this order of 9\scolumns|^Confirm this order of 9 columns/ })
    .click();
  await scoreAll(page, '1,336');
  const warning = page
    .getByRole('status')
    .filter({ hasText: 'does not reproduce the scores in model_score' });
  await expect(warning).toContainText(/1,336 of 1,336\srows differ/, { timeout: 60_000 });
  await expect(warning).toContainText(/base score/i);
  await keepPicture(page, 'warning');
  await warning.getByRole('link', { name: 'See both side by side' }).click();
  await expect(page.getByRole('list', { name: 'Likely causes' })).toContainText('The base score was lost');
});

test('what stands beside the model is in the link, and can be undone', async ({ page, browser }) => {
  await page.goto('/');
  await choose(
    page,
    numericTable('scored.csv', 'xgboost_base_score'),
    modelFile('xgboost_base_score.json'),
    modelFile('xgboost_base_score.ubj'),
  );
  await scoreAll(page, '1,336');
  await toModelPage(page);
  const choice = region(page, 'Side by side').getByRole('button', { name: /beside/ });
  await expect(choice).toContainText('model_score');
  await choice.click();
  await page.getByRole('option', { name: /^xgboost_base_score\.ubj/ }).click();
  await page.getByRole('button', { name: /^Score 1,336\srows with/ }).click();
  await expect(region(page, 'Side by side')).toContainText('agree on all', { timeout: 60_000 });
  await expect.poll(() => page.url()).toContain('beside=model:');

  await test.step('a reload shows the same two, with the scores of both', async () => {
    await page.reload();
    await expect(choice).toContainText('xgboost_base_score.ubj', { timeout: 60_000 });
    await expect(region(page, 'Side by side')).toContainText('agree on all', { timeout: 60_000 });
  });
  await test.step('undo', async () => {
    await choice.click();
    await page.getByRole('option', { name: /^model_score/ }).click();
    await expect(choice).toContainText('model_score');
    await page.getByRole('button', { name: 'Undo: form beside' }).click();
    await expect(choice).toContainText('xgboost_base_score.ubj');
  });
  await test.step('two models that change places stay side by side', async () => {
    await page.getByRole('link', { name: 'Workspace' }).click();
    await openModels(page)
      .getByRole('button', { name: /^xgboost_base_score\.ubj/ })
      .click();
    await expect(findThreshold(page)).toBeVisible({ timeout: 60_000 });
    await toModelPage(page);
    await expect(choice).toContainText('xgboost_base_score.json');
  });
  await test.step('where nothing is kept the link asks for the files and then shows the same', async () => {
    const link = page.url();
    const context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(link);
    await expect(other.getByRole('heading', { name: /^This page needs/ })).toContainText(
      'This page needs scored.csv and xgboost_base_score.ubj, and to compare xgboost_base_score.json.',
    );
    await choose(
      other,
      numericTable('scored.csv', 'xgboost_base_score'),
      modelFile('xgboost_base_score.ubj'),
      modelFile('xgboost_base_score.json'),
    );
    await expect(
      region(other, 'Side by side').getByRole('button', { name: /^Score 1,336\srows with/ }),
    ).toContainText('xgboost_base_score.json', { timeout: 60_000 });
    await context.close();
  });
});

test('the right file beside the same scores raises none', async ({ page }) => {
  await page.goto('/');
  await choose(page, numericTable('scored.csv', 'xgboost_base_score'), modelFile('xgboost_base_score.json'));
  await scoreAll(page, '1,336');
  await toModelPage(page);
  await expect(region(page, 'Side by side')).toContainText(/agree on all 1,336\srows/, {
    timeout: 60_000,
  });
  await page.getByRole('link', { name: 'Workspace' }).click();
  await expect(page.getByText('does not reproduce')).toHaveCount(0);
});

test('an MLflow folder as a zip opens, and says where it comes from; a link reopens its page', async ({
  page,
}) => {
  await page.goto('/');
  await choose(page, storedFile(creditTable), mlflowZip('credit_model.zip'));
  await scoreAll(page, '4,454');
  await toModelPage(page);
  await expect(region(page, 'File')).toContainText('model.lgb');
  await expect(region(page, 'File')).toContainText('0123456789abcdef0123456789abcdef');
  await expect.poll(() => page.url()).toContain('/model#');
  await expect(page.getByRole('banner')).toContainText('Champion');
  await page.reload();
  await expect(answer(page)).toContainText('LightGBM with 150', { timeout: 60_000 });
  await expect(checks(page)).toBeVisible({ timeout: 60_000 });
});

test('a folder dropped on the window opens as one model', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  const { buffer } = modelFile('lightgbm_raw_columns.txt');
  await page.evaluate(dropFolder, buffer.toString('base64'));
  await expect(openModels(page)).toContainText('LightGBM text (v4), 13 inputs');
});

test('values that the model does not know are named after scoring, on both pages', async ({ page }) => {
  const [header = '', ...rows] = storedFile(creditTable).buffer.toString().trimEnd().split('\n');
  const job = header.split(',').indexOf('Job');
  const changed = rows.map((row, i) => {
    const cells = row.split(',');
    return (i < 1024 ? cells.with(job, 'Freelance') : cells).join(',');
  });
  await page.goto('/');
  await choose(
    page,
    madeFile('new_jobs.csv', `${[header, ...changed].join('\n')}\n`),
    modelFile('lightgbm_raw_columns.txt'),
  );
  await scoreAll(page, '4,454');
  const said = /^1,024\srows hold values that the model does not know: Job = “Freelance”\./;
  await expect(page.getByText(said)).toBeVisible();
  await keepPicture(page, 'unseen-workspace');
  await toModelPage(page);
  await expect(region(page, 'Checks').getByText(said)).toBeVisible();
  await keepPicture(page, 'unseen-model');
});

test('two joint causes: only the figures of both put right are said', async ({ page }) => {
  await page.goto('/');
  await choose(
    page,
    oneHotTable('onehot.csv'),
    modelFile('xgboost_dart.json'),
    modelFile('trap_xgboost_dart_wrong_conversion.onnx'),
  );
  await scoreAll(page, '1,336');
  await toModelPage(page);
  // Looked for at every frame: it is there only until the comparison is.
  const isSaid = page.waitForFunction(() => document.body.textContent.includes('Comparing both row by row'));
  await page.getByRole('button', { name: /^Score 1,336\srows with trap_xgboost/ }).click();
  await isSaid;
  const causes = page.getByRole('list', { name: 'Likely causes' }).getByRole('listitem');
  await expect(causes).toHaveCount(2, { timeout: 60_000 });
  await expect(causes.first()).not.toContainText('ut right:');
  await expect(causes.last()).toContainText(/Both put right: 100.0\s%/);
  await keepPicture(page, 'joint-causes');
});

test('beside an open table a model folder can be chosen, by keyboard too', async ({ page }) => {
  const folder = test.info().outputPath('credit_model');
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(mlflowFiles())) writeFileSync(join(folder, name), content);
  await page.goto('/');
  await choose(page, storedFile(creditTable));
  const chooseModel = page.getByRole('button', { name: 'Choose a model' });
  await expect(chooseModel).toBeVisible();
  await keepPicture(page, 'table-alone');
  await chooseModel.focus();
  await page.keyboard.press('Tab');
  const openFolder = page.getByRole('button', { name: 'Open a model folder' });
  await expect(openFolder).toBeFocused();
  const dialog = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await dialog).setFiles(folder);
  await expect(openModels(page)).toContainText('LightGBM text (v4), 13 inputs');
  await expect(page.getByRole('button', { name: /^Score 4,454\srows$/ })).toBeVisible();
});

/** Runs in the page: a drop event whose one item is a folder, as a file manager gives it. */
function dropFolder(model: string): void {
  const bytes = Uint8Array.from(atob(model), (char) => char.charCodeAt(0));
  const described = 'flavors:\n  lightgbm:\n    data: data/model.lgb\n    lgb_version: 4.6.0\n';
  const entryOf = (name: string, content: BlobPart) => ({
    isFile: true,
    isDirectory: false,
    name,
    file: (done: (file: File) => void) => done(new File([content], name)),
  });
  const folderOf = (name: string, ...entries: object[]) => ({
    isFile: false,
    isDirectory: true,
    name,
    createReader: () => {
      const rest = [entries, []];
      return { readEntries: (done: (some: object[]) => void) => done(rest.shift() ?? []) };
    },
  });
  const folder = folderOf(
    'model',
    entryOf('MLmodel', described),
    folderOf('data', entryOf('model.lgb', bytes)),
  );
  const event = new DragEvent('drop', { bubbles: true, cancelable: true });
  const item = { kind: 'file', webkitGetAsEntry: () => folder, getAsFile: () => new File([], 'model') };
  Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], items: [item], files: [] } });
  document.body.dispatchEvent(event);
}

test('a pickle is refused with what to save instead; what is open stays', async ({ page }) => {
  await page.goto('/');
  await choose(page, modelFile('xgboost_base_score.json'));
  await expect(openModels(page)).toContainText('XGBoost');
  await choose(page, madeFile('model.pkl', new Uint8Array([0x80, 4, 0x95, 0x20, 0, 0, 0, 0, 0, 0, 0, 0x8c])));
  const refusal = page.getByRole('alert');
  await expect(refusal).toContainText('model.pkl is a Python pickle');
  await expect(refusal).toContainText('save_model');
  await expect(openModels(page)).toContainText('XGBoost');
});

test('a native model is saved as ONNX, or refused in words', async ({ page }) => {
  await page.goto('/');
  await choose(page, storedFile(creditTable), modelFile('lightgbm_numeric.txt'));
  await page.getByRole('link', { name: 'Model page' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as ONNX' }).click();
  expect((await download).suggestedFilename()).toBe('lightgbm_numeric.onnx');
  await page.getByRole('link', { name: 'Workspace' }).click();
  await choose(page, modelFile('lightgbm_small_linear_tree.txt'));
  await expect(page.getByRole('banner')).toContainText('lightgbm_small_linear_tree.txt');
  await page.getByRole('link', { name: 'Model page' }).click();
  await page.getByRole('button', { name: 'Save as ONNX' }).click();
  await expect(page.getByRole('alert')).toContainText('The model was not written as ONNX');
});

test('before there are scores the page says what is missing and leads there', async ({ page }) => {
  await page.goto('/model');
  await expect(
    page.getByRole('heading', { name: 'What is this model, and can its scores be believed?' }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Open a model or the demo' }).click();
  await choose(page, storedFile(creditTable), modelFile('lightgbm_raw_columns.txt'));
  await expect(page.getByRole('button', { name: 'Score 4,454 rows' })).toBeVisible();
  await page.getByRole('link', { name: 'Model page' }).click();
  await expect(answer(page)).toContainText('It has not scored this table yet.');
  await keepPicture(page, 'no-scores');
  await page.getByRole('button', { name: 'Score 4,454 rows' }).click();
  await expect(checks(page)).toBeVisible({ timeout: 60_000 });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('long names do not widen the page', async ({ page }) => {
    await page.goto('/');
    const pipeline = 'sklearn_gradient_boosting_raw_pipeline.onnx';
    await choose(page, storedFile(creditTable), modelFile('lightgbm_raw_columns.txt'), modelFile(pipeline));
    await scoreAll(page, '4,454');
    await toModelPage(page);
    await expect(page.getByRole('button', { name: /^Score 4,454\srows with sklearn_gradient/ })).toBeVisible({
      timeout: 60_000,
    });
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBe(0);
  });
});

test('by keyboard: the palette opens the page; Tab reaches checks, forms and latency', async ({ page }) => {
  await page.goto('/#demo=credit');
  await expect(findThreshold(page)).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('model page');
  await page.keyboard.press('Enter');
  await expect(checks(page)).toBeVisible({ timeout: 60_000 });
  const evidence = checks(page)
    .getByRole('button', { name: /, evidence$/ })
    .first();
  await tabTo(page, evidence);
  await page.keyboard.press('Enter');
  await expect(evidence).toHaveAttribute('aria-expanded', 'true');
  await tabTo(page, page.getByRole('button', { name: 'Measure latency' }));
  await tabTo(page, page.getByRole('button', { name: /^Score 4,454 rows with/ }));
  await page.keyboard.press('Enter');
  await expect(region(page, 'Score against score')).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press(']');
  await expect(page.getByRole('slider', { name: 'Threshold' })).toBeVisible();
});

/** Presses Tab until the element has the focus; fails when the whole page was walked without meeting it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`80 tabs did not reach ${target}`);
}

/**
 * Bad input through the real page: each refusal says what is wrong, where, and what to do, and takes nothing away.
 * Every test keeps a picture of its message in its output folder.
 */
import { gzipSync } from 'node:zlib';
import { expect, type Locator, type Page, test } from '@playwright/test';
import {
  brokenModel,
  creditModel,
  creditTable,
  type MadeFile,
  madeFile,
  manyApplications,
  scoredTable,
  storedFile,
} from './files.ts';

const answer = (page: Page): Locator => page.getByRole('main').getByRole('paragraph').first();
const refusal = (page: Page, title: string): Locator =>
  page.getByRole('alert').filter({ has: page.getByRole('heading', { name: title }) });
const status = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('status').filter({ hasText: text }).first();

async function choose(page: Page, ...files: readonly MadeFile[]): Promise<void> {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([...files]);
}

/** A picture of the whole page under test-results, to be looked at. */
async function keepPicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
}

/** Opens a good scored table and confirms it: what later refusals must not take away. */
async function openGoodTable(page: Page): Promise<void> {
  await page.goto('/');
  await choose(page, scoredTable('good.csv'));
  await page.getByRole('button', { name: 'Use the scores in score' }).click();
  await expect(page.getByRole('button', { name: 'Find the threshold' })).toBeVisible();
}

/** The good table is still there: it answers on the thresholds page and follows a rule. */
async function expectGoodTableAnswers(page: Page): Promise<void> {
  await expect(page.getByRole('banner')).toContainText('good.csv');
  await page.getByRole('link', { name: 'Thresholds' }).click();
  await expect(answer(page)).toContainText('you flag');
  await page.getByRole('button', { name: 'Max F1' }).click();
  await expect(page.getByText(/^Flagged, [\d,]+$/).first()).toBeAttached();
  await expect(page.getByRole('slider', { name: 'Threshold' })).toBeVisible();
}

/** Takes the score role to the column `score` by the list of its cell. */
async function giveScoreRole(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Role of score/ }).click();
  await page.getByRole('option', { name: 'score' }).click();
}

async function useScoreColumn(page: Page): Promise<void> {
  await giveScoreRole(page);
  await page.getByRole('button', { name: 'Use the scores in score' }).click();
}

/** Line `line` of a text (from 1) changed. */
function withLine(file: MadeFile, line: number, change: (text: string) => string): string {
  return file.buffer
    .toString()
    .split('\n')
    .map((text, index) => (index === line - 1 ? change(text) : text))
    .join('\n');
}

/** The bytes with a lone 0xff at the start of a line, which no UTF-8 text holds. */
function withBadByte(file: MadeFile, line: number): Uint8Array {
  let at = 0;
  for (let i = 1; i < line; i++) at = file.buffer.indexOf('\n', at) + 1;
  return Buffer.concat([file.buffer.subarray(0, at), Buffer.from([0xff]), file.buffer.subarray(at)]);
}

const table = scoredTable('table.csv');
const gzipped = gzipSync(table.buffer);

interface RefusedFile {
  readonly what: string;
  readonly file: MadeFile;
  readonly message: string | RegExp;
  readonly advice: string;
}

const refused: readonly RefusedFile[] = [
  {
    what: 'a picture',
    file: madeFile('chart.png', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13])),
    message: '"chart.png" is a PNG picture, not a delimited text table.',
    advice: 'Export the table as CSV and open that.',
  },
  {
    what: 'a web page that is called CSV',
    file: madeFile(
      'export.csv',
      '<!doctype html>\n<html><title>Sign in</title><body>Sign in</body></html>\n',
    ),
    message: '"export.csv" is an HTML or XML document, not a delimited table.',
    advice: 'Export the table as CSV and open that.',
  },
  {
    what: 'a JSON file',
    file: madeFile('rows.json', '[{"score":0.1,"default":1},{"score":0.2,"default":0}]\n'),
    message: '"rows.json" is a JSON document, not a delimited table.',
    advice: 'Write one JSON object a line',
  },
  {
    what: 'an empty file',
    file: madeFile('empty.csv', ''),
    message: 'The file "empty.csv" is empty.',
    advice: 'Open a file with a header line and at least one row.',
  },
  {
    what: 'a header without rows',
    file: madeFile('header.csv', 'customer_id,score,default\n'),
    message: '"header.csv" has a header but no row of data.',
    advice: 'Open a file with at least one row below the header.',
  },
  {
    what: 'a ragged row',
    file: madeFile(
      'ragged.csv',
      withLine(table, 42, (text) => `${text},9`),
    ),
    message: 'Line 42 of "ragged.csv" has 4 cells; the header has 3.',
    advice: 'correct the line, or export the table again.',
  },
  {
    what: 'invalid UTF-8',
    file: madeFile('latin.csv', withBadByte(table, 215)),
    message: /^Line 215 of "latin\.csv" is not valid UTF-8: byte 0xff at offset \d+\.$/,
    advice: 'Save the file as UTF-8',
  },
  {
    what: 'a damaged gzip file',
    file: madeFile(
      'damaged.csv.gz',
      Buffer.concat([gzipped.subarray(0, 300), Buffer.alloc(8), gzipped.subarray(308)]),
    ),
    message: /^The gzip archive "damaged\.csv\.gz" cannot be unpacked: .*damaged/,
    advice: 'Copy or download the file again, or open the unpacked file.',
  },
  {
    what: 'a gzip file that was cut short',
    file: madeFile('cut.csv.gz', gzipped.subarray(0, gzipped.length - 20)),
    message: /^The gzip archive "cut\.csv\.gz" cannot be unpacked: .*cut off/,
    advice: 'Copy or download the file again, or open the unpacked file.',
  },
  {
    what: 'a damaged ONNX file',
    file: storedFile(brokenModel('corrupt.onnx')),
    message: /^corrupt\.onnx is damaged: at byte \d+ /,
    advice: 'Export or download the ONNX file again',
  },
  {
    what: 'the JSON dump of a LightGBM model',
    file: madeFile('dump.json', '{"name":"tree","version":"v4","num_class":1,"tree_info":[]}\n'),
    message: 'dump.json is a LightGBM JSON dump, which is not opened as a model.',
    advice: 'Save the model itself: `booster.save_model("model.txt")`.',
  },
  {
    what: 'a Python pickle',
    file: madeFile('model.pkl', new Uint8Array([0x80, 4, 0x95, 0x20, 0, 0, 0, 0, 0, 0, 0, 0x8c, 8, 1, 2, 3])),
    message: 'model.pkl is a Python pickle or joblib file, which is not opened as a model.',
    advice: 'Save the model itself: LightGBM with',
  },
];

test.describe('a file that cannot be opened is refused by name, and what was open stays', () => {
  for (const { what, file, message, advice } of refused)
    test(what, async ({ page }) => {
      await openGoodTable(page);
      await choose(page, file);
      const panel = refusal(page, `${file.name} was not opened`);
      await expect(panel.getByRole('paragraph').first()).toHaveText(message);
      await expect(panel.getByRole('paragraph').filter({ hasText: advice })).toBeVisible();
      await keepPicture(page, 'refusal');
      await panel.getByRole('button', { name: 'Dismiss' }).click();
      await expect(panel).toBeHidden();
      await expectGoodTableAnswers(page);
    });
});

test('on the first page a refusal leaves both ways in', async ({ page }) => {
  await page.goto('/');
  await choose(page, madeFile('empty.csv', ''));
  await expect(refusal(page, 'empty.csv was not opened')).toBeVisible();
  await expect(page.getByRole('button', { name: /Open the demo: credit/ })).toBeEnabled();
  await keepPicture(page, 'first-run');
  await choose(page, scoredTable('good.csv'));
  await expect(refusal(page, 'empty.csv was not opened')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Use the scores in score' })).toBeVisible();
});

test.describe('a table that cannot be judged leads to what would make it so', () => {
  test('no column looks like an outcome', async ({ page }) => {
    await page.goto('/');
    const rows = Array.from({ length: 60 }, (_, i) => `${i * 1.5},${i * i},${'ABC'[i % 3]}`);
    await choose(page, madeFile('measures.csv', `width,area,grade\n${rows.join('\n')}\n`));
    await expect(
      status(page, 'Choose the target: the column that says how each row turned out.'),
    ).toBeVisible();
    await keepPicture(page, 'choose-target');
    await page.getByRole('button', { name: /^Target/ }).click();
    await page.getByRole('option', { name: /^grade/ }).click();
    await expect(page.getByRole('region', { name: 'Values of grade' })).toBeVisible();
    await page.getByRole('button', { name: 'Move C to negative' }).click();
    await expect(
      status(page, 'Move at least one value to positive: the outcome you want to catch.'),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Move A to positive' }).click();
    await expect(status(page, 'Now the scores')).toBeVisible();
    await keepPicture(page, 'target-chosen');
  });

  test('every row has the same outcome', async ({ page }) => {
    await page.goto('/');
    await choose(
      page,
      scoredTable('lucky.csv', (row) => ({ ...row, outcome: '0' })),
    );
    await expect(status(page, 'Choose the target')).toBeVisible();
    await page.getByRole('button', { name: /^Target/ }).click();
    await page.getByRole('option', { name: /^default/ }).click();
    await expect(
      status(page, 'Every labelled row is positive. A threshold needs both outcomes'),
    ).toBeVisible();
    await keepPicture(page, 'one-class');
    await page.getByRole('link', { name: 'Thresholds' }).click();
    await expect(page.getByRole('button', { name: 'Finish in the workspace' })).toBeVisible();
  });

  test('the rows of the split all have the same outcome', async ({ page }) => {
    await page.goto('/');
    const rows = Array.from({ length: 90 }, (_, i) => {
      const isTest = i % 3 === 0;
      return `${(i % 30) / 30},${isTest ? 0 : i % 2},${isTest ? 'test' : 'train'}`;
    });
    await choose(page, madeFile('split.csv', `score,default,split\n${rows.join('\n')}\n`));
    await page.getByRole('button', { name: 'Use the scores in score' }).click();
    const panel = refusal(page, 'These scores cannot be judged');
    await expect(panel).toContainText(/All 30 judged rows.*negative/);
    await expect(panel).toContainText(
      'A threshold needs both outcomes: check the positive values of "default" and the split.',
    );
    await keepPicture(page, 'one-class-split');
    await page.getByRole('button', { name: /^Judge by split/ }).click();
    await page.getByRole('option', { name: 'all rows' }).click();
    await page.getByRole('button', { name: 'Find the threshold' }).click();
    await expect(answer(page)).toContainText('you flag');
  });

  test('a link names a target that the table does not have', async ({ page }) => {
    await page.goto('/#demo=credit&target=Outcome:bad');
    await expect(
      status(page, 'credit_data.csv has no column “Outcome”, which is named as the target.'),
    ).toBeVisible({ timeout: 60_000 });
    await keepPicture(page, 'workspace');
    await page.getByRole('link', { name: 'Thresholds' }).click();
    await expect(page.getByRole('alert')).toContainText('has no column "Outcome"');
    await keepPicture(page, 'thresholds');
    await page.getByRole('button', { name: 'Go to the workspace' }).click();
    await page.getByRole('button', { name: /^Target/ }).click();
    await page.getByRole('option', { name: /^Status/ }).click();
    await page.getByRole('button', { name: 'Find the threshold' }).click();
    await expect(answer(page)).toContainText('you flag');
  });
});

test.describe('scores that say little or are none', () => {
  test('all equal: the page says that no threshold tells rows apart', async ({ page }) => {
    await page.goto('/');
    await choose(
      page,
      scoredTable('flat.csv', (row) => ({ ...row, score: '0.5' })),
    );
    await useScoreColumn(page);
    await page.getByRole('button', { name: 'Find the threshold' }).click();
    await expect(answer(page)).toContainText(
      'Every score is 0.500: no threshold tells one row from another.',
    );
    await expect(page.getByText('AUC 0.500', { exact: false }).first()).toBeVisible();
    await keepPicture(page, 'all-equal');
  });

  test('NaN and missing ones are counted and said on both pages', async ({ page }) => {
    await page.goto('/');
    const scoreless = (i: number): string => (i % 80 === 0 ? 'NaN' : '');
    await choose(
      page,
      scoredTable('gaps.csv', (row, i) => (i % 40 === 0 ? { ...row, score: scoreless(i) } : row)),
    );
    await page.getByRole('button', { name: 'Use the scores in score' }).click();
    await expect(
      status(page, '10 of 400 judged rows have no score: they are never flagged, always counted'),
    ).toBeVisible();
    await keepPicture(page, 'workspace');
    await page.getByRole('button', { name: 'Find the threshold' }).click();
    await expect(page.getByText('10 rows without a score are counted as passed.')).toBeVisible();
    await keepPicture(page, 'thresholds');
  });

  test('no score in any row', async ({ page }) => {
    await page.goto('/');
    await choose(
      page,
      scoredTable('blank.csv', (row) => ({ ...row, score: '' })),
    );
    await giveScoreRole(page);
    await expect(status(page, '“score” has no score in any row.')).toContainText('choose another column');
    await expect(page.getByRole('button', { name: 'Use the scores in score' })).toBeHidden();
    await keepPicture(page, 'no-scores');
  });

  test('out of range: said before they are chosen, and they are never offered', async ({ page }) => {
    await page.goto('/');
    await choose(
      page,
      scoredTable('odds.csv', (row, i) => (i === 7 ? { ...row, score: '1.5' } : row)),
    );
    const said = status(page, /“score” cannot be used as scores: it runs from .* to 1\.5, and a score is/);
    await expect(said).toContainText('Now the scores');
    await giveScoreRole(page);
    await expect(said).toContainText('Open the table with the converted column');
    await expect(page.getByRole('button', { name: 'Use the scores in score' })).toBeHidden();
    await keepPicture(page, 'out-of-range');
    await page.getByRole('link', { name: 'Thresholds' }).click();
    await expect(page.getByRole('button', { name: 'Finish in the workspace' })).toBeVisible();
  });
});

test.describe('a model that does not go with the table', () => {
  test('made for another table: its inputs without a column are listed one by one', async ({ page }) => {
    await openGoodTable(page);
    await choose(page, storedFile(creditModel));
    await expect(
      status(page, 'was not made for good.csv: none of its 13 inputs has a column here.'),
    ).toBeVisible();
    const panel = page.getByRole('region', { name: 'Inputs and columns' });
    await expect(panel).toContainText('13 of 13 inputs have no column');
    const inputs =
      'Seniority Time Age Expenses Income Assets Debt Amount Price Home Marital Records Job'.split(' ');
    await expect(panel.getByRole('listitem')).toHaveText(inputs);
    await keepPicture(page, 'misfit');
    await page.getByRole('button', { name: /^Scores come from/ }).click();
    await page.getByRole('option', { name: /^score/ }).click();
    await expectGoodTableAnswers(page);
  });

  test('an operator that ONNX Runtime does not have is named', async ({ page }) => {
    await page.goto('/');
    await choose(page, storedFile(creditTable), storedFile(brokenModel('unsupported-operator.onnx')));
    const score = page.getByRole('button', { name: 'Score 4,454 rows' });
    await score.click();
    const panel = refusal(page, 'The rows were not scored');
    await expect(panel).toContainText(
      'unsupported-operator.onnx uses the operator RiskScore of operator set com.example 1 (node "risk"), which ONNX Runtime Web does not have.',
    );
    await expect(panel).toContainText('Export the model again with standard ONNX operators');
    await keepPicture(page, 'unsupported-operator');
    await expect(page.getByRole('banner')).toContainText('data_raw.csv');
    await choose(page, storedFile(creditModel));
    await score.click();
    await expect(page.getByRole('button', { name: 'Find the threshold' })).toBeVisible({ timeout: 60_000 });
  });
});

test.describe('a run that does not come to its end', () => {
  /** Long enough to be interrupted: some seconds on two cores. */
  const rowCount = 300_000;
  const scoreButton = (page: Page) => page.getByRole('button', { name: 'Score 300,000 rows' });
  const underWay = (page: Page) => page.getByRole('main').getByText(/rows\/s/);

  async function openManyRows(page: Page): Promise<void> {
    await page.goto('/');
    await choose(page, manyApplications('many.csv', rowCount), storedFile(creditModel));
    await expect(scoreButton(page)).toBeVisible({ timeout: 60_000 });
  }

  async function expectScored(page: Page): Promise<void> {
    await expect(page.getByText(/^Scored by /)).toBeVisible({ timeout: 90_000 });
    await expect(answer(page)).toContainText('test rows are judged');
    await expect(page.getByText(/have no score/)).toHaveCount(0);
  }

  test('workers that are killed once are replaced and the run goes on', async ({ page }) => {
    await openManyRows(page);
    await scoreButton(page).click();
    await expect(underWay(page)).toBeVisible({ timeout: 60_000 });
    const killed = page.workers();
    expect(killed.length).toBeGreaterThan(0);
    const ends = killed.map((worker) => worker.waitForEvent('close'));
    for (const worker of killed) await closeWorker(worker);
    await Promise.all(ends);
    await expectScored(page);
    expect(page.workers().some((worker) => killed.includes(worker))).toBe(false);
  });

  test('workers that die again and again: said, nothing lost, and Try again scores', async ({ page }) => {
    await openManyRows(page);
    const deadly = { on: true };
    const arm = (worker: ReturnType<Page['workers']>[number]): void => {
      if (deadly.on) worker.evaluate(dieOfScoring).catch(() => undefined);
    };
    page.on('worker', arm);
    for (const worker of page.workers()) arm(worker);
    await scoreButton(page).click();
    const panel = refusal(page, 'The rows were not scored');
    await expect(panel).toContainText('The background worker stopped while scoring', { timeout: 60_000 });
    await expect(panel).toContainText('nothing that was open is lost: try again.');
    await expect(page.getByRole('banner')).toContainText('many.csv');
    await keepPicture(page, 'worker-crashed');
    deadly.on = false;
    // The ones that were armed and are idle still would die of the next chunk.
    for (const worker of page.workers()) await worker.evaluate(surviveScoring);
    await panel.getByRole('button', { name: 'Try again' }).click();
    await expectScored(page);
  });

  test('canceled in mid-run: the table, the model and the choices stay, and the run can be started again', async ({
    page,
  }) => {
    await openManyRows(page);
    await scoreButton(page).click();
    await expect(underWay(page)).toBeVisible({ timeout: 60_000 });
    // At once: a picture takes long enough for the kernel to come to its end first.
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(scoreButton(page)).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await keepPicture(page, 'canceled');
    await scoreButton(page).click();
    await expectScored(page);
  });

  test('canceled while a table is read: what was open stays', async ({ page }) => {
    await openGoodTable(page);
    await choose(page, manyApplications('many.csv', rowCount));
    await page.getByText('Reading many.csv').first().waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Reading many.csv')).toBeHidden();
    await expectGoodTableAnswers(page);
  });
});

type PageWorker = ReturnType<Page['workers']>[number];

/** As when the system takes its memory: no event, no last word. */
async function closeWorker(worker: PageWorker): Promise<void> {
  await worker.evaluate(() => self.close()).catch(() => undefined);
}

/** Runs in a worker: from now on the first chunk to score ends it. */
function dieOfScoring(): void {
  const scope = self as unknown as { mortal?: boolean; close: () => void };
  scope.mortal = true;
  self.addEventListener('message', (event) => {
    const task = event.data?.argumentList?.[0]?.value?.task;
    if (scope.mortal === true && task === 'model/score') scope.close();
  });
}

/** Runs in a worker: undoes `dieOfScoring`. */
function surviveScoring(): void {
  (self as unknown as { mortal?: boolean }).mortal = false;
}

/** What follows from the threshold: bands with a reviewer, a cascade with the challenger, and the policy that another system runs. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page, test } from '@playwright/test';
import Database from 'libsql';
import type { DecisionPolicy, GoldenDecision } from '../src/core/money/decision-policy.ts';
import { QUIET, watch } from './watch.ts';

const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true });
const number = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });
const cutOff = (page: Page, name: string): Locator => page.getByRole('slider', { name, exact: true });

/** The sentence that opens the part. */
const sentence = (page: Page, words: RegExp): Locator =>
  page.getByRole('paragraph').filter({ hasText: words });

async function openDemo(page: Page, part: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: /open the demo: credit/i }).click();
  await page.getByRole('button', { name: 'Find the threshold' }).click({ timeout: 60_000 });
  await tab(page, part).click();
}

/** Rows of the three bands, as the table of the page says. */
async function bandCounts(page: Page): Promise<readonly number[]> {
  const rows = page.getByRole('table', { name: 'Bands' }).getByRole('row');
  const counts: number[] = [];
  for (const band of ['Approve', 'Refer', 'Decline']) {
    const cells = rows.filter({ hasText: band }).getByRole('cell');
    counts.push(Number((await cells.nth(1).textContent())?.replaceAll(',', '')));
  }
  return counts;
}

async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly text: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

/** The rows of the demo that are judged: those of its test split, by position. */
function testRows(): readonly number[] {
  const [header, ...lines] = readFileSync('public/demo/credit/credit_data.csv', 'utf8').trim().split(/\r?\n/);
  const split = header!.split(',').indexOf('split');
  return lines.flatMap((line, row) => (line.split(',')[split] === 'test' ? [row] : []));
}

interface Decided {
  readonly place: number;
  readonly score: string;
  readonly decision: string;
  readonly band: string;
}

/** What a database makes of the saved SQL over the saved scores, imported as texts, and what its checks return. */
function runInDatabase(sql: string, scoresCsv: string) {
  const database = new Database(':memory:');
  try {
    database.exec('CREATE TABLE scored_rows (place INTEGER, row_id TEXT, score TEXT)');
    const insert = database.prepare('INSERT INTO scored_rows VALUES (?, ?, ?)');
    for (const line of scoresCsv.trim().split('\n').slice(1)) {
      const [row, score] = line.trim().split(',');
      insert.run(Number(row), row, score);
    }
    const [check, lookUp] = [sql.indexOf('\n-- 2. '), sql.indexOf('\n-- 3. ')];
    return {
      decided: database.prepare(sql.slice(0, check)).all() as Decided[],
      differing: [check, lookUp].map((from, at) =>
        database.prepare(sql.slice(from, at === 0 ? lookUp : undefined)).all(),
      ),
    };
  } finally {
    database.close();
  }
}

test('bands: proposed, moved by keyboard and pointer, over capacity, best again', async ({
  page,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await openDemo(page, 'Bands');
  await expect(sentence(page, /^Approving below/)).toContainText(
    /leaves \d+ applicants \(\d+\.\d.% ?\) for review/,
  );
  expect((await bandCounts(page)).reduce((sum, count) => sum + count, 0)).toBe(1336);
  await expect(page.getByRole('button', { name: 'Use the best cut-offs' })).toBeDisabled();

  const upper = cutOff(page, 'Decline from');
  const before = await bandCounts(page);
  await upper.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await bandCounts(page))[1]).toBe(before[1]! + 1);
  const box = await upper.boundingBox();
  if (box === null) throw new Error('The picture has no upper cut-off.');
  await page.mouse.move(box.x + box.width / 2, box.y + 120);
  await page.mouse.down();
  await page.mouse.move(box.x + 240, box.y + 120, { steps: 6 });
  await page.mouse.up();
  await expect(page).toHaveURL(/bands=low:[\d.]+,high:0\.\d+/);
  await expect.poll(async () => (await bandCounts(page))[1]).toBeGreaterThan(400);

  await number(page, 'Review capacity').fill('150');
  await number(page, 'Review capacity').press('Enter');
  await expect(page.getByText(/reviews are \d+ more than the 150 that can be done/)).toBeVisible();
  await page.getByRole('button', { name: 'Use the best cut-offs' }).click();
  await expect.poll(async () => (await bandCounts(page))[1]).toBeLessThanOrEqual(150);

  await page.getByRole('button', { name: 'Back to the proposal' }).click();
  await expect.poll(() => bandCounts(page)).toEqual(before);
  expect(seen).toEqual(QUIET);
});

test('policy: the saved SQL decides every scored row as the page does, and its two checks are empty', async ({
  page,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await openDemo(page, 'Bands');
  await page.getByRole('button', { name: 'Use 0.4 and 0.7' }).click();
  await expect(page).toHaveURL(/bands=low:0\.4,high:0\.7/);
  await expect(sentence(page, /^Approving below/)).toContainText('0.700');
  const counts = await bandCounts(page);
  await tab(page, 'Policy').click();
  await expect(sentence(page, /The SQL decides your table/)).toContainText('approves below 0.400');
  await expect(page.getByRole('table', { name: 'Golden rows' }).getByRole('row')).toHaveCount(51);
  const sql = await saved(page, 'Save policy as SQL');
  const json = await saved(page, 'Save policy as JSON');
  expect([sql.name, json.name]).toEqual(['credit-data-policy.sql', 'credit-data-policy.json']);
  const { policy, goldenRows } = JSON.parse(json.text) as {
    readonly policy: DecisionPolicy;
    readonly goldenRows: readonly GoldenDecision[];
  };

  await page.getByRole('link', { name: 'Workspace' }).click();
  const scores = await saved(page, 'Download scores (CSV)');
  const { decided, differing } = runInDatabase(sql.text, scores.text);
  expect(differing).toEqual([[], []]);
  expect(decided).toHaveLength(4454);
  for (const { score, decision } of decided)
    expect(decision).toBe(score !== '' && Number(score) >= policy.threshold ? 'flag' : 'pass');
  const judged = testRows().map((row) => decided[row]!.band);
  expect(['approve', 'refer', 'decline'].map((band) => judged.filter((is) => is === band).length)).toEqual(
    counts,
  );
  for (const { row, score, decision, band } of goldenRows) {
    expect(decided[row]).toMatchObject({ place: row, decision, band });
    expect(Number(decided[row]!.score)).toBe(score);
  }
  expect(seen).toEqual(QUIET);
});

test('cascade: the challenger is scored, the pair stands beside each alone, and a link brings it back', async ({
  page,
  browser,
  baseURL,
}) => {
  const seen = watch(page, baseURL ?? '');
  await openDemo(page, 'Cascade');
  await page.getByRole('button', { name: 'Score 4,454 rows' }).click();
  const table = page.getByRole('table', { name: 'Pair and each alone' });
  await expect(table.getByRole('row')).toHaveCount(4, { timeout: 60_000 });
  await expect(sentence(page, /decides outside/)).toContainText(
    /It is the best of [\d,]+ tried on these rows/,
  );

  await number(page, 'Accurate score').fill('1000');
  await number(page, 'Accurate score').press('Enter');
  await page.getByRole('button', { name: 'Find the best band' }).click();
  await expect(sentence(page, /decides outside/)).toContainText('0 of 1,336 rows');
  await expect(page).toHaveURL(/cascade=accurate,model:/);

  const other = await (await browser.newContext()).newPage();
  await other.goto(page.url());
  await other.getByRole('button', { name: 'Score 4,454 rows' }).click({ timeout: 60_000 });
  await expect(number(other, 'Accurate score')).toHaveValue('1,000');
  await expect(sentence(other, /decides outside/)).toContainText('0 of 1,336 rows');
  expect(seen).toEqual(QUIET);
});

test('cascade: with one score the part says what it needs and leads there', async ({ page }) => {
  await page.goto('/thresholds#demo=fraud&view=cascade');
  await expect(page.getByText('There is one so far.', { exact: false })).toBeVisible({ timeout: 90_000 });
  await page.getByRole('button', { name: 'Open a second model' }).click();
  await expect(page).toHaveURL(/\/#|\/$/);
});

/** For every eye and hand: axe on each state of the app in both themes and at both widths; the journey without a mouse. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { violations } from './axe.ts';
import { creditModel, madeFile, scoredTable, storedFile } from './files.ts';

const slider = (page: Page): Locator => page.getByRole('slider', { name: 'Threshold' });
const threshold = (page: Page): Locator => page.getByRole('textbox', { name: 'Threshold' });
const bar = (page: Page): Locator => page.getByRole('region', { name: 'Decision bar' });

async function openDemo(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: /open the demo: credit/i }).click();
  await expect(page.getByRole('button', { name: 'Find the threshold' })).toBeVisible({ timeout: 60_000 });
}

/** The simulated loan book: two tables, two models. */
async function openSimulated(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: /open the demo: a loan book/i }).click();
  await expect(page.getByRole('button', { name: 'Find the threshold' })).toBeVisible({ timeout: 60_000 });
}

async function openThresholds(page: Page): Promise<void> {
  await openDemo(page);
  await page.getByRole('button', { name: 'Find the threshold' }).click();
  await expect(slider(page)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Strategies' })).toBeVisible();
}

/** Each state of the app that looks different, and how a person gets there. */
const states: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'the first page': async (page) => {
    await page.goto('/');
    await expect(page.getByRole('button', { name: /open the demo: credit/i })).toBeVisible();
  },
  'the workspace with the demo': openDemo,
  'the thresholds page with the demo': openThresholds,
  'the ranking of the scores': async (page) => {
    await openThresholds(page);
    await page.getByRole('tab', { name: 'Ranking' }).click();
    await expect(page.getByRole('table', { name: 'Gains table' })).toBeVisible();
  },
  'recalibrated scores': async (page) => {
    await openThresholds(page);
    await page.getByRole('tab', { name: 'Calibration' }).click();
    await page.getByRole('radiogroup', { name: 'Scores, on every page' }).getByText('Isotonic').click();
    await expect(page.getByRole('region', { name: 'Recalibration', exact: true }).last()).toBeVisible();
    await expect(page.getByRole('banner').getByText(/^Recalibrated/)).toBeVisible();
  },
  'a baseline that is pinned': async (page) => {
    await openThresholds(page);
    await page.getByRole('button', { name: 'Pin this threshold' }).click();
    await page.getByRole('button', { name: 'Only as baseline' }).click();
    await page.getByRole('button', { name: 'Max F1' }).click();
    await expect(bar(page)).toContainText(/pinned 0\.\d/);
  },
  'a refused file': async (page) => {
    await page.goto('/');
    const input = page.locator('input[type=file]').first();
    await input.setInputFiles(scoredTable('good.csv'));
    await expect(page.getByRole('button', { name: 'Use the scores in score' })).toBeVisible();
    await input.setInputFiles(madeFile('empty.csv', ''));
    await expect(page.getByRole('alert')).toBeVisible();
    await page.getByRole('button', { name: 'Details' }).first().click();
  },
  'a model that does not fit the table': async (page) => {
    await page.goto('/');
    const columns = Array.from({ length: 120 }, (_, i) => `reading_${i}`);
    const rows = Array.from({ length: 20 }, (_, i) =>
      [i % 2, ...columns.map((_name, at) => at * i)].join(','),
    );
    const wide = madeFile('wide.csv', [`outcome,${columns.join(',')}`, ...rows].join('\n'));
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([wide, storedFile(creditModel)]);
    await expect(page.getByText('120 columns feed no input')).toBeVisible();
  },
  'rows that cannot be judged': async (page) => {
    await page.goto('/thresholds#demo=credit&target=Outcome:bad&colour=red');
    await expect(page.getByRole('alert')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('region', { name: 'Notices' })).toBeVisible();
  },
  'a link that needs files': async (page) => {
    await page.goto(`/thresholds#table=${'ab'.repeat(32)}:loans.csv&target=Status:bad`);
    await expect(page.getByRole('heading', { name: /^This page needs loans\.csv/ })).toBeVisible();
  },
  'an empty thresholds page': async (page) => {
    await page.goto('/thresholds');
    await expect(page.getByRole('button', { name: 'Open a table or the demo' })).toBeVisible();
  },
  'an open list of choices': async (page) => {
    await openDemo(page);
    await page
      .getByRole('button', { name: /^Amount/ })
      .first()
      .click();
    await expect(page.getByRole('listbox')).toBeVisible();
  },
  'the settings of a column': async (page) => {
    await openDemo(page);
    await page.getByRole('button', { name: 'Settings of Home' }).click();
    const sheet = page.getByRole('dialog', { name: 'Settings of Home' });
    await sheet.getByRole('textbox').fill('other');
    await sheet.getByRole('textbox').press('Enter');
    await expect(sheet.getByRole('list', { name: 'Tokens' })).toContainText('other');
  },
  'the description of a join': async (page) => {
    await openSimulated(page);
    await page.getByRole('button', { name: 'Join a second table' }).click();
    await expect(page.getByRole('dialog', { name: /^Join a table/ })).toBeVisible();
  },
  'two tables, two models and a join': async (page) => {
    await openSimulated(page);
    await page.getByRole('button', { name: 'Join a second table' }).click();
    await page.getByRole('button', { name: /^Join \d/ }).click();
    await expect(page.getByRole('table', { name: 'Joined tables' })).toContainText('rows');
  },
  'files that this browser keeps, and the question before they are forgotten': async (page) => {
    await openDemo(page);
    await page.goto('about:blank');
    await page.goto('/');
    await page.getByRole('button', { name: 'Forget everything' }).click();
    await expect(page.getByRole('dialog', { name: 'Forget what this browser keeps' })).toBeVisible();
  },
  'the model page with the demo': async (page) => {
    await openDemo(page);
    await page.getByRole('link', { name: 'Model page' }).click();
    await expect(page.getByRole('list', { name: 'Checks' })).toBeVisible();
    await page
      .getByRole('button', { name: /, evidence$/ })
      .first()
      .click();
    await page.getByRole('button', { name: /^Score 4,454 rows with/ }).click();
    await expect(page.getByRole('region', { name: 'Score against score' })).toBeVisible({ timeout: 60_000 });
  },
  'an empty model page': async (page) => {
    await page.goto('/model');
    await expect(page.getByRole('button', { name: 'Open a model or the demo' })).toBeVisible();
  },
  'the explain page with the demo': async (page) => {
    await page.goto(
      '/explain#demo=credit&explain=method:interventional,background:cohort/Home/rent,size:100',
    );
    await expect(page.getByText(/rows explained/)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('region', { name: 'How this was computed' })).toBeVisible();
  },
  'an explain page without a model': async (page) => {
    await page.goto('/');
    await page.locator('input[type=file]').first().setInputFiles(scoredTable('good.csv'));
    await page.getByRole('button', { name: 'Use the scores in score' }).click();
    await page.getByRole('button', { name: 'Find the threshold' }).click();
    await page.getByRole('link', { name: 'Explain' }).click();
    await expect(page.getByRole('button', { name: 'Open a model in the workspace' })).toBeVisible();
  },
  'an open menu of a picture': async (page) => {
    await openThresholds(page);
    await pictureMenu(page, 'Net value by threshold').click();
    await expect(page.getByRole('menu')).toBeVisible();
  },
  'an open definition': async (page) => {
    await openThresholds(page);
    await pictureMenu(page, 'ROC').click();
    await page.getByRole('menuitem', { name: 'Definition' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  'a picture as its table': async (page) => {
    await openThresholds(page);
    await pictureMenu(page, 'Net value by threshold').click();
    await page.getByRole('menuitem', { name: 'Show as table' }).click();
    await expect(
      page.getByRole('region', { name: 'Net value by threshold' }).getByRole('table'),
    ).toBeVisible();
  },
};

function pictureMenu(page: Page, title: string): Locator {
  return page.getByRole('button', { name: `${title}: table, downloads, definition` });
}

/** The page has no scroll sideways: what is too wide scrolls in its own frame. */
async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

for (const width of [1440, 390])
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: width === 390 ? 844 : 900 } });

    for (const [name, open] of Object.entries(states))
      test(`${name}: axe finds nothing, light and dark`, async ({ page }) => {
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
        await open(page);
        expect.soft(await violations(page), 'light').toEqual([]);
        await page.screenshot({ path: test.info().outputPath('light.png') });
        await page.emulateMedia({ colorScheme: 'dark' });
        expect.soft(await violations(page), 'dark').toEqual([]);
        await page.screenshot({ path: test.info().outputPath('dark.png') });
        expect.soft(await sidewaysScroll(page)).toBe(0);
      });

    test('the theme switch: the other theme against the system, axe finds nothing', async ({ page }) => {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await openThresholds(page);
      await page.getByRole('button', { name: 'Use the dark theme' }).click();
      expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
      expect.soft(await violations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.getByRole('button', { name: 'Use the light theme' }).click();
      expect.soft(await violations(page)).toEqual([]);
    });
  });

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('slider and figures are in sight at once; the slider stays when the page is scrolled', async ({
    page,
  }) => {
    await openThresholds(page);
    await expect(slider(page)).toBeInViewport();
    const tiles = bar(page).getByRole('button', { name: /^(Flagged|Recall|Precision|FPR|Net value|ROI) / });
    await expect(tiles).toHaveCount(6);
    for (const tile of await tiles.all()) await expect(tile).toBeInViewport({ ratio: 1 });
    await page.screenshot({ path: test.info().outputPath('top.png') });
    await page.getByRole('region', { name: 'Strategies' }).scrollIntoViewIfNeeded();
    await expect(slider(page)).toBeInViewport();
    await page.screenshot({ path: test.info().outputPath('scrolled.png') });
  });
});

/** Presses Tab until the element has the focus; fails when the whole page was walked without meeting it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement))
      return expectFocusSeen(target);
  }
  throw new Error(`150 tabs did not reach ${target}`);
}

/** Focus changes what is drawn around the element that has it, or around the control that it belongs to. */
async function expectFocusSeen(focused: Locator): Promise<void> {
  const withFocus = await focused.evaluate(edges);
  await focused.blur();
  await expect.poll(() => focused.evaluate(edges)).not.toBe(withFocus);
  await focused.focus();
}

/** Runs in the page: how the outlines, rings and borders of an element and of what is around it are drawn. */
function edges(element: Element): string {
  const { parentElement: parent, nextElementSibling: next, previousElementSibling: previous } = element;
  return [element, next, previous, parent, parent?.parentElement]
    .map((near) => {
      if (!near) return '';
      const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(near);
      return `${outlineStyle} ${outlineStyle === 'none' ? '' : outlineWidth} ${boxShadow} ${borderColor}`;
    })
    .join(', ');
}

test('without a mouse: demo, threshold, strategy, baseline, a picture as its table, a link', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/');
  await expect(page.getByRole('button', { name: /open the demo: credit/i })).toBeVisible();

  await test.step('the first Tab offers the way past the rail', async () => {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Skip to the page' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
  });
  await test.step('the demo', async () => {
    await tabTo(page, page.getByRole('button', { name: /open the demo: credit/i }));
    await page.keyboard.press('Enter');
    const find = page.getByRole('button', { name: 'Find the threshold' });
    await expect(find).toBeVisible({ timeout: 60_000 });
    await tabTo(page, find);
    await page.keyboard.press('Enter');
    await expect(slider(page)).toBeVisible();
  });
  await test.step('the slider: an arrow is the next decision, Shift a hundredth of the rows', async () => {
    await tabTo(page, slider(page));
    await page.screenshot({ path: test.info().outputPath('slider-focused.png') });
    const flagged = async () => {
      const text = await slider(page).getAttribute('aria-valuetext');
      return Number(/flags ([\d,]+) of/.exec(text ?? '')?.[1]?.replace(/,/g, ''));
    };
    const before = await flagged();
    await page.keyboard.press('ArrowRight');
    await expect.poll(flagged).toBe(before - 1);
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(flagged).toBeLessThanOrEqual(before - 1 - 13);
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(flagged).toBe(before - 1);
  });
  await test.step('a rule', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Max F1' }));
    await page.keyboard.press('Enter');
    await expect(threshold(page)).toHaveValue(/^0\.365/);
  });
  await test.step('the baseline', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Pin this threshold' }));
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Reason')).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Only as baseline' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(bar(page)).toContainText('pinned 0.365');
  });
  await test.step('a picture as its table', async () => {
    await tabTo(page, pictureMenu(page, 'Net value by threshold'));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Show as table' })).toBeFocused();
    await page.screenshot({ path: test.info().outputPath('menu-open.png') });
    await page.keyboard.press('Enter');
    const twin = page.getByRole('region', { name: 'Net value by threshold' }).getByRole('table');
    await expect(twin).toBeVisible();
    expect(await twin.getByRole('row').count()).toBeGreaterThan(10);
    await expect(pictureMenu(page, 'Net value by threshold')).toBeFocused();
    await page.screenshot({ path: test.info().outputPath('table-twin.png') });
  });
  await test.step('the link', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Share', exact: true }));
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('pinned=0.365');
    await expect(page.getByText('Link copied')).toBeVisible();
  });
});

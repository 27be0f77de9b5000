/** What hands can do without a mouse, and take back: undo, command palette, keyboard map, sheet of shortcuts. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { violations } from './axe.ts';

const slider = (page: Page): Locator => page.getByRole('slider', { name: 'Threshold' });
const threshold = (page: Page): Locator => page.getByRole('textbox', { name: 'Threshold' });
const reviewCost = (page: Page): Locator => page.getByRole('textbox', { name: 'Review cost' });
const palette = (page: Page): Locator => page.getByRole('dialog', { name: 'Commands' });
const search = (page: Page): Locator => palette(page).getByRole('combobox', { name: /^Search commands/ });
const undo = (page: Page): Locator => page.getByRole('button', { name: /^Undo: / });
const redo = (page: Page): Locator => page.getByRole('button', { name: /^Redo: / });
const sheet = (page: Page): Locator => page.getByRole('dialog', { name: 'Keyboard shortcuts' });

async function openThresholds(page: Page): Promise<void> {
  await page.goto('/thresholds#demo=credit');
  await expect(slider(page)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Strategies' })).toBeVisible();
}

/** The same fragment for as long as the address lags behind the choices. */
async function fragmentOf(page: Page): Promise<string> {
  await page.evaluate(() => new Promise((done) => setTimeout(done, 450)));
  return new URL(page.url()).hash;
}

test.describe('undo', () => {
  test('takes a review cost back and makes it again, with the answer and the address', async ({ page }) => {
    await openThresholds(page);
    await expect(undo(page)).toBeDisabled();
    const [before, answer] = [await fragmentOf(page), await page.getByRole('main').textContent()];
    await reviewCost(page).fill('95');
    await reviewCost(page).press('Enter');
    await expect(page.getByRole('button', { name: 'Undo: review cost' })).toBeEnabled();
    expect(await fragmentOf(page)).toContain('reviewCost:95');
    await reviewCost(page).press('Control+z');
    await expect(reviewCost(page)).not.toHaveValue('95');
    await expect.poll(() => page.getByRole('main').textContent()).toBe(answer);
    expect(await fragmentOf(page)).toBe(before);
    await page.getByRole('button', { name: 'Redo: review cost' }).click();
    await expect(reviewCost(page)).toHaveValue('95');
    await expect(redo(page)).toBeDisabled();
  });

  test('a drag of the threshold is one step, and its field shows what is restored', async ({ page }) => {
    await openThresholds(page);
    const before = await threshold(page).inputValue();
    const box = await slider(page).boundingBox();
    if (box === null) throw new Error('The slider has no box.');
    const middle = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.3, middle);
    await page.mouse.down();
    for (const share of [0.4, 0.5, 0.6]) {
      await page.mouse.move(box.x + box.width * share, middle, { steps: 4 });
      // Longer than a burst: the pointer rests, and it is still one drag.
      await page.evaluate(() => new Promise((done) => setTimeout(done, 800)));
    }
    await page.mouse.up();
    const dragged = await threshold(page).inputValue();
    expect(dragged).not.toBe(before);
    await page.keyboard.press('Control+z');
    await expect(threshold(page)).toHaveValue(before);
    await expect(undo(page)).toBeDisabled();
    await page.keyboard.press('Control+Shift+z');
    await expect(threshold(page)).toHaveValue(dragged);
  });

  test('a burst of arrow keys is one step', async ({ page }) => {
    await openThresholds(page);
    const before = await threshold(page).inputValue();
    await slider(page).focus();
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight');
    await expect(threshold(page)).not.toHaveValue(before);
    await page.keyboard.press('Control+z');
    await expect(threshold(page)).toHaveValue(before);
    await expect(undo(page)).toBeDisabled();
    await page.keyboard.press('Control+y');
    await expect(threshold(page)).not.toHaveValue(before);
  });

  test('leaves typed text to the browser until it is taken over', async ({ page }) => {
    await openThresholds(page);
    await page.getByRole('button', { name: 'Max F1' }).click();
    const before = await reviewCost(page).inputValue();
    await reviewCost(page).click();
    await page.keyboard.type('7');
    await expect(reviewCost(page)).not.toHaveValue(before);
    await page.keyboard.press('Control+z');
    await expect(reviewCost(page)).toHaveValue(before);
    await expect(page.getByRole('button', { name: 'Undo: threshold' })).toBeEnabled();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+z');
    await expect(undo(page)).toBeDisabled();
  });

  test('ends at the table: another one has nothing to take back', async ({ page }) => {
    await openThresholds(page);
    await page.getByRole('button', { name: 'Max F1' }).click();
    await expect(undo(page)).toBeEnabled();
    await page.goto('/thresholds#demo=credit&threshold=0.5');
    await page.reload();
    await expect(slider(page)).toBeVisible({ timeout: 60_000 });
    await expect(undo(page)).toBeDisabled();
  });
});

test.describe('the command palette', () => {
  test('opens by Ctrl+K, runs a command, and Escape returns to where the focus was', async ({ page }) => {
    await openThresholds(page);
    await slider(page).focus();
    await page.keyboard.press('Control+k');
    await expect(search(page)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
    await expect(slider(page)).toBeFocused();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('max yo');
    const found = palette(page).getByRole('option');
    await expect(found).toHaveCount(1);
    await expect(found).toContainText('Use Max Youden');
    await page.keyboard.press('Enter');
    await expect(palette(page)).toBeHidden();
    await expect(slider(page)).toBeFocused();
    await expect(page.getByRole('region', { name: 'Decision bar' })).toContainText('max Youden');
    await page.keyboard.press('Control+z');
    await expect(undo(page)).toBeDisabled();
  });

  test('saves a scenario and offers its templates', async ({ page }) => {
    await openThresholds(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('template');
    await expect(palette(page).getByRole('option').first()).toContainText('Use the template');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('save scenario');
    await expect(palette(page).getByRole('option').first()).toContainText('Save the scenario');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Saved scenarios' })).toBeVisible();
  });

  test('a text typed into it closes with one Escape', async ({ page }) => {
    await openThresholds(page);
    await page.getByRole('button', { name: 'Search commands' }).click();
    await page.keyboard.type('work');
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
    await expect(page.getByRole('button', { name: 'Search commands' })).toBeFocused();
  });

  test('sets a typed threshold, remembers what was run, and says when there is nothing', async ({ page }) => {
    await openThresholds(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('0.35');
    await page.keyboard.press('Enter');
    await expect.poll(() => threshold(page).inputValue()).toMatch(/^0\.35/);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('workspace');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/#/);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('qqq');
    await expect(palette(page)).toContainText('Nothing here is called “qqq”.');
    for (let i = 0; i < 3; i++) await page.keyboard.press('Backspace');
    await page.keyboard.type('thres');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/thresholds#/);
    await page.keyboard.press('Control+k');
    await expect(
      palette(page).getByRole('group', { name: 'Recent' }).getByRole('option').first(),
    ).toContainText('Workspace');
  });

  for (const width of [1440, 390])
    test(`axe finds nothing in it and in the sheet at ${width} px, light and dark`, async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await openThresholds(page);
      await page.keyboard.press('Control+k');
      await expect(search(page)).toBeFocused();
      await page.keyboard.press('ArrowDown');
      expect.soft(await violations(page), 'palette, light').toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect.soft(await violations(page), 'palette, dark').toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(sheet(page)).toBeVisible();
      expect.soft(await violations(page), 'sheet, dark').toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
      expect.soft(await violations(page), 'sheet, light').toEqual([]);
    });
});

test.describe('the keyboard map', () => {
  test('walks the pages by brackets and by g and a letter', async ({ page }) => {
    await openThresholds(page);
    await page.keyboard.press('[');
    await expect(page).toHaveURL(/\/#/);
    await page.keyboard.press('[');
    await page.keyboard.press(']');
    await expect(page).toHaveURL(/\/thresholds#/);
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    await expect(page).toHaveURL(/\/#/);
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await expect(page).toHaveURL(/\/thresholds#/);
  });

  test('pins by p, also from the slider', async ({ page }) => {
    await openThresholds(page);
    await slider(page).focus();
    await page.keyboard.press('p');
    await page.getByRole('dialog').getByRole('button', { name: 'Only as baseline' }).click();
    await expect(page.getByRole('button', { name: 'Unpin the baseline' })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press('p');
    await expect(page.getByRole('button', { name: /^Pin this threshold/ })).toBeVisible();
  });

  test('is silent while text is typed, in lists and in dialogs', async ({ page }) => {
    await openThresholds(page);
    const unpinned = page.getByRole('button', { name: /^Pin this threshold/ });
    await page.getByRole('textbox', { name: 'Currency' }).focus();
    await page.keyboard.type('p[?');
    await expect(page).toHaveURL(/\/thresholds#/);
    await expect(sheet(page)).toBeHidden();
    await page
      .getByRole('button', { name: /^Amount/ })
      .first()
      .focus();
    await page.keyboard.press('p');
    await expect(unpinned).toBeVisible();
    await page.getByRole('heading', { name: 'Strategies' }).click();
    await page.keyboard.press('?');
    await expect(sheet(page)).toBeVisible();
    await page.keyboard.press('[');
    await page.keyboard.press('Control+k');
    await expect(sheet(page)).toBeVisible();
    await expect(palette(page)).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(sheet(page)).toBeHidden();
    await expect(page).toHaveURL(/\/thresholds#/);
    await expect(unpinned).toBeVisible();
  });

  test('single keys can be switched off, the others stay', async ({ page }) => {
    await openThresholds(page);
    await page.keyboard.press('?');
    await sheet(page).getByRole('checkbox').press('Space');
    await page.keyboard.press('Escape');
    await page.keyboard.press('[');
    await page.keyboard.press('?');
    await expect(page).toHaveURL(/\/thresholds#/);
    await expect(sheet(page)).toBeHidden();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('shortcuts');
    await page.keyboard.press('Enter');
    await expect(sheet(page)).toBeVisible();
    await expect(sheet(page).getByRole('checkbox')).not.toBeChecked();
  });
});

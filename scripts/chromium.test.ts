import { describe, expect, it } from 'vitest';
import { findChromium } from './chromium.ts';

describe('findChromium', () => {
  it('takes the one that is named, when it runs', () => {
    // Node answers --version as well, which is all that is asked of it here.
    expect(findChromium({ CUTLINE_CHROMIUM: process.execPath })).toBe(process.execPath);
  });

  it('refuses a named one that does not run, instead of taking another', () => {
    expect(() => findChromium({ CUTLINE_CHROMIUM: '/nowhere/chromium' })).toThrow('/nowhere/chromium');
  });
});

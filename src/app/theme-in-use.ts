import { create } from 'zustand';
import { applyStoredTheme, chooseTheme, shownTheme } from '../design/theme.ts';

// Imports run before any other code of a module: what names the theme would otherwise see the one before the choice.
applyStoredTheme();

/** The theme on screen, for what names it. */
export const useTheme = create<'light' | 'dark'>()(() => shownTheme());

/** Changes to the other theme than is shown, and keeps the choice. */
export function switchTheme(): void {
  const other = shownTheme() === 'dark' ? 'light' : 'dark';
  chooseTheme(other);
  useTheme.setState(other, true);
}

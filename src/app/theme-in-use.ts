import { create } from 'zustand';
import { chooseTheme, shownTheme } from '../design/theme.ts';

/** The theme on screen, for what names it. */
export const useTheme = create<'light' | 'dark'>()(() => shownTheme());

/** Changes to the other theme than is shown, and keeps the choice. */
export function switchTheme(): void {
  const other = shownTheme() === 'dark' ? 'light' : 'dark';
  chooseTheme(other);
  useTheme.setState(other, true);
}

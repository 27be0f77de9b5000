/**
 * Light or dark: the system's until the user chooses. The choice is the attribute `data-theme` on <html>,
 * kept in localStorage; the stylesheet does the rest (tokens.css), so a change of the system needs no code.
 * The entry imports first what calls {@link applyStoredTheme}, so that it runs before the first paint of the app; the page
 * is an empty background until then (the CSP allows no inline script that could run earlier).
 */
export type Theme = 'light' | 'dark' | 'system';

const storageKey = 'cutline-theme';

/** The user's choice; 'system' when there is none or storage is not allowed. */
function storedTheme(): Theme {
  try {
    const value = localStorage.getItem(storageKey);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

/** Puts the stored choice on <html>. */
export function applyStoredTheme(): void {
  showTheme(storedTheme());
}

/** Shows a theme and remembers it; a browser that refuses storage forgets it with the page. */
export function chooseTheme(theme: Theme): void {
  showTheme(theme);
  try {
    if (theme === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    // Private windows may refuse storage; the choice then holds for this page.
  }
}

/** What is on screen now, whoever chose it. */
export function shownTheme(): 'light' | 'dark' {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

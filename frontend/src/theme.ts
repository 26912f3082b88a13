export type Theme = 'dark' | 'light';

const Key = 'aitrader.theme';

/** The reader's own choice, else what the system prefers. */
export function loadTheme(): Theme {
  const stored = localStorage.getItem(Key);
  if (stored === 'dark' || stored === 'light') {
    return stored;
  }

  return window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}

export function saveTheme(theme: Theme): void {
  localStorage.setItem(Key, theme);
  applyTheme(theme);
}

/** Colours for the charts, which draw on a canvas and cannot read the style sheet by themselves. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

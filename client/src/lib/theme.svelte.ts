export type ThemeWish = 'system' | 'light' | 'dark';

const isWish = (text: string | null): text is 'light' | 'dark' => text === 'light' || text === 'dark';

function stored(): ThemeWish {
  try {
    const text = localStorage.getItem('theme');
    return isWish(text) ? text : 'system';
  } catch {
    return 'system';
  }
}

/** What is kept is the wish, not the result: *system* follows the system when that changes. The script in `app.html` paints it. */
class Theme {
  wish = $state<ThemeWish>(stored());
  /** What is painted now. */
  shown = $state(document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light');

  constructor() {
    new MutationObserver(() => (this.shown = document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light')).observe(
      document.documentElement,
      { attributeFilter: ['data-theme'] },
    );
  }

  choose(wish: ThemeWish): void {
    this.wish = wish;
    try {
      if (wish === 'system') localStorage.removeItem('theme');
      else localStorage.setItem('theme', wish);
    } catch {
      // Storage may be refused; then the choice holds for this page alone.
      if (wish !== 'system') document.documentElement.dataset['theme'] = wish;
      return;
    }
    dispatchEvent(new Event('themechange'));
  }
}
export const theme = new Theme();

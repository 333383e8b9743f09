import Bowser from 'bowser';

/** "Firefox on Windows", as far as the browser says; for a person to recognise, never to trust. */
export function deviceOf(userAgent: string): string {
  const { browser, os } = Bowser.parse(userAgent);
  if (!browser.name) return 'an unknown device';
  return os.name ? `${browser.name} on ${os.name}` : browser.name;
}

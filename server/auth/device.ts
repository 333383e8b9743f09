import Bowser from 'bowser';
import { say } from '../words/say.ts';

/** "Firefox on Windows", as far as the browser says; for a person to recognise, never to trust. */
export function deviceOf(userAgent: string): string {
  const { browser, os } = Bowser.parse(userAgent);
  if (!browser.name) return say('an unknown device');
  return os.name ? say('{browser} on {system}', { browser: browser.name, system: os.name }) : browser.name;
}

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, type Locator, type Page, chromium } from 'playwright';
import { expect } from 'vitest';
import { findChromium } from './chromium.ts';

/** Where pictures go, for a person to look at; set SHOTS to a folder to get them. */
const SHOTS = process.env['SHOTS'];

/** With what somebody comes. */
interface Arrival {
  width?: number;
  theme?: 'light' | 'dark';
  /** What the browser asks for. */
  locale?: string;
  /** A screen that is touched. */
  touch?: boolean;
  /** The address of a proxy. */
  through?: string;
}

/** Chromium as the journeys drive it. */
export const openBrowser = (): Promise<Browser> => chromium.launch(findChromium() ?? expect.fail('there is no Chromium'));

/** Somebody in front of a browser of their own. What goes wrong in their pages is kept, and fails the journey at its end. */
export class Person {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #faults: string[] = [];
  readonly #base: string;
  /** What may be on the console for a while: requests and sockets that fail because the test took the server away. */
  outage = false;

  private constructor(context: BrowserContext, page: Page, base: string) {
    this.#context = context;
    this.page = page;
    this.#base = base;
    page.on('pageerror', error => this.#faults.push(`uncaught: ${error.message}`));
    page.on('console', message => {
      if (message.type() === 'error' && !this.outage && !/status of 4\d\d/.test(message.text()))
        this.#faults.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on('request', request => {
      if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) this.#faults.push(`to elsewhere: ${request.url()}`);
    });
  }

  static async arrive(browser: Browser, base: string, options: Arrival = {}): Promise<Person> {
    const { width = 1366, theme = 'light', locale = 'en-GB', touch = false, through } = options;
    const context = await browser.newContext({
      viewport: { width, height: width < 700 ? 844 : 950 },
      locale,
      colorScheme: theme,
      reducedMotion: 'reduce',
      hasTouch: touch,
      // a proxy is not asked for what is on this machine, unless told so
      ...(through === undefined ? {} : { proxy: { server: through, bypass: '<-loopback>' } }),
    });
    return new Person(context, await context.newPage(), base);
  }

  async goto(address: string): Promise<void> {
    await this.page.goto(address.startsWith('http') ? address : `${this.#base}${address}`);
  }

  /** A widget of the dashboard by its title. */
  widget(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** Makes the window as tall as what it shows, with room for what lies over its end. */
  async stretch(): Promise<void> {
    const { width = 0 } = this.page.viewportSize() ?? {};
    await this.page.setViewportSize({ width, height: Number(await this.page.evaluate('document.documentElement.scrollHeight')) + 100 });
  }

  async shot(name: string): Promise<void> {
    if (!SHOTS) return;
    mkdirSync(SHOTS, { recursive: true });
    await this.page.screenshot({ path: path.join(SHOTS, `${name}.png`) });
  }

  /** What went wrong in their pages so far. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  async leave(): Promise<void> {
    await this.#context.close();
  }
}

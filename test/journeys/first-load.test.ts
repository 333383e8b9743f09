import type { Response } from 'playwright';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import budgets from '../budgets/budgets.json' with { type: 'json' };
import { Caller } from '../support/caller.ts';
import { PASSWORD, setUp, test as journey } from '../support/journey.ts';
import { Person } from '../support/person.ts';
import { Whole } from '../support/whole.ts';

const test = journey
  .extend('product', { scope: 'file' }, async ({}, { onCleanup }) => {
    const product = await new Whole({}).ready();
    onCleanup(() => product.stop());
    await setUp(product);
    return product;
  })
  .extend('person', async ({ browser, product }, { onCleanup }) => {
    const person = await Person.arrive(browser, product.url);
    onCleanup(() => person.leave());
    return person;
  });

/** Runs in the page: notes which files had come when the first content stood there, and how far things moved afterwards. */
const WATCH = `
  const seen = { before: [], shift: 0 };
  globalThis.seen = seen;
  new MutationObserver((_, observer) => {
    if (!document.querySelector('main h1')) return;
    observer.disconnect();
    seen.before = performance.getEntriesByType('resource').map(({ name }) => name);
  }).observe(document, { childList: true, subtree: true });
  new PerformanceObserver(list => {
    for (const { value } of list.getEntries()) seen.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
`;
const seenSchema = z.object({ before: z.array(z.string()), shift: z.number() });

interface Load {
  /** Addresses of the files that had come before content. */
  before: string[];
  shift: number;
  /** Addresses of everything asked for. */
  requests: string[];
  /** Compressed bytes of the document. */
  html: number;
}

/** Opens an address with an empty cache, and waits until this text stands there and nothing more is on its way. */
async function firstLoad(person: Person, address: string, text: string): Promise<Load> {
  const { page } = person;
  const requests: string[] = [];
  let document: Response | undefined;
  page.on('request', request => requests.push(request.url()));
  page.on('response', response => {
    if (response.request().isNavigationRequest()) document = response;
  });
  await page.addInitScript(WATCH);
  await person.goto(address);
  await page.getByText(text).first().waitFor();
  await page.waitForLoadState('networkidle');
  const seen = seenSchema.parse(await page.evaluate('seen'));
  const sizes = await (document ?? expect.fail('no document came')).request().sizes();
  return { ...seen, requests, html: sizes.responseBodySize };
}

describe('the first load', () => {
  test('of the sign-in page', async ({ person }) => {
    const { requests, shift, html } = await firstLoad(person, '/sign-in', 'Sign in');
    expect(requests.length, requests.join('\n')).toBeLessThanOrEqual(budgets.requests.door);
    expect(html).toBeLessThanOrEqual(budgets.html.door);
    expect(shift).toBeLessThanOrEqual(budgets.layoutShift);
    expect(person.faults).toEqual([]);
  });

  test('of the dashboard: a handful of files before content, and nothing from elsewhere', async ({ person, product }) => {
    const ana = new Caller(product.url);
    await ana.call('POST /session', { body: { login: 'ana', password: PASSWORD } });
    const cookies = [...ana.cookies].map(([name, value]) => ({ name, value, url: product.url }));
    await person.page.context().addCookies(cookies);
    const { before, requests, shift, html } = await firstLoad(person, '/dashboard', 'Live: changes appear by themselves');
    const { requests: most, scripts, styles, fonts } = budgets.dashboardBeforeContent;
    const ofKind = (end: string) => before.filter(name => name.endsWith(end)).length;
    expect(before.length + 1, before.join('\n')).toBeLessThanOrEqual(most);
    expect(ofKind('.js')).toBe(scripts);
    expect(ofKind('.css')).toBe(styles);
    expect(ofKind('.woff2')).toBeLessThanOrEqual(fonts);
    expect(requests.length, requests.join('\n')).toBeLessThanOrEqual(budgets.requests.house);
    expect(html).toBeLessThanOrEqual(budgets.html.house);
    expect(shift).toBeLessThanOrEqual(budgets.layoutShift);
    expect(person.faults).toEqual([]);
    console.log(
      `dashboard: ${before.length + 1} requests before content, ${requests.length} all told, ${html} bytes of HTML, shift ${shift}`,
    );
  });
});

// What specs import: `test` with a Steward of its own, a watched browser, and `expect`.
import { type Browser, type BrowserContext, expect, type Page, test as base } from '@playwright/test';

import { awake, goTo, scripted, Watch } from './page';
import { Demo, House } from './steward';

export { awake, expect, goTo, scripted };
export type { BrowserContext, Page };
export { Demo, House };

interface WorkerFixtures {
  /** `steward demo` with 12 sites. Specs only read it. */
  demo: Demo;
  /** `steward demo` with 60 sites, for pages of a list. */
  large: Demo;
}

interface TestFixtures {
  /** Fails the spec when anything went wrong in the browser. */
  watch: Watch;
  /** `steward serve` and `steward simulate`, for this spec alone. */
  house: House;
  /** Another browser of the same kind, without cookies. */
  another: (options?: Parameters<Browser['newContext']>[0]) => Promise<BrowserContext>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  demo: [
    async ({}, use) => {
      const demo = await Demo.start(12);
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker' },
  ],
  large: [
    async ({}, use) => {
      const demo = await Demo.start(60);
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker' },
  ],
  watch: async ({}, use) => {
    const watch = new Watch();
    await use(watch);
    watch.isQuiet();
  },
  context: async ({ context, watch }, use) => {
    await watch.over(context);
    await use(context);
  },
  another: async ({ browser, watch, viewport, locale, timezoneId }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({
        ...{ viewport, locale, timezoneId, javaScriptEnabled: scripted() },
        ...options,
      });
      await watch.over(context);
      opened.push(context);
      return context;
    });
    await Promise.all(opened.map((context) => context.close()));
  },
  house: async ({ watch }, use, info) => {
    const house = await House.start();
    await use(house);
    await watch.leave();
    if (info.status !== info.expectedStatus) await info.attach('log', { body: house.logged });
    await house.stop();
  },
});

// What every spec does with a page: wait until it is alive, and note whatever goes wrong on it.
import { type BrowserContext, expect, type Page, test } from '@playwright/test';

/** Whether this run has scripts. */
export function scripted(): boolean {
  return test.info().project.name !== 'plain';
}

/** Waits until the page answers to a person. A page without a script answers at once. */
export async function awake(page: Page, timeout = 10_000): Promise<void> {
  if (scripted() && (await page.locator('script[type=module]').count()) > 0) {
    await page.locator('html[data-hydrated]').waitFor({ state: 'attached', timeout });
  }
}

/** Goes to a page by the main navigation, and waits until it is there. */
export async function goTo(page: Page, link: string, heading: string | RegExp = link): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: link, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
}

/** What went wrong on the pages of a browser, without what a spec expects to. */
export class Watch {
  private readonly seen: string[] = [];
  private readonly expected: RegExp[] = [];
  private readonly contexts: BrowserContext[] = [];

  /** Answers above 399 from addresses like this one are the subject of the spec; the browser logs each of them. */
  expects(...addresses: RegExp[]): void {
    this.expected.push(...addresses);
  }

  async over(context: BrowserContext): Promise<void> {
    this.contexts.push(context);
    context.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      // Without scripts nothing uses the modules that the page loads ahead; the browser remarks on it.
      if (!scripted() && message.text().includes('was preloaded using link preload but not used')) return;
      const { url } = message.location();
      const failed = message.text().startsWith('Failed to load resource');
      if (failed && this.expected.some((address) => address.test(url))) return;
      this.seen.push(`console ${message.type()}: ${message.text()} (${url})`);
    });
    context.on('weberror', (error) => this.seen.push(`page error: ${error.error().stack ?? error.error()}`));
    await context.exposeBinding('tellViolation', ({ page }, what: string) =>
      this.seen.push(`policy violation: ${what} (${page.url()})`),
    );
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        (window as unknown as { tellViolation(what: string): void }).tellViolation(
          `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`,
        );
      });
    });
  }

  /** Closes every page. A browser still loads files ahead, and remarks on a server that goes away meanwhile. */
  async leave(): Promise<void> {
    await Promise.all(this.contexts.flatMap((context) => context.pages().map((page) => page.close())));
  }

  isQuiet(): void {
    expect(this.seen, 'errors, warnings and policy violations in the browser').toEqual([]);
  }
}

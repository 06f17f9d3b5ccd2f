// What axe-core finds on a page. It needs a script.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** One line for each thing that it finds. */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return found.violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any }) => `${id}: ${help}: ${target.join(' ')} ${any.map((why) => why.message).join('; ')}`));
}

/** The same in both themes, on a wide and on a narrow screen. */
export async function everyViolation(page: Page): Promise<string[]> {
  const before = page.viewportSize()!;
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      found.push(...(await violations(page)).map((one) => `${colorScheme} ${width}: ${one}`));
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
  return found;
}

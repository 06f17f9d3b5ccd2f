// Without a mouse: from the skip link to a suspended site, with the focus always in sight.
import { awake, expect, type Page, test } from '../house';

const SITE = 'Customer Care';

/** Whether the focused element shows that it is, and is not covered. */
function focusShows(page: Page): Promise<{ what: string; shows: boolean; inSight: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return {
      what: `${element.tagName} ${element.getAttribute('name') ?? element.textContent?.trim().slice(0, 40)}`,
      shows: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
      inSight: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    };
  });
}

/** Presses Tab until this has the focus; every stop on the way must show its focus. */
async function tabTo(page: Page, role: Parameters<Page['getByRole']>[0], name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const { what, shows, inSight } = await focusShows(page);
    if (!what.startsWith('BODY')) {
      expect.soft(shows, `focus shows on ${what}`).toBe(true);
      expect.soft(inSight, `${what} is in sight`).toBe(true);
    }
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never reached ${role} ${name}`);
}

test('a site is suspended without a mouse, from the skip link on', async ({ page, context, house }) => {
  await house.letIn(context);
  await house.unlock();
  await house.open(page, '/sites');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the page' });
  await expect(skip).toBeFocused();
  expect(await focusShows(page)).toMatchObject({ shows: true, inSight: true });
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#main$/);
  await tabTo(page, 'searchbox', 'Name, address or id');
  await page.keyboard.type('customer');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1–1 of 1');
  await awake(page);
  await tabTo(page, 'link', SITE);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(SITE);
  await awake(page);
  await tabTo(page, 'link', `Suspend ${SITE}`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Suspend ${SITE}`);
  await awake(page);
  await tabTo(page, 'textbox', 'Reason');
  await page.keyboard.type('No mouse today');
  await tabTo(page, 'textbox', 'Name of the site');
  await page.keyboard.type(SITE);
  await tabTo(page, 'button', `Suspend ${SITE}`);
  await page.keyboard.press('Enter');
  await expect(page.getByText('This site is suspended')).toBeVisible();
});

// Every page, opened directly: one heading, a title, landmarks, and no sideways scrolling down to 320 pixels. That it
// wakes up without an error or a violation of the content policy is checked by the watch over every browser.
import { awake, expect, test } from '../house';
import { places, PROBLEMS } from '../house/places';

// The page is there already: waiting longer would not change it.
const QUICK = { timeout: 2_000 };

test('every page has its status, one heading, a title and landmarks, and fits any screen', async ({ page, context, demo, watch }) => {
  test.setTimeout(180_000);
  watch.expects(...PROBLEMS);
  await demo.letIn(context);
  for (const { name, path, heading, status = 200, alone = false } of await places(demo, page)) {
    await test.step(name, async () => {
      await page.setViewportSize({ width: 1280, height: 900 });
      const answer = (await page.goto(demo.origin + path))!;
      expect.soft(answer.status(), name).toBe(status);
      await awake(page, 4_000).catch((error: Error) => expect.soft(error.message, `${name} wakes up`).toBe(''));
      await expect.soft(page.getByRole('heading', { level: 1 }), name).toHaveCount(1, QUICK);
      await expect.soft(page.getByRole('heading', { level: 1 }), name).toHaveText(heading, QUICK);
      await expect.soft(page, name).toHaveTitle(/^.+ – Steward$/, QUICK);
      await expect.soft(page.locator('html'), name).toHaveAttribute('lang', 'en');
      await expect.soft(page.getByRole('main'), name).toHaveCount(1, QUICK);
      if (!alone) {
        await expect.soft(page.getByRole('banner'), name).toHaveCount(1, QUICK);
        await expect.soft(page.getByRole('navigation', { name: 'Main' }), name).toHaveCount(1, QUICK);
      }
      for (const width of [1280, 390, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        expect.soft(wide, `${name} at ${width} px`).toBeLessThanOrEqual(seen!);
      }
    });
  }
});

// axe-core finds nothing on any page, in both themes, on a wide and on a narrow screen. axe itself needs a script.
import { awake, expect, test } from '../house';
import { places, PROBLEMS } from '../house/places';
import { violations } from '../house/violations';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`no page has an accessibility violation, ${colorScheme}, ${width} pixels`, async ({ another, demo, house, watch }) => {
      test.setTimeout(240_000);
      watch.expects(...PROBLEMS);
      const context = await another({ colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      await demo.letIn(context);
      for (const { name, path } of await places(demo, page)) {
        await test.step(name, async () => {
          await page.goto(demo.origin + path);
          await awake(page, 4_000).catch(() => {});
          expect.soft(await violations(page), name).toEqual([]);
        });
      }
      // The form that unlocks is there on a real tenant alone, and the lock shows first in the form's own words.
      const real = await another({ colorScheme, viewport: { width, height: 900 } });
      await house.letIn(real);
      const locked = await real.newPage();
      await house.open(locked, '/connection');
      expect.soft(await violations(locked), 'connection of a real tenant').toEqual([]);
    });
  }
}

// Pictures to look at: all pages into `shots/`, and the overview into `docs/overview.png` for the README.
import { fileURLToPath } from 'node:url';

import { awake, test } from './house';
import { places, PROBLEMS } from './house/places';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`every page, ${colorScheme}, ${width} pixels`, async ({ another, demo, watch }) => {
      watch.expects(...PROBLEMS);
      const context = await another({ colorScheme, viewport: { width, height: 900 } });
      await demo.letIn(context);
      const page = await context.newPage();
      for (const { name, path } of await places(demo, page)) {
        await page.goto(demo.origin + path);
        // A page that does not wake up is worth a picture too; the watch tells of it.
        await awake(page, 4_000).catch(() => {});
        await page.screenshot({ path: here(`./shots/${name}-${colorScheme}-${width}.png`), fullPage: true });
      }
    });
  }
}

test('the overview for the README', async ({ another, demo }) => {
  const context = await another({ colorScheme: 'light', viewport: { width: 1280, height: 900 } });
  await demo.letIn(context);
  const page = await context.newPage();
  await demo.open(page, '/');
  await page.screenshot({ path: here('../docs/overview.png') });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`seats over time for the README, ${colorScheme}`, async ({ another, demo }) => {
    const context = await another({ colorScheme, viewport: { width: 1280, height: 900 } });
    await demo.letIn(context);
    const page = await context.newPage();
    await demo.open(page, '/licences');
    await page.screenshot({ path: here(`../docs/licences-${colorScheme}.png`) });
  });
}

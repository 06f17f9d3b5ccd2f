// Lazy pages: each loads its own part, whether it is opened directly or reached by a link, and links open nothing anew.
import { expect, test } from '../house';

test('a link loads the part of its page, and no page is opened anew', async ({ page, context, demo }) => {
  await demo.letIn(context);
  const loaded: string[] = [];
  let opened = 0;
  page.on('request', (request) => {
    if (request.isNavigationRequest()) opened += 1;
    if (request.url().endsWith('.wasm')) loaded.push(request.url());
  });
  await demo.open(page, '/');
  const before = loaded.length;
  expect(before).toBeGreaterThan(0);
  for (const name of ['Sites', 'Jobs', 'Audit log', 'Connection']) {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  }
  expect(opened).toBe(1);
  expect(loaded.length).toBeGreaterThan(before);
  expect(new Set(loaded).size).toBe(loaded.length);
});

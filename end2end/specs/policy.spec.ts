// The content policy and what a page may load.
import { awake, expect, test } from '../house';

test('the sign-in page loads no script and no WebAssembly', async ({ page, demo }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(`${request.resourceType()} ${new URL(request.url()).pathname}`));
  const answer = await demo.open(page, '/login');
  await page.waitForLoadState('load');
  expect(loaded.filter((one) => /^script|^fetch|^xhr|\.js$|\.wasm$/.test(one))).toEqual([]);
  expect(loaded.filter((one) => one.startsWith('stylesheet'))).toHaveLength(1);
  await expect(page.locator('script')).toHaveCount(0);
  expect(answer.headers()['content-security-policy']).not.toContain('script-src');
});

test('a page allows scripts by a nonce of its own alone, and is kept nowhere', async ({ page, context, demo }) => {
  await demo.letIn(context);
  const nonces = new Set<string>();
  for (const path of ['/', '/sites', '/']) {
    const answer = await demo.open(page, path);
    const policy = answer.headers()['content-security-policy']!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic' 'wasm-unsafe-eval'/);
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain("'unsafe-eval'");
    expect(answer.headers()['cache-control']).toBe('no-store');
    nonces.add(policy.match(/'nonce-([^']+)'/)![1]!);
  }
  expect(nonces.size).toBe(3);
});

test('every page is reached by links from another one, and wakes up there', async ({ page, context, demo }) => {
  await demo.letIn(context);
  await demo.open(page, '/');
  const main = page.getByRole('navigation', { name: 'Main' });
  const heading = page.getByRole('heading', { level: 1 });
  for (const [link, title] of [['Sites', 'Sites'], ['Jobs', 'Jobs'], ['Audit log', 'Audit log'], ['Connection', 'Connection']]) {
    await main.getByRole('link', { name: link!, exact: true }).click();
    await expect(heading).toHaveText(title!);
    await expect(page).toHaveTitle(`${title} – Steward`);
    await expect(main.getByRole('link', { name: link!, exact: true })).toHaveAttribute('aria-current', 'page');
    await awake(page);
  }
  await main.getByRole('link', { name: 'Sites', exact: true }).click();
  await expect(heading).toHaveText('Sites');
  await page.getByRole('link', { name: 'Retail Pilot' }).click();
  await expect(heading).toHaveText('Retail Pilot');
  await page.getByRole('link', { name: 'Reactivate Retail Pilot' }).click();
  await expect(heading).toHaveText('Reactivate Retail Pilot');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(heading).toHaveText('Retail Pilot');
  await page.goBack();
  await expect(heading).toHaveText('Reactivate Retail Pilot');
  await page.goBack();
  await expect(heading).toHaveText('Retail Pilot');
  await page.goBack();
  await expect(heading).toHaveText('Sites');
});

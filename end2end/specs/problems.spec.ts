// Addresses that lead nowhere, and requests that Steward refuses: each is explained and changes nothing.
import { expect, test } from '../house';

test('an unknown path is explained, and leads back', async ({ page, context, demo, watch }) => {
  watch.expects(/\/nowhere/);
  await demo.letIn(context);
  const answer = await demo.open(page, '/nowhere/at/all');
  expect(answer.status()).toBe(404);
  await expect(page.getByRole('alert')).toContainText('There is no such page');
  await page.getByRole('link', { name: 'Go to the overview' }).click();
  await expect(page.getByRole('heading', { name: 'Licences by site' })).toBeVisible();
});

test('a stranger who asks for any page is led to the sign-in', async ({ page, demo }) => {
  for (const path of ['/', '/sites', '/audit', '/connection', '/nowhere']) {
    await demo.open(page, path);
    await expect(page).toHaveURL(/\/login/);
    await expect(page.getByText('Marketing EU')).toHaveCount(0);
  }
});

test('a form that another website sends is refused', async ({ page, context, demo, watch }) => {
  watch.expects(/\/logout/);
  await demo.letIn(context);
  await context.route('http://elsewhere.test/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${demo.origin}/logout"><button>Win a prize</button></form>`,
    }),
  );
  await page.goto('http://elsewhere.test/');
  await page.getByRole('button', { name: 'Win a prize' }).click();
  await expect(page.getByRole('alert')).toContainText("The request did not come from Steward's own pages");
  await expect(page.getByRole('alert')).toContainText('Nothing was changed.');
  await demo.open(page, '/sites');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sites');
});

test('an address for forms that is opened as a page is explained', async ({ page, context, demo, watch }) => {
  watch.expects(/\/logout/);
  await demo.letIn(context);
  const answer = await demo.open(page, '/logout');
  expect(answer.status()).toBe(405);
  await expect(page.getByRole('alert')).toContainText('That cannot be done at this address');
});

test('an overlong address and script in it do no harm', async ({ page, context, demo, watch }) => {
  watch.expects(/\/sites\?/, /\/login\?/);
  await demo.letIn(context);
  await demo.open(page, `/sites?q=${'a'.repeat(201)}`);
  await expect(page.getByRole('alert')).toContainText('The address asks for something that cannot be');
  const script = '"><script>alert(1)</script>';
  await demo.open(page, `/sites?q=${encodeURIComponent(script)}`);
  await expect(page.getByLabel('Name, address or id')).toHaveValue(script);
  await demo.open(page, `/login?problem=token-refused&reference=${encodeURIComponent(script)}`);
  await expect(page.getByRole('alert')).toBeVisible();
  expect(await page.content()).not.toContain('alert(1)');
});

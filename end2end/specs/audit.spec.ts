// The audit log: who did what to which object, when, why, with what outcome.
import { expect, type Page, test } from '../house';

const rows = (page: Page) => page.getByRole('region', { name: 'Audit log' }).locator('tbody tr');

test.beforeEach(async ({ context, page, house }) => {
  await house.letIn(context);
  await house.unlock();
  await house.open(page, '/audit');
});

test('the newest entry stands first, each with person, time and outcome', async ({ page }) => {
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText(/Unlock .*done/);
  await expect(rows(page).last()).toContainText(/Signed in.*done/);
  await expect(rows(page).getByRole('time')).toHaveCount(3);
});

test('a search and filters narrow the log, and the URL holds them', async ({ page }) => {
  await page.getByLabel('Act').selectOption({ label: 'Unlock an operation' });
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(page).toHaveURL(/verb=operation\.unlock/);
  await page.getByLabel('Person, object, reason or reference').fill('site.reactivate');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await expect(rows(page)).toHaveCount(3);
  await expect(page.getByLabel('Act')).toHaveValue('');
  await expect(page.getByLabel('Person, object, reason or reference')).toHaveValue('');
});

test('when nothing matches, the log says what hides its entries', async ({ page, house }) => {
  await house.open(page, '/audit?state=denied');
  await expect(page.getByText('No entry matches; 3 are hidden by the filters.')).toBeVisible();
  await page.getByRole('link', { name: 'Show all' }).click();
  await expect(rows(page)).toHaveCount(3);
});

test('an entry tells everything that was written down', async ({ page }) => {
  await page.getByRole('link', { name: 'Signed in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Signed in');
  const entry = page.getByRole('region', { name: 'Entry' });
  for (const fact of ['Who', 'Began', 'Ended', 'Object', 'Reason', 'Place in the chain', 'Reference']) {
    await expect(entry.getByRole('term').filter({ hasText: new RegExp(`^${fact}$`) })).toBeVisible();
  }
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Audit log' }).click();
  await expect(rows(page)).toHaveCount(3);
});

test('an entry that is not there, an id that is none, and a filter that cannot be are explained', async ({ page, house, watch }) => {
  watch.expects(/\/audit/);
  let answer = await house.open(page, '/audit/3fa85f64-5717-4562-b3fc-2c963f66afa6');
  expect(answer.status()).toBe(404);
  await expect(page.getByRole('alert')).toContainText('There is no such entry');
  answer = await house.open(page, '/audit/7');
  expect(answer.status()).toBe(400);
  await expect(page.getByRole('alert')).toContainText('This is not an id');
  answer = await house.open(page, '/audit?state=perhaps');
  expect(answer.status()).toBe(400);
  await expect(page.getByRole('alert')).toContainText('The address asks for something that cannot be');
});

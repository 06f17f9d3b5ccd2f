// What a script adds to the list of people: a search that follows the typing, and a choice that outlives pages.
import { expect, type Page, test } from '../house';

const table = (page: Page) => page.getByRole('region', { name: 'People, table' });
const boxes = (page: Page) => table(page).locator('tbody').getByRole('checkbox');
const SEARCH = 'Name, e-mail or id';
// Other specs on the same demo add a few people.
const EVERYONE = /^2,00\d people$/;
const FOUND = /^\d+ of 2,00\d people$/;

test.beforeEach(async ({ context, page, demo }) => {
  await demo.letIn(context);
  await demo.open(page, '/people');
});

test('typing narrows the list, keeps the focus, and can be bookmarked', async ({ page, demo }) => {
  const opened: string[] = [];
  page.on('request', (request) => request.isNavigationRequest() && opened.push(request.url()));
  const search = page.getByLabel(SEARCH);
  await search.pressSequentially('sahin', { delay: 40 });
  await expect(page.getByText(FOUND)).toBeVisible();
  await expect(table(page).getByRole('link', { name: 'Elif Şahin' })).toBeVisible();
  await expect(search).toBeFocused();
  await expect(search).toHaveValue('sahin');
  await expect(page).toHaveURL(/\/people\?q=sahin$/);
  await search.fill('50% & more + ü');
  await expect(page.getByText(/Nobody matches\. 2,00\d people are hidden by the filters\./)).toBeVisible();
  expect(new URL(page.url()).searchParams.get('q')).toBe('50% & more + ü');
  await page.getByRole('link', { name: /^Remove the filter Search/ }).click();
  await expect(search).toHaveValue('');
  await expect(page.getByText(EVERYONE)).toBeVisible();
  expect(opened).toEqual([]);
  await page.goBack();
  expect(page.url().startsWith(demo.origin)).toBe(true);
});

test('a search keeps the filters, and begins on the first page', async ({ page, demo }) => {
  await demo.open(page, '/people?role=Viewer&page=3&sort=last');
  await page.getByLabel(SEARCH).fill('a');
  await expect(page).toHaveURL(/role=Viewer/);
  await expect(page).toHaveURL(/q=a(&|$)/);
  await expect(page).toHaveURL(/sort=last/);
  expect(page.url()).not.toContain('page=3');
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1–25');
});

test('who is ticked stays so over pages, is counted, and goes into the plan', async ({ page }) => {
  const chosen = page.getByRole('status').filter({ hasText: /chosen/ });
  await expect(chosen).toHaveText('Nobody chosen');
  await boxes(page).nth(1).check();
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page.getByText(/page 2 of 8\d/)).toBeVisible();
  await expect(table(page).locator('tbody input:checked')).toHaveCount(0);
  await boxes(page).nth(2).check();
  await expect(chosen).toHaveText('2 people chosen');
  await page.getByRole('link', { name: 'Previous' }).click();
  await expect(boxes(page).nth(1)).toBeChecked();
  await expect(boxes(page).nth(2)).not.toBeChecked();
  await page.getByRole('checkbox', { name: 'Choose everyone on this page' }).check();
  await expect(chosen).toHaveText('26 people chosen');
  await page.getByText('Change people…').click();
  await page.getByLabel('What to change').selectOption({ label: 'Set their language and locale' });
  await expect(page.locator('#role')).toBeHidden();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('JA_JP');
  await page.getByRole('button', { name: 'Plan the change' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Plan: .*26 people$/);
});

test('choosing nobody empties every page', async ({ page }) => {
  await boxes(page).nth(0).check();
  await page.getByRole('button', { name: 'Choose nobody' }).click();
  await expect(table(page).locator('tbody input:checked')).toHaveCount(0);
  await expect(page.getByRole('status').filter({ hasText: /chosen/ })).toHaveText('Nobody chosen');
});

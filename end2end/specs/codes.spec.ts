// The dictionary of codes: searched, filtered, linked from where codes are shown, and taken away as a file.
import { expect, goTo, test } from '../house';

test.beforeEach(async ({ context, demo }) => demo.letIn(context));

test('a code is found by its number and by words, and the address holds the search', async ({ page, demo }) => {
  await demo.open(page, '/');
  await goTo(page, 'Error codes');
  await page.getByRole('searchbox', { name: 'Code or words' }).fill('SVC_2018');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/\/codes\?q=SVC_2018/);
  const table = page.getByRole('region', { name: 'Codes, table' });
  await expect(table.locator('tbody tr')).toHaveCount(1);
  await expect(table).toContainText("Raise the site's limit");
  await page.getByRole('link', { name: 'Clear filters' }).click();
  // What is chosen before the list is drawn anew would be forgotten by it.
  await expect(page.getByRole('searchbox', { name: 'Code or words' })).toHaveValue('');
  await page.getByLabel('From').selectOption({ label: 'API of a site' });
  await page.getByLabel('News').selectOption({ label: 'nothing to do' });
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(table.getByRole('link', { name: '409011' })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('From')).toHaveValue('site');
  await table.getByRole('link', { name: '409011' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('409011');
});

test('a row of a job leads to its code, and the code says what to do', async ({ page, demo }) => {
  await demo.open(page, `/jobs/${demo.job('Every numbered code, one row each')}?size=50`);
  const link = page.getByRole('link', { name: 'E_403_USR_SVC_2017' });
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('E_403_USR_SVC_2017');
  await expect(page.getByRole('region', { name: 'What it means' })).toContainText('Next:');
  await expect(page.getByRole('region', { name: 'About this code' })).toContainText('USER_SERVICE_LICENSE_LIMITS_REACHED');
});

test('a problem leads to its code', async ({ page, demo, watch }) => {
  watch.expects(/page=x/);
  await demo.open(page, '/sites?page=x');
  await page.getByRole('alert').getByRole('link', { name: 'malformed-query' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('malformed-query');
});

test('a code that nobody knows is said to be unknown', async ({ page, demo, watch }) => {
  watch.expects(/E_999/);
  const answer = await demo.open(page, '/codes/E_999_USR_SVC_1');
  expect(answer.status()).toBe(404);
  await expect(page.getByRole('alert')).toContainText('This code is in no list that Steward has');
});

test('the whole dictionary is one file that opens without Steward', async ({ page, demo, another }, info) => {
  await demo.open(page, '/codes');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as HTML' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('steward-codes.html');
  const alone = await (await another({ offline: true })).newPage();
  // A browser knows a page by its ending, which a download has only once it is kept under its name.
  const kept = info.outputPath(file.suggestedFilename());
  await file.saveAs(kept);
  await alone.goto(`file://${kept}`);
  await expect(alone.getByRole('heading', { name: '429000', exact: true })).toBeVisible();
  await expect(alone.getByRole('heading', { name: 'vendor-timeout', exact: true })).toBeVisible();
});

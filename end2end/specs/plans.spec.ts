// From a file to verified rows: upload, plan, apply, run. And what happens when something in it is wrong.
import { awake, expect, type House, type Page, test } from '../house';

const SITE = 'Training sandbox';
const HEADINGS = 'Username,Display name,Site,Role';

/** Opens the page of the import and sends a file from it. */
async function upload(page: Page, house: House, content: string, name = 'people.csv'): Promise<void> {
  await house.open(page, '/people/import');
  await page.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await page.getByRole('button', { name: 'Compare with Tableau' }).click();
}

test('a file becomes a plan, the plan is applied, and every row is read back', async ({ page, context, house }) => {
  await house.letIn(context);
  await house.unlockPeople();
  const rows = ['ada', 'grace'].map((name) => `${name}.new@example.com,${name},${SITE},Unlicensed`);
  await upload(page, house, [HEADINGS, ...rows, `wrong,Wrong,${SITE},Viewer`, ''].join('\n'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plan: Import of people.csv');
  await awake(page);
  const tiles = page.getByRole('region', { name: 'Rows by verdict' });
  await expect(tiles.getByRole('link', { name: /Will create/ })).toContainText('2');
  await expect(page.getByText('nothing has been sent yet')).toBeVisible();

  await test.step('tiles and tabs narrow the rows', async () => {
    await tiles.getByRole('link', { name: /Refused/ }).click();
    await expect(page).toHaveURL(/rows=refused/);
    const table = page.getByRole('region', { name: 'Rows, table' });
    await expect(table.getByRole('row')).toHaveCount(2);
    await expect(table.getByRole('row', { name: /Wrong/ })).toContainText('not an e-mail address');
    await page.getByRole('navigation', { name: 'Which rows' }).getByRole('link', { name: /^Will create/ }).click();
    await expect(page).toHaveURL(/rows=create/);
    await expect(table.getByRole('row', { name: /ada/ }).locator('del')).toHaveText('not in the tenant');
    await expect(table.getByRole('row', { name: /ada/ }).locator('ins')).toHaveText('Unlicensed');
  });

  await test.step('applying sends it, and the run verifies it', async () => {
    await page.getByLabel('Reason (optional)').fill('Ticket 4711');
    await page.getByRole('button', { name: 'Send 2 changes' }).click();
    await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
    const progress = page.getByRole('region', { name: 'Progress' });
    await expect(progress.getByRole('status')).toContainText('2 done · 0 waiting · of 2', { timeout: 30_000 });
    await expect(page.getByText('Finished').first()).toBeVisible();
    await expect(page.getByText('Ticket 4711')).toBeVisible();
    const row = page.getByRole('region', { name: 'Rows, table' }).getByRole('row', { name: /grace/ });
    await expect(row).toContainText('read back so');
    await row.getByRole('link', { name: 'audit entry' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Create grace.new@example.com');
  });

  await test.step('the list of jobs leads back to it', async () => {
    await house.open(page, '/jobs');
    await page.getByRole('link', { name: 'Import of people.csv' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Import of people.csv');
    await page.getByRole('link', { name: 'its plan' }).click();
    await expect(page.getByText('This plan was applied.')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Send/ })).toHaveCount(0);
  });
});

test('a file with problems shows every problem with its line', async ({ page, context, house }) => {
  await house.letIn(context);
  const wrong = ['no-address,A,Finance,Viewer', 'a@example.com,A,Atlantis,Viewer', 'b@example.com,B,Finance,King'];
  await upload(page, house, [HEADINGS, ...wrong, ''].join('\n'));
  const table = page.getByRole('region', { name: 'Rows, table' });
  await expect(table.getByRole('row')).toHaveCount(4);
  for (const [line, words] of [['2', 'not an e-mail address'], ['3', 'no such site'], ['4', 'King']] as const) {
    await expect(table.getByRole('row').filter({ has: page.getByRole('cell', { name: line, exact: true }) })).toContainText(words);
  }
  await expect(page.getByText('No row of this plan would be sent')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Send/ })).toHaveCount(0);
});

test('dangers are included on purpose, and a wrong number sends nothing', async ({ page, context, house, watch }) => {
  watch.expects(/__err=/);
  await house.letIn(context);
  await house.unlockPeople();
  const changes = async () => (await house.ledger()).applied.length;
  const before = await changes();
  await upload(page, house, `${HEADINGS}\nroot.new@example.com,Root,,Viewer\nviewer.new@example.com,V,${SITE},Unlicensed\n`);
  await awake(page);
  await expect(page.getByRole('checkbox', { name: 'Include 1 row: would make a cloud administrator' })).not.toBeChecked();
  await expect(page.locator('.expected code')).toHaveText('1');
  await page.getByLabel('Number of changes').fill('2');
  await page.getByRole('button', { name: 'Send 1 change' }).click();
  await expect(page.getByRole('alert')).toContainText('The typed number is not the right one');
  await expect(page.getByLabel('Number of changes')).toHaveAttribute('aria-invalid', 'true');
  expect(await changes()).toBe(before);
  await page.getByLabel('Number of changes').fill('1');
  await page.getByRole('button', { name: 'Send 1 change' }).click();
  await expect(page).toHaveURL(/\/runs\//);
  await expect(page.getByRole('region', { name: 'Rows, table' }).getByRole('row')).toHaveCount(2);
});

test('a file that cannot be read comes back beside the field', async ({ page, context, house, watch }) => {
  watch.expects(/__err=/);
  await house.letIn(context);
  await upload(page, house, '\u0000\u0001\u0002binary\u0000');
  await expect(page.getByRole('alert')).toContainText('The file cannot be read');
  await expect(page.getByLabel('File', { exact: true })).toHaveAccessibleDescription(/The file cannot be read/);
});

test('a plan is discarded, and made again', async ({ page, context, house }) => {
  await house.letIn(context);
  await upload(page, house, `${HEADINGS}\nada.new@example.com,Ada,${SITE},Unlicensed\n`);
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The plan is discarded.' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Send/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Make it again' }).click();
  await expect(page.getByRole('button', { name: 'Send 1 change' })).toBeVisible();
});

test('a template is downloaded, and the rows of a plan', async ({ page, context, house }) => {
  await house.letIn(context);
  await house.open(page, '/people/import');
  const [template] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Columns by their headings' }).click(),
  ]);
  expect(template.suggestedFilename()).toBe('import-named.csv');
  await upload(page, house, `${HEADINGS}\nada.new@example.com,Ada,${SITE},Unlicensed\n`);
  await awake(page);
  const [rows] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download “All” as CSV' }).click(),
  ]);
  expect(rows.suggestedFilename()).toMatch(/^plan-[0-9a-f]{8}-all\.csv$/);
});

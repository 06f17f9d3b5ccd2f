// Files of people for one site: uploaded, planned with their dangers, applied as one file, and read back. And lists that
// are turned from one layout into the other.
import { readFile } from 'node:fs/promises';

import { awake, expect, type House, type Page, test } from '../house';

const SITE = 'Marketing EU';

/** Fills in one of the two forms of the page and sends it. */
async function upload(page: Page, form: string, button: string, content: string): Promise<void> {
  const card = page.getByRole('form', { name: form });
  await card.getByLabel('File', { exact: true }).setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await card.getByRole('button', { name: button }).click();
}

async function ready(page: Page, house: House): Promise<string> {
  await house.letIn(page.context());
  await house.connect(SITE);
  await house.unlock(['site_user.add', 'site_user.update', 'site_user.remove', 'site_user.import', 'site_user.delete_by_file']);
  return `/sites/${house.site(SITE)}/users`;
}

test('people are imported to a site by a file, and taken off it by another', async ({ page, house }) => {
  const users = await ready(page, house);
  await house.open(page, users);
  await page.getByRole('link', { name: 'Import or remove users by file' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Users by file');
  await awake(page);

  await test.step('the plan tells the dangers and what cannot be read', async () => {
    const people = Array.from({ length: 30 }, (_, at) => `file${at}@example.com,,File ${at},Viewer,None,No,,`);
    const others = ['milo.brandt@example.com,,,Viewer,,,,', 'king@example.com,,,King,,,,'];
    await upload(page, "Add people, or change their roles", 'Compare with this site', [...people, ...others, ''].join('\n'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Plan: Import to ${SITE}: people.csv`);
    await expect(page.getByRole('region', { name: 'Rows by verdict' }).getByRole('link', { name: /Will create/ })).toContainText('30');
    await page.getByRole('navigation', { name: 'Which rows' }).getByRole('link', { name: /^Refused/ }).click();
    const table = page.getByRole('region', { name: 'Rows, table' });
    await expect(table.getByRole('row', { name: /Milo/ })).toContainText('nobody change their own role');
    await expect(table.getByRole('row', { name: /king/ })).toContainText('“King” is not a licence or role');
  });

  await test.step('applied, it goes as one file and every row is read back', async () => {
    await awake(page);
    await page.getByLabel('Number of changes').fill('30');
    await page.getByRole('button', { name: 'Send 30 changes' }).click();
    await expect(page).toHaveURL(/\/runs\//);
    await expect(page.getByText('30 done')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText("Tableau's jobs:").getByRole('link')).toHaveCount(1);
    await page.getByText("Tableau's jobs:").getByRole('link').click();
    await expect(page.getByRole('main')).toContainText('People added to the site');
    await house.open(page, `${users}?q=file7%40`);
    await expect(page.getByRole('region', { name: 'Users of the site, table' })).toContainText('file7@example.com');
  });

  await test.step('another file takes them off again', async () => {
    await house.open(page, `${users}/import`);
    await awake(page);
    const names = Array.from({ length: 30 }, (_, at) => `file${at}@example.com`);
    await upload(page, 'Take people off this site', 'Compare whom to take off', names.join('\n'));
    await expect(page.getByRole('region', { name: 'Rows by verdict' }).getByRole('link', { name: /Will change/ })).toContainText('30');
    await awake(page);
    await page.getByLabel('Number of changes').fill('30');
    await page.getByRole('button', { name: 'Send 30 changes' }).click();
    await expect(page.getByText('30 done')).toBeVisible({ timeout: 30_000 });
    await house.open(page, `${users}?q=file7%40`);
    await expect(page.getByRole('main')).toContainText('Nothing is like this');
  });
});

test('a role that a file would take from an administrator is left out unless it is included', async ({ page, house, watch }) => {
  watch.expects(/__err=/);
  const users = await ready(page, house);
  const form = { site: house.site(SITE), change: 'import' };
  const made = await house.upload('boss@example.com,,Boss,Explorer,Site,Yes,,\n', 'boss.csv', '/import/site', form);
  await house.open(page, await house.apply(made));
  await expect(page.getByText('1 done')).toBeVisible({ timeout: 20_000 });
  await house.open(page, `${users}/import`);
  await awake(page);
  await upload(page, 'Add people, or change their roles', 'Compare with this site', 'boss@example.com,,,Explorer,,Yes,,\n');
  await awake(page);
  await expect(page.getByRole('checkbox', { name: 'Include 1 row: would demote a site administrator' })).not.toBeChecked();

  await test.step('a file without rows comes back to its form', async () => {
    await house.open(page, `${users}/import`);
    await awake(page);
    await upload(page, 'Add people, or change their roles', 'Compare with this site', 'Username,Role\n');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Users by file');
    await expect(page.getByRole('alert')).toContainText('The file has no rows');
  });
});

test('templates are there, and a list is turned into the other layout', async ({ page, house }) => {
  const users = await ready(page, house);
  await house.open(page, `${users}/import`);
  await awake(page);
  const [template] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: "Tableau's columns for one site" }).click(),
  ]);
  expect(template.suggestedFilename()).toBe('import-site.csv');
  await page.getByRole('link', { name: 'Convert a list' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Convert a list');
  await awake(page);
  const list = 'ann@example.com,secret,Ann,Creator,Site,Yes,,SAML\nwrong,,,Viewer,,,,\neve@example.com,,=1+1,Viewer,,,,\n';
  await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'site.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.getByLabel('Turn it into').selectOption({ label: "Tableau's columns for a tenant" });
  await page.getByLabel('Site that the rows are for').selectOption({ label: SITE });
  await page.getByRole('button', { name: 'Convert' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Converted list');
  await expect(page.getByRole('main')).toContainText('2 rows were carried over, 1 left out.');
  await expect(page.getByRole('region', { name: 'Left out, table' }).getByRole('row', { name: /wrong/ })).toContainText('not an e-mail address');
  const without = page.getByRole('region', { name: 'Carried over without something, table' });
  await expect(without.getByRole('row', { name: /ann@/ })).toContainText('password');
  await expect(without.getByRole('row', { name: /eve@/ })).toContainText('begins like a formula');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download for Tableau' }).click(),
  ]);
  const lines = (await readFile(await file.path(), 'utf8')).replace('\ufeff', '').trim().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^[^,]+,ann@example\.com,,Ann,Creator,Site,True,,SAML$/);
  expect(lines[1]).toMatch(/^[^,]+,eve@example\.com,,,Viewer,None,False,,$/);
});

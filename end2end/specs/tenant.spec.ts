// The tenant itself: a site is made, limits are planned, a token is swapped, sign-in is changed, and the logs are compared.
import { readFile } from 'node:fs/promises';

import { expect, type Page, test } from '../house';

/** The heading of the page. */
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('a site is made, with its address as Tableau writes it', async ({ page, house, watch }) => {
  await house.letIn(page.context());
  await house.unlock(['site.create']);
  watch.expects(/__err=/, /\/api\/sites\/create/);
  await house.open(page, '/sites');
  await page.getByRole('link', { name: 'New site' }).click();
  await expect(heading(page)).toHaveText('New site');
  await expect(page.getByText('How many more it may have is not known')).toBeVisible();
  const name = `Market ${Date.now()}`;
  await page.getByLabel('Name', { exact: true }).fill(' lead');
  await page.getByLabel('Address', { exact: true }).fill('...');
  await page.getByRole('radio', { name: /Frankfurt/ }).check();
  await page.getByRole('button', { name: 'Create the site' }).click();
  await expect(page.getByRole('alert')).toContainText("The name breaks one of Tableau's rules");
  // Nothing is typed twice.
  await expect(page.getByLabel('Address', { exact: true })).toHaveValue('...');
  await expect(page.getByRole('radio', { name: /Frankfurt/ })).toBeChecked();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Address', { exact: true }).fill(`${name.toLowerCase().replace(' ', '.')}`);
  await page.getByRole('button', { name: 'Create the site' }).click();
  await expect(heading(page)).toHaveText(name);
  await expect(page.getByRole('status').filter({ hasText: 'as it was asked for' })).toBeVisible();
  await expect(page.getByText(name.toLowerCase().replace(' ', '')).first()).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Frankfurt');
});

test('the project of a site is made for somebody on it', async ({ page, house, watch }) => {
  await house.letIn(page.context());
  await house.unlock(['site.create_project']);
  watch.expects(/__err=/);
  await house.open(page, '/sites?q=Finance');
  await page.getByRole('region', { name: 'Sites, table' }).getByRole('link', { name: 'Finance', exact: true }).click();
  await page.getByRole('link', { name: 'Project' }).click();
  await page.getByLabel('Owner').fill('nobody@example.com');
  await page.getByRole('button', { name: 'Create the project of Finance' }).click();
  await expect(page.getByRole('alert')).toContainText('Nobody of this site is meant by that');
  await page.getByLabel('Owner').fill('milo.brandt@example.com');
  await page.getByRole('button', { name: 'Create the project of Finance' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Tableau made the project' })).toBeVisible();
});

test('limits are planned, a bad number comes back, and the plan is applied', async ({ page, house, watch }) => {
  await house.letIn(page.context());
  await house.unlock(['site.update_limits']);
  watch.expects(/__err=/);
  await house.open(page, '/limits');
  await page.getByRole('checkbox', { name: 'Choose Legacy Reports' }).check();
  const creator = page.getByRole('group', { name: 'Creator' });
  await creator.getByRole('radio', { name: "The site's own number" }).check();
  await creator.getByRole('textbox').fill('-1');
  await page.getByRole('button', { name: 'Plan the change' }).click();
  await expect(page.getByRole('alert')).toContainText('That is not a limit');
  await expect(page.getByRole('checkbox', { name: 'Choose Legacy Reports' })).toBeChecked();
  await creator.getByRole('textbox').fill(String(1_000 + (Date.now() % 100_000)));
  await page.getByRole('button', { name: 'Plan the change' }).click();
  await expect(heading(page)).toContainText('Plan: Role limits of a site');
  await page.getByRole('button', { name: /Send 1 change/ }).click();
  await expect(page.getByRole('main')).toContainText('1 done', { timeout: 30_000 });
});

test('a token is swapped for a new one, whose secret is shown once', async ({ page, house }) => {
  await house.letIn(page.context());
  await house.unlock(['pat.create']);
  await house.open(page, '/tokens');
  const name = `swap ${Date.now()}`;
  const swap = page.getByRole('form', { name: 'Swap the token in use' });
  await swap.getByLabel('Name').fill(name);
  await swap.getByRole('button', { name: 'Make, try and swap' }).click();
  await expect(heading(page)).toHaveText('The new token is in use');
  const secret = (await page.locator('#secret').textContent())!;
  expect(secret.length).toBeGreaterThan(20);
  await page.getByRole('link', { name: 'To your tokens' }).click();
  await expect(page.getByRole('row', { name })).toContainText('yes');
  await expect(page.getByRole('main')).not.toContainText(secret);
});

test('a name is looked up, and the sign-in configuration wants its domain', async ({ page, house, watch }) => {
  await house.letIn(page.context());
  await house.unlock(['oidc.upsert']);
  watch.expects(/__err=/);
  await house.open(page, '/tenant');
  await page.getByRole('textbox', { name: 'Name' }).fill('acme');
  await page.getByRole('button', { name: 'Ask Tableau' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'is taken' })).toBeVisible();
  await house.open(page, '/sign-on');
  await expect(page.getByRole('region', { name: 'Ways to sign in, table' })).toContainText('Quillmere Holdings');
  const form = page.getByRole('form', { name: 'Change the sign-in configuration' });
  await form.getByLabel('Provider').fill('Salesforce');
  await form.getByRole('checkbox', { name: /I can still sign in/ }).check();
  await form.getByLabel('Name of the tenant').fill('Quillmere Holdings');
  await form.getByRole('button').last().click();
  await expect(page.getByRole('alert')).toContainText('Salesforce needs its domain');
  await expect(form.getByLabel('Provider')).toHaveValue('Salesforce');
});

test('a change is found in both logs, and the log is searched, exported and downloaded', async ({ page, house, watch }) => {
  await house.letIn(page.context());
  await house.unlock(['site.update_limits']);
  watch.expects(/__err=/);
  // Something that Steward does, so that there is something to find.
  await house.open(page, '/limits');
  await page.getByRole('checkbox', { name: 'Choose Legacy Reports' }).check();
  const viewer = page.getByRole('group', { name: 'Viewer' });
  await viewer.getByRole('radio', { name: "The site's own number" }).check();
  await viewer.getByRole('textbox').fill(String(1_000 + (Date.now() % 100_000)));
  await page.getByRole('button', { name: 'Plan the change' }).click();
  await page.getByRole('button', { name: /Send 1 change/ }).click();
  await expect(page.getByRole('main')).toContainText('1 done', { timeout: 30_000 });

  // Another spec may have moved Tableau's clock.
  const hours = (ahead: number) => new Date(Date.now() + ahead * 3_600_000).toISOString().slice(0, 16);
  await house.open(page, `/activity/compare?from=${hours(-20)}&to=${hours(20)}&refresh=yes`);
  await expect(page.getByRole('heading', { name: 'Changes in your name that Steward did not make' })).toBeVisible();
  const found = page.getByRole('region', { name: "Requests of Steward's that Tableau's log has too, table" });
  await expect(found.getByRole('row', { name: /role limits of site Legacy Reports/ }).first()).toContainText('site limits change');
  await expect(page.getByText('not judged')).toHaveCount(0);

  await house.open(page, '/activity');
  const files = page.getByRole('region', { name: 'Files of the log, table' });
  await expect(files).toBeVisible();
  const log = page.waitForEvent('download');
  await files.getByRole('link', { name: /^Download/ }).first().click();
  expect((await log).suggestedFilename()).toMatch(/activity\.json$/);

  await page.getByRole('link', { name: 'Read all events of this time' }).click();
  await expect(page.getByRole('region', { name: 'Events, table' })).toBeVisible();
  await page.getByLabel('Name, address, program or request').fill('dana');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/q=dana/);
  await expect(page.getByRole('region', { name: 'Events, table' })).toContainText('Dana Ito');
  // Until all of the log is read, the page shows what came so far, and exports nothing.
  const whole = page.getByRole('link', { name: 'Export what is found' });
  await expect(async () => {
    if ((await whole.count()) === 0) await page.getByRole('link', { name: 'Show what is read by now' }).click({ timeout: 2_000 });
    await expect(whole).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  const list = page.waitForEvent('download');
  await whole.click();
  const file = await list;
  expect(file.suggestedFilename()).toBe('activity.csv');
  expect(await readFile(await file.path(), 'utf8')).toContain('Dana Ito');
});

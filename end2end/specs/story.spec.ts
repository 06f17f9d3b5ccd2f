// The whole story of the people of a tenant, as one administrator lives it: find, look, edit, create, protect, change
// many, take out, and see the jobs. Each step leans on what the step before it did.
import { awake, expect, type House, type Page, test } from '../house';

const SITE = 'Training sandbox';
const NEWCOMER = 'zoe.story@example.com';
const DEPUTY = 'ravi.story@example.com';
const TEAM = ['one', 'two', 'three'].map((name) => `${name}.team.story@example.com`);
const table = (page: Page) => page.getByRole('region', { name: 'People, table' });
const rows = (page: Page) => page.getByRole('region', { name: 'Rows, table' });

/** Applies the plan that is open and waits until its run has an end for every row. */
async function applied(page: Page, button: RegExp, counts: RegExp): Promise<void> {
  await awake(page);
  const expected = page.locator('.expected code');
  if (await expected.count()) await page.getByLabel('Number of changes').fill(await expected.innerText());
  await page.getByLabel('Reason (optional)').fill('Ticket 4711');
  await page.getByRole('button', { name: button }).click();
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('region', { name: 'Progress' }).getByRole('status')).toContainText(counts, { timeout: 40_000 });
  await expect(page.getByText(/^Finished/).first()).toBeVisible();
}

/** Opens a list of people and expects these words in each of its rows. */
async function each(page: Page, house: House, query: string, words: string | RegExp): Promise<void> {
  await house.open(page, `/people?${query}`);
  const found = await table(page).locator('tbody').getByRole('row').all();
  expect(found.length, query).toBeGreaterThan(0);
  for (const row of found) await expect(row).toContainText(words);
}

/** Opens the page of the one person whom a search finds. */
async function person(page: Page, house: House, name: string): Promise<void> {
  await house.open(page, `/people?q=${encodeURIComponent(name)}`);
  await table(page).getByRole('rowheader').getByRole('link').first().click();
  await expect(page.getByRole('region', { name: 'Who' })).toContainText(name);
  await awake(page);
}

test('from finding somebody to the last job', async ({ page, context, house }) => {
  test.setTimeout(180_000);
  await house.letIn(context);
  await house.unlockPeople();

  await test.step('a new person gets a role in one form, and is read back', async () => {
    await house.open(page, `/people/new?email=${NEWCOMER}`);
    await page.locator('select[name="places[0][site]"]').selectOption({ label: SITE });
    await page.locator('select[name="places[0][role]"]').selectOption('Viewer');
    await page.getByRole('button', { name: 'Plan the new person' }).click();
    await expect(rows(page).locator('ins').first()).toContainText('Viewer');
    await applied(page, /^Send 1 change/, /1 done · 0 waiting · of 1/);
  });

  await test.step('another one gets two sites and a tenant role, which is included on purpose', async () => {
    await house.open(page, '/people/new');
    await page.getByLabel('E-mail address to sign in with').fill(DEPUTY);
    await page.getByLabel('Tenant role').selectOption('administer');
    for (const [at, site, role] of [[0, SITE, 'Viewer'], [1, 'Finance', 'Unlicensed']] as const) {
      await page.locator(`select[name="places[${at}][site]"]`).selectOption({ label: site });
      await page.locator(`select[name="places[${at}][role]"]`).selectOption(role);
    }
    await page.getByRole('button', { name: 'Plan the new person' }).click();
    await awake(page);
    const include = page.getByRole('checkbox', { name: 'Include 1 row: would make a cloud administrator' });
    await expect(include).not.toBeChecked();
    await include.check();
    await applied(page, /^Send 2 changes and what is included/, /3 done · 0 waiting · of 3/);
    await person(page, house, DEPUTY);
    const roles = page.getByRole('region', { name: 'Roles on sites' }).first();
    for (const words of [SITE, 'Viewer', 'Finance', 'Unlicensed']) await expect(roles).toContainText(words);
  });

  await test.step('filters find what they say', async () => {
    await house.open(page, '/people');
    await page.getByText('More filters').click();
    await page.getByRole('combobox', { name: 'Cloud administrator' }).selectOption({ label: 'Invited' });
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect(page).toHaveURL(/tenant=invited/);
    await expect(table(page)).toContainText('Noor Haddad');
    await expect(table(page)).toContainText(DEPUTY);
    await expect(table(page)).not.toContainText('Dana Ito');
    await each(page, house, 'tenant=active', 'cloud administrator');
    await expect(table(page).getByRole('rowheader')).toHaveCount(2);
    await each(page, house, 'tenant=expired', 'cloud administrator, expired');
    await each(page, house, 'status=INACTIVE', 'inactive');
    await each(page, house, 'signin=SAML&columns=signin', 'SAML');
    await each(page, house, 'site=none&columns=sites', '0 sites');
  });

  await test.step('a search and filters find exactly that person', async () => {
    await house.open(page, '/people');
    await page.getByLabel('Name, e-mail or id').fill('ZOË.story');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect(page).toHaveURL(/q=/);
    await expect(table(page).getByRole('rowheader')).toHaveCount(1);
    await house.open(page, '/people?q=zoe.story&role=Creator');
    await expect(page.getByText(/^0 of 2,0\d\d people/)).toBeVisible();
  });

  await test.step('the role is edited, and the page of the person knows run, job and audit', async () => {
    await person(page, house, NEWCOMER);
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await awake(page);
    await page.locator('select[name="places[0][role]"]').selectOption('Explorer');
    await page.getByRole('button', { name: 'Plan the change' }).click();
    await expect(rows(page).locator('del').first()).toContainText('Viewer');
    await applied(page, /^Send 1 change/, /1 done · 0 waiting · of 1/);
    await person(page, house, NEWCOMER);
    await expect(page.getByRole('region', { name: 'Roles on sites' }).first()).toContainText('Explorer');
    await expect(page.getByText('Explorer seat, because of').first()).toBeVisible();
    await expect(page.getByRole('link', { name: /Create zoe\.story|zoe\.story/ }).first()).toBeVisible();
  });

  await test.step('three people are ticked and given another role', async () => {
    const rows = TEAM.map((name) => `${name},${SITE},Unlicensed`);
    await house.open(page, await house.apply(await house.upload(['Username,Site,Role', ...rows, ''].join('\n'))));
    await expect(page.getByRole('region', { name: 'Progress' }).getByRole('status')).toContainText('3 done', { timeout: 40_000 });
    await house.open(page, '/people?q=team.story');
    const boxes = table(page).locator('tbody').getByRole('checkbox');
    await expect(boxes).toHaveCount(3);
    for (const at of [0, 1, 2]) await boxes.nth(at).check();
    await page.getByText('Change people…').click();
    await page.getByLabel('What to change').selectOption('role');
    await page.locator('select[name="what[site]"]').selectOption({ label: SITE });
    await page.locator('select[name="what[role]"]').selectOption('Viewer');
    await page.getByRole('button', { name: 'Plan the change' }).click();
    await expect(page.getByRole('region', { name: 'Rows, table' }).locator('del')).toHaveText(['Unlicensed', 'Unlicensed', 'Unlicensed']);
    await applied(page, /^Send 3 changes/, /3 done · 0 waiting · of 3/);
    await each(page, house, 'q=team.story', 'Viewer');
  });

  await test.step('who is protected is left out of a plan unless included on purpose', async () => {
    await person(page, house, NEWCOMER);
    const part = page.getByRole('region', { name: 'Protection' });
    await part.getByLabel('Reason').fill('Runs the extracts');
    await part.getByRole('button', { name: 'Protect this person' }).click();
    await expect(page.getByText('The person is protected: every plan')).toBeVisible();
    await page.getByRole('link', { name: 'Take out of the tenant' }).click();
    await awake(page);
    await page.getByRole('button', { name: /^Plan taking/ }).click();
    await expect(page.getByRole('region', { name: 'Rows by verdict' }).getByRole('link', { name: /Dangerous/ })).toContainText('1');
    await expect(page.getByRole('checkbox', { name: /Include 1 row: .*protected/ })).not.toBeChecked();
  });

  await test.step('nobody takes themselves out', async () => {
    await person(page, house, 'dana.ito@example.com');
    await expect(page.getByText('this is you').first()).toBeVisible();
    await page.getByRole('link', { name: 'Take out of the tenant' }).click();
    await awake(page);
    await expect(page.getByText('Steward refuses it: you would lock yourself out.')).toBeVisible();
    await page.getByRole('button', { name: /^Plan taking/ }).click();
    await expect(page.getByText('No row of this plan would be sent')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Send/ })).toHaveCount(0);
  });

  await test.step('many are taken out, and who owns content is named with what to do', async () => {
    await house.open(page, '/people?role=Creator&size=25');
    const boxes = table(page).locator('tbody').getByRole('checkbox');
    for (const at of [0, 1, 2, 3]) await boxes.nth(at).check();
    await page.getByText('Change people…').click();
    await page.getByLabel('What to change').selectOption({ label: 'Take them out of the tenant' });
    await page.getByRole('button', { name: 'Plan the change' }).click();
    await expect(page.getByText('leaves them in the tenant').first()).toBeVisible();
    await applied(page, /^Send 4 changes/, /0 waiting · of 4/);
    await expect(page.getByText(/removed from the tenant; [1-4] (person is|people are) still there/)).toBeVisible();
    await expect(page.getByText('may own content, so Tableau took the licence')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Download their user names' })).toBeVisible();
    await page.getByRole('button', { name: 'Plan these rows again' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Plan: Again: Out of the tenant/);
  });

  await test.step('the list of jobs tells the whole story, mine and everyone’s', async () => {
    await house.open(page, '/jobs?whose=mine&state=over&kind=deletion');
    await expect(page.getByRole('link', { name: /^Out of the tenant: 4 people/ })).toBeVisible();
    await house.open(page, '/jobs?show=jobs&whose=mine');
    const deletion = page.getByRole('main').getByRole('link', { name: 'Deletion of many people' }).first();
    await deletion.click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Deletion of many people');
    await awake(page);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download “All” as CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^job-[0-9a-f]{8}-all\.csv$/);
    const applied = (await house.ledger()).applied.filter((change) => change.kind.startsWith('user.'));
    expect(applied.length).toBeGreaterThan(0);
  });
});

test('a run is paused, goes on, and its remainder is stopped', async ({ page, context, house }) => {
  test.setTimeout(120_000);
  await house.letIn(context);
  await house.unlockPeople();
  // Long jobs, so that there is a remainder at the time of each press.
  await house.setJobPace(6_000, 1);
  const rows = Array.from({ length: 24 }, (_, at) => `steered${at}@example.com,${SITE},Unlicensed`);
  await house.open(page, await house.apply(await house.upload(['Username,Site,Role', ...rows, ''].join('\n'))));
  const told = (words: string) => page.getByRole('status').filter({ hasText: words }).first();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(told('The run is paused.')).toBeVisible();
  await awake(page);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(told('The run goes on.')).toBeVisible();
  await awake(page);
  await page.getByRole('button', { name: 'Stop the remainder' }).click();
  await expect(told('The remainder is stopped.')).toBeVisible();
  const counts = page.getByRole('region', { name: 'Progress' }).getByRole('status');
  await expect(counts).toContainText(/\d+ left out · 0 waiting · of 24/, { timeout: 60_000 });
  await expect(page.getByText(/^Finished/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^(Pause|Resume|Stop)/ })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: /needs? a look$/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Download them, ready to import' })).toBeVisible();
  // Nothing of what was left out came into being.
  const left = Number((await counts.innerText()).match(/(\d+) left out/)![1]);
  const made = (await house.ledger()).applied.filter((change) => change.kind === 'user.create').length;
  expect(made + left).toBe(24);
});

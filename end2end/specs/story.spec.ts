// The whole story of the people of a tenant, as one administrator lives it: find, look, edit, create, protect, change
// many, take out, and see the jobs. Each step leans on what the step before it did.
import { awake, expect, type House, type Page, test } from '../house';

const SITE = 'Training sandbox';
const NEWCOMER = 'zoe.story@example.com';
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

  await test.step('who is protected is left out of a plan unless included on purpose', async () => {
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
    await page.getByRole('button', { name: 'Plan these rows again' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Plan: Again: Out of the tenant/);
  });

  await test.step('the list of jobs tells the whole story, mine and everyone’s', async () => {
    await house.open(page, '/jobs?whose=mine&state=over');
    await expect(page.getByRole('link', { name: /^Out of the tenant: 4 people/ })).toBeVisible();
    await house.open(page, '/jobs?show=jobs&whose=mine');
    await expect(page.getByRole('main').getByRole('link', { name: 'Deletion of many people' }).first()).toBeVisible();
    const applied = (await house.ledger()).applied.filter((change) => change.kind.startsWith('user.'));
    expect(applied.length).toBeGreaterThan(0);
  });
});

// The help desk's whole story in two browsers: an owner gives a grant and deposits a token, a helper works by it and is
// refused what it does not open, and the switch ends it all.
import { awake, expect, goTo, type House, type Page, test } from '../house';
import { invite, join } from '../house/accounts';

const SITE = 'Training sandbox';
const SAM = 'sam@desk.example';
const PHRASE = 'seven quiet otters paint a fence';
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const ways = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const rows = (page: Page) => page.getByRole('region', { name: 'Rows, table' });

/** Applies the plan that is open and waits until its run has an end for every row. */
async function applied(page: Page, counts: RegExp): Promise<void> {
  await awake(page);
  await page.getByLabel('Reason (optional)').fill('Ticket 4711');
  await page.getByRole('button', { name: /^Send 1 change/ }).click();
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}/);
  await expect(page.getByRole('region', { name: 'Progress' }).getByRole('status')).toContainText(counts, { timeout: 40_000 });
}

/** Plans a role of somebody on the site, from their own page. */
async function planRole(page: Page, house: House, who: string, role: string): Promise<void> {
  await house.open(page, `/people?q=${encodeURIComponent(who)}`);
  await page.getByRole('region', { name: 'People, table' }).getByRole('rowheader').getByRole('link').first().click();
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await awake(page);
  await page.locator('select[name="places[0][role]"]').selectOption(role);
  await page.getByRole('button', { name: 'Plan the change' }).click();
  await expect(heading(page)).toHaveText(/^Plan: /);
}

/** Chooses an account by its name. */
async function choose(page: Page, name: string): Promise<void> {
  const value = await page.locator('#account option', { hasText: name }).getAttribute('value');
  await page.locator('#account').selectOption(value!);
}

async function create(page: Page, house: House, email: string): Promise<void> {
  await house.open(page, `/people/new?email=${email}`);
  await page.locator('select[name="places[0][site]"]').selectOption({ label: SITE });
  await page.locator('select[name="places[0][role]"]').selectOption('Unlicensed');
  await page.getByRole('button', { name: 'Plan the new person' }).click();
  await applied(page, /1 done/);
}

test('an owner gives a grant, a helper works by it, and the switch ends it', async ({ page, context, another, house, watch }) => {
  test.setTimeout(240_000);
  watch.expects(/\/people(\/|$|\))/, /\/tokens/, /\/audit/);
  await house.letIn(context);
  await house.unlockPeople();
  await create(page, house, SAM);
  await create(page, house, 'out@elsewhere.example');

  await house.open(page, '/accounts');
  const link = await invite(page, 'dana@quillmere.example');
  const dana = await (await another()).newPage();
  await dana.goto(link);
  await join(dana, PHRASE);
  await dana.getByRole('link', { name: 'I have kept them' }).click();
  await expect(dana.getByText('Nothing was given to you yet')).toBeVisible();

  await test.step('the owner gives a grant from a template and reads what it means', async () => {
    await house.open(page, '/');
    await goTo(page, 'Grants');
    await page.getByRole('link', { name: 'First line' }).click();
    await expect(heading(page)).toHaveText('Give a grant');
    await choose(page, 'Dana Reed');
    await page.getByLabel(SITE, { exact: true }).check();
    await page.getByLabel('E-mail domains').fill('desk.example');
    await page.getByRole('button', { name: 'Give this grant' }).click();
    await expect(heading(page)).toHaveText('First line');
    await expect(page.getByRole('region', { name: 'What the holder can do' })).toContainText(`people at desk.example on ${SITE}`);
    await expect(page.getByRole('region', { name: 'What the holder cannot do' })).toContainText('Cannot bring anybody above Viewer');
    await expect(page.getByText('Nothing is deposited for this grant')).toBeVisible();
  });

  await test.step('the owner deposits a token for it', async () => {
    await page.getByRole('link', { name: 'Deposit a credential for it' }).click();
    await expect(heading(page)).toHaveText('Deposit a credential');
    await page.getByLabel('Token of Tableau Cloud Manager').fill(house.token);
    await page.getByRole('button', { name: 'Deposit it' }).click();
    await expect(page.getByRole('status').first()).toContainText('The credential is deposited');
    await expect(page.getByRole('region', { name: 'Grants, table' })).toContainText('the tenant');
  });

  await test.step('and a connection to the site, by which its groups are read', async () => {
    await house.connect(SITE);
    await house.open(page, '/grants/deposit');
    await page.getByRole('checkbox', { name: 'First line of Dana Reed' }).check();
    await page.getByLabel('What is deposited').selectOption({ label: `${SITE}: your connection to it` });
    await page.getByRole('button', { name: 'Deposit it' }).click();
    await expect(page.getByRole('region', { name: 'Grants, table' })).toContainText('the tenant and 1 site');
  });

  await test.step('the owner asks what the helper can do to somebody', async () => {
    await house.open(page, '/grants/what');
    await choose(page, 'Dana Reed');
    await page.getByLabel('do to').fill(SAM);
    await page.getByRole('button', { name: 'Ask' }).click();
    await expect(page.getByRole('heading', { name: `What Dana Reed can do to ${SAM}` })).toBeVisible();
    const answers = page.getByRole('region', { name: 'Answers, table' });
    await expect(answers.getByText('yes', { exact: true }).first()).toBeVisible();
    await expect(answers).toContainText('above-ceiling');
  });

  await test.step('the helper sees who is in scope, and no control that the grant does not open', async () => {
    await house.open(dana, '/people');
    await expect(dana.getByText(/You work by First line: roles up to Viewer/)).toBeVisible();
    await expect(dana.getByText('1 person', { exact: true }).first()).toBeVisible();
    await expect(dana.getByText('out@elsewhere.example')).toHaveCount(0);
    await expect(dana.getByRole('link', { name: 'Add a person' })).toHaveCount(0);
    await expect(ways(dana).getByRole('link', { name: 'Tokens' })).toHaveCount(0);
    await expect(ways(dana).getByRole('link', { name: 'People' })).toBeVisible();
    const answer = await house.open(dana, '/tokens');
    expect(answer.status()).toBe(403);
    await dana.goto(`${house.origin}/people?q=${SAM}`);
    await dana.getByRole('region', { name: 'People, table' }).getByRole('rowheader').getByRole('link').first().click();
    await expect(dana.getByRole('link', { name: 'Edit', exact: true })).toBeVisible();
    await expect(dana.getByRole('link', { name: 'Take out of the tenant' })).toHaveCount(0);
    await expect(dana.getByRole('button', { name: 'Protect this person' })).toHaveCount(0);
  });

  await test.step('a role above the ceiling is refused by its rule, one below it is given', async () => {
    await planRole(dana, house, SAM, 'Creator');
    await expect(rows(dana)).toContainText('This role is higher than your grant gives');
    await expect(dana.getByRole('button', { name: /^Send/ })).toHaveCount(0);
    await planRole(dana, house, SAM, 'Viewer');
    await applied(dana, /1 done/);
  });

  await test.step('the audit log tells the helper, the grant and the change, and is searched by pairs', async () => {
    await house.open(page, '/audit');
    await page.getByLabel('Person, object, reason or reference').fill(`who:dana on:${SAM} verb:person.role`);
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('region', { name: 'Audit log, table' }).getByRole('link').first().click();
    const entry = page.getByRole('region', { name: 'Entry' });
    await expect(entry).toContainText('Dana Reed');
    await expect(entry).toContainText('First line');
    await expect(entry).toContainText('Viewer');
    const file = await page.request.get(`${house.origin}/audit/export?format=json&q=who:dana`, { headers: { cookie: house.cookies } });
    expect(JSON.stringify(await file.json())).toContain('First line');
  });

  await test.step('one button pauses all of it, and the helper is told', async () => {
    await house.open(page, '/grants');
    await page.getByRole('button', { name: 'Pause all delegation now' }).click();
    await expect(page.getByRole('heading', { name: 'All delegation is paused' })).toBeVisible();
    await dana.goto(`${house.origin}/grants`);
    await expect(dana.getByText('No grant of yours counts at this moment')).toBeVisible();
    await expect(dana.getByRole('heading', { name: 'All delegation is paused' })).toBeVisible();
    await dana.goto(`${house.origin}/people`);
    await expect(dana.getByText(SAM)).toHaveCount(0);
  });
});

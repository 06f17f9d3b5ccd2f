// The list of people and the page of one: finding, filtering, choosing, editing, protecting.
import { expect, type Page, test } from '../house';

const table = (page: Page) => page.getByRole('region', { name: 'People, table' });
const pager = (page: Page) => page.getByRole('navigation', { name: 'Pages' });
const SEARCH = 'Name, e-mail or id';
// Other specs on the same demo add a few people.
const EVERYONE = /^2,00\d people$/;
const FOUND = /^\d+ of 2,00\d people$/;

/** The names shown, in their order. */
function names(page: Page): Promise<string[]> {
  return table(page).getByRole('rowheader').getByRole('link').allInnerTexts();
}

/** Sends the filters. With a script the search has followed the typing already; sending it again changes nothing. */
async function show(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show', exact: true }).click();
}

test.describe('the list', () => {
  test.beforeEach(async ({ context, page, demo }) => {
    await demo.letIn(context);
    await demo.open(page, '/people');
    await expect(page.getByText(EVERYONE)).toBeVisible();
  });

  test('everyone is there, 25 on a page', async ({ page }) => {
    await expect(pager(page)).toContainText(/1–25 of 2,00\d/);
    expect(await names(page)).toHaveLength(25);
  });

  test('a search ignores case and accents, and signs are ordinary letters', async ({ page, demo }) => {
    for (const text of ['SAHIN', 'şahin', 'elif.sahin@example.com']) {
      await page.getByLabel(SEARCH).fill(text);
      await show(page);
      await expect(table(page).getByRole('link', { name: 'Elif Şahin' })).toBeVisible();
    }
    await page.getByLabel(SEARCH).fill('+bi@');
    await show(page);
    await expect(page).toHaveURL(/q=%2Bbi%40|q=%2Bbi@/);
    await expect(page.getByText(FOUND)).toBeVisible();
    await expect(table(page).getByText('+bi@').first()).toBeVisible();
    await demo.open(page, '/people?q=a%26b%2Cc%2Bd');
    await expect(page.getByLabel(SEARCH)).toHaveValue('a&b,c+d');
    await expect(page.getByText(/Nobody matches\. 2,00\d people are hidden by the filters\./)).toBeVisible();
    await page.getByRole('link', { name: 'Show everyone' }).click();
    await expect(pager(page)).toContainText(/of 2,00\d/);
  });

  test('filters combine, and a bookmark shows the same', async ({ page, demo, another }) => {
    await page.getByRole('combobox', { name: 'Highest role' }).selectOption({ label: 'Creator' });
    await page.getByRole('combobox', { name: 'Last sign-in' }).selectOption({ label: 'Over 90 days ago' });
    await show(page);
    await expect(page.getByText(FOUND)).toBeVisible();
    const found = await names(page);
    expect(found.length).toBeGreaterThan(0);
    const context = await another();
    await demo.letIn(context);
    const other = await context.newPage();
    await other.goto(page.url());
    expect(await names(other)).toEqual(found);
    await page.getByRole('link', { name: 'Clear all' }).click();
    await expect(page.getByText(EVERYONE)).toBeVisible();
  });

  test('a column sorts both ways and says so', async ({ page }) => {
    const head = table(page).getByRole('columnheader', { name: 'Sites' });
    await head.getByRole('link').click();
    await expect(head).toHaveAttribute('aria-sort', 'ascending');
    await head.getByRole('link').click();
    await expect(head).toHaveAttribute('aria-sort', 'descending');
    await expect(page).toHaveURL(/sort=sites/);
  });

  test('pages follow each other, and hold as many rows as one likes', async ({ page }) => {
    const first = await names(page);
    await pager(page).getByRole('link', { name: 'Next' }).click();
    await expect(pager(page)).toContainText(/26–50 of 2,00\d/);
    expect(await names(page)).not.toEqual(first);
    await pager(page).getByRole('link', { name: '100', exact: true }).click();
    await expect(pager(page)).toContainText(/1–100 of 2,00\d/);
    expect(await names(page)).toHaveLength(100);
    expect(page.url()).not.toContain('page=2');
  });

  test('columns are chosen, and the address keeps them', async ({ page, demo }) => {
    const heads = () => table(page).getByRole('columnheader').allInnerTexts();
    await page.getByText('Columns and order').click();
    const columns = page.getByRole('group', { name: 'Columns beside the name' });
    await columns.getByLabel('E-mail').check();
    await columns.getByLabel('Highest role').uncheck();
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(table(page).getByRole('columnheader', { name: 'E-mail' })).toBeVisible();
    expect((await heads()).slice(1).map((head) => head.replace(/ [↑↓]/, ''))).toEqual(['Name', 'E-mail', 'Sites', 'Last sign-in', 'Status']);
    await pager(page).getByRole('link', { name: 'Next' }).click();
    await expect(page).toHaveURL(/columns=email(,|%2C)sites/);
    await demo.open(page, '/people?columns=language');
    expect((await heads()).slice(1).map((head) => head.replace(/ [↑↓]/, ''))).toEqual(['Name', 'Language']);
  });

  test('what cannot be is explained', async ({ page, demo, watch }) => {
    watch.expects(/\/people/);
    for (const query of ['last=soon', 'site=7', 'page=0', 'size=7', 'mark=x']) {
      const answer = await demo.open(page, `/people?${query}`);
      expect(answer.status(), query).toBe(400);
      await expect(page.getByRole('alert')).toContainText('asks for something that cannot be');
    }
    const answer = await demo.open(page, '/people/7');
    expect(answer.status()).toBe(400);
    await demo.open(page, '/people/3fa85f64-5717-4562-b3fc-2c963f66afa6');
    await expect(page.getByRole('alert')).toContainText('There is no such person');
  });

  test('the list is a file as well', async ({ page, demo }) => {
    const get = async (kind: string) => {
      const answer = await fetch(`${demo.origin}/people/export?format=${kind}&role=Creator`, {
        headers: { cookie: demo.cookies, accept: 'text/html' },
      });
      expect(answer.status).toBe(200);
      return answer.text();
    };
    const people = JSON.parse(await get('json'));
    expect((await get('csv')).trim().split('\n')).toHaveLength(people.length + 1);
    await expect(page.getByRole('link', { name: 'CSV' })).toHaveAttribute('href', /format=csv/);
  });
});

test.describe('changes', () => {
  test.beforeEach(async ({ context, page, house }) => {
    await house.letIn(context);
    await house.unlockPeople();
    await house.open(page, '/people?role=Viewer');
    await expect(table(page)).toBeVisible();
  });

  test('people are ticked, a change is chosen, and a plan says what it would do', async ({ page }) => {
    const boxes = table(page).locator('tbody').getByRole('checkbox');
    await boxes.nth(0).check();
    await boxes.nth(2).check();
    await page.getByText('Change people…').click();
    await page.getByLabel('What to change').selectOption({ label: 'Take them out of the tenant' });
    await page.getByRole('button', { name: 'Plan the change' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plan: Out of the tenant: 2 people');
    await expect(page.getByText('nothing has been sent yet')).toBeVisible();
    await expect(page.getByText('leaves them in the tenant').first()).toBeVisible();
  });

  test('a person is edited, and the plan shows before and after', async ({ page }) => {
    await table(page).getByRole('rowheader').getByRole('link').first().click();
    await expect(page.getByRole('region', { name: 'Who' })).toBeVisible();
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Language').selectOption('SV_SE');
    await page.getByRole('button', { name: /^Plan/ }).click();
    await expect(page).toHaveURL(/\/plans\//);
    await expect(page.locator('ins').first()).toContainText('SV_SE');
  });

  test('taking somebody out tells what it means, and makes a plan first', async ({ page }) => {
    await table(page).getByRole('rowheader').getByRole('link').first().click();
    await page.getByRole('link', { name: 'Take out of the tenant' }).click();
    await expect(page.getByRole('region', { name: 'What taking out does' })).toContainText('Who owns content is not removed.');
    await page.getByRole('button', { name: /^Plan taking/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Plan: Take .* out of the tenant$/);
  });

  test('everyone who matches, and a pasted list, become plans', async ({ page, house }) => {
    await page.getByText('Change people…').click();
    await page.getByLabel(/^Everyone who matches/).check();
    await page.getByLabel('What to change').selectOption({ label: 'Set their language and locale' });
    await page.getByRole('combobox', { name: 'Locale' }).selectOption('de_DE');
    await page.getByRole('button', { name: 'Plan the change' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Plan: Language and locale de_DE: [\d,]+ people$/);
    await house.open(page, '/people/change');
    await page.getByLabel('Names or e-mail addresses').fill('Elif <elif.sahin@example.com>, nobody@example.com');
    await page.getByLabel('What to change').selectOption({ label: 'Take them off a site' });
    await page.getByRole('combobox', { name: 'Site' }).selectOption({ label: 'Marketing EU' });
    await page.getByRole('button', { name: 'Plan the change' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plan: Off Marketing EU: 2 people');
  });

  test('somebody is protected, and free again', async ({ page }) => {
    await table(page).getByRole('rowheader').getByRole('link').first().click();
    const part = page.getByRole('region', { name: 'Protection' });
    await part.getByLabel('Reason').fill('Runs the extracts');
    await part.getByRole('button', { name: 'Protect this person' }).click();
    await expect(page.getByText('The person is protected: every plan')).toBeVisible();
    await expect(part).toContainText('Runs the extracts');
    await part.getByLabel('Reason').fill('No longer');
    await part.getByRole('button', { name: /End/ }).click();
    await expect(page.getByText('The person is protected no longer.')).toBeVisible();
  });

  test('a form for a new person is filled in by its address, and never acts by itself', async ({ page, house }) => {
    await house.open(page, '/people/new?email=zoe.new@example.com&role=Viewer');
    await expect(page.getByLabel('E-mail address to sign in with')).toHaveValue('zoe.new@example.com');
    await page.getByRole('button', { name: /^Plan/ }).click();
    await expect(page).toHaveURL(/\/plans\/|people\/new/);
  });
});

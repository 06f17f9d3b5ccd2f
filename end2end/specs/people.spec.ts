// The list of people and the page of one: finding, filtering, choosing, editing, protecting.
import { expect, type Page, test } from '../house';

const table = (page: Page) => page.getByRole('region', { name: 'People, table' });
const pager = (page: Page) => page.getByRole('navigation', { name: 'Pages' });
const SEARCH = 'Name, e-mail or id';

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
    await expect(page.getByText('2,000 people', { exact: true })).toBeVisible();
  });

  test('everyone is there, 25 on a page', async ({ page }) => {
    await expect(pager(page)).toContainText('1–25 of 2,000');
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
    await expect(page.getByText(/^\d+ of 2,000 people$/)).toBeVisible();
    await expect(table(page).getByText('+bi@').first()).toBeVisible();
    await demo.open(page, '/people?q=a%26b%2Cc%2Bd');
    await expect(page.getByLabel(SEARCH)).toHaveValue('a&b,c+d');
    await expect(page.getByText('Nobody matches. 2,000 people are hidden by the filters.')).toBeVisible();
    await page.getByRole('link', { name: 'Show everyone' }).click();
    await expect(pager(page)).toContainText('of 2,000');
  });

  test('filters combine, and a bookmark shows the same', async ({ page, demo, another }) => {
    await page.getByLabel('Highest role').selectOption({ label: 'Creator' });
    await page.getByLabel('Last sign-in').selectOption({ label: 'Over 90 days ago' });
    await show(page);
    await expect(page.getByText(/^\d+ of 2,000 people$/)).toBeVisible();
    const found = await names(page);
    expect(found.length).toBeGreaterThan(0);
    const context = await another();
    await demo.letIn(context);
    const other = await context.newPage();
    await other.goto(page.url());
    expect(await names(other)).toEqual(found);
    await page.getByRole('link', { name: 'Clear all' }).click();
    await expect(page.getByText('2,000 people', { exact: true })).toBeVisible();
  });

  test('a column sorts both ways and says so', async ({ page }) => {
    const head = table(page).getByRole('columnheader', { name: 'Sites' });
    await head.getByRole('link').click();
    await expect(head).toHaveAttribute('aria-sort', 'ascending');
    await head.getByRole('link').click();
    await expect(head).toHaveAttribute('aria-sort', 'descending');
    await expect(page).toHaveURL(/sort=sites/);
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
    await house.unlock();
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

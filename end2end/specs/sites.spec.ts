// The list of sites: search, filters, sorting and pages, with the whole state in the URL.
import { awake, expect, type Page, test } from '../house';

const table = (page: Page) => page.getByRole('region', { name: 'Sites, table' });
const pager = (page: Page) => page.getByRole('navigation', { name: 'Pages' });

/** The names of the sites shown, in their order. */
function names(page: Page): Promise<string[]> {
  return table(page).getByRole('rowheader').getByRole('link').allInnerTexts();
}

/** The words of a column, in their order. */
async function column(page: Page, number: number): Promise<string[]> {
  return table(page).locator(`tbody tr > :nth-child(${number})`).allInnerTexts();
}

test.beforeEach(async ({ context, page, large }) => {
  await large.letIn(context);
  await large.open(page, '/sites');
});

test('a list says how many there are, and pages hold 25', async ({ page }) => {
  await expect(pager(page)).toContainText('1–25 of 60');
  expect(await names(page)).toHaveLength(25);
  await expect(pager(page)).toContainText('page 1 of 3');
});

test('a search finds a part of the name', async ({ page, large }) => {
  await page.getByLabel('Name, address or id').fill('sales');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/[?&]q=sales/);
  await expect(pager(page)).toContainText('1–2 of 2');
  expect(await names(page)).toEqual(['Sales Americas', 'Sales APAC']);
  await expect(page.getByLabel('Name, address or id')).toHaveValue('sales');
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await expect(pager(page)).toContainText('of 60');
  expect(page.url()).not.toContain('q=sales');
  await expect(page.getByLabel('Name, address or id')).toHaveValue('');
  expect(page.url().startsWith(`${large.origin}/sites`)).toBe(true);
});

test('status and region narrow the list, and are told', async ({ page }) => {
  await page.getByLabel('Status').selectOption('Suspended');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(pager(page)).toContainText('1–2 of 2 (filtered from 60)');
  expect(await column(page, 2)).toEqual(['Suspended', 'Suspended']);
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await expect(pager(page)).toContainText('of 60');
  await expect(page.getByLabel('Status')).toHaveValue('');
  const region = (await page.getByLabel('Region').getByRole('option').allInnerTexts())[1]!;
  await page.getByLabel('Region').selectOption(region);
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(pager(page)).toContainText('(filtered from 60)');
  expect([...new Set(await column(page, 3))]).toEqual([region]);
  await expect(page.getByLabel('Region')).toHaveValue(region);
});

test('a column sorts both ways and says so', async ({ page }) => {
  const head = table(page).getByRole('columnheader', { name: 'People' });
  const people = async () => (await column(page, 4)).map((text) => Number(text.replaceAll(',', '')));
  await head.getByRole('link').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  const up = await people();
  expect(up).toEqual(up.toSorted((left, right) => left - right));
  await head.getByRole('link').click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  const down = await people();
  expect(down).toEqual(down.toSorted((left, right) => right - left));
  expect(down[0]).toBeGreaterThan(up.at(-1)!);
  await expect(table(page).locator('[aria-sort]')).toHaveCount(1);
});

test('pages follow each other, and a new filter starts on the first', async ({ page }) => {
  const first = await names(page);
  await pager(page).getByRole('link', { name: 'Next' }).click();
  await expect(pager(page)).toContainText('26–50 of 60');
  const second = await names(page);
  expect(second.filter((name) => first.includes(name))).toEqual([]);
  await page.getByLabel('Status').selectOption('Suspended');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(pager(page)).toContainText('1–2 of 2');
  expect(page.url()).not.toMatch(/[?&]page=2/);
});

test('a page holds as many rows as one likes', async ({ page }) => {
  await pager(page).getByRole('link', { name: '50', exact: true }).click();
  await expect(pager(page)).toContainText('1–50 of 60');
  expect(await names(page)).toHaveLength(50);
  await pager(page).getByRole('link', { name: '100', exact: true }).click();
  await expect(pager(page)).toContainText('1–60 of 60');
  await expect(pager(page).getByRole('link', { name: 'Next' })).toHaveCount(0);
});

test('reload, the back button and a bookmark in another browser show the same rows', async ({ page, large, another }) => {
  await table(page).getByRole('columnheader', { name: 'Storage' }).getByRole('link').click();
  await expect(table(page).getByRole('columnheader', { name: 'Storage' })).toHaveAttribute('aria-sort', 'ascending');
  await pager(page).getByRole('link', { name: 'Next' }).click();
  await expect(pager(page)).toContainText('26–50 of 60');
  const [address, rows] = [page.url(), await names(page)];
  await page.reload();
  await awake(page);
  expect(await names(page)).toEqual(rows);
  await table(page).getByRole('rowheader').getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(rows[0]!);
  await page.goBack();
  await expect(pager(page)).toContainText('26–50 of 60');
  expect(page.url()).toBe(address);
  expect(await names(page)).toEqual(rows);
  const elsewhere = await another();
  await large.letIn(elsewhere);
  const bookmark = await elsewhere.newPage();
  await large.open(bookmark, address.slice(large.origin.length));
  expect(await names(bookmark)).toEqual(rows);
});

test('when nothing matches, the page says what hides the sites', async ({ page, large }) => {
  await large.open(page, '/sites?q=nobody-has-this');
  await expect(page.getByText('No site matches. 60 sites are hidden by the filters.')).toBeVisible();
  await page.getByRole('link', { name: 'Show all sites' }).click();
  await expect(pager(page)).toContainText('1–25 of 60');
});

for (const [what, query] of [
  ['a page that is no number', 'page=x'],
  ['a page size that is not offered', 'size=7'],
  ['a column that does not exist', 'sort=colour'],
  ['a direction that does not exist', 'direction=sideways'],
]) {
  test(`${what} is explained`, async ({ page, large, watch }) => {
    watch.expects(/\/sites\?/);
    const answer = await large.open(page, `/sites?${query}`);
    expect(answer.status()).toBe(400);
    await expect(page.getByRole('alert')).toContainText('The address asks for something that cannot be');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sites');
  });
}

test('a page past the end is the last one', async ({ page, large }) => {
  await large.open(page, '/sites?page=99');
  await expect(pager(page)).toContainText('51–60 of 60');
});

test('a site page tells everything about its site', async ({ page, large }) => {
  await large.open(page, '/sites?q=marketing%20eu');
  await page.getByRole('link', { name: 'Marketing EU' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Marketing EU');
  await expect(page).toHaveTitle('Marketing EU – Sites – Steward');
  const people = page.getByRole('region', { name: 'People and role limits' }).first();
  await expect(people.getByRole('row')).toHaveCount(5);
  const facts = page.getByRole('region', { name: 'What Tableau tells about this site' });
  for (const fact of ['Site id', 'Tenant id', 'Storage', 'Region', 'Pod address', 'Made']) {
    await expect(facts.getByRole('term').filter({ hasText: new RegExp(`^${fact}$`) })).toBeVisible();
  }
  await expect(page.getByText('Nothing was changed on this site through Steward so far.')).toBeVisible();
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Sites' }).click();
  await expect(pager(page)).toContainText('of 60');
});

test('an id that is none, and a site that is not there, are explained', async ({ page, large, watch }) => {
  watch.expects(/\/sites\//);
  let answer = await large.open(page, '/sites/7');
  expect(answer.status()).toBe(400);
  await expect(page.getByRole('alert')).toContainText('This is not an id');
  answer = await large.open(page, '/sites/3fa85f64-5717-4562-b3fc-2c963f66afa6');
  expect(answer.status()).toBe(404);
  await expect(page.getByRole('alert')).toContainText('There is no such site');
});

// The overview: what the tenant's licences are used for, and why the numbers differ.
import { expect, type Page, test } from '../house';

const SEATS = ['Creator', 'Explorer', 'Viewer', 'Unlicensed'];

test.beforeEach(async ({ context, page, demo }) => {
  await demo.letIn(context);
  await demo.open(page, '/');
});

/** The numbers of the table row that is named so; "12 of 24" counts as 12. */
async function numbers(page: Page, row: string): Promise<number[]> {
  const table = page.getByRole('region', { name: /^Licences by site/ }).first();
  const cells = table.getByRole('row', { name: row }).getByRole('cell').filter({ hasText: /\d/ });
  return (await cells.allInnerTexts()).map((text) => Number(text.match(/\d[\d,]*/)![0].replaceAll(',', '')));
}

test('the tenant, its state and its terms stand on top', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Your tenant');
  const main = page.getByRole('main');
  await expect(main.getByText('Tenant Active')).toBeVisible();
  await expect(main.getByText(/terms accepted/)).toBeVisible();
  await expect(page.getByRole('banner')).toContainText('Simulator');
});

test('four tiles say how many people take which seat', async ({ page }) => {
  const tiles = page.getByRole('region', { name: 'Licences in use in the tenant' });
  for (const seat of SEATS) {
    await expect(tiles.getByRole('term').filter({ hasText: seat })).toBeVisible();
  }
  const counts = await tiles.getByRole('definition').locator('b').allInnerTexts();
  expect(counts).toHaveLength(4);
  const sum = counts.reduce((sum, text) => sum + Number(text.replaceAll(',', '')), 0);
  expect(sum).toBeGreaterThan(1_000);
  expect(sum).toBeLessThanOrEqual(2_000);
  expect(await numbers(page, 'Tenant, each person once')).toEqual(counts.map((text) => Number(text.replaceAll(',', ''))));
});

test('the sites add up to the sum below them', async ({ page }) => {
  const table = page.getByRole('region', { name: /^Licences by site/ }).first();
  for (const seat of SEATS) {
    await expect(table.getByRole('columnheader', { name: seat })).toBeVisible();
  }
  const links = await table.locator('tbody').getByRole('link').allInnerTexts();
  expect(links).toHaveLength(12);
  const sums = [0, 0, 0, 0];
  for (const site of links) {
    (await numbers(page, site)).forEach((count, seat) => (sums[seat]! += count));
  }
  expect(await numbers(page, 'Sum of all sites')).toEqual(sums);
  await expect(table.getByRole('row', { name: /Marketing EU/ })).toContainText(/ of /);
});

test('"How is this counted?" opens without a script', async ({ page }) => {
  const words = page.getByText('one seat of the tenant');
  await expect(words).toBeHidden();
  await page.getByText('How is this counted?').click();
  await expect(words).toBeVisible();
  await page.getByText('How is this counted?').click();
  await expect(words).toBeHidden();
});

test('storage stands beside its quotas', async ({ page }) => {
  const storage = page.getByRole('region', { name: 'Storage' }).first();
  await expect(storage.getByRole('row')).toHaveCount(13);
  await expect(storage).toContainText(/used on all sites; quotas add up to/);
  await expect(storage.getByRole('row', { name: /Training sandbox/ })).toContainText('none told');
  await expect(storage.getByRole('row', { name: /Data Science/ })).toContainText('99 %');
});

test('the ends of sign-in, session and token are told', async ({ page }) => {
  const access = page.getByRole('region', { name: /^Your access/ });
  for (const what of ['Sign-in to Steward ends', 'Session with Tableau ends', 'Token (PAT) ends']) {
    await expect(access).toContainText(what);
  }
  await expect(access.getByRole('time')).toHaveCount(3);
});

test('the data has an age, and "refresh" asks again', async ({ page }) => {
  const main = page.getByRole('main');
  await expect(main).toContainText(/As of \d\d:\d\d:\d\d UTC/);
  const before = await main.getByRole('time').first().getAttribute('datetime');
  // The age is told in whole seconds.
  await expect(async () => {
    await page.getByRole('link', { name: 'refresh' }).click();
    await expect(page).toHaveURL(/\?refresh=/);
    expect(await main.getByRole('time').first().getAttribute('datetime')).not.toBe(before);
  }).toPass();
});

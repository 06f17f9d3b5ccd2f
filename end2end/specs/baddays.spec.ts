// Bad days: an answer is lost, Tableau is down, the session ends.
import { awake, expect, type House, type Page, test } from '../house';

const SITE = 'Finance';

test.beforeEach(async ({ context, house, watch }) => {
  watch.expects(/\/api\//, /__err=/, /\/sites/, /\/jobs/, /refresh=/, new RegExp(`^${house.origin}/$`), /\/connection/);
  await house.letIn(context);
  await house.unlock();
});

async function suspend(page: Page, house: House): Promise<void> {
  await house.open(page, `/sites/${house.site(SITE)}/suspend`);
  await page.getByLabel('Reason').fill('Ticket 12');
  await page.getByLabel('Name of the site').fill(SITE);
}

async function sent(house: House): Promise<number> {
  return (await house.ledger()).requests.filter(({ method, path }) => method === 'DELETE' && path.includes('/sites/')).length;
}

test('a lost answer whose effect shows is told as done, and sent once', async ({ page, house }) => {
  await suspend(page, house);
  await house.fault({ match: { method: 'DELETE', path: '/sites/' }, times: 1, kind: 'reset', apply: true });
  await page.getByRole('button', { name: `Suspend ${SITE}` }).click();
  await expect(page.getByText('This site is suspended')).toBeVisible();
  expect(await sent(house)).toBe(1);
});

test('a lost answer without effect is an open question until Tableau shows one', async ({ page, house }) => {
  await suspend(page, house);
  await house.fault({ match: { method: 'DELETE', path: '/sites/' }, times: 1, kind: 'reset', apply: false });
  await page.getByRole('button', { name: `Suspend ${SITE}` }).click();
  const problem = page.getByRole('alert');
  await expect(problem).toContainText('Nobody knows yet whether this took effect');
  await expect(problem).toContainText('It may or may not have been changed.');
  await expect(problem).toContainText(/reference [0-9a-f-]{36}/);

  await house.open(page, `/sites/${house.site(SITE)}`);
  const question = page.getByRole('status').filter({ hasText: 'The fate of a change is unknown' });
  await expect(question).toContainText(/Tableau now says that the site is Active/);
  await question.getByRole('button', { name: /Ask Tableau again/ }).click();
  await awake(page);
  await expect(question).toBeVisible();

  // The request was only late.
  await house.drift(SITE, 'Suspended');
  await question.getByRole('button', { name: /Ask Tableau again/ }).click();
  await expect(page.getByText('This site is suspended')).toBeVisible();
  await expect(question).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Done here through Steward' })).toContainText('done');
  expect(await sent(house)).toBe(1);
});

test('a lost answer that cannot be looked after is told as unknown, and settled later', async ({ page, house }) => {
  await suspend(page, house);
  await house.fault({ match: { method: 'DELETE', path: '/sites/' }, times: 1, kind: 'reset', apply: true });
  // The form itself reads the site once before it is sent; after that nothing can be read.
  await house.fault({ match: { method: 'GET', path: '/sites' }, after: 1, kind: 'status', status: 503 });
  await page.getByRole('button', { name: `Suspend ${SITE}` }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Nobody knows yet whether this took effect' })).toBeVisible({ timeout: 30_000 });
  await house.recover();
  await house.open(page, `/sites/${house.site(SITE)}`);
  await page.getByRole('button', { name: /Ask Tableau again/ }).click();
  await expect(page.getByRole('button', { name: /Ask Tableau again/ })).toHaveCount(0);
  await expect(page.getByText('This site is suspended')).toBeVisible();
  expect(await sent(house)).toBe(1);
  await house.open(page, '/audit?state=done&verb=site.suspend');
  await expect(page.getByRole('row', { name: `Suspend site ${SITE}` })).toBeVisible();
});

test('a refusal of Tableau is told as not done', async ({ page, house }) => {
  await suspend(page, house);
  await house.fault({ match: { method: 'DELETE', path: '/sites/' }, times: 1, kind: 'status', status: 403 });
  await page.getByRole('button', { name: `Suspend ${SITE}` }).click();
  await expect(page.getByRole('alert')).toContainText('Tableau says no');
  await expect(page.getByRole('alert')).toContainText('Tableau changed nothing.');
  await house.open(page, '/audit');
  await expect(page.getByRole('row', { name: `Suspend site ${SITE}` })).toContainText('failed');
});

test('with Tableau down from the start, every page explains it', async ({ page, house }) => {
  await house.fault({ kind: 'status', status: 503 });
  for (const path of ['/sites', `/sites/${house.site(SITE)}`]) {
    const answer = await house.open(page, path);
    expect(answer.status()).toBeGreaterThanOrEqual(500);
    const problem = page.getByRole('alert');
    await expect(problem).toContainText('Tableau has a failure of its own');
    await expect(problem).toContainText('vendor-down');
  }
  await house.open(page, '/');
  await expect(page.getByRole('alert').first()).toContainText('Tableau has a failure of its own');
  // What Steward keeps itself is there all the same.
  await house.open(page, '/audit');
  await expect(page.getByRole('row', { name: /Signed in/ })).toBeVisible();
});

test('with Tableau down later, older data is shown with its age', async ({ page, house }) => {
  await house.open(page, '/sites');
  await house.fault({ kind: 'status', status: 503 });
  await page.getByRole('link', { name: 'refresh' }).click();
  await expect(page.getByText('The list is older than it should be.')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/As of \d\d:\d\d:\d\d UTC/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Sites, table' }).getByRole('row')).toHaveCount(13);
  await house.recover();
  await page.getByRole('link', { name: 'refresh' }).click();
  await expect(page.getByText('The list is older than it should be.')).toHaveCount(0);
});

test('garbage from Tableau is explained', async ({ page, house }) => {
  await house.fault({ match: { method: 'GET', path: '/sites' }, kind: 'malformed' });
  await house.open(page, '/sites');
  await expect(page.getByRole('alert')).toContainText("Tableau's answer cannot be read");
});

test('a session that Tableau ended early is renewed without a word', async ({ page, house }) => {
  await house.open(page, '/sites');
  await house.fault({ times: 1, kind: 'expired_session' });
  const answer = await house.open(page, `/sites/${house.site(SITE)}`);
  expect(answer.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(SITE);
});

// The connection doctor: one button, every read, and what to do about what does not answer.
import { awake, expect, goTo, type Page, test } from '../house';

/** How many of how many answered, as the page says first. */
async function tally(page: Page): Promise<[number, number]> {
  const words = await page.getByRole('status').filter({ hasText: / answered/ }).innerText();
  const [, answered, tried] = words.match(/(\d+) of (\d+) answered/)!;
  return [Number(answered), Number(tried)];
}

async function start(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Try everything/ }).click();
  await expect(page).toHaveURL(/\/doctor\?try=/);
  await awake(page);
}

test('every read is tried at the press of a button, and nothing is changed', async ({ context, page, demo }) => {
  await demo.letIn(context);
  await demo.open(page, '/');
  await goTo(page, 'Doctor', 'Connection doctor');
  await expect(page.getByRole('region', { name: 'Operations that read, table' })).toContainText('user.batch_details');
  await expect(page.getByRole('main')).not.toContainText('answered');
  await start(page);
  await expect(page.getByRole('status').filter({ hasText: 'All is well' })).toBeVisible();
  const table = page.getByRole('region', { name: 'Tableau Cloud Manager, table' });
  const row = (name: string) => table.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  await expect(row('site.list')).toContainText(/answered.*200 in \d+ ms.*12 sites/s);
  await expect(row('session.delete')).toContainText('Not tried: it would end the session.');
  const summary = page.getByRole('region', { name: 'Summary' });
  await expect(summary).toContainText('The clocks agree.');
  await expect(summary).toContainText('None met since Steward started.');
  await expect(page.getByRole('region', { name: 'Servers of sites' }).first()).toContainText('version 3.');
  await expect(page.getByRole('region', { name: 'Changes' })).toContainText('None of them is locked here.');
});

test('bad days: what failed is told in parts, with what to do and a link to the code', async ({ context, page, house }) => {
  await house.letIn(context);
  await house.fault({ kind: 'status', status: 404, match: { method: 'GET', path: '/api/v1/regions' } });
  await house.fault({ kind: 'malformed', match: { method: 'GET', path: '/locations' } });
  await house.advance(3_600);
  await house.open(page, '/doctor');
  await start(page);
  await expect(page.getByRole('status').filter({ hasText: / answered/ })).toContainText('The clocks differ.');
  const [answered, tried] = await tally(page);
  expect(answered).toBe(tried - 2);
  const mend = page.getByRole('region', { name: 'What to do' });
  await expect(mend).toContainText("compare the address with the vendor's reference");
  await expect(mend).toContainText("Tableau's clock is 1 h 0 min ahead of this machine's.");
  expect((await house.ledger()).applied).toEqual([]);
  await mend.getByRole('link', { name: 'vendor-not-found' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('vendor-not-found');
  await page.goBack();
  await house.recover();
  await start(page);
  await expect(page.getByRole('status').filter({ hasText: `${tried} of ${tried} answered` })).toBeVisible();
});

test('a connected site is tried too', async ({ context, page, house }) => {
  await house.letIn(context);
  await house.open(page, '/doctor');
  await start(page);
  await expect(page.getByText('You have connected no site')).toBeVisible();
  await house.connect('Marketing EU');
  await start(page);
  const site = page.getByRole('region', { name: /^Site Marketing EU, version 3\.\d+/ }).first();
  await expect(site).toContainText('3 of 3 answered');
  await expect(site.getByRole('row').filter({ hasText: 'site_user.list' })).toContainText(/a page of \d+ of \d+ users/);
});

test('an inferred change is unlocked here as on the page of the connection', async ({ context, page, house }) => {
  await house.letIn(context);
  await house.open(page, '/doctor');
  const form = page.getByRole('form', { name: 'Unlock site.suspend' });
  await form.getByLabel('I have checked this address').check();
  await form.getByRole('button', { name: 'Unlock site.suspend' }).click();
  await expect(page.getByRole('status')).toContainText(/unlocked/i);
  await house.open(page, '/doctor');
  await expect(page.getByRole('form', { name: 'Unlock site.suspend' })).toHaveCount(0);
  await expect(page.getByRole('form', { name: 'Unlock site.reactivate' })).toBeVisible();
});

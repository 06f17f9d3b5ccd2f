// A grant that has to be activated, in two browsers: it opens nothing until its holder says why; then a banner counts
// down; then it ends by the holder's own hand, and opens nothing again.
import { expect, type Page, scripted, test } from '../house';
import { bringSam, employ, SAM, told } from '../house/desk';
import { everyViolation } from '../house/violations';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const ways = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const banner = (page: Page) => page.getByText(/^You work by First line: roles up to Viewer/);
const NOTHING = 'No grant of yours counts at this moment: nothing is shown and nothing can be done.';
const MINUTE = 60_000;

/** Expects a page of people on which nobody is, and which says what to do about it. */
async function seesNobody(dana: Page, origin: string): Promise<void> {
  const answer = (await dana.goto(`${origin}/people`))!;
  expect(answer.status()).toBe(403);
  await expect(dana.getByRole('alert')).toContainText('has to be activated first');
  await expect(dana.getByRole('alert')).toContainText('Activate the grant on your page of grants.');
  await expect(dana.getByText(SAM)).toHaveCount(0);
  await expect(dana.getByText(NOTHING)).toBeVisible();
  await expect(ways(dana).getByRole('link', { name: 'People' })).toHaveCount(0);
}

test('a grant opens nothing until it is activated with a reason, and nothing after it ends', async ({ page, context, another, house, watch }) => {
  test.setTimeout(180_000);
  watch.expects(/\/people/);
  await house.letIn(context);
  await bringSam(page, house);
  const dana = await (await another()).newPage();
  await employ(page, house, dana, ['It has to be activated each time, for four hours at most']);
  await expect(page.getByRole('region', { name: 'Grants, table' })).toContainText('to be activated');

  await test.step('before that Dana sees nothing by it, and is told what to do', async () => {
    await seesNobody(dana, house.origin);
    await house.open(dana, '/grants');
    await expect(heading(dana)).toHaveText('Your grants');
    const row = dana.getByRole('region', { name: 'Grants, table' }).getByRole('row', { name: /First line/ });
    await expect(row).toContainText('to be activated');
    await row.getByRole('link', { name: 'First line' }).click();
    await expect(heading(dana)).toHaveText('First line');
    if (scripted()) expect.soft(await everyViolation(dana)).toEqual([]);
  });
  const grant = new URL(dana.url()).pathname;

  await test.step('without a reason the form is not sent', async () => {
    const form = dana.getByRole('region', { name: 'Activate this grant' });
    await form.getByRole('button', { name: 'Activate' }).click();
    await expect(form.getByLabel('Reason')).toBeFocused();
    expect(new URL(dana.url()).pathname + new URL(dana.url()).search).toBe(grant);
  });

  await test.step('with a reason it is active, and the banner tells for how long', async () => {
    const form = dana.getByRole('region', { name: 'Activate this grant' });
    await form.getByLabel('For how long').selectOption({ label: '1 h' });
    await form.getByLabel('Reason').fill('Ticket 4711');
    await form.getByRole('button', { name: 'Activate' }).click();
    await expect(told(dana, 'The grant is active. It lapses by itself.')).toBeVisible();
    await expect(dana.getByRole('region', { name: 'Active', exact: true })).toContainText(/for another (59 min|1 h 0 min)/);
    await expect(banner(dana)).toContainText(/Lapses in (59 min|1 h 0 min)/);
    await house.open(dana, '/people');
    await expect(dana.getByText('1 person', { exact: true }).first()).toBeVisible();
    await expect(dana.getByText(SAM).first()).toBeVisible();
    await expect(banner(dana)).toContainText('Lapses in');
    await house.open(page, '/grants');
    await expect(page.getByRole('region', { name: 'Grants, table' })).not.toContainText('to be activated');
  });

  if (scripted()) {
    await test.step('the banner counts down while the page is open', async () => {
      await dana.clock.install();
      await house.open(dana, grant);
      await expect(banner(dana)).toContainText(/Lapses in 5[89] min/);
      await dana.clock.runFor(10 * MINUTE);
      await expect(banner(dana)).toContainText(/Lapses in (4[89] min|50 min)/);
      await dana.clock.runFor(60 * MINUTE);
      await expect(banner(dana)).toContainText('It has lapsed: what was not sent is not sent any more.');
    });
  }

  await test.step('Dana ends it, and sees nothing again', async () => {
    await house.open(dana, grant);
    await dana.getByRole('button', { name: 'Let it lapse now' }).click();
    await expect(told(dana, 'The grant is no longer active.')).toBeVisible();
    await expect(dana.getByRole('region', { name: 'Activate this grant' })).toBeVisible();
    await expect(banner(dana)).toHaveCount(0);
    await seesNobody(dana, house.origin);
  });

  await test.step('the audit log has both, with the reason', async () => {
    const log = page.getByRole('region', { name: 'Audit log, table' });
    await house.open(page, '/audit?q=verb:grant.activate');
    const began = log.getByRole('row', { name: /Activate grant First line of Dana Reed/ });
    await expect(began).toContainText('Ticket 4711');
    await began.getByRole('link').first().click();
    await expect(page.getByRole('region', { name: 'Entry' })).toContainText('active until');
    await house.open(page, '/audit?q=verb:grant.lapse');
    await expect(log.getByRole('row', { name: /Let grant First line of Dana Reed lapse/ })).toContainText('Dana Reed');
  });
});

// The main job, against `steward simulate` as a process of its own: from signing in to a verified suspension, its
// audit entry, and back.
import { awake, expect, goTo, type House, type Page, test } from '../house';

const SITE = 'Marketing EU';

/** Fills in the form of the page that suspends a site, and sends it. */
async function send(page: Page, reason: string, typed: string): Promise<void> {
  await page.getByLabel('Reason').fill(reason);
  await page.getByLabel('Name of the site').fill(typed);
  await page.getByRole('button', { name: `Suspend ${SITE}` }).click();
}

/** The suspensions that Tableau was really asked for. */
async function suspensions(house: House): Promise<number> {
  return (await house.ledger()).requests.filter(({ method, path }) => method === 'DELETE' && path.includes('/sites/')).length;
}

test('an administrator signs in, unlocks, suspends a site, sees it verified and recorded, and reactivates it', async ({
  page,
  house,
  watch,
}) => {
  // The forms that are meant to fail.
  watch.expects(/\/api\/sites\/suspend/, /__err=/);
  await house.open(page, '/');
  await page.getByLabel('Token secret').fill(house.token);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('banner')).not.toContainText('Simulator');
  await awake(page);
  await goTo(page, 'Sites');
  await page.getByRole('link', { name: SITE }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(SITE);

  await test.step('an inferred change is locked on a real tenant', async () => {
    await page.getByRole('link', { name: `Suspend ${SITE}` }).click();
    await expect(page.getByRole('region', { name: 'What suspending does' })).toContainText(/people lose access at once/);
    await send(page, 'Contract ended', SITE);
    await expect(page.getByRole('alert')).toContainText('This operation is locked');
    await expect(page.getByRole('alert')).toContainText('Nothing was sent to Tableau.');
    expect(await suspensions(house)).toBe(0);
  });

  for (const operation of ['site.suspend', 'site.reactivate']) {
    await test.step(`${operation} is unlocked once, with the box`, async () => {
      await goTo(page, 'Connection');
      const form = page.getByRole('region', { name: 'Unlock an inferred change' });
      await form.getByRole('radio', { name: operation }).check();
      await form.getByRole('checkbox', { name: /I have checked this address/ }).check();
      await form.getByRole('button', { name: 'Unlock the operation' }).click();
      await expect(page.getByRole('status').filter({ hasText: 'The operation is unlocked' })).toBeVisible();
      const addresses = page.getByRole('region', { name: 'Vendor addresses' });
      await expect(addresses.getByRole('row', { name: operation })).toContainText(/unlocked by/);
    });
  }
  // Other changes stay locked, each by itself.
  await expect(page.getByRole('region', { name: 'Unlock an inferred change' }).getByRole('radio', { name: /^site\.(suspend|reactivate)/ })).toHaveCount(0);

  await test.step('a wrong name is told beside the field, and nothing is sent', async () => {
    await house.open(page, `/sites/${house.site(SITE)}/suspend`);
    await send(page, 'Contract ended', 'Marketing');
    const field = page.getByLabel('Name of the site');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(/The typed name does not match/);
    expect(await suspensions(house)).toBe(0);
  });

  await test.step('the right name suspends the site, and Tableau is asked again', async () => {
    await send(page, 'Contract ended, ticket 4711', SITE);
    await expect(page).toHaveURL(/\/sites\/[0-9a-f-]{36}\?notice=site-suspended/);
    await expect(page.getByRole('status').filter({ hasText: 'The site is suspended.' })).toContainText('Tableau was asked again');
    await expect(page.getByText('This site is suspended')).toBeVisible();
    await expect(page.getByRole('link', { name: `Suspend ${SITE}` })).toHaveCount(0);
    expect(await suspensions(house)).toBe(1);
    expect((await house.ledger()).applied.filter(({ kind }) => kind === 'site.suspend')).toHaveLength(1);
  });

  await test.step('it looks suspended in the list and on the overview too', async () => {
    await goTo(page, 'Sites');
    await expect(page.getByRole('region', { name: 'Sites, table' }).getByRole('row', { name: SITE })).toContainText('Suspended');
    await goTo(page, 'Overview', /./);
    const sites = page.getByRole('region', { name: /^Licences by site/ }).first();
    await expect(sites.getByRole('row', { name: SITE })).toContainText('Suspended');
  });

  await test.step('the audit log says who, what, when, why and with what outcome', async () => {
    await goTo(page, 'Audit log');
    const row = page.getByRole('row', { name: `Suspend site ${SITE}` }).first();
    await expect(row).toContainText('Contract ended, ticket 4711');
    await expect(row).toContainText('done');
    await row.getByRole('link').click();
    const entry = page.getByRole('region', { name: 'Entry' });
    await expect(entry).toContainText('Done, and Tableau said so itself');
    for (const words of ['Before', 'Active', 'After, read back', 'Suspended', 'Contract ended, ticket 4711']) {
      await expect(entry).toContainText(words);
    }
    await entry.getByRole('link', { name: SITE }).click();
    await expect(page.getByRole('region', { name: 'Done here through Steward' })).toContainText(`Suspend site ${SITE}`);
  });

  await test.step('the site is reactivated, and that is recorded', async () => {
    await page.getByRole('link', { name: `Reactivate ${SITE}` }).click();
    await page.getByLabel('Reason').fill('Contract renewed');
    await page.getByRole('button', { name: `Reactivate ${SITE}` }).click();
    await expect(page.getByRole('status').filter({ hasText: 'The site is active again.' })).toBeVisible();
    await expect(page.getByText('This site is suspended')).toHaveCount(0);
    await house.open(page, '/audit?verb=site.reactivate');
    await expect(page.getByRole('row', { name: `Reactivate site ${SITE}` })).toContainText('Contract renewed');
  });

  await test.step('the chain of the audit log is whole', async () => {
    const { code, out } = house.verify();
    expect(out).toContain('The audit chain is whole');
    expect(code).toBe(0);
  });
});

test('an unlock without the box is not sent', async ({ page, context, house }) => {
  await house.letIn(context);
  await house.open(page, '/connection');
  await page.getByRole('button', { name: 'Unlock the operation' }).click();
  await expect(page.getByRole('checkbox', { name: /I have checked this address/ })).toBeFocused();
  await expect(page.getByRole('region', { name: 'Unlock an inferred change' })).toBeVisible();
});

test('a form counts once: the same page sent from a second tab is explained', async ({ page, context, house, watch }) => {
  watch.expects(/\/api\/sites\/suspend/, /__err=/);
  await house.letIn(context);
  await house.unlock();
  const path = `/sites/${house.site(SITE)}/suspend`;
  // Two tabs with the very same page, ticket included, as a browser's "duplicate tab" makes them.
  const html = await (await context.request.get(house.origin + path)).text();
  await context.route(`**${path}`, (route) => route.fulfill({ body: html, contentType: 'text/html' }));
  const copy = await context.newPage();
  await copy.goto(house.origin + path);
  await page.goto(house.origin + path);
  await context.unrouteAll();
  await send(page, 'Once', SITE);
  await expect(page.getByText('This site is suspended')).toBeVisible();
  await send(copy, 'Twice', SITE);
  await expect(copy.getByRole('alert')).toContainText(/This form was already sent|The site is not active/);
  expect(await suspensions(house)).toBe(1);
});

test('a form opened before somebody else suspended the site is explained', async ({ page, context, house, watch }) => {
  watch.expects(/\/api\/sites\/suspend/, /__err=/);
  await house.letIn(context);
  await house.unlock();
  await house.open(page, `/sites/${house.site(SITE)}/suspend`);
  await house.drift(SITE, 'Suspended');
  await send(page, 'Too late', SITE);
  await expect(page.getByRole('alert')).toContainText('The site is not active');
  expect(await suspensions(house)).toBe(0);
});

test('the page that suspends an already suspended site says so', async ({ page, context, house }) => {
  await house.letIn(context);
  await house.drift(SITE, 'Suspended');
  await house.open(page, `/sites/${house.site(SITE)}/suspend`);
  await expect(page.getByText('so it cannot be suspended')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Suspend/ })).toHaveCount(0);
});

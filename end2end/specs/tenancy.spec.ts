// The rest of the tenant: terms are accepted, tokens are made and revoked, sign-in by OpenID Connect comes and goes.
import { expect, type Page, test } from '../house';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const TENANT = 'Quillmere Holdings';

test('terms that are not accepted are accepted once, with what that means', async ({ page, house }) => {
  await house.letIn(page.context());
  await house.unlock(['tenant.accept_terms']);
  await house.setTenant({ terms_accepted: false, status: 'Locked' });
  await house.open(page, '/tenant?refresh=1');
  await expect(page.getByText('The tenant is locked.')).toBeVisible();
  await expect(page.getByText('binds the whole organisation')).toBeVisible();
  await page.getByRole('checkbox', { name: /I have read the terms/ }).check();
  await page.getByRole('button', { name: 'Accept the terms for the whole tenant' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The terms and conditions are accepted' })).toBeVisible();
  await expect(page.getByText('Accepted by')).toBeVisible();
  await expect(page.getByRole('button', { name: /Accept the terms/ })).toHaveCount(0);
});

test('a token is made with its secret shown once, and revoked', async ({ page, house }) => {
  await house.letIn(page.context());
  await house.unlock(['pat.create', 'pat.revoke']);
  await house.open(page, '/tokens');
  const name = `nightly ${Date.now()}`;
  const make = page.getByRole('form', { name: 'Make a token' });
  await make.getByLabel('Name').fill(name);
  await make.getByLabel('Valid for how many days').fill('6');
  await make.getByRole('button').click();
  await expect(heading(page)).toHaveText('The token is made');
  const secret = (await page.locator('#secret').textContent())!;
  await page.getByRole('link', { name: 'To your tokens' }).click();
  await expect(page.getByRole('main')).not.toContainText(secret);
  // Which of the two is in use is not known, so the nearest end is warned of on every page.
  await house.open(page, '/jobs');
  await expect(page.getByText(/Your token ends in [56] days/)).toBeVisible();
  await house.open(page, '/tokens');
  const row = page.getByRole('row', { name });
  await row.getByText('Revoke…').click();
  await row.getByRole('checkbox').check();
  await row.getByRole('button', { name: `Revoke ${name}` }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The token is revoked' })).toBeVisible();
  await expect(page.getByRole('row', { name })).toHaveCount(0);
});

test('the last step of a swap revokes the token that was used before', async ({ page, house }) => {
  await house.letIn(page.context());
  await house.unlock(['pat.create', 'pat.revoke']);
  await house.open(page, '/tokens');
  const swap = page.getByRole('form', { name: 'Swap the token in use' });
  await swap.getByLabel('Name').fill(`swap ${Date.now()}`);
  await swap.getByRole('button', { name: 'Make, try and swap' }).click();
  await expect(heading(page)).toHaveText('The new token is in use');
  const old = page.getByRole('form', { name: /^Revoke / });
  // Other sign-ins of the same person, as the specs have them, may use the old one.
  for (const box of await old.getByRole('checkbox').all()) await box.check();
  await old.getByRole('button').first().click();
  await expect(page.getByRole('status').filter({ hasText: 'The token is revoked' })).toBeVisible();
  await house.open(page, '/sites');
  await expect(heading(page)).toHaveText('Sites');
});

test('OpenID Connect is made, changed and deleted', async ({ page, house }) => {
  await house.letIn(page.context());
  await house.unlock(['oidc.upsert', 'oidc.delete']);
  const fill = async (provider: string, domain: string) => {
    const form = page.getByRole('form', { name: 'Change the sign-in configuration' });
    await form.getByLabel('Provider').fill(provider);
    await form.getByLabel('Salesforce domain').fill(domain);
    await form.getByRole('checkbox', { name: /I can still sign in/ }).check();
    await form.getByLabel('Name of the tenant').fill(TENANT);
    await form.getByRole('button').last().click();
    await expect(page.getByRole('status').filter({ hasText: 'The sign-in configuration is changed' })).toBeVisible();
  };
  const told = page.getByRole('region', { name: 'OpenID Connect of the tenant' });
  await house.open(page, '/sign-on');
  await expect(page.getByText('This can lock people out, and Steward too').first()).toBeVisible();
  await fill('Google', '');
  await expect(told).toContainText('Google');
  await fill('Salesforce', 'acme.my.salesforce.com');
  await expect(told).toContainText('acme.my.salesforce.com');
  await page.getByText('Delete the configuration…').click();
  const form = page.getByRole('form', { name: 'Delete the sign-in configuration' });
  await form.getByRole('checkbox').check();
  await form.getByLabel('Name of the tenant').fill(TENANT);
  await form.getByRole('button').click();
  await expect(page.getByRole('status').filter({ hasText: 'The sign-in configuration is deleted' })).toBeVisible();
  await expect(told).toContainText('no OpenID Connect configuration');
});

test('several sites go back to the limits of the cloud by one plan', async ({ page, house }) => {
  await house.letIn(page.context());
  await house.unlock(['site.update_limits']);
  await house.open(page, '/limits');
  const boxes = page.getByRole('checkbox', { name: /^Choose / });
  for (const at of [0, 1]) await boxes.nth(at).check();
  const viewer = page.getByRole('group', { name: 'Viewer' });
  await viewer.getByRole('radio', { name: "The site's own number" }).check();
  await viewer.getByRole('textbox').fill('1');
  await page.getByRole('button', { name: 'Plan the change' }).click();
  await expect(heading(page)).toContainText('Plan: Role limits');
  await expect(page.getByText(/Viewer: [\d,]+ people, limit 1/).first()).toBeVisible();
  await house.open(page, '/limits');
  for (const at of [0, 1]) await boxes.nth(at).check();
  await page.getByRole('group', { name: 'Creator' }).getByRole('radio', { name: /limit of the cloud/i }).check();
  await page.getByRole('button', { name: 'Plan the change' }).click();
  await expect(heading(page)).toContainText('Plan: Role limits');
});

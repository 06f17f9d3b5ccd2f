// A site's own API: connected with a token, its groups and sets changed, its members planned.
import { awake, expect, test } from '../house';

test.describe('a connected site', () => {
  test('a site is connected, and told apart from one that is not', async ({ page, house }) => {
    await house.letIn(page.context());
    await house.open(page, '/connection/sites');
    await page.getByRole('link', { name: 'Connect: Marketing EU' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connect Marketing EU');
    const token = house.siteToken('Marketing EU');
    await page.getByLabel('Token name').fill(token.name);
    await page.getByLabel('Token secret').fill(token.secret);
    await page.getByRole('button', { name: 'Connect Marketing EU' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'The site is connected' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'How it stands' })).toContainText('Lapses when nobody uses it');
    await expect(page.locator('body')).not.toContainText(token.secret);
    await house.open(page, '/connection/sites');
    await expect(page.getByRole('row', { name: /Marketing EU/ })).toContainText('connected');
    await expect(page.getByRole('row', { name: /Finance/ })).toContainText('not connected');
    await house.open(page, `/sites/${house.site('Finance')}/groups`);
    await expect(page.getByRole('main')).toContainText('This site is not connected');
    await expect(page.getByRole('link', { name: 'Connect Finance' })).toBeVisible();
  });

  test('a wrong token is told beside its field, and nothing is kept', async ({ page, house, watch }) => {
    watch.expects(/\/api\/plane\/connect/, /__err=/);
    await house.letIn(page.context());
    await house.open(page, `/sites/${house.site('Finance')}/connect`);
    await page.getByLabel('Token name').fill('steward');
    await page.getByLabel('Token secret').fill('wrong');
    await page.getByRole('button', { name: 'Connect Finance' }).click();
    await expect(page.getByRole('alert')).toContainText('The site refused the token');
    await expect(page.getByLabel('Token secret')).toHaveAttribute('aria-invalid', 'true');
  });

  test('a group is made, given a role, filled by a plan, put into a set, and deleted', async ({ page, house }) => {
    await house.letIn(page.context());
    await house.connect('Marketing EU');
    const site = `/sites/${house.site('Marketing EU')}`;
    await house.open(page, `${site}/groups/new`);
    await page.getByLabel('Name').fill('Night shift');
    await page.getByRole('button', { name: 'Create the group' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'The group is there' })).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Night shift');
    const group = new URL(page.url()).pathname;

    await test.step('two people join by a plan, and are read back', async () => {
      const names = await house.userNames('Marketing EU', 2);
      await awake(page);
      await page.getByLabel('E-mail addresses').fill(names.join('\n'));
      await page.getByRole('button', { name: 'Plan the change' }).click();
      await expect(page).toHaveURL(/\/plans\//);
      await expect(page.getByRole('region', { name: 'Rows, table' })).toContainText('Night shift');
      await awake(page);
      await page.getByLabel('Reason').fill('New shift');
      await page.getByRole('button', { name: 'Send 2 changes' }).click();
      await expect(page).toHaveURL(/\/runs\//);
      await expect(page.getByText('2 done')).toBeVisible({ timeout: 20_000 });
      await house.open(page, group);
      for (const name of names) await expect(page.getByRole('region', { name: 'Members, table', exact: true })).toContainText(name);
    });

    await test.step('what a minimum role would do is told before it is given', async () => {
      await expect(page.getByRole('region', { name: /What each minimum role/ })).toContainText('Viewer');
      await page.getByRole('combobox', { name: 'Minimum site role' }).selectOption({ label: 'Viewer' });
      await page.getByRole('button', { name: 'Change the minimum role' }).click();
      await expect(page.getByRole('status').filter({ hasText: 'The group is changed' })).toBeVisible();
      await expect(page.getByRole('region', { name: 'About', exact: true })).toContainText('Viewer');
    });

    await test.step('a set takes it, and tells whom it covers', async () => {
      await house.open(page, `${site}/sets`);
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Shifts');
      await page.getByRole('button', { name: 'Create the group set' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Shifts');
      await page.getByRole('combobox', { name: 'Group' }).selectOption({ label: 'Night shift' });
      await page.getByRole('button', { name: 'Add to the set' }).click();
      await expect(page.getByRole('region', { name: 'Who is covered', exact: true })).toContainText('2 people are in every group');
    });

    await test.step('deleting asks for the name', async () => {
      await house.open(page, group);
      await page.getByRole('textbox', { name: 'Name of the group' }).fill('Night shift');
      await page.getByRole('button', { name: 'Delete Night shift' }).click();
      await expect(page.getByRole('status').filter({ hasText: 'The group is gone' })).toBeVisible();
    });
  });
});

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

  test('users of a site are found, added, given a role, and removed with their content handed over', async ({ page, house }) => {
    await house.letIn(page.context());
    await house.connect('Marketing EU');
    const users = `/sites/${house.site('Marketing EU')}/users`;
    const table = page.getByRole('region', { name: 'Users of the site, table' });
    const send = async (button: RegExp, typed = '') => {
      await expect(page).toHaveURL(/\/plans\//);
      await expect(page.getByRole('navigation', { name: 'Breadcrumb' })).toContainText('Marketing EU');
      await awake(page);
      if (typed) await page.getByLabel('Number of changes').fill(typed);
      await page.getByRole('button', { name: button }).click();
      await expect(page).toHaveURL(/\/runs\//);
      await expect(page.getByText('1 done')).toBeVisible({ timeout: 20_000 });
    };

    await test.step('the list is narrowed and sorted by its address', async () => {
      await house.open(page, users);
      await page.getByRole('search').getByLabel('Site role').selectOption({ index: 1 });
      await page.getByRole('search').getByLabel('Last sign-in').selectOption('90');
      await page.getByRole('button', { name: 'Show' }).click();
      await expect(page).toHaveURL(/only=.+last=90/);
      await expect(page.getByRole('link', { name: 'Clear' })).toBeVisible();
      await page.getByRole('columnheader', { name: 'Last sign-in' }).getByRole('link').click();
      await expect(page).toHaveURL(/sort=last/);
      await expect(page.getByRole('columnheader', { name: 'Last sign-in' })).toHaveAttribute('aria-sort', 'ascending');
      await page.getByRole('link', { name: 'Clear' }).click();
      await expect(page).not.toHaveURL(/only=/);
      // The address is there before the list; what is opened on the page before would be closed by it.
      await expect(page.getByRole('search').getByLabel('Site role')).toHaveValue('');
    });

    await test.step('somebody new is added', async () => {
      await page.getByText('Choose the change').click();
      await page.getByLabel('E-mail addresses').fill('zoe.new@example.com');
      const form = page.getByRole('form', { name: 'Change pasted people' });
      await form.getByRole('combobox', { name: 'Change', exact: true }).selectOption('add');
      await form.getByRole('combobox', { name: 'Site role' }).selectOption('Viewer');
      await form.getByRole('button', { name: 'Make the plan' }).click();
      await send(/^Send 1 change/);
      await house.open(page, `${users}?q=zoe.new`);
      await expect(table).toContainText('Viewer');
      await house.open(page, '/people?q=zoe.new@example.com');
      await expect(page.getByRole('region', { name: 'People, table' })).toContainText('zoe.new@example.com');
    });

    await test.step('and given another role', async () => {
      await house.open(page, `${users}?q=zoe.new`);
      await table.getByRole('link', { name: /zoe.new/ }).click();
      await expect(page.getByRole('region', { name: 'Why can\'t I…?' })).toContainText('409003');
      await awake(page);
      await page.getByRole('form', { name: 'Plan another site role' }).getByRole('combobox').selectOption('Explorer');
      await page.getByRole('button', { name: 'Plan the role' }).click();
      await send(/^Send 1 change/);
    });

    await test.step('and removed, with the content going to somebody else', async () => {
      const [heir] = await house.userNames('Marketing EU', 1);
      await house.open(page, `${users}?q=zoe.new`);
      await table.getByRole('link', { name: /zoe.new/ }).click();
      await awake(page);
      await page.getByLabel('Give their content to').fill(heir!);
      await page.getByRole('button', { name: 'Plan the removal' }).click();
      await expect(page.getByRole('region', { name: 'Rows, table' })).toContainText(`content to ${heir}`);
      await send(/^Send 1 change/, '1');
      await house.open(page, `${users}?q=zoe.new`);
      await expect(page.getByRole('main')).toContainText('Nothing is like this');
    });
  });

  test('saved credentials are moved in two steps, each with its outcome', async ({ page, house, watch }) => {
    watch.expects(/\/api\/plane\/move/, /__err=/);
    await house.letIn(page.context());
    await house.connect('Marketing EU');
    await house.open(page, `/sites/${house.site('Marketing EU')}/users?q=milo.brandt`);
    await page.getByRole('link', { name: 'Milo Brandt' }).click();
    await page.getByRole('link', { name: 'Move saved credentials' }).click();
    await expect(page.getByRole('main')).toContainText('No other site is connected');
    const here = new URL(page.url()).pathname;
    await house.connect('Finance');
    await house.open(page, here);
    await page.getByRole('link', { name: 'To Finance' }).click();
    const steps = page.getByRole('list', { name: 'Steps of the move' });
    await expect(steps.getByRole('listitem').nth(1)).toContainText('2. Retrieve from Marketing EU');

    await house.fault({ match: { method: 'PUT', path: '/uploadSavedCreds' }, kind: 'status', status: 403, times: 1 });
    await awake(page);
    await page.getByRole('button', { name: 'Retrieve and upload' }).click();
    await expect(steps.getByRole('listitem').nth(1)).toContainText('Done, and dropped again');
    await expect(steps.getByRole('listitem').nth(2)).toContainText('Not done');
    await awake(page);
    await page.getByRole('button', { name: 'Retrieve and upload' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'The other site took the saved credentials' })).toBeVisible();
    await expect(steps.getByRole('listitem').nth(2)).toContainText('the site took them');
    await expect(page.locator('body')).not.toContainText('BAD');
  });

  test('jobs of a site are narrowed, told in words, and cancelled', async ({ page, house }) => {
    await house.letIn(page.context());
    await house.connect('Marketing EU');
    await house.open(page, `/sites/${house.site('Marketing EU')}/jobs`);
    const rows = page.getByRole('region', { name: 'Jobs of the site, table' });
    await page.getByRole('link', { name: /^Failed/ }).click();
    await expect(rows).toContainText('Clean addresses');
    await expect(rows).not.toContainText('Stock levels');
    await page.getByRole('link', { name: /^Running/ }).click();
    await rows.getByRole('link', { name: 'Stock levels' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('RefreshExtract');
    await awake(page);
    await page.getByRole('button', { name: 'Cancel this job' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'The site took the order to cancel' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'About' })).toContainText('Cancelled');
    await expect(page.getByRole('button', { name: 'Cancel this job' })).toHaveCount(0);
  });

  test('a person shows their groups on every connected site, side by side', async ({ page, house }) => {
    await house.letIn(page.context());
    await house.connect('Marketing EU');
    await house.open(page, '/people?q=milo.brandt');
    await page.getByRole('region', { name: 'People, table' }).getByRole('link', { name: 'Milo Brandt' }).click();
    const groups = page.getByRole('region', { name: 'Groups on sites', exact: true });
    await expect(groups.getByRole('row', { name: /Marketing EU/ })).toContainText('All Users');
    await expect(groups.getByRole('row', { name: /Finance/ })).toContainText('Connect the site');
    await house.connect('Finance');
    await page.reload();
    await expect(groups.getByRole('row', { name: /Finance/ })).toContainText('All Users');
  });

  test('what a group gives is seen before it is given, and its members are made exactly so', async ({ page, house }) => {
    await house.letIn(page.context());
    await house.connect('Marketing EU');
    const names = await house.userNames('Marketing EU', 3);
    const form = page.getByRole('form', { name: 'Change members' });
    const plan = async (mode: string, chosen: string[], button: string, typed = '') => {
      await awake(page);
      await form.getByLabel('E-mail addresses').fill(chosen.join(', '));
      await form.getByLabel(mode).check();
      await form.getByRole('button', { name: 'Plan the change' }).click();
      await expect(page).toHaveURL(/\/plans\//);
      await awake(page);
      if (typed) await page.getByLabel('Number of changes').fill(typed);
      await page.getByRole('button', { name: button }).click();
      await expect(page.getByText('2 done')).toBeVisible({ timeout: 20_000 });
    };
    await house.open(page, `/sites/${house.site('Marketing EU')}/groups/new`);
    await page.getByLabel('Name').fill('Exactly these');
    await page.getByRole('button', { name: 'Create the group' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Exactly these');
    const group = new URL(page.url()).pathname;
    await plan('Add them', names.slice(0, 2), 'Send 2 changes');

    await test.step('who is not named leaves, who is named and not there joins', async () => {
      await house.open(page, group);
      await plan('Make the group exactly these people', names.slice(1), 'Send 2 changes');
      await house.open(page, group);
      const members = page.getByRole('region', { name: 'Members, table', exact: true });
      await expect(members).not.toContainText(names[0]!);
      for (const name of names.slice(1)) await expect(members).toContainText(name);
    });

    await test.step('the seats of a minimum role are told, and it is given and cleared', async () => {
      const preview = page.getByRole('region', { name: /What each minimum role/ });
      await expect(preview.getByRole('row', { name: /^Creator/ })).toContainText('2');
      const choice = page.getByRole('combobox', { name: 'Minimum site role' });
      for (const role of ['Creator', 'None']) {
        await awake(page);
        await choice.selectOption({ label: role });
        await page.getByRole('button', { name: 'Change the minimum role' }).click();
        await expect(page.getByRole('status').filter({ hasText: 'The group is changed' })).toBeVisible();
      }
      await expect(page.getByRole('region', { name: 'About', exact: true })).toContainText('no role');
    });

    await test.step('on-demand access is given and ended', async () => {
      for (const button of ['Give on-demand access', 'End on-demand access']) {
        await awake(page);
        await page.getByRole('button', { name: button }).click();
        await expect(page.getByRole('status').filter({ hasText: 'The group is changed' })).toBeVisible();
      }
      await expect(page.getByRole('button', { name: 'Give on-demand access' })).toBeVisible();
    });
  });

  test('a group and a set are renamed, members are searched, and a set is emptied and deleted', async ({ page, house }) => {
    await house.letIn(page.context());
    await house.connect('Marketing EU');
    const site = `/sites/${house.site('Marketing EU')}`;
    const done = (words: string) => expect(page.getByRole('status').filter({ hasText: words })).toBeVisible();
    const heading = page.getByRole('heading', { level: 1 });
    const names = await house.userNames('Marketing EU', 2);
    await house.open(page, `${site}/groups/new`);
    await page.getByLabel('Name').fill('Early shift');
    await page.getByRole('button', { name: 'Create the group' }).click();
    await expect(heading).toHaveText('Early shift');
    const group = new URL(page.url()).pathname;

    await test.step('a group is renamed', async () => {
      await awake(page);
      await page.getByRole('textbox', { name: 'New name' }).fill('Late shift');
      await page.getByRole('button', { name: 'Rename the group' }).click();
      await done('The group is changed');
      await expect(heading).toHaveText('Late shift');
    });

    await test.step('its members are searched', async () => {
      await awake(page);
      await page.getByLabel('E-mail addresses').fill(names.join('\n'));
      await page.getByRole('button', { name: 'Plan the change' }).click();
      await expect(page).toHaveURL(/\/plans\//);
      await awake(page);
      await page.getByRole('button', { name: 'Send 2 changes' }).click();
      await expect(page.getByText('2 done')).toBeVisible({ timeout: 20_000 });
      await house.open(page, group);
      const members = page.getByRole('region', { name: 'Members, table', exact: true });
      for (const name of names) await expect(members).toContainText(name);
      await page.getByRole('search').getByLabel('Name or e-mail address').fill(names[0]!);
      await page.getByRole('search').getByRole('button', { name: 'Find' }).click();
      await expect(page).toHaveURL(/q=/);
      await expect(members).toContainText(names[0]!);
      await expect(members).not.toContainText(names[1]!);
    });

    await test.step('a set is renamed, its group is taken out, and it is deleted', async () => {
      await house.open(page, `${site}/sets`);
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Rota');
      await page.getByRole('button', { name: 'Create the group set' }).click();
      await expect(heading).toHaveText('Rota');
      await awake(page);
      await page.getByRole('combobox', { name: 'Group' }).selectOption({ label: 'Late shift' });
      await page.getByRole('button', { name: 'Add to the set' }).click();
      await expect(page.getByRole('region', { name: 'Who is covered', exact: true })).toContainText('2 people are in every group');
      await awake(page);
      await page.getByRole('textbox', { name: 'New name' }).fill('Rota of spring');
      await page.getByRole('button', { name: 'Rename the set' }).click();
      await done('Done. The site was asked again');
      await expect(heading).toHaveText('Rota of spring');
      await awake(page);
      await page.getByRole('button', { name: 'Take Late shift out' }).click();
      await expect(page.getByRole('main')).toContainText('No group is in this set, so it covers nobody.');
      await awake(page);
      await page.getByRole('button', { name: 'Delete Rota of spring' }).click();
      await expect(heading).toHaveText('Group sets');
      await expect(page.getByRole('main')).not.toContainText('Rota of spring');
      // The group that was in it stays.
      await house.open(page, group);
      await expect(heading).toHaveText('Late shift');
    });
  });

  test('a token that something else uses, and one that Tableau no longer takes, are told apart', async ({ page, house, watch }) => {
    watch.expects(/\/sets/, /\/api\/plane/);
    await house.letIn(page.context());
    await house.connect('Marketing EU');
    const site = `/sites/${house.site('Marketing EU')}`;
    const stands = async (words: string) => {
      await house.open(page, '/connection/sites');
      await expect(page.getByRole('row', { name: /Marketing EU/ })).toContainText(words);
    };

    await test.step('twice within minutes is no accident', async () => {
      await house.endSiteSessions('Marketing EU');
      await house.open(page, `${site}/sets`);
      await expect(page.getByRole('region', { name: 'Group sets', exact: true })).toBeVisible();
      await stands('connected');
      await house.endSiteSessions('Marketing EU');
      await house.open(page, `${site}/sets`);
      await expect(page.getByRole('main')).toContainText('Something else signs in with this token');
      await stands('used elsewhere');
    });

    await test.step('who has looked after the other program tries it again', async () => {
      await house.open(page, `${site}/connect`);
      await expect(page.getByRole('main')).toContainText('Something else signed in with this token');
      await page.getByRole('button', { name: 'Try this token again' }).click();
      await expect(page.getByRole('button', { name: 'Try this token again' })).toHaveCount(0);
      await stands('connected');
    });

    await test.step('a token that was taken away is refused, and not tried over and over', async () => {
      await house.revoke(house.siteToken('Marketing EU').secret);
      await house.open(page, `${site}/sets`);
      await expect(page.getByRole('main')).toContainText('The site refused the token');
      await stands('refused');
      const tries = async () => (await house.ledger()).requests.filter(({ path }) => path.endsWith('/auth/signin')).length;
      const before = await tries();
      await house.open(page, `${site}/sets`);
      await expect(page.getByRole('main')).toContainText('The site refused the token');
      expect(await tries()).toBe(before);
    });
  });
});

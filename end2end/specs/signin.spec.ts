// Signing in with a token, and out again.
import { awake, expect, type Page, test } from '../house';

const WRONG = 'c3Rld2FyZC1jYW5hcnk=:never-a-token-of-anybody';

async function send(page: Page, token: string): Promise<void> {
  await page.getByLabel('Token secret').fill(token);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a wrong token is explained and nothing of it is kept', async ({ page, demo, watch }) => {
  watch.expects(/\/login\?problem=/);
  await demo.open(page, '/sites?status=Suspended');
  await expect(page).toHaveURL(/\/login\?next=/);
  await send(page, WRONG);
  const problem = page.getByRole('alert');
  await expect(problem).toContainText('Tableau refused this token');
  await expect(problem).toContainText('Nothing was stored.');
  await expect(problem).toContainText('token-refused');
  await expect(page.getByLabel('Token secret')).toHaveValue('');
  expect(await page.content()).not.toContain(WRONG.split(':')[1]);
  expect(page.url()).not.toContain('never-a-token');
  expect(await page.context().cookies()).toEqual([]);
  await demo.open(page, '/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
});

test('after a wrong token the right one leads to the page that was asked for', async ({ page, demo, watch }) => {
  watch.expects(/\/login\?problem=/);
  await demo.open(page, '/sites?status=Suspended');
  await send(page, WRONG);
  await expect(page.getByRole('alert')).toBeVisible();
  await send(page, demo.token);
  await expect(page).toHaveURL(`${demo.origin}/sites?status=Suspended`);
  await expect(page.getByRole('row', { name: /Suspended/ })).toHaveCount(2);
});

test('an empty token is not sent', async ({ page, demo }) => {
  await demo.open(page, '/login');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Token secret')).toBeFocused();
  expect(page.url()).toBe(`${demo.origin}/login`);
});

test('the demo says how to sign in, and that opens the overview', async ({ page, demo }) => {
  await demo.open(page, '/');
  const hint = page.getByRole('region', { name: 'This is the demo' });
  await expect(hint).toContainText(/12 sites and 2,?000 people/);
  await send(page, await hint.getByRole('code').innerText());
  await expect(page).toHaveURL(`${demo.origin}/`);
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ name: '__Host-steward', httpOnly: true, secure: true, sameSite: 'Lax' });
});

test('a real tenant gets no hint', async ({ page, house }) => {
  await house.open(page, '/login');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await expect(page.getByText('This is the demo')).toHaveCount(0);
  expect(await page.content()).not.toContain(house.token);
});

test('after signing out the back button shows no data', async ({ page, demo }) => {
  await demo.open(page, '/');
  await send(page, demo.token);
  await expect(page).toHaveURL(`${demo.origin}/`);
  await demo.open(page, '/sites');
  await expect(page.getByRole('link', { name: 'Marketing EU' })).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('status')).toContainText('You are signed out');
  await page.goBack();
  await awake(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await expect(page.getByText('Marketing EU')).toHaveCount(0);
});

test('signing out takes the cookie out of the browser', async ({ page, demo }) => {
  await demo.open(page, '/');
  await send(page, demo.token);
  await expect(page).toHaveURL(`${demo.origin}/`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('status')).toContainText('You are signed out');
  expect(await page.context().cookies()).toEqual([]);
});

test('a link to another website is not followed after signing in', async ({ page, demo }) => {
  await demo.open(page, '/login?next=//example.com/');
  await send(page, demo.token);
  await expect(page).toHaveURL(`${demo.origin}/`);
});

// Signing in by an identity provider: whoever was invited lands on the page they wanted, without a password; everybody
// else is told in clear words that they stay outside.
import { expect, type Page } from '../house';
import { invite } from '../house/accounts';
import { test } from '../house/provider';

const DANA = 'dana@quillmere.example';
const EVE = 'eve@elsewhere.example';
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** Wants a page, is led to the sign-in, and goes on by the provider. */
async function byProvider(person: Page, wanted: string): Promise<void> {
  await person.goto(wanted);
  await expect(person).toHaveURL(/\/login\?next=/);
  await person.getByRole('link', { name: 'With an account' }).click();
  await person.getByRole('link', { name: 'Sign in with Quillmere' }).click();
}

test('an invited person signs in by the provider and lands where they wanted', async ({ page, context, another, joined, provider }) => {
  test.setTimeout(90_000);
  await joined.letIn(context);
  await joined.open(page, '/accounts');
  await invite(page, DANA);
  const dana = await (await another()).newPage();
  const cookie = async () => (await dana.context().cookies()).find(({ name }) => name === '__Host-steward')!.value;

  await test.step('the provider says who it is, and no password is asked', async () => {
    await byProvider(dana, `${joined.origin}/grants`);
    await expect(dana).toHaveURL(`${joined.origin}/grants`);
    await expect(heading(dana)).toHaveText('Your grants');
    expect(provider.asked.get('code_challenge_method')).toBe('S256');
    expect(provider.asked.get('prompt')).toBeNull();
    await joined.open(dana, '/account');
    await expect(dana.getByRole('main')).toContainText(DANA);
    await expect(dana.getByRole('main')).toContainText("none of Steward's");
  });

  await test.step('a step-up has the provider ask anew', async () => {
    const before = await cookie();
    await dana.goto(`${joined.origin}/step-up?next=/account`);
    await dana.getByRole('link', { name: 'Show it to Quillmere' }).click();
    await expect(dana).toHaveURL(`${joined.origin}/account`);
    expect([provider.asked.get('prompt'), provider.asked.get('max_age')]).toEqual(['login', '0']);
    expect(await cookie()).not.toBe(before);
  });

  await test.step('the owner sees that the invitation was used, and the log how they came in', async () => {
    await page.getByRole('link', { name: 'Go to the account' }).click();
    await expect(page.getByText('active', { exact: true }).first()).toBeVisible();
    await joined.open(page, '/audit?verb=sign-in');
    await page.getByRole('region', { name: 'Audit log, table' }).getByRole('row', { name: DANA }).first().getByRole('link').first().click();
    await expect(page.getByRole('region', { name: 'Entry' })).toContainText('signed in by the identity provider');
  });

  await test.step('after signing out the same way leads in again', async () => {
    await joined.open(dana, '/account');
    await dana.getByRole('button', { name: 'Sign out' }).click();
    await expect(dana.getByRole('status')).toContainText('You are signed out');
    await byProvider(dana, `${joined.origin}/account`);
    await expect(heading(dana)).toHaveText('Your account');
  });
});

test('who is of a foreign domain, was not invited, or is not certain stays outside', async ({ page, context, another, joined, provider, watch }) => {
  test.setTimeout(90_000);
  watch.expects(/\/login\?problem=/);
  await joined.letIn(context);
  for (const email of [EVE, DANA]) {
    await joined.open(page, '/accounts');
    await invite(page, email);
  }
  const strangers = [
    { who: 'of a foreign domain', email: EVE, verified: true, words: 'You were not invited' },
    { who: 'not invited', email: 'nobody@quillmere.example', verified: true, words: 'You were not invited' },
    { who: 'not certain', email: DANA, verified: false, words: 'Your e-mail address is not verified' },
  ];
  for (const { who, email, verified, words } of strangers) {
    await test.step(who, async () => {
      provider.person = { email, verified };
      const person = await (await another()).newPage();
      await byProvider(person, `${joined.origin}/grants`);
      await expect(heading(person)).toHaveText('Sign in');
      await expect(person.getByRole('alert')).toContainText(words);
      await expect(person.getByRole('alert')).toContainText('Nobody was signed in.');
      // The way in by another account is there, and still leads to the page they wanted.
      await expect(person.getByRole('link', { name: 'Sign in with Quillmere' })).toHaveAttribute('href', /next=(%2F|\/)grants/);
      await person.goto(`${joined.origin}/account`);
      await expect(person).toHaveURL(/\/login\?next=/);
    });
  }
});

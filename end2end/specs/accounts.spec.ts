// An owner invites somebody without a token, who sets everything up, signs in, and is suspended again: two browsers.
import { randomUUID } from 'node:crypto';

import type { Page } from '@playwright/test';

import { expect, goTo, test } from '../house';
import { invite, join } from '../house/accounts';
import { code } from '../house/authenticator';

const PHRASE = 'seven quiet otters paint a fence';

async function signIn(person: Page, email: string, password: string, digits: string): Promise<void> {
  await person.getByRole('link', { name: 'With an account' }).click();
  await person.getByLabel('E-mail address').fill(email);
  await person.getByLabel('Password').fill(password);
  await person.getByLabel('Code').fill(digits);
  await person.getByRole('button', { name: 'Sign in' }).click();
}

test('somebody is invited, signs in with password and code, and is suspended', async ({ page, context, another, demo, watch }) => {
  watch.expects(/\/join/, /problem=entry(-|%2D)refused/);
  const email = `dana.${randomUUID()}@quillmere.example`;
  await demo.letIn(context);
  await demo.open(page, '/');
  await goTo(page, 'Accounts');
  const link = await invite(page, email);

  const person = await (await another()).newPage();
  await person.goto(link);
  await expect(person.getByRole('img', { name: /QR code/ })).toBeVisible();
  await join(person, 'password1234');
  await expect(person.getByRole('alert')).toContainText('The password is too easy to guess');
  await expect(person.getByLabel('Your name')).toHaveValue('Dana Reed');
  const secret = await join(person, PHRASE);
  await expect(person.getByRole('listitem')).toHaveCount(10);
  await person.getByRole('link', { name: 'I have kept them' }).click();
  await expect(person.getByRole('heading', { level: 1 })).toHaveText('Your account');
  await expect(person.getByText('Nothing was given to you yet')).toBeVisible();
  await expect(person.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText(['Your account']);

  await person.getByRole('button', { name: 'Sign out' }).click();
  await signIn(person, email, 'another phrase of otters', code(secret, 1));
  await expect(person.getByRole('alert')).toContainText('That did not let you in');
  await signIn(person, email, PHRASE, code(secret, 1));
  await expect(person.getByText('Nothing was given to you yet')).toBeVisible();

  await person.goto(link);
  await expect(person.getByRole('alert')).toContainText('This invitation does not count any more');

  await page.getByRole('link', { name: 'Go to the account' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dana Reed');
  await page.getByRole('button', { name: 'Suspend the account' }).click();
  await expect(page.getByRole('status')).toContainText('The account is suspended');
  await person.goto(`${demo.origin}/account`);
  await expect(person).toHaveURL(/\/login/);
});

test('an owner proves once more who they are, and goes back to where they were', async ({ page, context, demo, watch }) => {
  watch.expects(/\/step-up/);
  await demo.letIn(context);
  await demo.open(page, '/step-up?next=/accounts');
  const before = (await context.cookies())[0]!.value;
  await page.getByLabel('Token secret').fill('never-a-token');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('alert')).toContainText('That does not show that it is you');
  await page.getByLabel('Token secret').fill(demo.token);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Accounts');
  expect((await context.cookies())[0]!.value).not.toBe(before);
  demo.forgetSignIn();
});

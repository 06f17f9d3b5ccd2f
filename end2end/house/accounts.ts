// People with an account of Steward's own: invited by an owner, set up and signed in by themselves.
import { expect, type Page } from '@playwright/test';

import { code } from './authenticator';

/** Invites somebody from the list of accounts; gives the link. */
export async function invite(owner: Page, email: string): Promise<string> {
  await owner.getByLabel('E-mail address').fill(email);
  await owner.getByRole('button', { name: 'Invite', exact: true }).click();
  await expect(owner.getByRole('heading', { level: 1 })).toHaveText('The invitation');
  return owner.getByRole('listitem').getByRole('code').innerText();
}

/** Fills the page of an invitation in; gives the secret of the second factor. */
export async function join(person: Page, password: string, name = 'Dana Reed'): Promise<string> {
  const secret = await person.getByRole('code').filter({ hasText: /^[A-Z2-7]{4} / }).innerText();
  await person.getByLabel('Your name').fill(name);
  await person.getByLabel('Password', { exact: true }).fill(password);
  await person.getByLabel('The same password again').fill(password);
  await person.getByLabel('The six digits that the app shows').fill(code(secret));
  await person.getByRole('button', { name: 'Set up and sign in' }).click();
  return secret;
}

// A help desk in a few lines: somebody in scope, and a helper with a grant and what it works by. For specs whose story
// begins after that.
import { expect, type Page } from '@playwright/test';

import { invite, join } from './accounts';
import type { House } from './steward';

/** The site that the grant is for. */
export const SITE = 'Training sandbox';
/** Somebody on that site, in the grant's domain. */
export const SAM = 'sam@desk.example';
/** The helper. */
export const DANA = 'dana@quillmere.example';

/** What a page says became true. */
export const told = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words }).first();
/** How far the run is that is open, in words. */
export const counts = (page: Page) => page.getByRole('region', { name: 'Progress' }).getByRole('status');

/** Brings Sam onto the site, without a licence. */
export async function bringSam(owner: Page, house: House): Promise<void> {
  await house.unlockPeople();
  await house.open(owner, await house.apply(await house.upload(`Username,Site,Role\n${SAM},${SITE},Unlicensed\n`)));
  await expect(counts(owner)).toContainText(/1 done/, { timeout: 40_000 });
}

/**
 * Lets somebody join whom the owner invites, and gives them a grant of the first line with these boxes ticked besides.
 * It works by the owner's token. Afterwards the helper's own page is open.
 */
export async function employ(owner: Page, house: House, helper: Page, ticked: string[]): Promise<void> {
  await house.open(owner, '/accounts');
  await helper.goto(await invite(owner, DANA));
  await join(helper, 'seven quiet otters paint a fence');
  await helper.getByRole('link', { name: 'I have kept them' }).click();
  await expect(helper.getByText('Nothing was given to you yet')).toBeVisible();

  await house.open(owner, '/grants/new?template=first-line');
  await owner.getByLabel('Held by').selectOption({ label: `Dana Reed (${DANA})` });
  await owner.getByLabel(SITE, { exact: true }).check();
  await owner.getByLabel('E-mail domains').fill('desk.example');
  for (const name of ticked) await owner.getByRole('checkbox', { name, exact: true }).check();
  await owner.getByRole('button', { name: 'Give this grant' }).click();
  await expect(owner.getByRole('heading', { level: 1 })).toHaveText('First line');
  await owner.getByRole('link', { name: 'Deposit a credential for it' }).click();
  await expect(owner.getByRole('heading', { level: 1 })).toHaveText('Deposit a credential');
  await owner.getByLabel('Token of Tableau Cloud Manager').fill(house.token);
  await owner.getByRole('button', { name: 'Deposit it' }).click();
  await expect(told(owner, 'The credential is deposited')).toBeVisible();
}

/** Opens the page of Sam, as the list of people leads there. */
export async function openSam(page: Page, house: House): Promise<void> {
  await house.open(page, `/people?q=${encodeURIComponent(SAM)}`);
  await page.getByRole('region', { name: 'People, table' }).getByRole('rowheader').getByRole('link').first().click();
  await expect(page.getByRole('region', { name: 'Who' })).toContainText(SAM);
}

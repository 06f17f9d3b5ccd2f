// What waits for somebody else's word, in two browsers: a helper asks and cannot decide it themselves; the owner sees the
// same plan and says yes to one, no to another; a third is withdrawn.
import { randomUUID } from 'node:crypto';

import { awake, expect, goTo, type House, type Page, scripted, test } from '../house';
import { bringSam, counts, employ, openSam, SAM, told } from '../house/desk';
import { everyViolation } from '../house/violations';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const rows = (page: Page) => page.getByRole('region', { name: 'Rows, table' });
const decision = (page: Page) => page.getByRole('form', { name: /^Decide about / });
const past = (page: Page) => page.getByRole('region', { name: 'Decided and void' });

/** Plans another language for Sam and asks for approval; gives the title of the plan. */
async function ask(dana: Page, house: House, language: string, reason: string): Promise<string> {
  await openSam(dana, house);
  await dana.getByRole('link', { name: 'Edit', exact: true }).click();
  await expect(heading(dana)).toHaveText(/^Edit /);
  await dana.getByLabel('Language').selectOption(language);
  await dana.getByRole('button', { name: 'Plan the change' }).click();
  await expect(heading(dana)).toHaveText(/^Plan: /);
  await expect(rows(dana)).toContainText(language);
  await awake(dana);
  await expect(dana.getByText('Somebody else has to approve this first.').first()).toBeVisible();
  await expect(dana.getByText('This grant has every change approved.').first()).toBeVisible();
  await expect(dana.getByRole('button', { name: /^Send/ })).toHaveCount(0);
  await dana.getByLabel('Reason (optional)').fill(reason);
  await dana.getByRole('button', { name: 'Ask somebody else to approve it' }).click();
  await expect(told(dana, 'Somebody else is asked to approve this, within a day.')).toBeVisible();
  await expect(told(dana, 'This plan waits for somebody else')).toBeVisible();
  return (await heading(dana).innerText()).replace('Plan: ', '');
}

/** Sends the form of a decision as somebody would who was handed it, and opens the page that it leads to. */
async function decideByHand(person: Page, house: House, fields: Record<string, string>): Promise<void> {
  const { name, value } = (await person.context().cookies())[0]!;
  const answer = await fetch(`${house.origin}/api/delegation/decide`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: house.origin, referer: `${house.origin}/approvals`, accept: 'text/html', cookie: `${name}=${value}` },
    body: new URLSearchParams({ ...fields, ticket: randomUUID(), decision: 'approve' }),
  });
  await person.goto(new URL(answer.headers.get('location')!, house.origin).href);
}

/** How often the simulator was made to change a language. */
const changes = async (house: House) => (await house.ledger()).applied.filter(({ kind }) => kind === 'user.details').length;

test('a helper asks, the owner sees the same plan and says yes or no', async ({ page, context, another, house, watch }) => {
  test.setTimeout(240_000);
  watch.expects(/__err=/);
  await house.letIn(context);
  await bringSam(page, house);
  const dana = await (await another()).newPage();
  // Dana may approve what others planned, so that nothing but its being her own keeps her from it.
  await employ(page, house, dana, ['Every change', 'Approve what others planned']);
  const owner = await page.locator('.who').innerText();
  let title = '';

  await test.step('the change waits, and nothing is sent', async () => {
    title = await ask(dana, house, 'SV_SE', 'INC-7');
    expect(await changes(house)).toBe(0);
    await dana.getByRole('main').getByRole('link', { name: 'Approvals', exact: true }).click();
    await expect(heading(dana)).toHaveText('Approvals');
    await expect(dana.getByRole('region', { name: title })).toContainText('You asked for this. Somebody else decides.');
    await expect(dana.getByRole('button', { name: 'Approve and carry out' })).toHaveCount(0);
  });

  await test.step('the owner sees who asks, why it waits, and the same plan', async () => {
    await house.open(page, '/');
    await goTo(page, 'Approvals');
    const card = page.getByRole('region', { name: title });
    for (const words of ['Asked by Dana Reed', 'This grant has every change approved.', 'Reason: INC-7']) {
      await expect(card).toContainText(words);
    }
    if (scripted()) expect.soft(await everyViolation(page)).toEqual([]);
    await card.getByRole('link', { name: 'See every row of the plan' }).click();
    await expect(heading(page)).toHaveText(`Plan: ${title}`);
    await expect(rows(page)).toContainText(SAM);
    await expect(rows(page)).toContainText('SV_SE');
    await expect(page.getByRole('button', { name: /^(Send|Ask)/ })).toHaveCount(0);
  });

  await test.step('the owner’s form does not serve Dana', async () => {
    await house.open(page, '/approvals');
    const field = (name: string) => decision(page).locator(`input[name=${name}]`).inputValue();
    await decideByHand(dana, house, { approval: await field('approval'), hash: await field('hash') });
    await expect(dana.getByRole('alert')).toContainText('You asked for this yourself');
    expect(await changes(house)).toBe(0);
  });

  await test.step('the owner approves, and it is carried out in the name of Dana', async () => {
    await decision(page).getByLabel('What you say').fill('Seen with the desk');
    await decision(page).getByRole('button', { name: 'Approve and carry out' }).click();
    await expect(told(page, 'The plan is approved, and is carried out')).toBeVisible();
    await expect(page.getByText('Nothing waits for approval.')).toBeVisible();
    await house.open(dana, '/approvals');
    const line = past(dana).getByRole('listitem').filter({ hasText: title });
    await expect(line).toContainText(`asked by Dana Reed, decided by ${owner}: Seen with the desk`);
    await line.getByRole('link', { name: title }).click();
    await expect(heading(dana)).toHaveText(`Plan: ${title}`);
    await dana.getByRole('link', { name: 'See what became of it' }).click();
    await expect(dana).toHaveURL(/\/runs\/[0-9a-f-]{36}/);
    await expect(counts(dana)).toContainText(/1 done/, { timeout: 40_000 });
    expect(await changes(house)).toBe(1);
  });

  await test.step('the audit log names who did it, by which grant, and who approved', async () => {
    await house.open(page, `/audit?q=${encodeURIComponent(`who:dana on:${SAM} verb:person.details`)}`);
    await page.getByRole('region', { name: 'Audit log, table' }).getByRole('link').first().click();
    const entry = page.getByRole('region', { name: 'Entry' });
    await expect(entry).toContainText('Dana Reed');
    await expect(entry).toContainText(/First line \([0-9a-f-]{36}\), approved by /);
    await expect(entry).toContainText(`approved by ${owner}`);
    await expect(entry).toContainText('SV_SE');
    await house.open(page, '/audit?q=verb:approval.approve');
    await expect(page.getByRole('region', { name: 'Audit log, table' })).toContainText(`Approve: ${title}`);
  });

  await test.step('the owner says no to another one, and has to say why; Dana reads it', async () => {
    title = await ask(dana, house, 'DE_DE', 'INC-8');
    await house.open(page, '/approvals');
    await decision(page).getByRole('button', { name: 'Refuse' }).click();
    await expect(page.getByRole('alert')).toContainText('A reason is missing');
    await awake(page);
    await decision(page).getByLabel('What you say').fill('Sam asked for Swedish yesterday');
    await decision(page).getByRole('button', { name: 'Refuse' }).click();
    await expect(told(page, 'The plan is refused. Nothing was sent.')).toBeVisible();
    await house.open(dana, '/approvals');
    await expect(past(dana).getByRole('listitem').filter({ hasText: 'refused' })).toContainText(
      `asked by Dana Reed, decided by ${owner}: Sam asked for Swedish yesterday`,
    );
    await house.open(page, '/audit?q=verb:approval.refuse');
    await expect(page.getByRole('region', { name: 'Audit log, table' })).toContainText('Sam asked for Swedish yesterday');
  });

  await test.step('Dana withdraws a third one, and nobody can decide it any more', async () => {
    title = await ask(dana, house, 'JA_JP', 'INC-9');
    await house.open(dana, '/approvals');
    await dana.getByRole('button', { name: 'Withdraw it' }).click();
    await expect(told(dana, 'The request is withdrawn. Nothing was sent.')).toBeVisible();
    await house.open(page, '/approvals');
    await expect(page.getByText('Nothing waits for approval.')).toBeVisible();
    await expect(past(page).getByRole('listitem').filter({ hasText: 'void' })).toHaveCount(1);
    expect(await changes(house)).toBe(1);
  });
});

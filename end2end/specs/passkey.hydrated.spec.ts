// Somebody without a token whose second factor is a passkey: set up with the invitation, asked at the sign-in and for a
// step-up, a second one added, the first removed, and a copy of it refused.
import { awake, expect, type House, type Page } from '../house';
import { invite } from '../house/accounts';
import { Device, test } from '../house/device';
import { everyViolation } from '../house/violations';

const DANA = 'dana@quillmere.example';
const PHRASE = 'seven quiet otters paint a fence';
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const keys = (page: Page) => page.getByRole('list', { name: 'Your passkeys' }).getByRole('listitem');

async function fillIn(person: Page, password: string): Promise<void> {
  await person.getByLabel('Your name').fill('Dana Reed');
  await person.getByLabel('Password', { exact: true }).fill(password);
  await person.getByLabel('The same password again').fill(password);
}

/** Signs out, and gives address and password alone. */
async function halfWay(person: Page, house: House): Promise<void> {
  await person.getByRole('button', { name: 'Sign out' }).click();
  await expect(person).toHaveURL(/\/login/);
  await person.goto(`${house.origin}/login?way=account`);
  await person.getByLabel('E-mail address').fill(DANA);
  await person.getByLabel('Password').fill(PHRASE);
  await person.getByRole('button', { name: 'Sign in' }).click();
  await expect(heading(person)).toHaveText('Second step');
  await awake(person);
}

/** Sets a passkey up with the invitation; gives the recovery codes. */
async function join(person: Page, link: string): Promise<string[]> {
  await person.goto(link);
  await awake(person);
  await fillIn(person, PHRASE);
  await person.getByRole('button', { name: 'Set up with a passkey' }).click();
  await expect(person.getByRole('listitem')).toHaveCount(10);
  const codes = await person.getByRole('listitem').allInnerTexts();
  await person.getByRole('link', { name: 'I have kept them' }).click();
  await expect(heading(person)).toHaveText('Your account');
  await awake(person);
  return codes;
}

test('a passkey is set up with the invitation, signs in, steps up, and gives way to another one', async ({ page, context, another, named, watch }) => {
  test.setTimeout(120_000);
  watch.expects(/\/join/, /\/account/);
  await named.letIn(context);
  await named.open(page, '/accounts');
  const link = await invite(page, DANA);
  const person = await (await another()).newPage();
  const first = await Device.of(person);

  await test.step('what is missing on the form is said before the device is asked', async () => {
    await person.goto(link);
    await awake(person);
    expect.soft(await everyViolation(person)).toEqual([]);
    await person.getByRole('button', { name: 'Set up with a passkey' }).click();
    expect(await person.locator('input[name=passkey]').inputValue()).toBe('');
    await fillIn(person, 'password1234');
    await person.getByRole('button', { name: 'Set up with a passkey' }).click();
    await expect(person.getByRole('alert')).toContainText('The password is too easy to guess');
    await awake(person);
  });

  await test.step('the passkey that was made already is taken when the rest is right', async () => {
    await fillIn(person, PHRASE);
    await person.getByRole('button', { name: 'Set up with the passkey just made' }).click();
    await expect(person.getByRole('listitem')).toHaveCount(10);
    await person.getByRole('link', { name: 'I have kept them' }).click();
    await expect(heading(person)).toHaveText('Your account');
    await expect(keys(person)).toHaveCount(1);
    await expect(keys(person)).toContainText('never used');
  });

  await test.step('the password comes first, then the passkey', async () => {
    await halfWay(person, named);
    expect.soft(await everyViolation(person)).toEqual([]);
    await person.getByRole('button', { name: 'Use your passkey' }).click();
    await expect(heading(person)).toHaveText('Your account');
    await expect(keys(person)).toContainText('last used');
    expect.soft(await everyViolation(person)).toEqual([]);
  });

  await test.step('a step-up by passkey gives another cookie and leads back', async () => {
    const cookie = async () => (await person.context().cookies())[0]!.value;
    const before = await cookie();
    await person.goto(`${named.origin}/step-up?next=/account`);
    await awake(person);
    expect.soft(await everyViolation(person)).toEqual([]);
    await person.getByRole('button', { name: 'Use your passkey' }).click();
    await expect(heading(person)).toHaveText('Your account');
    expect(await cookie()).not.toBe(before);
  });

  await test.step('the same device is not taken twice, another one is', async () => {
    await awake(person);
    const add = person.getByRole('form', { name: 'Add a passkey' });
    await add.getByLabel('Name of the new passkey').fill('Laptop');
    await add.getByRole('button', { name: 'Add a passkey' }).click();
    await expect(add.getByRole('alert')).toContainText('This passkey belongs to an account already');
    await first.remove();
    await Device.of(person);
    await add.getByLabel('Name of the new passkey').press('Enter');
    await expect(person.getByRole('status')).toContainText('The passkey is added');
    await expect(keys(person)).toHaveCount(2);
  });

  await test.step('one of two is removed, the last one is not', async () => {
    await person.getByRole('button', { name: 'Remove the passkey First passkey' }).click();
    await expect(person.getByRole('status')).toContainText('The passkey is removed');
    await expect(keys(person)).toHaveCount(1);
    await awake(person);
    await person.getByRole('button', { name: 'Remove the passkey Laptop' }).click();
    await expect(person.getByRole('alert').first()).toContainText('It is your only second factor');
    await expect(keys(person)).toHaveCount(1);
    await halfWay(person, named);
    await person.getByRole('button', { name: 'Use your passkey' }).click();
    await expect(heading(person)).toHaveText('Your account');
  });
});

test('a copy is refused and told to the owner, and a lost passkey gives way to a recovery code', async ({ page, context, another, named, watch }) => {
  test.setTimeout(120_000);
  watch.expects(/\/login\/second/);
  await named.letIn(context);
  await named.open(page, '/accounts');
  const link = await invite(page, DANA);
  const person = await (await another()).newPage();
  const device = await Device.of(person);
  const codes = await join(person, link);
  await halfWay(person, named);
  await person.getByRole('button', { name: 'Use your passkey' }).click();
  await expect(heading(person)).toHaveText('Your account');

  await device.turnBack();
  await halfWay(person, named);
  await person.getByRole('button', { name: 'Use your passkey' }).click();
  await expect(person.getByRole('alert').first()).toContainText('This passkey may have been copied');
  await awake(person);

  await device.forget();
  await person.getByRole('button', { name: 'Use your passkey' }).click();
  await expect(person.getByRole('form', { name: 'By passkey' }).getByRole('alert')).toContainText('Your browser brought no passkey', { timeout: 30_000 });
  await person.getByLabel('A code instead').fill(codes[0]!);
  await person.getByRole('button', { name: 'Sign in with the code' }).click();
  await expect(heading(person)).toHaveText('Your account');

  await named.open(page, '/audit?q=verb:account.passkey-refuse');
  await expect(page.getByRole('region', { name: 'Audit log, table' })).toContainText('Dana Reed');
});

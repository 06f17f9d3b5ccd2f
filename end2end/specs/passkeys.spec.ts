// Where passkeys do not work the pages say so in plain words, and the authenticator app does.
import { awake, expect, scripted } from '../house';
import { invite, join } from '../house/accounts';
import { test } from '../house/device';

const PHRASE = 'seven quiet otters paint a fence';
const NEEDS = 'A passkey needs JavaScript and a browser that knows passkeys.';
const UNFIT = 'Passkeys do not work at this address.';

test('at a network address passkeys are not offered', async ({ page, context, another, demo }) => {
  await demo.letIn(context);
  await demo.open(page, '/accounts');
  const link = await invite(page, 'flat@quillmere.example');
  const person = await (await another()).newPage();
  await person.goto(link);
  await expect(person.getByText(UNFIT)).toBeVisible();
  await expect(person.locator('script')).toHaveCount(0);
  await join(person, PHRASE);
  await person.getByRole('link', { name: 'I have kept them' }).click();
  await expect(person.getByRole('region', { name: 'Passkeys' })).toContainText(UNFIT);
});

test('without JavaScript the page says what a passkey needs, and with it the page offers one', async ({ page, context, another, named }) => {
  await named.letIn(context);
  await named.open(page, '/accounts');
  const link = await invite(page, 'dana@quillmere.example');
  const person = await (await another()).newPage();
  await person.goto(link);
  await awake(person);
  const offered = async (button: string) => {
    await expect(person.getByText(NEEDS)).toBeVisible({ visible: !scripted() });
    await expect(person.getByRole('button', { name: button })).toBeVisible({ visible: scripted() });
  };
  await offered('Set up with a passkey');
  await join(person, PHRASE);
  await person.getByRole('link', { name: 'I have kept them' }).click();
  await awake(person);
  await offered('Add a passkey');
  await expect(person.getByText('You have none.')).toBeVisible();
});

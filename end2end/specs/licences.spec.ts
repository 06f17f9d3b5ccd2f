// Licences: seats over time, what lies ahead, limits and news, and seats that are used in vain.
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { awake, expect, goTo, test } from '../house';

/** A program that receives news. */
class Receiver {
  readonly came: { headers: IncomingMessage['headers']; body: string }[] = [];
  private status = 204;

  private constructor(private readonly server: ReturnType<typeof createServer>) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, answer) => {
      let body = '';
      request.on('data', (part) => (body += part));
      request.on('end', () => {
        receiver.came.push({ headers: request.headers, body });
        answer.writeHead(receiver.status).end();
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  answers(status: number): void {
    this.status = status;
  }

  async stop(): Promise<void> {
    await new Promise((gone) => this.server.close(gone));
  }
}

test.describe('seats over time', () => {
  test.beforeEach(async ({ context, page, demo }) => {
    await demo.letIn(context);
    await demo.open(page, '/');
    await goTo(page, 'Licences');
  });

  test('each kind of seat has a line, and the same numbers stand in a table', async ({ page }) => {
    for (const seat of ['Creator', 'Explorer', 'Viewer', 'Unlicensed']) {
      await expect(page.getByRole('img', { name: new RegExp(`^${seat} from .* at last, lowest`) })).toBeVisible();
    }
    const twin = page.getByRole('region', { name: 'Counts, table' });
    await expect(twin).toBeHidden();
    await page.getByText('The same as a table, day by day').click();
    await expect(twin).toBeVisible();
    expect(await twin.getByRole('row').count()).toBeGreaterThan(60);
    const newest = twin.getByRole('row').nth(1);
    const viewers = (await newest.getByRole('cell').nth(2).innerText()).replaceAll(',', '');
    const told = (await page.getByRole('img', { name: /^Viewer/ }).getAttribute('aria-label'))!;
    expect(told.replaceAll(',', '')).toContain(`${viewers} at last`);
  });

  test('the span and the place are in the address', async ({ page }) => {
    await page.getByRole('link', { name: '30 days' }).click();
    await expect(page).toHaveURL(/days=30/);
    await expect(page.getByRole('heading', { name: 'Seats of the tenant, last 30 days' })).toBeVisible();
    await awake(page);
    await page.getByRole('combobox', { name: 'Seats of' }).selectOption({ label: 'Marketing EU' });
    await page.getByRole('button', { name: 'Show' }).click();
    await expect(page).toHaveURL(/site=[0-9a-f-]{36}/);
    await expect(page.getByRole('heading', { name: 'Seats of Marketing EU, last 30 days' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { name: 'Seats of the tenant, last 30 days' })).toBeVisible();
    await page.getByRole('link', { name: '365 days' }).click();
    await expect(page.getByText('The same as a table, week by week')).toBeVisible();
  });

  test('what lies ahead is told with its range and its ground', async ({ page }) => {
    const ahead = page.getByRole('region', { name: 'What lies ahead, table' });
    await expect(ahead.getByRole('row', { name: /^Creator/ })).toContainText(/by a line through \d+ days/);
    await page.getByText('How is this forecast?').click();
    await expect(page.getByText('least squares')).toBeVisible();
  });

  test('times without a count are told with their reason, and drawn as gaps', async ({ page }) => {
    await expect(page.getByRole('region', { name: 'Where these counts come from' })).toContainText('Times without a count');
    await expect(page.getByText('Steward did not run.').first()).toBeVisible();
    expect(await page.locator('svg .gap').count()).toBeGreaterThan(0);
  });

  test('every count is in the file', async ({ page, demo }) => {
    const link = page.getByRole('link', { name: 'tenant and all sites' });
    const file = await demo.read((await link.getAttribute('href'))!);
    expect(file).toContain('Time,Of,Site id,Creator,Explorer,Viewer,Unlicensed');
    expect(file).toContain('Marketing EU');
  });
});

test('counted by the button, typed in, warned of, and sent to an address', async ({ page, house, watch }) => {
  watch.expects(/__err=/);
  const receiver = await Receiver.start();
  await house.letIn(page.context());
  await house.open(page, '/licences');
  await page.getByRole('button', { name: 'Count now' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Seats were counted just now' })).toBeVisible();
  await page.getByRole('link', { name: 'Limits and news' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Limits and news');

  const secret = await test.step('the address is set, and its secret shown once', async () => {
    await awake(page);
    await page.getByLabel('Address', { exact: true }).fill('https://10.0.0.1/hook');
    await page.getByRole('button', { name: 'Set the address and show its secret' }).click();
    await expect(page.getByRole('alert')).toContainText('This address leads into a private network');
    await awake(page);
    await page.getByLabel('Address', { exact: true }).fill(receiver.url);
    await page.getByRole('button', { name: 'Set the address and show its secret' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The address is set');
    const shown = await page.getByRole('region', { name: 'Its secret, shown this once' }).locator('.expected code').innerText();
    await page.getByRole('link', { name: 'I have copied it' }).click();
    await expect(page.getByText('sealed; it was shown once')).toBeVisible();
    await expect(page.locator('body')).not.toContainText(shown);
    return shown;
  });

  await test.step('a test message arrives, signed', async () => {
    await page.getByRole('button', { name: 'Send a test message' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'A test message is on its way' })).toBeVisible();
    await expect.poll(() => receiver.came.length).toBe(1);
    const { headers, body } = receiver.came[0]!;
    const time = /t=(\d+)/.exec(String(headers['steward-signature']))![1]!;
    const expected = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
    expect(headers['steward-signature']).toBe(`t=${time},v1=${expected}`);
  });

  await test.step('a threshold that is passed is a banner and a message', async () => {
    receiver.answers(500);
    await awake(page);
    await page.getByLabel('Explorer seats').fill('1');
    await page.getByRole('button', { name: 'Keep these numbers' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Purchased seats are kept' })).toBeVisible();
    await expect.poll(() => receiver.came.length).toBe(2);
    expect(receiver.came[1]!.body).toContain('licences.threshold-passed');
    await house.open(page, '/licences/settings');
    const sent = page.getByRole('region', { name: 'News that were sent, table' });
    await expect(async () => {
      await page.reload();
      await expect(sent.getByRole('row', { name: /Explorer in the tenant/ })).toContainText('answered with status 500', { timeout: 1_000 });
    }).toPass();
    for (const path of ['/licences', '/']) {
      await house.open(page, path);
      await expect(page.getByRole('region', { name: 'Limits of licences' })).toContainText('Explorer in the tenant');
    }
  });
  await receiver.stop();
});

test('from seats used in vain to a plan, and what really frees one', async ({ page, house }) => {
  await house.letIn(page.context());
  await house.open(page, '/licences');
  await page.getByRole('link', { name: 'Seats used in vain' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Seats used in vain');
  await page.getByText('How good is this evidence?').click();
  await expect(page.getByText('misses Tableau Desktop and Prep')).toBeVisible();
  await awake(page);
  await page.getByRole('combobox', { name: 'Seat', exact: true }).selectOption({ label: 'Creator' });
  await page.getByRole('combobox', { name: 'Without a sign-in for' }).selectOption({ label: '180 days' });
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/seat=creator/);
  // The address tells the list: whoever opens it gets the same one, and no row of the list before.
  await page.reload();
  const list = page.getByRole('region', { name: 'Seats used in vain, table' });
  await expect(list.getByRole('row').nth(1)).toContainText('weak evidence');
  const name = await list.getByRole('row').nth(1).getByRole('rowheader').getByRole('link').innerText();

  await test.step('one is left out by hand, with a reason', async () => {
    await list.getByRole('link', { name, exact: true }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`What frees the seat of ${name}?`);
    await expect(page.getByText('The Creator seat is free')).toBeVisible();
    await awake(page);
    await page.getByLabel('Reason').fill('Works in Desktop');
    await page.getByRole('button', { name: 'Leave out of the list' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'The person is left out from now on' })).toBeVisible();
    await house.open(page, '/licences/idle?seat=creator&only=excluded');
    await expect(list.getByRole('row', { name })).toContainText('Works in Desktop');
  });

  await test.step('the rest is planned, and the plan counts what it frees', async () => {
    await house.open(page, '/licences/idle?seat=creator&days=180');
    await page.getByText('Plan to lower them').click();
    await page.getByLabel(/Everyone in this list/).check();
    await page.getByLabel('Lower to').selectOption({ label: 'Viewer' });
    await page.getByRole('button', { name: 'Plan the change' }).click();
    await expect(page).toHaveURL(/\/plans\//);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Plan: Lower to Viewer: \d+ (person|people)/);
    await expect(page.getByRole('main')).toContainText('Creator');
  });
});

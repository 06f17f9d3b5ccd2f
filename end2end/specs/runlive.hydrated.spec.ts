// With a script a run moves on the page itself: nothing is opened again.
import { expect, test } from '../house';

const SITE = 'Training sandbox';

test('the counts of a run move without opening the page again, and it is not asked for when it is over', async ({ page, context, house }) => {
  await house.letIn(context);
  await house.unlockPeople();
  const opened: string[] = [];
  const events: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) opened.push(request.url());
    if (request.url().endsWith('/events')) events.push(request.url());
  });
  const rows = Array.from({ length: 8 }, (_, at) => `live${at}@example.com,${SITE},Unlicensed`);
  const run = await house.apply(await house.upload(['Username,Site,Role', ...rows, ''].join('\n')));
  await house.open(page, run);
  await expect(page.getByRole('region', { name: 'Progress' }).getByRole('status')).toContainText('8 done · 0 waiting · of 8', { timeout: 30_000 });
  await expect(page.getByText('This page follows the run by itself.')).toHaveCount(0);
  expect(opened).toHaveLength(1);
  const asked = events.length;
  await page.getByRole('navigation', { name: 'Which rows' }).getByRole('link', { name: /^Need a look/ }).click();
  await expect(page.getByText('No row is like this, of 8 rows.')).toBeVisible();
  expect(events.length).toBe(asked);
});

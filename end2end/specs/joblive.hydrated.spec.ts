// With a script a running job moves on the page itself: nothing is opened again.
import { expect, test } from '../house';

test('the counts of a running job move without opening the page again', async ({ page, context, house }) => {
  await house.letIn(context);
  const opened: string[] = [];
  page.on('request', (request) => request.isNavigationRequest() && opened.push(request.url()));
  await house.open(page, `/jobs/${house.job('An import at work: it ends a minute after the first look')}`);
  const counts = page.getByRole('region', { name: 'Progress' }).getByRole('status');
  await house.advance(20);
  await expect(counts).toContainText(/^\d{2} done/);
  await house.advance(60);
  await expect(counts).toContainText('0 waiting · of 120');
  await expect(page.getByText('Finished with failures')).toBeVisible();
  expect(opened).toHaveLength(1);
});

test('a job that is over is not asked for again', async ({ page, context, demo }) => {
  await demo.letIn(context);
  const events: string[] = [];
  page.on('request', (request) => request.url().endsWith('/events') && events.push(request.url()));
  await demo.open(page, `/jobs/${demo.job('An import in which every row succeeded')}`);
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText('60 done');
  await page.getByRole('navigation', { name: 'Which rows' }).getByRole('link', { name: 'Need a look' }).click();
  await expect(page.getByText(/None of the 60 rows/)).toBeVisible();
  expect(events.length).toBeLessThanOrEqual(1);
});

// Jobs that Tableau runs: opened by their id, explained row by row, followed while they run.
import { expect, test } from '../house';

const CODES = 37;

test.beforeEach(async ({ context, demo }) => demo.letIn(context));

test('a job is opened by its id, and remembered', async ({ page, demo }) => {
  const id = demo.job('An import in which every row succeeded');
  await demo.open(page, '/jobs');
  // Copied with a blank at its end, as people do.
  await page.getByLabel('Job id').fill(`${id}`);
  await page.getByRole('button', { name: 'Open job' }).click();
  await expect(page).toHaveURL(`${demo.origin}/jobs/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Import of people');
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText('60 done · 0 failed · 0 waiting · of 60');
  await demo.open(page, '/jobs?show=jobs');
  await expect(page.getByRole('row', { name: new RegExp(id) })).toContainText('Import of people');
});

test('a malformed id is explained, and so is one that Tableau does not know', async ({ page, demo, watch }) => {
  watch.expects(/\/jobs\//, /\/api\/jobs\//);
  await demo.open(page, '/jobs');
  await page.getByLabel('Job id').fill('not-an-id');
  await page.getByRole('button', { name: 'Open job' }).click();
  await expect(page.getByRole('alert')).toContainText('This is not an id');
  const answer = await demo.open(page, '/jobs/3fa85f64-5717-4562-b3fc-2c963f66afa6');
  expect(answer.status()).toBe(404);
  await expect(page.getByRole('alert')).toContainText('There is no such job');
});

test('a job that finished with failures says so, and its rows can be narrowed', async ({ page, demo }) => {
  await demo.open(page, `/jobs/${demo.job('An import that succeeded, but not in every row')}`);
  await expect(page.getByText('Finished with failures')).toBeVisible();
  await expect(page.getByText(/Tableau calls this job successful, but \d+ of its rows failed/)).toBeVisible();
  await expect(page.getByRole('list').filter({ hasText: /New|Submitted|Waiting/ }).first()).toBeVisible();
  const rows = page.getByRole('region', { name: 'Rows' }).first();
  const tabs = page.getByRole('navigation', { name: 'Which rows' });
  await tabs.getByRole('link', { name: 'Need a look' }).click();
  await expect(page).toHaveURL(/rows=look/);
  await expect(tabs.getByRole('link', { name: 'Need a look' })).toHaveAttribute('aria-current', 'true');
  await expect(rows.getByText('failed').first()).toBeVisible();
  await expect(rows.locator('tbody').getByText('done', { exact: true })).toHaveCount(0);
  await expect(rows.getByText('Next:').first()).toBeVisible();
  await tabs.getByRole('link', { name: 'Done as asked' }).click();
  await expect(rows.locator('tbody').getByText('done', { exact: true }).first()).toBeVisible();
  await expect(rows.locator('tbody').getByText('failed', { exact: true })).toHaveCount(0);
  await tabs.getByRole('link', { name: 'No result yet' }).click();
  await expect(page.getByText(/None of the 48 rows is of this kind/)).toBeVisible();
});

test('every numbered code of the vendor is explained in plain words', async ({ page, demo }) => {
  await demo.open(page, `/jobs/${demo.job('Every numbered code, one row each')}?size=50`);
  const rows = page.getByRole('region', { name: 'Rows' }).first().locator('tbody tr');
  await expect(rows).toHaveCount(CODES);
  const told = await rows.locator('td:last-child').evaluateAll((cells) =>
    cells.map((cell) => ({
      meaning: cell.querySelector('p')?.textContent?.trim() ?? '',
      code: cell.querySelector('code')?.textContent?.trim() ?? '',
    })),
  );
  expect(new Set(told.map(({ code }) => code)).size).toBe(CODES);
  for (const { code, meaning } of told) {
    expect(meaning.length, code).toBeGreaterThan(20);
    expect(meaning, code).not.toContain(code);
    expect(meaning, code).not.toMatch(/not in any list/);
  }
});

test('rows of a long job come in pages', async ({ page, demo }) => {
  await demo.open(page, `/jobs/${demo.job('A long job with every outcome in words')}`);
  const pager = page.getByRole('navigation', { name: 'Pages' });
  await expect(pager).toContainText('1–25 of 264');
  await pager.getByRole('link', { name: 'Next' }).click();
  await expect(pager).toContainText('26–50 of 264');
  await expect(page).toHaveURL(/page=2/);
});

test('a job that failed as a whole, one that waits, and one in unknown words are shown as they are', async ({ page, demo }) => {
  await demo.open(page, `/jobs/${demo.job('An import whose file could not be read')}`);
  await expect(page.getByRole('main')).toContainText('E_400_USR_SVC_4020');
  await demo.open(page, `/jobs/${demo.job('A deletion that waits and never starts')}`);
  await expect(page.getByRole('region', { name: 'Progress' })).toContainText('0 done · 0 failed · 25 waiting · of 25');
  await demo.open(page, `/jobs/${demo.job('A job in words that nobody knows yet')}`);
  await expect(page.getByRole('main')).toContainText('PAUSED_BY_REBALANCING');
  await expect(page.getByRole('main')).toContainText('USER_MOVED_BY_REBALANCING');
});

test('a job that went on in another one leads there and back', async ({ page, demo }) => {
  const id = demo.job('A deletion with a child job');
  await demo.open(page, `/jobs/${id}`);
  const facts = page.getByRole('region', { name: 'What Tableau tells about this job' });
  await facts.getByRole('definition').filter({ hasNotText: id }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Taking licences away by role');
  await expect(facts.getByRole('link', { name: id })).toBeVisible();
});

test('a running job moves by itself, and is whole after a reload', async ({ page, context, house }) => {
  await house.letIn(context);
  await house.open(page, `/jobs/${house.job('An import at work: it ends a minute after the first look')}`);
  const progress = page.getByRole('region', { name: 'Progress' });
  await expect(progress).toContainText('This page follows the job by itself.');
  await expect(progress.getByRole('status')).toContainText(/^\d done/);
  await house.advance(20);
  // Without a script the page opens itself again after five seconds.
  await expect(progress.getByRole('status')).toContainText(/^\d{2} done/, { timeout: 15_000 });
  await house.advance(60);
  await expect(progress.getByRole('status')).toContainText('0 waiting · of 120', { timeout: 15_000 });
  await expect(page.getByText('Finished with failures')).toBeVisible();
  await page.reload();
  await expect(progress.getByRole('status')).toContainText('0 waiting · of 120');
  await expect(page.getByText('This page follows the job by itself.')).toHaveCount(0);
});

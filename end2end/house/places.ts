// Every page of Steward with an address that opens it. A new page has its line here, and is then tested for style,
// policy and accessibility.
import type { Page } from '@playwright/test';

import type { Steward } from './steward';

export interface Place {
  name: string;
  path: string;
  /** The only heading of the first level. */
  heading: string | RegExp;
  status?: number;
  /** Whether it stands alone, without the frame around it. */
  alone?: boolean;
}

const NOBODY = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

/** All pages. The ids are those of this Steward; the list of sites is asked for them. */
export async function places(steward: Steward, page: Page): Promise<Place[]> {
  await steward.open(page, '/sites');
  const site = async (name: string): Promise<string> =>
    (await page.getByRole('region', { name: 'Sites, table' }).getByRole('link', { name, exact: true }).getAttribute('href'))!;
  const [active, suspended, other] = [await site('Marketing EU'), await site('Retail Pilot'), await site('Training sandbox')];
  await steward.open(page, '/audit');
  const entry = (await page.getByRole('region', { name: 'Audit log' }).getByRole('link').first().getAttribute('href'))!;
  const job = (what: string) => `/jobs/${steward.job(what)}`;
  return [
    { name: 'sign-in', path: '/login', heading: 'Sign in', alone: true },
    { name: 'sign-in-refused', path: '/login?problem=token-refused', heading: 'Sign in', alone: true, status: 401 },
    { name: 'overview', path: '/', heading: /./ },
    { name: 'sites', path: '/sites', heading: 'Sites' },
    { name: 'sites-sorted', path: '/sites?status=Active&sort=people&direction=down', heading: 'Sites' },
    { name: 'sites-nothing', path: '/sites?q=nobody-has-this', heading: 'Sites' },
    { name: 'sites-malformed', path: '/sites?page=x', heading: 'Sites', status: 400 },
    { name: 'site', path: active, heading: 'Marketing EU' },
    { name: 'site-suspended', path: suspended, heading: 'Retail Pilot' },
    { name: 'site-without-quota', path: other, heading: 'Training sandbox' },
    { name: 'site-unknown', path: `/sites/${NOBODY}`, heading: /./, status: 404 },
    { name: 'suspend', path: `${active}/suspend`, heading: 'Suspend Marketing EU' },
    { name: 'suspend-suspended', path: `${suspended}/suspend`, heading: 'Suspend Retail Pilot' },
    { name: 'reactivate', path: `${suspended}/reactivate`, heading: 'Reactivate Retail Pilot' },
    { name: 'reactivate-active', path: `${active}/reactivate`, heading: 'Reactivate Marketing EU' },
    { name: 'jobs', path: '/jobs', heading: 'Jobs' },
    { name: 'jobs-malformed', path: '/jobs/open?id=7', heading: 'Open a job', status: 400 },
    { name: 'job', path: job('An import that succeeded, but not in every row'), heading: /^Import of people/ },
    { name: 'job-codes', path: `${job('Every numbered code, one row each')}?size=50`, heading: /^Import of people/ },
    { name: 'job-waiting', path: job('A deletion that waits and never starts'), heading: /^Deletion of many people/ },
    { name: 'job-unknown-words', path: job('A job in words that nobody knows yet'), heading: /^REBALANCE_PEOPLE/ },
    { name: 'job-unknown', path: `/jobs/${NOBODY}`, heading: /./, status: 404 },
    { name: 'audit', path: '/audit', heading: 'Audit log' },
    { name: 'audit-nothing', path: '/audit?state=denied', heading: 'Audit log' },
    { name: 'audit-entry', path: entry, heading: 'Signed in' },
    { name: 'audit-unknown', path: `/audit/${NOBODY}`, heading: /./, status: 404 },
    { name: 'connection', path: '/connection', heading: 'Connection' },
    { name: 'nowhere', path: '/nowhere', heading: /./, status: 404, alone: true },
  ];
}

/** Addresses whose answer is meant to be a problem. */
export const PROBLEMS = [/\/login\?problem=/, /\/nowhere/, /page=x/, /id=7/, new RegExp(NOBODY)];

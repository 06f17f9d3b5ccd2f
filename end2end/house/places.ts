// Every page of Steward with an address that opens it. A new page has its line here, and is then tested for style,
// policy and accessibility.
import type { Page } from '@playwright/test';

import type { Demo, Steward } from './steward';

export interface Place {
  name: string;
  path: string;
  /** The only heading of the first level. */
  heading: string | RegExp;
  status?: number;
  /** Whether it stands alone, without the frame around it. */
  alone?: boolean;
}

/** A plan with every verdict, one that was applied, its run, and an upload that was refused. Made once per Steward. */
const worked = new WeakMap<Steward, Promise<{ plan: string; run: string; refused: string }>>();

/** A list that was turned into another layout, with notes of every kind. Made once per Steward. */
const lists = new WeakMap<Steward, Promise<string>>();

async function work(steward: Steward): Promise<{ plan: string; run: string; refused: string }> {
  const rows = (range: string, count: number, role: string) =>
    Array.from({ length: count }, (_, at) => `${range}${at}@example.com,Training sandbox,${role}`).join('\n');
  const headings = 'Username,Site,Role\n';
  const run = await steward.apply(await steward.upload(headings + rows('joined', 3, 'Unlicensed'), 'joiners.csv'));
  const page = () => fetch(steward.origin + run, { headers: { accept: 'text/html', cookie: steward.cookies } }).then((answer) => answer.text());
  for (let tries = 0; tries < 100 && !/3 done/.test(await page()); tries += 1) await new Promise((wake) => setTimeout(wake, 200));
  const refusals = `wrong,Marketing EU,Viewer\nlost@example.com,Atlantis,Viewer\nking@example.com,Marketing EU,King\nroot@example.com,,Viewer\n`;
  const plan = await steward.upload(`${headings}${rows('new', 30, 'Viewer')}\n${rows('joined', 3, 'Unlicensed')}\n${refusals}`);
  return { plan, run, refused: await steward.upload('') };
}

/** A connected site: one of its groups, one of its users, and a group set made there. Made once per Steward. */
const planes = new WeakMap<Steward, Promise<{ group: string; user: string; set: string; job: string }>>();

async function planesOf(steward: Steward, site: string): Promise<{ group: string; user: string; set: string; job: string }> {
  await (steward as Demo).connect(site.split('/').pop()!);
  const first = async (list: string, query = '') => {
    const page = await steward.read(`${site}/${list}${query}`);
    return page.match(new RegExp(`${site}/${list}/[0-9a-f-]{36}`))![0];
  };
  const ticket = (await steward.read(`${site}/sets`)).match(/name="ticket" value="([^"]*)"/)![1]!;
  await steward.post('/api/plane/set', { site: site.split('/').pop()!, ticket, change: 'create', name: 'Everyone who sells' });
  return { group: await first('groups', '?only=grants'), user: await first('users', '?q=milo.brandt'), set: await first('sets'), job: await first('jobs') };
}

/** Somebody who was invited, a grant of theirs, and the form of another one with what it would mean. Made once per Steward. */
const desks = new WeakMap<Steward, Promise<{ link: string; account: string; grant: string; look: string }>>();

async function deskOf(steward: Steward): Promise<{ link: string; account: string; grant: string; look: string }> {
  const field = (page: string, name: string) => page.match(new RegExp(`name="${name}"[^>]* value="([^"]*)"`))![1]!;
  const ticket = field(await steward.read('/accounts'), 'ticket');
  const invited = await (await steward.post('/accounts/invite', { ticket, email: 'first.line@quillmere.example' })).text();
  const link = invited.match(/\/join\?key=[^<"]+/)![0];
  const account = invited.match(/\/accounts\/([0-9a-f-]{36})/)![1]!;
  const give = async (step: string) => {
    const form = await steward.read('/grants/new?template=first-line');
    const answer = await steward.post('/api/delegation/grant', {
      ...{ ticket: field(form, 'ticket'), account, name: 'First line', 'verbs[]': 'see-people', ceiling: 'Viewer' },
      ...{ sites_mode: 'all', people_mode: 'everybody', managed_mode: 'all', 'marks[]': 'everything', eligible: 'yes' },
      ...{ until: field(form, 'until'), step },
    });
    return new URL(answer.headers.get('location')!, steward.origin);
  };
  const look = await give('look');
  return { link, account, grant: (await give('')).pathname.split('/').pop()!, look: look.pathname + look.search };
}

const NOBODY = '3fa85f64-5717-4562-b3fc-2c963f66afa6';

/** All pages. The ids are those of this Steward; the list of sites is asked for them. */
export async function places(steward: Steward, page: Page): Promise<Place[]> {
  await steward.open(page, '/sites');
  const site = async (name: string): Promise<string> =>
    (await page.getByRole('region', { name: 'Sites, table' }).getByRole('link', { name, exact: true }).getAttribute('href'))!;
  const [active, suspended, other] = [await site('Marketing EU'), await site('Retail Pilot'), await site('Training sandbox')];
  await steward.open(page, '/people?q=brandt');
  const person = (await page.getByRole('region', { name: 'People, table' }).getByRole('link', { name: 'Milo Brandt' }).getAttribute('href'))!;
  await steward.open(page, '/audit?verb=sign-in');
  const entry = (await page.getByRole('region', { name: 'Audit log' }).getByRole('link').first().getAttribute('href'))!;
  if (!worked.has(steward)) worked.set(steward, work(steward));
  const { plan, run, refused } = await worked.get(steward)!;
  const mixed = 'Username,Display name,Role,Password,Language\nann@example.com,Ann,Creator,secret,de_DE\nwrong,W,Viewer,,\nking@example.com,K,King,,\n';
  const into = { into: 'tenant', site: active.split('/').pop()! };
  if (!lists.has(steward)) lists.set(steward, steward.upload(mixed, 'list.csv', '/convert', into));
  const converted = await lists.get(steward)!;
  if (!planes.has(steward)) planes.set(steward, planesOf(steward, active));
  const { group, user, set, job: siteJob } = await planes.get(steward)!;
  if (!desks.has(steward)) desks.set(steward, deskOf(steward));
  const { link, account, grant, look } = await desks.get(steward)!;
  const job = (what: string) => `/jobs/${steward.job(what)}`;
  return [
    { name: 'sign-in', path: '/login', heading: 'Sign in', alone: true },
    { name: 'sign-in-refused', path: '/login?problem=token-refused', heading: 'Sign in', alone: true, status: 401 },
    { name: 'sign-in-account', path: '/login?way=account', heading: 'Sign in', alone: true },
    { name: 'sign-in-account-refused', path: '/login?way=account&problem=entry-refused', heading: 'Sign in', alone: true, status: 401 },
    { name: 'invitation-over', path: '/join?key=x', heading: /./, alone: true, status: 404 },
    { name: 'invitation', path: link, heading: 'Welcome to Steward', alone: true },
    { name: 'step-up', path: '/step-up?next=/accounts', heading: 'Show that it is you', alone: true },
    { name: 'accounts', path: '/accounts', heading: 'Accounts' },
    { name: 'account', path: `/accounts/${account}`, heading: 'first.line@quillmere.example' },
    { name: 'account-unknown', path: `/accounts/${NOBODY}`, heading: /./, status: 404 },
    { name: 'account-own', path: '/account', heading: 'Your account' },
    { name: 'overview', path: '/', heading: /./ },
    { name: 'sites', path: '/sites', heading: 'Sites' },
    { name: 'sites-sorted', path: '/sites?status=Active&sort=people&direction=down', heading: 'Sites' },
    { name: 'sites-nothing', path: '/sites?q=nobody-has-this', heading: 'Sites' },
    { name: 'sites-malformed', path: '/sites?page=x', heading: 'Sites', status: 400 },
    { name: 'site', path: active, heading: 'Marketing EU' },
    { name: 'site-suspended', path: suspended, heading: 'Retail Pilot' },
    { name: 'site-without-quota', path: other, heading: 'Training sandbox' },
    { name: 'site-unknown', path: `/sites/${NOBODY}`, heading: /./, status: 404 },
    { name: 'site-new', path: '/sites/new?name=Small%20site&address=test.site', heading: 'New site' },
    { name: 'project', path: `${active}/project`, heading: 'Create the project' },
    { name: 'project-unknown', path: `/sites/${NOBODY}/project`, heading: /./, status: 404 },
    { name: 'limits', path: '/limits', heading: 'Role limits' },
    { name: 'suspend', path: `${active}/suspend`, heading: 'Suspend Marketing EU' },
    { name: 'suspend-suspended', path: `${suspended}/suspend`, heading: 'Suspend Retail Pilot' },
    { name: 'reactivate', path: `${suspended}/reactivate`, heading: 'Reactivate Retail Pilot' },
    { name: 'reactivate-active', path: `${active}/reactivate`, heading: 'Reactivate Marketing EU' },
    { name: 'connections', path: '/connection/sites', heading: 'Connected sites' },
    { name: 'connect', path: `${other}/connect`, heading: 'Connect Training sandbox' },
    { name: 'connected', path: `${active}/connect`, heading: 'Connection to Marketing EU' },
    { name: 'not-connected', path: `${other}/groups`, heading: 'Training sandbox' },
    { name: 'connect-unknown', path: `/sites/${NOBODY}/connect`, heading: /./, status: 404 },
    { name: 'site-users', path: `${active}/users`, heading: 'Users' },
    { name: 'site-users-filtered', path: `${active}/users?only=Viewer&last=90&sort=last&direction=down`, heading: 'Users' },
    { name: 'site-users-nothing', path: `${active}/users?q=nobody-has-this`, heading: 'Users' },
    { name: 'site-users-malformed', path: `${active}/users?page=x`, heading: /./, status: 400 },
    { name: 'site-users-file', path: `${active}/users/import`, heading: 'Users by file' },
    { name: 'site-users-file-closed', path: `${other}/users/import`, heading: 'Training sandbox' },
    { name: 'site-user', path: user, heading: 'Milo Brandt' },
    { name: 'site-user-move', path: `${user}/move`, heading: 'Move saved credentials of Milo Brandt' },
    { name: 'site-user-unknown', path: `${active}/users/${NOBODY}`, heading: /./, status: 404 },
    { name: 'groups', path: `${active}/groups`, heading: 'Groups' },
    { name: 'group', path: group, heading: /./ },
    { name: 'group-new', path: `${active}/groups/new`, heading: 'New group' },
    { name: 'group-unknown', path: `${active}/groups/${NOBODY}`, heading: /./, status: 404 },
    { name: 'group-sets', path: `${active}/sets`, heading: 'Group sets' },
    { name: 'group-set', path: set, heading: 'Everyone who sells' },
    { name: 'site-jobs', path: `${active}/jobs?last=30`, heading: 'Jobs' },
    { name: 'site-job', path: siteJob, heading: /./ },
    { name: 'people', path: '/people', heading: 'People' },
    { name: 'people-filtered', path: '/people?role=Viewer&last=90&columns=email&columns=role&columns=tenant', heading: 'People' },
    { name: 'people-nothing', path: '/people?q=nobody-has-this', heading: 'People' },
    { name: 'people-malformed', path: '/people?page=x', heading: 'People', status: 400 },
    { name: 'person', path: person, heading: 'Milo Brandt' },
    { name: 'person-edit', path: `${person}/edit`, heading: /Milo Brandt/ },
    { name: 'person-delete', path: `${person}/delete`, heading: /Milo Brandt/ },
    { name: 'person-unknown', path: `/people/${NOBODY}`, heading: /./, status: 404 },
    { name: 'person-new', path: '/people/new?email=zoe.new@example.com', heading: 'Add a person' },
    { name: 'people-change', path: '/people/change', heading: /./ },
    { name: 'import', path: '/people/import', heading: 'Import people' },
    { name: 'import-refused', path: refused, heading: 'Import people', status: 400 },
    { name: 'convert', path: '/people/convert', heading: 'Convert a list' },
    { name: 'converted', path: converted, heading: 'Converted list' },
    { name: 'converted-unknown', path: `/people/convert/${NOBODY}`, heading: 'Converted list', status: 404 },
    { name: 'plan', path: plan, heading: 'Plan: Import of people.csv' },
    { name: 'plan-refused', path: `${plan}?rows=refused`, heading: 'Plan: Import of people.csv' },
    { name: 'plan-applied', path: run.replace('/runs/', '/plans/'), heading: 'Plan: Import of joiners.csv' },
    { name: 'plan-malformed', path: `${plan}?page=x`, heading: 'Plan', status: 400 },
    { name: 'plan-unknown', path: `/plans/${NOBODY}`, heading: 'Plan', status: 404 },
    { name: 'run', path: run, heading: 'Import of joiners.csv' },
    { name: 'run-nothing', path: `${run}?rows=look`, heading: 'Import of joiners.csv' },
    { name: 'run-unknown', path: `/runs/${NOBODY}`, heading: 'Run', status: 404 },
    { name: 'licences', path: '/licences', heading: 'Licences' },
    { name: 'licences-year', path: '/licences?days=365', heading: 'Licences' },
    { name: 'licences-site', path: `/licences?days=30&site=${active.split('/').pop()}`, heading: 'Licences' },
    { name: 'licences-malformed', path: '/licences?days=x', heading: 'Licences', status: 400 },
    { name: 'licences-settings', path: '/licences/settings', heading: 'Limits and news' },
    { name: 'idle', path: '/licences/idle', heading: 'Seats used in vain' },
    { name: 'idle-excluded', path: '/licences/idle?only=excluded&days=1', heading: 'Seats used in vain' },
    { name: 'idle-nothing', path: '/licences/idle?q=nobody-has-this', heading: 'Seats used in vain' },
    { name: 'frees', path: person.replace('/people/', '/licences/people/'), heading: 'What frees the seat of Milo Brandt?' },
    { name: 'frees-unknown', path: `/licences/people/${NOBODY}`, heading: /./, status: 404 },
    { name: 'jobs', path: '/jobs', heading: 'Jobs' },
    { name: 'jobs-of-tableau', path: '/jobs?show=jobs', heading: 'Jobs' },
    { name: 'jobs-nothing', path: '/jobs?state=paused', heading: 'Jobs' },
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
    { name: 'grants', path: '/grants', heading: 'Grants' },
    { name: 'grant-new', path: '/grants/new?template=site-steward', heading: 'Give a grant' },
    { name: 'grant-look', path: look, heading: 'Give a grant' },
    { name: 'grant', path: `/grants/${grant}`, heading: 'First line' },
    { name: 'grant-edit', path: `/grants/${grant}/edit`, heading: 'Change First line' },
    { name: 'grant-question', path: '/grants/what', heading: 'What can somebody do?' },
    { name: 'grant-answer', path: `/grants/what?account=${account}&person=elif.sahin@example.com`, heading: 'What can somebody do?' },
    { name: 'grant-deposit', path: '/grants/deposit', heading: 'Deposit a credential' },
    { name: 'grant-deposit-for', path: `/grants/deposit?grant=${grant}`, heading: 'Deposit a credential' },
    { name: 'grant-unknown', path: `/grants/${NOBODY}`, heading: /./, status: 404 },
    { name: 'approvals', path: '/approvals', heading: 'Approvals' },
    { name: 'connection', path: '/connection', heading: 'Connection' },
    { name: 'tenant', path: '/tenant?name=acme', heading: 'Quillmere Holdings' },
    { name: 'tokens', path: '/tokens', heading: 'Tokens' },
    { name: 'sign-on', path: '/sign-on', heading: 'Sign-in configuration' },
    { name: 'activity', path: '/activity', heading: "Tableau's activity log" },
    { name: 'activity-malformed', path: '/activity?page=x', heading: /./, status: 400 },
    { name: 'activity-events', path: '/activity/events', heading: 'Events' },
    { name: 'activity-compare', path: '/activity/compare', heading: 'The two logs compared' },
    { name: 'doctor', path: '/doctor', heading: 'Connection doctor' },
    { name: 'doctor-round', path: '/doctor?try=now', heading: 'Connection doctor' },
    { name: 'codes', path: '/codes', heading: 'Error codes' },
    { name: 'codes-nothing', path: '/codes?q=nobody-has-this', heading: 'Error codes' },
    { name: 'codes-malformed', path: '/codes?page=x', heading: 'Error codes', status: 400 },
    { name: 'code', path: '/codes/409120', heading: '409120' },
    { name: 'code-of-ours', path: '/codes/vendor-not-found', heading: 'vendor-not-found' },
    { name: 'code-unknown', path: '/codes/E_999_USR_SVC_1', heading: /./, status: 404 },
    { name: 'nowhere', path: '/nowhere', heading: /./, status: 404, alone: true },
  ];
}

/** Addresses whose answer is meant to be a problem. */
export const PROBLEMS = [/\/login\?problem=/, /problem=entry-refused/, /\/join\?key=x/, /\/nowhere/, /page=x/, /days=x/, /id=7/, /__err=/, /E_999/, new RegExp(NOBODY)];

// A Steward to open in the browser: the demo, or the pair of `serve` and `simulate` with its control endpoint.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BrowserContext, Page, Response } from '@playwright/test';

import { freePort, Program } from './program';
import { awake } from './page';

const COOKIE = '__Host-steward';
/** How long a shared sign-in is taken for fresh, in milliseconds: well below five minutes. */
const FRESH_FOR = 150_000;
const MANY_SIGN_INS = ['--sign-in-tries', '1000'];

/** A dashboard and a token that opens it. */
export class Steward {
  private cookie = '';
  private signedIn = 0;

  constructor(
    readonly origin: string,
    readonly token: string,
    readonly jobs: ReadonlyMap<string, string>,
  ) {}

  /** What stands in a request's header for the sign-in that all specs share. */
  get cookies(): string {
    return `${COOKIE}=${this.cookie}`;
  }

  /** The id of the example job that shows this. */
  job(what: string): string {
    const id = this.jobs.get(what);
    if (!id) throw new Error(`no example job "${what}" among ${[...this.jobs.keys()].join('; ')}`);
    return id;
  }

  /** Opens a page and waits until it is alive, where it comes alive. */
  async open(page: Page, path: string): Promise<Response> {
    const answer = await page.goto(this.origin + path);
    await awake(page);
    return answer!;
  }

  /** Lets a browser in with the sign-in that all specs of this Steward share. */
  async letIn(context: BrowserContext): Promise<void> {
    // Dangerous acts want a sign-in of the last five minutes; specs about other things shall not meet that.
    if (Date.now() - this.signedIn > FRESH_FOR) this.cookie = await this.signIn();
    // A browser takes a secure cookie from this machine without TLS, but not by this way; cookies know no scheme.
    const url = this.origin.replace('http:', 'https:');
    await context.addCookies([{ name: COOKIE, value: this.cookie, url, secure: true, httpOnly: true, sameSite: 'Lax' }]);
  }

  /** The shared sign-in has another id by now: the next spec signs in anew. */
  forgetSignIn(): void {
    this.cookie = '';
    this.signedIn = 0;
  }

  /** Uploads a file as the browser would, and gives the address that it leads to. */
  async upload(content: string, name = 'people.csv', door = '/import', fields: Record<string, string> = {}): Promise<string> {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set('file', new Blob([content], { type: 'text/csv' }), name);
    this.cookie ||= await this.signIn();
    const answer = await fetch(`${this.origin}${door}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: this.origin, accept: 'text/html', cookie: this.cookies },
      body: form,
    });
    return new URL(answer.headers.get('location')!, this.origin).href.slice(this.origin.length);
  }

  /** Applies a plan with the number to type, and gives the address of its run. */
  async apply(plan: string, typed = ''): Promise<string> {
    const page = await (await fetch(this.origin + plan, { headers: { accept: 'text/html', cookie: this.cookies } })).text();
    const field = (name: string) => page.match(new RegExp(`name="${name}" value="([^"]*)"`))![1]!;
    const answer = await this.post('/api/plans/apply', {
      ...{ plan: field('plan'), hash: field('hash'), ticket: field('ticket') },
      ...{ typed, reason: 'Ticket 4711' },
    });
    return new URL(answer.headers.get('location')!, this.origin).href.slice(this.origin.length);
  }

  /** Posts a form as the browser would. */
  async post(path: string, fields: Record<string, string>): Promise<globalThis.Response> {
    return fetch(this.origin + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: this.origin, accept: 'text/html', cookie: this.cookies },
      body: new URLSearchParams(fields),
    });
  }

  /** What a page says, as the person that all specs share. */
  async read(path: string): Promise<string> {
    this.cookie ||= await this.signIn();
    return (await fetch(this.origin + path, { headers: { accept: 'text/html', cookie: this.cookies } })).text();
  }

  /** Connects a site by its form. */
  async connectWith(site: string, token: { name: string; secret: string }): Promise<void> {
    const page = await this.read(`/sites/${site}/connect`);
    const ticket = page.match(/name="ticket" value="([^"]*)"/)![1]!;
    const answer = await this.post('/api/plane/connect', { site, ticket, token_name: token.name, token: token.secret });
    const to = answer.headers.get('location') ?? '';
    if (!to.includes('site-connected')) throw new Error(`connecting ${site} led to ${answer.status} ${to}`);
  }

  private async signIn(): Promise<string> {
    const answer = await this.post('/login', { token: this.token, next: '' });
    const cookie = answer.headers.getSetCookie().find((one) => one.startsWith(`${COOKIE}=`));
    if (!cookie) throw new Error(`sign-in was answered with ${answer.status} ${answer.headers.get('location')}`);
    this.signedIn = Date.now();
    return cookie.slice(COOKIE.length + 1).split(';')[0]!;
  }
}

/** `steward demo`. */
export class Demo extends Steward {
  private constructor(
    private readonly program: Program,
    origin: string,
    token: string,
    jobs: ReadonlyMap<string, string>,
  ) {
    super(origin, token, jobs);
  }

  static async start(sites: number): Promise<Demo> {
    const program = Program.start('demo', '--listen', '127.0.0.1:0', '--sites', String(sites), ...MANY_SIGN_INS);
    await program.says(/Ctrl-C/);
    const [, origin] = await program.says(/Open +(\S+)/);
    const [, token] = await program.says(/Sign in +(\S+)/);
    const lines = program.printed.matchAll(/^ +([0-9a-f-]{36}) +(.+)$/gm);
    return new Demo(program, origin!, token!, new Map([...lines].map(([, id, what]) => [what!, id!])));
  }

  /** Connects a site with the token that the demo offers. */
  async connect(site: string): Promise<void> {
    const page = await this.read(`/sites/${site}/connect`);
    const offer = page.slice(page.indexOf('id="offer-title"'));
    const [name, secret] = [...offer.matchAll(/<code class="copy">([^<]+)/g)].map(([, text]) => text);
    await this.connectWith(site, { name: name!, secret: secret! });
  }

  async stop(): Promise<void> {
    await this.program.stop();
  }
}

/** What `steward simulate` prints first. */
interface Details {
  tcm_url: string;
  tcm_pat: string;
  control_url: string;
  sites: { name: string; site_id: string; pat_name: string; pat_secret: string }[];
  jobs: { id: string; what: string }[];
}

/** A bad day of the vendor, as the simulator's control endpoint takes it. */
export interface Fault {
  match?: { method?: string; path?: string };
  times?: number;
  after?: number;
  kind: 'status' | 'hang' | 'reset' | 'truncated' | 'malformed' | 'expired_session';
  status?: number;
  apply?: boolean;
}

/** What the simulator was asked, and what it really changed. */
export interface Ledger {
  requests: { method: string; path: string; status: number }[];
  applied: { kind: string; object: string }[];
}

/** `steward serve` and `steward simulate`: two processes that speak over HTTP, with nothing unlocked. */
export class House extends Steward {
  private constructor(
    private readonly folder: string,
    private readonly programs: Program[],
    private readonly details: Details,
    origin: string,
  ) {
    super(origin, details.tcm_pat, new Map(details.jobs.map(({ id, what }) => [what, id])));
  }

  /**
   * `name` is the host that people open; passkeys work at `localhost`, but at no network address. `settings` go to
   * `steward serve` as they are.
   */
  static async start(name = '127.0.0.1', ...settings: string[]): Promise<House> {
    const simulator = Program.start('simulate');
    const [line] = await simulator.says(/^\{.*\}$/m);
    const details = JSON.parse(line) as Details;
    const folder = mkdtempSync(join(tmpdir(), 'steward-house-'));
    const port = await freePort();
    const [address, origin] = [`127.0.0.1:${port}`, `http://${name}:${port}`];
    const server = Program.start(
      'serve',
      ...storeArguments(folder),
      ...['--listen', address, '--public-origin', origin, '--tableau-url', details.tcm_url],
      ...['--hook-host', '127.0.0.1'],
      ...MANY_SIGN_INS,
      ...settings,
    );
    await server.says(/Steward listens on/);
    return new House(folder, [server, simulator], details, origin);
  }

  /** The end of the server's log. */
  get logged(): string {
    return this.programs[0]!.logged;
  }

  /** The id of a site by its name. */
  site(name: string): string {
    return this.details.sites.find((site) => site.name === name)!.site_id;
  }

  /** The pretend token of a site. */
  siteToken(name: string): { name: string; secret: string } {
    const { pat_name, pat_secret } = this.details.sites.find((site) => site.name === name)!;
    return { name: pat_name, secret: pat_secret };
  }

  /** Connects a site with its pretend token. */
  async connect(name: string): Promise<void> {
    await this.connectWith(this.site(name), this.siteToken(name));
  }

  /** The names that some people of a site sign in with; the administrators are left out. */
  async userNames(site: string, count: number): Promise<string[]> {
    const page = await this.read(`/sites/${this.site(site)}/users?only=Viewer`);
    const names = [...page.matchAll(/<small>([^<@]+@[^<]+)/g)].map(([, name]) => name!);
    return names.slice(0, count);
  }

  /** The same for changes of people. */
  async unlockPeople(): Promise<void> {
    await this.unlock(['user.create', 'user.update', 'user.delete', 'user.batch_delete']);
  }

  /** Unlocks the changes whose address is only inferred; for specs whose subject is something else. */
  async unlock(operations = ['site.suspend', 'site.reactivate']): Promise<void> {
    for (const operation of operations) {
      await this.post('/api/connection/unlock', { operation, ticket: randomUUID(), checked: 'yes' });
    }
  }

  async fault(fault: Fault): Promise<void> {
    await this.control('POST', '/faults', fault);
  }

  async recover(): Promise<void> {
    await this.control('DELETE', '/faults');
  }

  async advance(seconds: number): Promise<void> {
    await this.control('POST', '/clock', { advance_seconds: seconds });
  }

  /** Changes a site as somebody else would, behind Steward's back. */
  async drift(name: string, status: string): Promise<void> {
    await this.control('POST', `/sites/${this.site(name)}`, { status });
  }

  /** Sets something of the tenant itself, as the vendor would. */
  async setTenant(tenant: { terms_accepted?: boolean; status?: string; most_sites?: number }): Promise<void> {
    await this.control('POST', '/tenant', tenant);
  }

  /** Sets how long jobs take that are ordered from now on, and each of their rows. */
  async setJobPace(job_ms: number, row_ms: number): Promise<void> {
    await this.control('POST', '/jobs', { pace: { job_ms, row_ms } });
  }

  /** Ends the sessions of a site, as another program does that signs in with the same token. */
  async endSiteSessions(name: string): Promise<void> {
    await this.control('POST', `/sites/${this.site(name)}/sessions/end`);
  }

  /** Takes a token away, as its owner would in Tableau. */
  async revoke(secret: string): Promise<void> {
    await this.control('POST', '/pats/revoke', { secret });
  }

  async ledger(): Promise<Ledger> {
    return (await (await this.control('GET', '/ledger')).json()) as Ledger;
  }

  /** Checks the audit chain as an operator does. */
  verify(): { code: number | null; out: string } {
    return Program.run('audit', 'verify', ...storeArguments(this.folder));
  }

  async stop(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async control(method: string, path: string, body?: unknown): Promise<globalThis.Response> {
    const answer = await fetch(this.details.control_url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path} of the simulator: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}

function storeArguments(folder: string): string[] {
  return ['--data', join(folder, 'data'), '--key-file', join(folder, 'steward.key')];
}

// A small identity provider, written from the specification: discovery, keys, authorization with PKCE, tokens. And a
// Steward that is joined to it.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { House, test as base } from '.';

const CLIENT = 'steward';
const SECRET = 'between-the-two-of-us';
const KEY = 'key-1';

export class Provider {
  /** Everybody who comes is this person, and is led back at once. */
  person = { email: 'dana@quillmere.example', verified: true };
  /** What the last person was sent here with. */
  asked = new URLSearchParams();
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  /** Code → what it was asked with, and for whom. */
  private readonly codes = new Map<string, { asked: URLSearchParams; person: { email: string; verified: boolean } }>();
  private readonly folder = mkdtempSync(join(tmpdir(), 'steward-provider-'));
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  static async start(): Promise<Provider> {
    const provider = new Provider();
    await new Promise<void>((listens) => provider.server.listen(0, '127.0.0.1', listens));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What joins a Steward to it. People call it by this name, and those of this domain may come in. */
  settings(name: string, domain: string): string[] {
    const file = join(this.folder, 'secret');
    writeFileSync(file, `${SECRET}\n`, { mode: 0o600 });
    return [
      ...['--oidc-issuer', this.issuer, '--oidc-client', CLIENT, '--oidc-secret-file', file],
      ...['--oidc-name', name, '--oidc-domains', domain],
    ];
  }

  async stop(): Promise<void> {
    const gone = new Promise((closed) => this.server.close(closed));
    this.server.closeAllConnections();
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.issuer);
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /.well-known/openid-configuration':
        return void json(200, this.discovery());
      case 'GET /keys': {
        const key = this.keys.publicKey.export({ format: 'jwk' });
        return void json(200, { keys: [{ ...key, kid: KEY, use: 'sig', alg: 'RS256' }] });
      }
      case 'GET /authorize': {
        const back = this.authorize(url.searchParams);
        return void (back ? response.writeHead(302, { location: back }).end() : json(400, { error: 'invalid_request' }));
      }
      case 'POST /token': {
        const pieces: Buffer[] = [];
        for await (const piece of request) pieces.push(piece as Buffer);
        const form = new URLSearchParams(Buffer.concat(pieces).toString());
        const token = this.token(request.headers.authorization, form);
        const answer = { access_token: 'unused', token_type: 'Bearer', expires_in: 60, id_token: token };
        return void (token ? json(200, answer) : json(400, { error: 'invalid_grant' }));
      }
      default:
        return void json(404, { error: 'not_found' });
    }
  }

  private discovery(): object {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
  }

  /** Where the person is led back to; nowhere if they were not sent here as the specification wants it. */
  private authorize(asked: URLSearchParams): string | null {
    this.asked = asked;
    const is = (name: string, value: string) => asked.get(name) === value;
    const right = is('client_id', CLIENT) && is('response_type', 'code') && is('code_challenge_method', 'S256');
    if (!right || !asked.get('scope')?.split(' ').includes('openid')) return null;
    const code = randomUUID();
    this.codes.set(code, { asked, person: this.person });
    const back = new URL(asked.get('redirect_uri')!);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state')!);
    return back.href;
  }

  /** A signed token for a code, which counts once and only for whoever asked for it. */
  private token(authorization: string | undefined, form: URLSearchParams): string | null {
    const left = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    const known = authorization === `Basic ${Buffer.from(`${CLIENT}:${SECRET}`).toString('base64')}`;
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    const proven = left?.asked.get('code_challenge') === challenge && left.asked.get('redirect_uri') === form.get('redirect_uri');
    if (!left || !known || !proven) return null;
    const now = Math.floor(Date.now() / 1000);
    const { email, verified } = left.person;
    const claims = {
      ...{ iss: this.issuer, aud: CLIENT, sub: email, nonce: left.asked.get('nonce') },
      ...{ iat: now, exp: now + 300, auth_time: now, email, email_verified: verified },
    };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'RS256', typ: 'JWT', kid: KEY })}.${part(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), this.keys.privateKey).toString('base64url')}`;
  }
}

interface Joined {
  /** The provider, which people call Quillmere. */
  provider: Provider;
  /** `steward serve` and `steward simulate`, where people at quillmere.example sign in by the provider. */
  joined: House;
}

export const test = base.extend<Joined>({
  provider: async ({}, use) => {
    const provider = await Provider.start();
    await use(provider);
    await provider.stop();
  },
  joined: async ({ provider, watch }, use, info) => {
    const house = await House.start('127.0.0.1', ...provider.settings('Quillmere', 'quillmere.example'));
    await use(house);
    await watch.leave();
    if (info.status !== info.expectedStatus) await info.attach('log', { body: house.logged });
    await house.stop();
  },
});

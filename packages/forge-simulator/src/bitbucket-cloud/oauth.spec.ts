import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { get, readScopes, Simulators } from './acme.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function setUp() {
  const clock = new ManualClock();
  const company = await simulators.startAcme({ clock });
  const { bitbucket } = company;
  const client = bitbucket.oauth.registerClient({
    name: 'anyforge',
    redirectUris: ['https://app.example/callback'],
    scopes: readScopes,
  });
  const secret = client.clientSecret ?? '';
  const ask = async (form: Record<string, string>, credential = `${client.clientId}:${secret}`) => {
    const response = await fetch(`${bitbucket.webUrl}/site/oauth2/access_token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(credential)}` },
      body: new URLSearchParams(form),
    });
    const body: unknown = await response.json();
    return { status: response.status, body };
  };
  const authorize = async (parameters: Record<string, string>) => {
    const query = new URLSearchParams({
      client_id: client.clientId,
      response_type: 'code',
      state: 's',
      ...parameters,
    });
    const url = `${bitbucket.webUrl}/site/oauth2/authorize?${query.toString()}`;
    const callback = await bitbucket.oauth.approve(url, { person: company.ada });
    return new URL(callback).searchParams.get('code') ?? '';
  };
  const issued = bitbucket.oauth.issue({ client, person: company.ada });
  return { ...company, clock, client, ask, authorize, issued };
}

describe('signing in', () => {
  it('gives the scopes of the consumer, whatever was asked for', async () => {
    const { bitbucket, ask, authorize } = await setUp();
    const code = await authorize({ scope: 'account' });
    const { status, body } = await ask({ grant_type: 'authorization_code', code });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { scopes: 'account email repository', expires_in: 7200, token_type: 'bearer' },
    });
    const token = /"access_token":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? '';
    expect((await get(bitbucket, '/user', token)).body).toMatchObject({ nickname: 'ada' });
    expect((await ask({ grant_type: 'authorization_code', code })).status).toBe(400);
  });

  it('refuses a secret that is not the one, in words of its own', async () => {
    const { ask, authorize, client } = await setUp();
    const code = await authorize({});
    expect(await ask({ grant_type: 'authorization_code', code }, `${client.clientId}:no`)).toEqual({
      status: 400,
      body: { error: 'unauthorized_client', error_description: 'Invalid OAuth client credentials' },
    });
  });

  it('knows no challenge: a wrong verifier makes no difference', async () => {
    const { ask, authorize } = await setUp();
    const code = await authorize({ code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' });
    const form = { grant_type: 'authorization_code', code, code_verifier: 'y'.repeat(43) };
    expect((await ask(form)).status).toBe(200);
  });
});

describe('refreshing', () => {
  it('gives a new refresh token, and the old one lives for some minutes more', async () => {
    const { ask, issued, clock } = await setUp();
    const form = { grant_type: 'refresh_token', refresh_token: issued.refreshToken ?? '' };
    const { body } = await ask(form);
    expect(body).not.toMatchObject({ refresh_token: form.refresh_token });
    clock.advance(599_000);
    expect((await ask(form)).status).toBe(200);
    clock.advance(2_000);
    expect(await ask(form)).toEqual({
      status: 400,
      body: { error: 'invalid_request', error_description: 'Invalid refresh_token' },
    });
  });
});

it('There is no way to revoke a token, nor for devices', async () => {
  const { bitbucket } = await setUp();
  for (const path of ['/site/oauth2/revoke', '/site/oauth2/device'])
    expect((await fetch(bitbucket.webUrl + path, { method: 'POST' })).status).toBe(404);
});

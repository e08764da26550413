import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { ApiClient } from './testing/api-client.js';
import type { AddedProvider, OAuthForge } from './testing/oauth-forges.js';
import { addOAuthProvider, oauthForgeTypes, startOAuthForge } from './testing/oauth-forges.js';
import { beginSignIn, land, standing } from './testing/sign-in-at-forge.js';
import type { TestServer } from './testing/start-test-server.js';
import { startTestServer } from './testing/start-test-server.js';

const withDevice = z.object({
  id: z.string(),
  device: z.object({ userCode: z.string(), nextPollAt: z.string() }),
});
const connection = z.object({ account: z.object({ id: z.string() }) });

let server: TestServer;
let ada: ApiClient;
/** Those that have no way to end a token. */
const unrevocable: readonly string[] = ['bitbucket', 'gitea'];

const forges = new Map<string, OAuthForge & { readonly added: AddedProvider }>();

beforeAll(async () => {
  server = await startTestServer();
  ada = await server.newMember('ada');
  for (const type of oauthForgeTypes) {
    const forge = await startOAuthForge(type);
    const added = await addOAuthProvider(server.api, server.publicUrl, forge, `Our ${type}`);
    forges.set(type, { ...forge, added });
  }
});
afterAll(async () => {
  await server.close();
  for (const { simulator } of forges.values()) await simulator.close();
});

function at(type: string): OAuthForge & { readonly added: AddedProvider } {
  const forge = forges.get(type);
  if (forge === undefined) throw new Error(`There is no forge ${type}.`);
  return forge;
}

/** Until a sign-in with a code has got further: each time when it may be asked. */
async function untilTyped(client: ApiClient, id: string): Promise<string> {
  for (;;) {
    const { body } = await client.get(`/api/v1/sign-ins/${id}`);
    const waiting = withDevice.safeParse(body);
    if (!waiting.success) return (await standing(client, id)).state;
    const dueIn = Date.parse(waiting.data.device.nextPollAt) - Date.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueIn)));
  }
}

describe.each(oauthForgeTypes)('signing in at the forge itself: %s', (type) => {
  it('makes a connection, in a browser that ends on a page without the code', async () => {
    const { simulator, added, ada: person } = at(type);
    const { id, authorizationUrl } = await beginSignIn(ada, added.id, { returnTo: '/git-providers' });
    const callbackUrl = await simulator.oauth.approve(authorizationUrl, { person });
    expect(callbackUrl.startsWith(`${server.publicUrl}/oauth/callback/${added.id}?`)).toBe(true);

    const { reply, page, signInId } = await land(ada, callbackUrl);
    expect(signInId).toBe(id);
    expect(reply.headers.get('location')).toBe(`/oauth/done?signIn=${id}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('You are signed in');
    expect(page.text).toContain(`href="${server.publicUrl}/git-providers"`);
    const shown = await standing(ada, id);
    expect(shown).toMatchObject({ state: 'succeeded', syncId: expect.any(String) });
    expect((await ada.get(`/api/v1/git-providers/${added.id}/connection`)).body).toMatchObject({
      kind: 'oauth',
      account: { id: shown.account?.id },
    });
  });

  it('tells that the person refused', async () => {
    const { simulator, added, ada: person } = at(type);
    const { id, authorizationUrl } = await beginSignIn(ada, added.id);
    const { page } = await land(ada, await simulator.oauth.approve(authorizationUrl, { person, deny: true }));
    expect(page.text).toContain('data-problem="access_denied"');
    expect(await standing(ada, id)).toMatchObject({ state: 'failed', error: { kind: 'access_denied' } });
  });

  it('tells that the application has another secret now', async () => {
    const { simulator, ada: person } = at(type);
    const { id: providerId, client } = await addOAuthProvider(
      server.api,
      server.publicUrl,
      at(type),
      `New ${type}`,
    );
    const { id, authorizationUrl } = await beginSignIn(ada, providerId);
    const callbackUrl = await simulator.oauth.approve(authorizationUrl, { person });
    simulator.oauth.rotateSecret(client);
    await land(ada, callbackUrl);
    expect(await standing(ada, id)).toMatchObject({ state: 'failed', error: { kind: 'client_rejected' } });
    expect((await ada.get(`/api/v1/git-providers/${providerId}/connection`)).status).toBe(404);
  });

  it('waits for the account to be named when a program has started it', async () => {
    const { simulator, added, eve: person } = at(type);
    const program = await server.apiToken(ada, ['manage']);
    const { id, authorizationUrl } = await beginSignIn(program, added.id);
    const { page } = await land(ada, await simulator.oauth.approve(authorizationUrl, { person }));
    expect(page.text).toContain('One step is left');
    const { state, account } = await standing(program, id);
    expect(state).toBe('awaiting_confirmation');
    const path = `/api/v1/git-providers/${added.id}/connection`;
    const confirmation = { accountId: account?.id };
    expect((await program.post(`/api/v1/sign-ins/${id}/confirmation`, confirmation)).status).toBe(403);
    expect(connection.parse((await ada.get(path)).body).account.id).not.toBe(account?.id);
    expect((await ada.post(`/api/v1/sign-ins/${id}/confirmation`, confirmation)).body).toMatchObject({
      state: 'succeeded',
    });
    expect(connection.parse((await ada.get(path)).body).account.id).toBe(account?.id);
  });

  it('ends there as well when the person wants it, where the forge can', async () => {
    const { simulator, added, ada: person } = at(type);
    const path = `/api/v1/git-providers/${added.id}/connection`;
    const { authorizationUrl } = await beginSignIn(ada, added.id);
    await land(ada, await simulator.oauth.approve(authorizationUrl, { person }));
    const { body } = await ada.delete(`${path}?revoke=true`);
    expect(body).toMatchObject(
      unrevocable.includes(type)
        ? { revoked: 'unsupported', message: expect.any(String) }
        : { revoked: 'done' },
    );
    expect((await ada.get(path)).status).toBe(404);
    expect((await ada.delete(path)).status).toBe(404);
  });
});

describe('what GitHub refuses', () => {
  it('is told as the redirect URL that the application does not have', async () => {
    const { added } = at('github');
    const { id, state } = await beginSignIn(ada, added.id);
    const query = new URLSearchParams({
      error: 'redirect_uri_mismatch',
      error_description: 'The redirect_uri MUST match the registered callback URL for this application.',
      state,
    });
    const { page } = await land(ada, `${server.publicUrl}/oauth/callback/${added.id}?${query.toString()}`);
    expect(page.text).toContain('data-problem="redirect_rejected"');
    expect(await standing(ada, id)).toMatchObject({ state: 'failed', error: { kind: 'redirect_rejected' } });
  });

  it.each([
    ['sso_required', 'Resource protected by organization SAML enforcement.'],
    ['organization_restricted', 'The `acme` organization has enabled OAuth App access restrictions.'],
  ])('is told as what an organization demands, with the link: %s', async (kind, message) => {
    const { simulator, added, ada: person } = at('github');
    const { id, authorizationUrl } = await beginSignIn(ada, added.id);
    const callbackUrl = await simulator.oauth.approve(authorizationUrl, { person });
    const headers = { 'x-github-sso': `required; url=${simulator.webUrl}/orgs/acme/sso` };
    simulator.faults.add({
      match: { path: '/user' },
      effect: {
        kind: 'respond',
        status: 403,
        ...(kind === 'sso_required' && { headers }),
        body: { message },
      },
    });
    const { page } = await land(ada, callbackUrl);
    expect(page.text).toContain(`data-problem="${kind}"`);
    expect(page.text).toContain('rel="noreferrer"');
    expect(await standing(ada, id)).toMatchObject({ state: 'failed', error: { kind } });
  });
});

describe('signing in without a popup', () => {
  it('comes back to the page that was named, with the id of the sign-in and nothing of the forge’s', async () => {
    const { simulator, added, ada: person } = at('gitlab');
    const input = { display: 'page', returnTo: '/git-providers?open=1' };
    const { id, authorizationUrl } = await beginSignIn(ada, added.id, input);
    const { pathname, search } = new URL(await simulator.oauth.approve(authorizationUrl, { person }));
    const reply = await ada.get(`${pathname}${search}`);
    expect(reply.status).toBe(303);
    expect(reply.headers.get('location')).toBe(`${server.publicUrl}/git-providers?open=1&signIn=${id}`);
    expect(reply.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await standing(ada, id)).toMatchObject({ state: 'succeeded' });
  });

  it('stays on the page that tells why, when it failed', async () => {
    const { simulator, added, ada: person } = at('gitlab');
    const { authorizationUrl } = await beginSignIn(ada, added.id, { display: 'page', returnTo: '/there' });
    const { page } = await land(ada, await simulator.oauth.approve(authorizationUrl, { person, deny: true }));
    expect(page.text).toContain('data-problem="access_denied"');
    expect(page.text).toContain(`href="${server.publicUrl}/there"`);
  });
});

describe.each(['github', 'gitlab'])('signing in with a code: %s', (type) => {
  it('waits for the code to be typed, and for the account to be named', async () => {
    const { simulator, added, ada: person } = at(type);
    const started = await ada.post(`/api/v1/git-providers/${added.id}/sign-ins`, { method: 'device' });
    const { id, device } = withDevice.parse(started.body);
    await simulator.oauth.approveDevice(device.userCode, { person });
    expect(await untilTyped(ada, id)).toBe('awaiting_confirmation');
    const { account } = await standing(ada, id);
    const confirmed = await ada.post(`/api/v1/sign-ins/${id}/confirmation`, { accountId: account?.id });
    expect(confirmed.body).toMatchObject({ state: 'succeeded' });
  });
});

describe('a forge without codes', () => {
  it('says what there is instead', async () => {
    const { added } = at('bitbucket');
    const refused = await ada.post(`/api/v1/git-providers/${added.id}/sign-ins`, { method: 'device' });
    expect(refused.body).toMatchObject({ status: 409, code: 'oauth_unavailable' });
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { openStrictForge } from './strict-forge.fixture.js';

const running: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((forge) => forge.close())));

async function setUp() {
  const forge = await openStrictForge();
  running.push(forge);
  const { authorizationUrl, client, ada, oauth } = forge;
  /** Authorizes in a browser. @returns the cookie that it keeps */
  const authorize = async (): Promise<string> => {
    const form = new URLSearchParams({ decision: 'authorize', person: 'ada' });
    const answer = await fetch(authorizationUrl({ scope: 'read' }), {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    return (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  };
  /** @returns whether the browser is sent on with a code, without being asked */
  const isSentOn = async (cookie: string, scope = 'read'): Promise<boolean> => {
    const answer = await fetch(authorizationUrl({ scope }), { headers: { cookie }, redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? 'about:blank').searchParams.has('code');
  };
  /** What the client's exchange of the code comes to. */
  const grant = () => oauth.issue({ client, person: ada, scopes: ['read'] });
  return { ...forge, authorize, isSentOn, grant };
}

describe('consent', () => {
  it('is asked for each time unless the forge is told to remember', async () => {
    const { authorize, isSentOn, grant } = await setUp();
    grant();
    const cookie = await authorize();
    expect(cookie).toBe('');
    expect(await isSentOn(cookie)).toBe(false);
  });

  it('is remembered in the browser in which it was given, for what was granted', async () => {
    const { oauth, authorize, isSentOn, grant } = await setUp();
    oauth.rememberConsent();
    const cookie = await authorize();
    expect(await isSentOn(cookie)).toBe(false);
    grant();
    expect(await isSentOn(cookie)).toBe(true);
    expect(await isSentOn(cookie, 'read write')).toBe(false);
    expect(await isSentOn('another=cookie')).toBe(false);
  });

  it('is asked for again once it was taken back', async () => {
    const { oauth, authorize, isSentOn, grant } = await setUp();
    oauth.rememberConsent();
    const cookie = await authorize();
    grant();
    oauth.revokeGrants(() => true);
    expect(await isSentOn(cookie)).toBe(false);
  });
});

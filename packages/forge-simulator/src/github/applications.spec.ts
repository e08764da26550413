import { afterEach, describe, expect, it } from '@jest/globals';
import type { NewOAuthClient } from '../oauth/clients.js';
import { get, Simulators } from './acme.fixture.js';
import { startWithApplication } from './oauth.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const setUp = (request?: Partial<NewOAuthClient>) => startWithApplication(simulators, request);

describe('what an application asks about its tokens', () => {
  it('is answered to whoever has its id and secret', async () => {
    const { oauth, client, ada, application } = await setUp({ scopes: ['repo'] });
    const { accessToken } = oauth.issue({ client, person: ada });
    expect(await application('POST', '/token', { access_token: accessToken })).toMatchObject({
      status: 200,
      body: { token: accessToken, scopes: ['repo'], user: { login: 'ada' }, expires_at: null },
    });
    expect((await application('POST', '/token', { access_token: accessToken }, 'wrong')).status).toBe(401);
    expect((await application('POST', '/token', { access_token: 'unknown' })).status).toBe(404);
    expect((await application('POST', '/token', {})).status).toBe(422);
  });

  it('resets a token', async () => {
    const { github, oauth, client, ada, application } = await setUp();
    const { accessToken } = oauth.issue({ client, person: ada });
    const { body } = await application('PATCH', '/token', { access_token: accessToken });
    expect(body).toMatchObject({ token: oauth.grants[0]?.accessToken });
    expect((await get(github, '/user', accessToken)).status).toBe(401);
    expect((await get(github, '/user', oauth.grants[0]?.accessToken)).status).toBe(200);
  });

  it('ends one token, or everything that the person gave the application', async () => {
    const { github, oauth, client, ada, grace, application } = await setUp();
    const [first, second, third] = [1, 2, 3].map(() => oauth.issue({ client, person: ada }).accessToken);
    const foreign = oauth.issue({ client, person: grace }).accessToken;
    const alive = () =>
      Promise.all(
        [first, second, third, foreign].map(async (token) => (await get(github, '/user', token)).status),
      );
    expect((await application('DELETE', '/token', { access_token: first })).status).toBe(204);
    expect(await alive()).toEqual([401, 200, 200, 200]);
    expect((await application('DELETE', '/grant', { access_token: second })).status).toBe(204);
    expect(await alive()).toEqual([401, 401, 401, 200]);
  });
});

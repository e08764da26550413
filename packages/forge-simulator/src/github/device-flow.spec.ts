import { afterEach, describe, expect, it } from '@jest/globals';
import type { NewOAuthClient } from '../oauth/clients.js';
import { Simulators } from './acme.fixture.js';
import { startWithApplication } from './oauth.fixture.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const setUp = (request?: Partial<NewOAuthClient>) => startWithApplication(simulators, request);

describe('the device flow of GitHub', () => {
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code';

  async function start(request: Partial<NewOAuthClient> = {}) {
    const world = await setUp(request);
    const { post, client } = world;
    const { text } = await post('/login/device/code', { client_id: client.clientId, scope: 'repo' });
    const answer: unknown = JSON.parse(text);
    const field = (name: string): string =>
      String(Object.entries(answer ?? {}).find(([each]) => each === name)?.[1]);
    const poll = async (changes: Record<string, string> = {}) => {
      const form = {
        client_id: client.clientId,
        device_code: field('device_code'),
        grant_type: grantType,
        ...changes,
      };
      const polled = await post('/login/oauth/access_token', form);
      const body: unknown = JSON.parse(polled.text);
      return { status: polled.status, body };
    };
    return { ...world, answer, userCode: field('user_code'), poll };
  }

  it('gives a device its token when its person has decided, without a secret', async () => {
    const { github, oauth, answer, userCode, poll, ada, clock } = await start();
    expect(answer).toEqual({
      device_code: expect.stringMatching(/^[0-9a-f]{40}$/),
      user_code: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/),
      verification_uri: `${github.webUrl}/login/device`,
      expires_in: 900,
      interval: 5,
    });
    expect(await poll()).toMatchObject({ status: 200, body: { error: 'authorization_pending' } });
    await oauth.approveDevice(userCode.toLowerCase(), { person: ada });
    clock.advance(5000);
    expect((await poll()).body).toMatchObject({
      access_token: expect.stringMatching(/^gho_/),
      scope: 'repo',
    });
    clock.advance(5000);
    expect((await poll()).body).toMatchObject({ error: 'incorrect_device_code' });
  });

  it('refuses a wrong secret though none is needed, and the code of another application', async () => {
    const { oauth, userCode, poll, ada, client } = await start();
    await oauth.approveDevice(userCode, { person: ada });
    expect((await poll({ client_secret: 'wrong' })).body).toMatchObject({
      error: 'incorrect_client_credentials',
    });
    const other = oauth.registerClient({ name: 'other', redirectUris: [] });
    expect((await poll({ client_id: other.clientId })).body).toMatchObject({
      error: 'incorrect_device_code',
    });
    expect((await poll({ client_secret: client.clientSecret ?? '' })).body).toHaveProperty('access_token');
  });

  it('tells a device that asks too soon to wait longer', async () => {
    const { poll, clock } = await start();
    await poll();
    expect((await poll()).body).toEqual({ error: 'slow_down', interval: 10 });
    clock.advance(9_999);
    expect((await poll()).body).toEqual({ error: 'slow_down', interval: 15 });
    clock.advance(15_000);
    expect((await poll()).body).toEqual({ error: 'authorization_pending' });
  });

  it('tells a device that its person said no, and that it is too late', async () => {
    const denied = await start();
    await denied.oauth.approveDevice(denied.userCode, { person: denied.ada, deny: true });
    expect((await denied.poll()).body).toEqual({ error: 'access_denied' });
    const late = await start();
    late.clock.advance(900_000);
    expect((await late.poll()).body).toEqual({ error: 'expired_token' });
    await expect(late.oauth.approveDevice(late.userCode, { person: late.ada })).rejects.toThrow(
      'no such code',
    );
  });

  it('is off where the application has not turned it on', async () => {
    const { answer } = await start({ deviceFlow: false });
    expect(answer).toEqual({ error: 'device_flow_disabled' });
  });

  it('gives a GitHub App tokens that are refreshed without a secret', async () => {
    const { oauth, userCode, poll, ada, client, post } = await start({ kind: 'github-app' });
    await oauth.approveDevice(userCode, { person: ada });
    await poll();
    const { text } = await post('/login/oauth/access_token', {
      client_id: client.clientId,
      grant_type: 'refresh_token',
      refresh_token: oauth.grants[0]?.refreshToken ?? '',
    });
    expect(JSON.parse(text)).toHaveProperty('access_token');
  });
});

import { describe, expect, it } from '@jest/globals';
import type { ScriptedAnswer } from '../testing/scripted-fetch.js';
import { failureOf } from '../transport/transport.fixture.js';
import { client, expectHidden, formOf, now, setUpFlow, tokens } from './oauth.fixture.js';

/** As GitHub answers. */
const begun = {
  device_code: '3584d83530557fdd1f46af8289938c8ef79f9dc5',
  user_code: 'WDJB-MJHT',
  verification_uri: 'https://github.com/login/device',
  expires_in: 900,
  interval: 7,
};

async function setUpDevice(answers: readonly ScriptedAnswer[]) {
  const made = setUpFlow([{ body: begun }, ...answers]);
  const { device } = made.flow;
  if (device === undefined) throw new Error('there should be a device flow');
  return { ...made, device, begin: await device.start() };
}

describe('the device flow', () => {
  it('begins with a code for the person and a place to enter it', async () => {
    const { begin, requests } = await setUpDevice([]);
    expect(begin).toEqual({
      userCode: 'WDJB-MJHT',
      verificationUrl: 'https://github.com/login/device',
      expiresAt: new Date(now.getTime() + 900_000),
      intervalMs: 7_000,
      transaction: expect.any(String),
    });
    expect(requests[0]?.url).toBe('https://forge.example/git/oauth/authorize_device');
    expect(formOf(requests[0])).toMatchObject({ client_id: client.clientId, scope: 'read_user read_api' });
  });

  it.each([
    [undefined, 5_000],
    [null, 5_000],
    ['9', 9_000],
  ])('polls with the interval %j of the forge every %i ms', async (interval, intervalMs) => {
    const { flow } = setUpFlow([{ body: { ...begun, interval } }]);
    expect((await flow.device?.start())?.intervalMs).toBe(intervalMs);
  });

  it('is pending, slows down as the forge tells, and is done, one request for each poll', async () => {
    const { device, begin, requests } = await setUpDevice([
      { body: { error: 'authorization_pending' } },
      { body: { error: 'slow_down', interval: 20 } },
      { status: 400, body: { error: 'slow_down' } },
      { status: 400, body: { error: 'slow_down', interval: 1 } },
      { body: { ...tokens, scope: undefined } },
    ]);
    const poll = () => device.poll(begin.transaction);
    expect(await poll()).toEqual({ status: 'pending', intervalMs: 7_000 });
    expect(await poll()).toEqual({ status: 'pending', intervalMs: 20_000 });
    expect(await poll()).toEqual({ status: 'pending', intervalMs: 12_000 });
    expect(await poll()).toEqual({ status: 'pending', intervalMs: 7_000 });
    expect(await poll()).toMatchObject({
      status: 'done',
      credential: {
        accessToken: 'access-token-two',
        scopes: ['read_user', 'read_api'],
        redirectUri: undefined,
      },
    });
    expect(requests).toHaveLength(6);
    expect(formOf(requests[1])).toMatchObject({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: begun.device_code,
    });
  });

  it.each([
    ['expired_token', 'grant_expired'],
    ['access_denied', 'access_denied'],
    ['invalid_client', 'client_rejected'],
  ])('ends when the forge says %s: %s', async (error, kind) => {
    const { device, begin } = await setUpDevice([
      { status: 400, body: { error, error_description: begun.device_code } },
    ]);
    const failure = await failureOf(device.poll(begin.transaction));
    expect(failure.kind).toBe(kind);
    expectHidden(failure, [begun.device_code, client.clientSecret]);
  });

  it.each([
    [{ error: 'invalid_client' }, 'client_rejected'],
    [{ ...begun, verification_uri: 'javascript:alert(1)' }, 'invalid_response'],
    [{ ...begun, expires_in: undefined }, 'invalid_response'],
  ])('does not begin when the forge answers %j: %s', async (body, kind) => {
    const { flow } = setUpFlow([{ body }]);
    expect((await failureOf(Promise.resolve(flow.device?.start()))).kind).toBe(kind);
  });

  it('refuses the transaction of a sign-in in the browser, and asks nothing', async () => {
    const { device, flow, requests } = await setUpDevice([]);
    const { transaction } = await flow.start({ redirectUri: 'https://hub.example/', state: 'a-state' });
    expect((await failureOf(device.poll(transaction))).kind).toBe('invalid_request');
    expect((await failureOf(device.poll('nothing'))).kind).toBe('invalid_request');
    expect(requests).toHaveLength(1);
  });

  it('is cancelled with the reason of the caller', async () => {
    const { device, begin } = await setUpDevice(['hang']);
    const signal = AbortSignal.abort('enough');
    await expect(device.start({ signal })).rejects.toBe('enough');
    await expect(device.poll(begin.transaction, { signal })).rejects.toBe('enough');
  });

  it('is not offered by a forge that has none', () => {
    expect(setUpFlow([], { deviceAuthorizationUrl: undefined }).flow).not.toHaveProperty('device');
  });
});

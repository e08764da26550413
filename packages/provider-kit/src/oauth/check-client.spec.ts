import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../transport/transport.fixture.js';
import { formOf, setUpFlow } from './oauth.fixture.js';

describe('whether a client is accepted', () => {
  it.each([
    [{ status: 401, body: { error: 'invalid_client' } }, 'rejected'],
    [{ status: 400, body: { error: 'invalid_grant' } }, 'accepted'],
    [{ status: 400, body: { error: 'unsupported_grant_type' } }, 'unknown'],
    [{ status: 200, body: { access_token: 'for-anything', token_type: 'bearer' } }, 'unknown'],
  ] as const)('is told by what the forge refuses: %j means %s', async (answer, verdict) => {
    const { flow, requests } = setUpFlow([answer]);
    expect(await flow.checkClient?.()).toBe(verdict);
    expect(formOf(requests[0])).toMatchObject({ grant_type: 'refresh_token' });
  });

  it('asks each time with another token that nobody has', async () => {
    const { flow, requests } = setUpFlow(() => ({ status: 400, body: { error: 'invalid_grant' } }));
    await flow.checkClient?.();
    await flow.checkClient?.();
    const [one, other] = requests.map((request) => formOf(request)['refresh_token']);
    expect(one).toMatch(/^[\w-]{40,}$/);
    expect(one).not.toBe(other);
  });

  it('is told by a code that nobody has, where the forge documents what it says of one', async () => {
    const { flow, requests } = setUpFlow([{ body: { error: 'invalid_grant' } }], {
      clientCheck: { style: 'code' },
    });
    expect(await flow.checkClient?.()).toBe('accepted');
    expect(formOf(requests[0])).toMatchObject({ grant_type: 'authorization_code', code: expect.any(String) });
    expect(formOf(requests[0])).not.toHaveProperty('redirect_uri');
  });

  it('names a redirect URI where the forge wants one before anything else', async () => {
    const { flow, requests } = setUpFlow([{ status: 401, body: { error: 'invalid_client' } }], {
      clientCheck: { style: 'code', redirectUri: 'https://forge.example' },
    });
    expect(await flow.checkClient?.()).toBe('rejected');
    expect(formOf(requests[0])).toMatchObject({ redirect_uri: 'https://forge.example' });
  });

  it('is not answered while the forge cannot be asked', async () => {
    const { flow } = setUpFlow([{ status: 503 }]);
    expect((await failureOf(Promise.resolve(flow.checkClient?.()))).kind).toBe('unavailable');
  });

  it.each([
    [404, 'accepted'],
    [401, 'rejected'],
    [422, 'unknown'],
  ] as const)('is told by the status %i of a request of the forge itself: %s', async (status, verdict) => {
    const { flow } = setUpFlow([{ status }], {
      clientCheck: {
        style: 'own',
        request: () => ({ method: 'POST', url: 'https://forge.example/check', headers: {}, body: '{}' }),
        statuses: { 404: 'accepted', 401: 'rejected' },
        see: 'https://docs.github.com/rest/apps/oauth-applications#check-a-token',
      },
    });
    expect(await flow.checkClient?.()).toBe(verdict);
  });

  it('is not offered where it cannot be told', () => {
    expect(setUpFlow([], { clientCheck: undefined }).flow).not.toHaveProperty('checkClient');
  });
});

import { inspect } from 'node:util';
import type { Credential, CredentialSource } from '@anyforge/core';
import { ProviderError } from '@anyforge/core';
import { describe, expect, it, jest } from '@jest/globals';
import { toCredentialSource } from '../credentials/credential-source.js';
import { bearer, failureOf, setUp, token, user } from './transport.fixture.js';

describe('renewal on refusal', () => {
  const expired: Credential = { kind: 'oauth', accessToken: 'gho_old', refreshToken: 'ghr_1' };
  const fresh: Credential = { kind: 'oauth', accessToken: 'gho_new', refreshToken: 'ghr_2' };

  function renewable() {
    let current = expired;
    const renew = jest.fn(async () => (current = fresh));
    return { renew, source: { get: async () => current, renew } satisfies CredentialSource };
  }

  it('renews a refused credential once and makes the request again with the new one', async () => {
    const { source, renew } = renewable();
    const { fetch, requests } = setUp([{ status: 401 }, { body: {} }], {
      authorization: { source, apply: bearer },
    });
    await fetch(user);
    expect(renew).toHaveBeenCalledTimes(1);
    expect(renew.mock.calls[0]).toEqual([expired, expect.anything()]);
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer gho_old',
      'Bearer gho_new',
    ]);
  });

  it('takes the second refusal as final', async () => {
    const { source, renew } = renewable();
    const { fetch, requests } = setUp(
      [{ status: 401 }, { status: 401, body: { message: 'Bad credentials' } }],
      {
        authorization: { source, apply: bearer },
      },
    );
    const failure = await failureOf(fetch(user));
    expect(failure.kind).toBe('unauthenticated');
    expect(failure.message).toBe('GitHub did not accept the sign-in.');
    expect(renew).toHaveBeenCalledTimes(1);
    expect(requests).toHaveLength(2);
  });

  it('counts a renewal even when the request fails in between', async () => {
    const { source, renew } = renewable();
    const { fetch, clock } = setUp([{ status: 401 }, { status: 502 }, { status: 401 }], {
      authorization: { source, apply: bearer },
    });
    const failure = await failureOf(clock.run(fetch(user)));
    expect(failure.kind).toBe('unauthenticated');
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('never repeats a renewal that failed', async () => {
    const renew = jest.fn(async () => {
      throw new ProviderError('unavailable', 'The forge answered 503', { provider: 'github' });
    });
    const source: CredentialSource = { get: async () => expired, renew };
    const { fetch, requests, clock } = setUp([{ status: 401 }], { authorization: { source, apply: bearer } });
    const failure = await failureOf(clock.run(fetch(user)));
    expect(failure.kind).toBe('unavailable');
    expect(renew).toHaveBeenCalledTimes(1);
    expect(requests).toHaveLength(1);
  });

  it('leaves a credential alone that cannot be renewed', async () => {
    const { fetch, requests } = setUp([{ status: 401, body: { message: 'Bad credentials' } }]);
    expect((await failureOf(fetch(user))).kind).toBe('unauthenticated');
    expect(requests).toHaveLength(1);
  });

  it('makes a refused POST again, since a refusal means that nothing was done', async () => {
    const { source } = renewable();
    const { fetch, requests } = setUp([{ status: 401 }, { body: {} }], {
      authorization: { source, apply: bearer },
    });
    await fetch('https://api.github.com/graphql', { method: 'POST', body: '{}' });
    expect(requests.map(({ body }) => body)).toEqual(['{}', '{}']);
  });

  it('never asks a source again that failed', async () => {
    const get = jest.fn(() => Promise.reject(new Error('the vault is sealed')));
    const { fetch, clock } = setUp([], { authorization: { source: { get }, apply: bearer } });
    expect((await failureOf(clock.run(fetch(user)))).kind).toBe('unavailable');
    expect(get).toHaveBeenCalledTimes(1);
  });
});

describe('signing a request', () => {
  it('asks for a credential that outlives the request', async () => {
    const get = jest.fn<CredentialSource['get']>(async () => ({ kind: 'token', token }));
    const { fetch } = setUp([{}], { authorization: { source: { get }, apply: bearer } });
    await fetch(user);
    expect(get.mock.calls).toEqual([[expect.objectContaining({ validForMs: 60_000 })]]);
  });

  it('tells of a credential that fits into no header, without quoting it', async () => {
    const source = toCredentialSource({ kind: 'token', token: `${token}\nmore` });
    const { fetch, requests } = setUp([], { authorization: { source, apply: bearer } });
    const failure = await failureOf(fetch(user));
    expect(failure.kind).toBe('unauthenticated');
    expect(failure.details.repair?.text).toContain('Copy the token once more');
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(token);
    expect(requests).toHaveLength(0);
  });

  it('leaves it to an adapter to refuse a kind of credential in its own words', async () => {
    const refusal = new ProviderError('unsupported', 'Only tokens are of use here.', { provider: 'github' });
    const apply = (): void => {
      throw refusal;
    };
    const source = toCredentialSource({ kind: 'token', token });
    expect(await failureOf(setUp([], { authorization: { source, apply } }).fetch(user))).toBe(refusal);
  });
});

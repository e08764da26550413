import { describe, expect, it } from '@jest/globals';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { githubPlugin } from './index.js';

const user = { id: 1, login: 'ada', type: 'User' };

describe("GitHub's limits", () => {
  it('are counted by the account key, and by nobody else where none is given', async () => {
    const scopes: string[] = [];
    const budgets = {
      read: () => Promise.resolve(undefined),
      write: (scope: string) => {
        scopes.push(scope);
        return Promise.resolve();
      },
    };
    const headers = {
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '9',
      'x-ratelimit-reset': '1900000000',
    };
    const { fetch } = createScriptedFetch(() => ({ headers, body: user }));
    const github = githubPlugin.create({ baseUrl: 'https://github.com' }, { fetch, budgets });
    const told = async (key?: string) => {
      scopes.length = 0;
      await github.signIn({ kind: 'token', token: 'ghp_same' }, key === undefined ? {} : { key }).identity();
      return scopes.find((scope) => scope.endsWith(' core'));
    };
    expect(await told('ada')).toBe('github https://github.com ada core');
    expect(await told('ada')).toBe(await told('ada'));
    expect(await told()).not.toBe(await told());
    expect(await told('ghp_other')).not.toContain('ghp_same');
  });

  it.each([
    ['https://github.com', 'rate_limited', 900],
    ['https://git.acme.example', undefined, 905],
  ])('hold back the 901st point of a minute at %s: %s', async (baseUrl, kind, sent) => {
    const clock = createFakeClock();
    const { fetch, requests } = createScriptedFetch(() => ({ body: user }));
    const session = githubPlugin
      .create({ baseUrl }, { fetch, clock })
      .signIn({ kind: 'token', token: 'ghp_0' });
    for (let request = 0; request < 900; request += 1) await session.identity({ maxWaitMs: 0 });
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map(() => session.identity({ maxWaitMs: 0 })));
    for (const result of results) {
      if (kind === undefined) expect(result.status).toBe('fulfilled');
      else expect(result).toMatchObject({ status: 'rejected', reason: { kind } });
    }
    expect(requests).toHaveLength(sent);
  });

  it('are not counted on by the people who renew their sign-ins, however many at once', async () => {
    const clock = createFakeClock();
    const tokens = {
      access_token: 'ghu_2',
      token_type: 'bearer',
      expires_in: 28_800,
      refresh_token: 'ghr_2',
    };
    const { fetch, requests } = createScriptedFetch(() => ({ body: tokens }));
    const oauth = { clientId: 'Iv1.a', clientSecret: 'b' };
    const flow = githubPlugin.create({ baseUrl: 'https://github.com', oauth }, { fetch, clock }).oauth;
    const credential = { kind: 'oauth', accessToken: 'ghu_1', refreshToken: 'ghr_1' } as const;
    const people = Array.from({ length: 300 }, () =>
      Promise.resolve(flow?.refresh(credential, { maxWaitMs: 0 })),
    );
    await Promise.all(people);
    expect(requests).toHaveLength(300);
  });

  it('of one part of the API do not close the others', async () => {
    const clock = createFakeClock();
    const spent = (resource: string) => ({
      status: 403,
      headers: {
        'x-ratelimit-limit': '30',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(clock.now().getTime() / 1000 + 3000),
        'x-ratelimit-resource': resource,
      },
      body: { message: 'API rate limit exceeded for user ID 1.' },
    });
    const { fetch } = createScriptedFetch(({ url }) => {
      if (url.includes('/search/code')) return spent('code_search');
      if (url.includes('/search/')) return spent('search');
      if (url.endsWith('/graphql')) return spent('graphql');
      return { body: user };
    });
    const github = githubPlugin.create({ baseUrl: 'https://github.com' }, { fetch, clock });
    const session = github.signIn({ kind: 'token', token: 'ghp_0' });
    for (const call of [
      () => session.octokit.request('GET /search/repositories', { q: 'x' }),
      () => session.octokit.request('GET /search/code', { q: 'x' }),
      () => session.octokit.request('POST /graphql', { query: '{viewer{login}}' }),
    ]) {
      await expect(call()).rejects.toMatchObject({ kind: 'rate_limited' });
      expect((await session.identity({ maxWaitMs: 0 })).account.username).toBe('ada');
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import { createFakeClock, createScriptedFetch } from '@anyforge/provider-kit/testing';
import { resolveHost } from './host.js';
import { gitlabPlugin } from './index.js';
import { limitsOf } from './limits.js';

function scopesFor(baseUrl: string, path: string, method = 'GET'): readonly string[] {
  const host = resolveHost({ baseUrl });
  const url = new URL(`${host.apiUrl}${path}`);
  return limitsOf(host)
    .pacing.filter(({ appliesTo }) => appliesTo?.(method, url) ?? true)
    .map(({ scope }) => scope);
}

describe('the limits of GitLab', () => {
  it.each([
    ['/user', ['api']],
    ['/projects?membership=true', ['api', 'projects']],
    ['/projects/7', ['api', 'project']],
    ['/projects/acme%2Fapi', ['api', 'project']],
    ['/projects/7/members/all?page=2', ['api', 'project members']],
    ['/projects/7/members/all/3', ['api']],
    ['/projects/7/members', ['api']],
    ['/groups', ['api', 'groups']],
    ['/groups/acme%2Fplatform', ['api', 'group']],
  ])('on GitLab.com count %s on %j', (path, scopes) => {
    expect(scopesFor('https://gitlab.com', path)).toEqual(scopes);
  });

  it('elsewhere are what the administrator set, but for the one that is low by default', () => {
    const baseUrl = 'https://acme.example/gitlab';
    expect(scopesFor(baseUrl, '/projects')).toEqual([]);
    expect(scopesFor(baseUrl, '/projects/7/members/all')).toEqual(['project members']);
    expect(scopesFor(baseUrl, '/projects/7/members/all', 'POST')).toEqual([]);
  });

  it('are obeyed where GitLab tells that one is used up, by whatever name', async () => {
    const clock = createFakeClock();
    const reset = Math.floor(clock.now().getTime() / 1_000) + 30;
    const { fetch } = createScriptedFetch(() => ({
      headers: {
        'ratelimit-name': 'throttle_authenticated_api',
        'ratelimit-limit': '10',
        'ratelimit-remaining': '0',
        'ratelimit-reset': String(reset),
      },
      body: { id: 1, username: 'ada' },
    }));
    const provider = gitlabPlugin.create({ baseUrl: 'https://acme.example/gitlab' }, { fetch, clock });
    const session = provider.signIn({ kind: 'oauth', accessToken: 'a' });
    const { gitbeaker } = session;
    await gitbeaker.Users.showCurrentUser();
    await expect(
      session.organizations({ maxWaitMs: 0 })[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({
      kind: 'rate_limited',
      details: { retryAt: new Date(reset * 1_000) },
    });
  });

  it('count a group too whose path ends in a word of the API', () => {
    expect(scopesFor('https://gitlab.com', '/groups/projects')).toEqual(['api', 'group']);
  });
});

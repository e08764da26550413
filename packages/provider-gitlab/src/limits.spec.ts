import { describe, expect, it } from '@jest/globals';
import { resolveHost } from './host.js';
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

  it('count a group too whose path ends in a word of the API', () => {
    expect(scopesFor('https://gitlab.com', '/groups/projects')).toEqual(['api', 'group']);
  });
});

import { describe, expect, it } from '@jest/globals';
import { failureOf, setUp, token, user } from './transport.fixture.js';

describe('redirects', () => {
  it('follows a redirect of a read within the origins, with the credential', async () => {
    const { fetch, requests } = setUp([
      { status: 301, headers: { location: '/repositories/1296269' } },
      { body: { id: 1296269 } },
    ]);
    const response = await fetch('https://api.github.com/repos/octocat/old-name');
    expect(response.url).toBe('https://api.github.com/repositories/1296269');
    expect(requests[1]?.headers.get('authorization')).toBe(`Bearer ${token}`);
  });

  it.each([
    ['to another host', 'https://evil.example/'],
    ['to plain HTTP', 'http://api.github.com/user'],
    ['with user info', 'https://a:b@api.github.com/user'],
    ['to nowhere', 'https://'],
  ])('refuses a redirect %s, sending nothing there', async (_, location) => {
    const { fetch, requests } = setUp([{ status: 302, headers: { location } }]);
    expect((await failureOf(fetch(user))).kind).toBe('invalid_response');
    expect(requests).toHaveLength(1);
  });

  it('refuses a redirect of a write', async () => {
    const { fetch, requests } = setUp([{ status: 307, headers: { location: '/other' } }]);
    expect((await failureOf(fetch(user, { method: 'POST', body: '{}' }))).kind).toBe('invalid_response');
    expect(requests).toHaveLength(1);
  });

  it('notices redirects in a circle', async () => {
    const { fetch, requests } = setUp(({ url }) => ({
      status: 302,
      headers: { location: url === user ? '/other' : '/user#again' },
    }));
    const failure = await failureOf(fetch(user));
    expect(failure.message).toContain('circle');
    expect(requests).toHaveLength(2);
  });

  it('gives up after five redirects', async () => {
    const { fetch, requests } = setUp((_, index) => ({ status: 302, headers: { location: `/${index}` } }));
    expect((await failureOf(fetch(user))).kind).toBe('invalid_response');
    expect(requests).toHaveLength(6);
  });
});

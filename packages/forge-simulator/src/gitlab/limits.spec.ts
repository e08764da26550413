import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { acmeWorld, get, personalToken, Simulators } from './acme.fixture.js';
import { gitlabLimitFault } from './limit-refusals.js';
import type { GitlabLimits } from './limits.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

async function arrange(limits: Partial<GitlabLimits> | 'on') {
  const clock = new ManualClock();
  const company = await simulators.startAcme({ clock, limits });
  return { ...company, clock, token: company.as(company.ada) };
}

const twice = { requests: 2, seconds: 60 };
const told = ['limit', 'observed', 'remaining', 'reset', 'resettime', 'name'];

describe('the limit of all requests', () => {
  it('is refused in plain text, with everything about it, and told of by no other answer', async () => {
    const { gitlab, token, clock } = await arrange({ authenticated: twice });
    clock.advance(15_000);
    const first = await get(gitlab, '/user', token);
    expect(told.filter((name) => first.headers.has(`ratelimit-${name}`))).toEqual([]);
    await get(gitlab, '/version', token);
    const refused = await get(gitlab, '/user', token);
    expect([refused.status, refused.text]).toEqual([429, 'Retry later\n']);
    expect(refused.headers.get('content-type')).toBe('text/plain');
    expect(refused.headers.get('retry-after')).toBe('45');
    const end = new Date('2026-11-20T12:01:00Z');
    expect(told.map((name) => refused.headers.get(`ratelimit-${name}`))).toEqual([
      '2',
      '3',
      '0',
      String(end.getTime() / 1000),
      end.toUTCString(),
      'throttle_authenticated_api',
    ]);
    clock.advance(45_000);
    expect((await get(gitlab, '/user', token)).status).toBe(200);
  });

  it('is one person’s, whatever the token, and an address’s for all others', async () => {
    const { gitlab, as, ada, grace, token } = await arrange({ authenticated: twice, anonymous: twice });
    await get(gitlab, '/user', token);
    await get(gitlab, '/user', as(ada));
    expect((await get(gitlab, '/user', as(ada))).status).toBe(429);
    expect((await get(gitlab, '/user', as(grace))).status).toBe(200);
    await get(gitlab, '/projects');
    expect((await get(gitlab, '/user', 'glpat-unknown')).status).toBe(401);
    const refused = await get(gitlab, '/projects');
    expect([refused.status, refused.headers.get('ratelimit-name')]).toEqual([
      429,
      'throttle_unauthenticated_api',
    ]);
  });

  it('counts what is answered with 304 and what is refused', async () => {
    const { gitlab, token } = await arrange({ authenticated: twice });
    const etag = (await get(gitlab, '/user', token)).headers.get('etag') ?? '';
    expect((await get(gitlab, '/user', token, { 'if-none-match': etag })).status).toBe(304);
    expect((await get(gitlab, '/nothing', token)).status).toBe(429);
  });
});

describe('the limits of single endpoints', () => {
  it.each([
    ['projects', '/projects', '/projects?page=2'],
    ['project', '/projects/acme%2Fapi', '/projects/acme%2Fopen'],
    ['projectMembers', '/projects/acme%2Fapi/members/all', '/projects/acme%2Fopen/members/all'],
    ['groups', '/groups', '/groups?page=2'],
    ['group', '/groups/acme', '/groups/partners'],
    ['groupProjects', '/groups/acme/projects', '/groups/partners/projects'],
  ] as const)('of %s are refused as JSON, with when to come again', async (limit, path, other) => {
    const { gitlab, token, clock } = await arrange({ [limit]: { requests: 1, seconds: 600 } });
    clock.advance(30_000);
    expect((await get(gitlab, path, token)).status).toBe(200);
    const refused = await get(gitlab, other, token);
    expect([refused.status, refused.body]).toEqual([
      429,
      { message: { error: 'This endpoint has been requested too many times. Try again later.' } },
    ]);
    expect(refused.headers.get('retry-after')).toBe('570');
    expect(refused.headers.has('ratelimit-reset')).toBe(false);
    expect((await get(gitlab, '/user', token)).status).toBe(200);
  });

  it('leave single members and direct members alone', async () => {
    const { gitlab, token, ada } = await arrange({ projectMembers: { requests: 0, seconds: 60 } });
    for (const path of ['members', `members/all/${ada.id}`])
      expect((await get(gitlab, `/projects/acme%2Fapi/${path}`, token)).status).toBe(200);
  });

  it('of older versions do not say when', async () => {
    const { gitlab, token } = await arrange({
      groups: { requests: 0, seconds: 60 },
      endpointsTellWhen: false,
    });
    const refused = await get(gitlab, '/groups', token);
    expect([refused.status, refused.headers.has('retry-after')]).toEqual([429, false]);
  });
});

describe('limits', () => {
  const statusAfter = async (
    count: number,
    path: string,
    whose: 'ada' | 'nobody',
    options: Omit<Parameters<Simulators['start']>[0], 'world'>,
  ) => {
    const { world, ada } = acmeWorld();
    const gitlab = await simulators.start({ world, clock: new ManualClock(), ...options });
    const token = whose === 'ada' ? personalToken(gitlab, ada) : undefined;
    for (let each = 0; each < count; each += 1) await get(gitlab, path, token);
    return (await get(gitlab, path, token)).status;
  };

  it.each([
    [{}, 429],
    [{ limits: 'off' }, 200],
    [{ profile: 'self-managed' }, 429],
    [{ profile: 'self-managed', limits: 'off' }, 200],
    [{ profile: 'self-managed', limits: { projectMembers: 'off' } }, 200],
  ] as const)(
    'of single endpoints are those of GitLab.com: with %j the 61st answer is a %i',
    async (options, status) => {
      expect(await statusAfter(60, '/projects/acme%2Fopen/members/all', 'ada', options)).toBe(status);
    },
  );

  it.each([
    [{}, 429],
    [{ profile: 'self-managed' }, 200],
    [{ profile: 'self-managed', limits: 'on' }, 429],
  ] as const)(
    'of everything are not on by default on an instance: with %j the 501st answer is a %i',
    async (options, status) => {
      expect(await statusAfter(500, '/projects', 'nobody', options)).toBe(status);
    },
  );
});

describe('gitlabLimitFault', () => {
  it.each([
    [{}, 'text/plain', '60', true],
    [{ retryAfter: 7 }, 'text/plain', '7', true],
    [{ of: 'endpoint' }, 'application/json', '60', false],
    [{ retryAfter: null }, 'application/json', null, false],
  ] as const)('with %j answers as GitLab does at a limit', async (options, type, retryAfter, tellsAll) => {
    const { gitlab, token } = await arrange('on');
    gitlab.faults.add({ match: { path: '/user' }, effect: gitlabLimitFault(options) });
    const refused = await get(gitlab, '/user', token);
    expect([refused.status, refused.headers.get('content-type')]).toEqual([429, type]);
    expect([refused.headers.get('retry-after'), refused.headers.has('ratelimit-reset')]).toEqual([
      retryAfter,
      tellsAll,
    ]);
    expect((await get(gitlab, '/user', token)).status).toBe(200);
  });
});

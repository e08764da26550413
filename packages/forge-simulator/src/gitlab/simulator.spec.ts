import { afterEach, describe, expect, it } from '@jest/globals';
import { everybody } from '../world/model.js';
import type { Acme } from './acme.fixture.js';
import { pluck, relations } from '../http/asking.fixture.js';
import { acmeWorld, get, Simulators } from './acme.fixture.js';
import { mustBeShowable } from './showable.js';
import { startGitlabSimulator } from './simulator.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

describe('a self-managed instance', () => {
  it('may live below a path, with pages, API, links and addresses of git', async () => {
    const { gitlab, as, ada } = await simulators.startAcme({
      profile: 'self-managed',
      pathPrefix: '/gitlab',
      version: '18.2.1',
    });
    const [origin = ''] = gitlab.origins;
    expect([gitlab.webUrl, gitlab.apiUrl]).toEqual([`${origin}/gitlab`, `${origin}/gitlab/api/v4`]);
    const reply = await get(gitlab, '/projects?per_page=2', as(ada));
    expect(relations(reply)['next']?.startsWith(`${origin}/gitlab/api/v4/projects?`)).toBe(true);
    expect(pluck(reply.body, 'http_url_to_repo')[0]).toBe(`${origin}/gitlab/ada/notes.git`);
    expect((await get(gitlab, `${origin}/api/v4/version`, as(ada))).status).toBe(404);
    expect((await get(gitlab, '/version', as(ada))).body).toMatchObject({ version: '18.2.1' });
    expect((await get(gitlab, '/metadata', as(ada))).body).toMatchObject({
      version: '18.2.1',
      enterprise: true,
      kas: { enabled: false },
    });
  });
});

describe('GitLab.com', () => {
  it('lives below no path', async () => {
    await expect(startGitlabSimulator({ world: acmeWorld().world, pathPrefix: '/gitlab' })).rejects.toThrow(
      'GitLab.com lives below no path',
    );
  });

  it('has a page to begin with, and none for what it does not know', async () => {
    const { gitlab } = await simulators.startAcme();
    expect((await get(gitlab, `${gitlab.webUrl}/`)).status).toBe(200);
    expect((await get(gitlab, `${gitlab.webUrl}/no/such`)).status).toBe(404);
    const unrouted = await get(gitlab, '/no/such');
    expect([unrouted.status, unrouted.body]).toEqual([404, { error: '404 Not Found' }]);
  });

  it('gives every answer an id', async () => {
    const { gitlab, as, ada } = await simulators.startAcme();
    const ids = [await get(gitlab, '/user', as(ada)), await get(gitlab, '/user')].map(({ headers }) =>
      headers.get('x-request-id'),
    );
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^01JD[0-9A-V]{22}$/);
  });

  it('can be made to fail by script, next pages included', async () => {
    const { gitlab, as, ada } = await simulators.startAcme();
    const url = 'https://elsewhere.test/api/v4/projects';
    gitlab.faults.add({ match: { path: '/projects' }, effect: { kind: 'next-link', url } });
    expect(relations(await get(gitlab, '/projects?per_page=2', as(ada)))).toMatchObject({
      next: url,
      first: expect.any(String),
    });
  });
});

const unshowable: readonly [string, (company: Acme) => unknown][] = [
  [
    "'triage' as the base permission of 'acme'",
    ({ world, acme }) => {
      world.setBasePermission(acme, 'triage');
    },
  ],
  [
    "a level between reading and writing of 'eve' in 'acme'",
    ({ world, acme, eve }) => world.setMember({ organization: acme, person: eve, level: 'triage' }),
  ],
  [
    "'guest' with the level 'read' on 'acme/api'",
    ({ world, api, eve }) => world.grant({ to: eve, on: api, level: 'read', role: 'guest' }),
  ],
  [
    "a grant of nothing on 'acme/api'",
    ({ world, api, eve }) => world.grant({ to: eve, on: api, level: 'none' }),
  ],
  [
    "a grant to everybody on 'acme/api'",
    ({ world, api }) => world.grant({ to: everybody, on: api, level: 'read' }),
  ],
  [
    "the team 'staff' with a grant on 'acme/api'",
    ({ world, api, acme }) =>
      world.grant({ to: world.addTeam({ organization: acme, slug: 'staff' }), on: api, level: 'read' }),
  ],
  [
    "a grant on the project 'CORE'",
    ({ world, acme, eve }) =>
      world.grant({ to: eve, on: world.addProject({ organization: acme, key: 'CORE' }), level: 'read' }),
  ],
];

describe('what GitLab cannot show', () => {
  it.each(unshowable)('is refused: %s', (what, change) => {
    const company = acmeWorld();
    mustBeShowable(company.world);
    change(company);
    expect(() => {
      mustBeShowable(company.world);
    }).toThrow(`GitLab cannot show ${what}`);
  });

  it('is refused when the world becomes so, in words', async () => {
    const { world, gitlab, as, ada, acme } = await simulators.startAcme();
    const token = as(ada);
    world.setBasePermission(acme, 'triage');
    const reply = await get(gitlab, '/user', token);
    expect([reply.status, reply.text]).toEqual([500, expect.stringContaining('GitLab cannot show')]);
    await expect(startGitlabSimulator({ world })).rejects.toThrow('GitLab cannot show');
  });

  it('are no teams: they may be, without grants', () => {
    const { world, acme, ada } = acmeWorld();
    world.addTeam({ organization: acme, slug: 'staff', members: [ada] });
    expect(() => {
      mustBeShowable(world);
    }).not.toThrow();
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { generateWorld } from '../world/generate.js';
import { reachOf } from '../world/access.js';
import { fieldOf } from '../http/asking.fixture.js';
import { DataCenters, exceptionOf, get, pluck } from './company.fixture.js';
import { bitbucketDataCenterRules } from './permissions.js';

const dataCenters = new DataCenters();
afterEach(() => dataCenters.closeAll());

describe('the listing of repositories', () => {
  it.each([
    ['', ['api', 'open', 'web', 'notes']],
    ['&permission=REPO_READ', ['api', 'web', 'notes']],
    ['&permission=REPO_WRITE', ['api', 'web', 'notes']],
    ['&permission=REPO_ADMIN', ['web', 'notes']],
    ['&visibility=public', ['open']],
    ['&visibility=private', ['api', 'web', 'notes']],
    ['&projectkey=acme', ['api', 'open', 'web']],
    ['&projectkey=~ADA', ['notes']],
    ['&projectname=Ada', ['notes']],
    ['&name=%20WEB%20', ['web']],
    ['&state=AVAILABLE', ['api', 'open', 'web', 'notes']],
    ['&state=OFFLINE', []],
  ])('holds by %p what the caller has that permission on', async (query, slugs) => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    const page = await get(bitbucket, `/repos?limit=100${query}`, tokens.ada);
    expect(pluck(page, 'slug').toSorted()).toEqual(slugs.toSorted());
  });

  it.each([
    ['', ['api', 'open', 'web']],
    ['?archived=ACTIVE', ['api', 'open', 'web']],
    ['?archived=ARCHIVED', ['old']],
    ['?archived=ALL', ['api', 'old', 'open', 'web']],
  ])('leaves archived ones out unless asked for them (%p)', async (query, slugs) => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    expect(pluck(await get(bitbucket, `/repos${query}`, tokens.grace), 'slug')).toEqual(slugs);
  });

  it('knows no archives before version 8', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany({ version: '7.21.5' });
    const page = await get(bitbucket, '/repos?archived=ARCHIVED', tokens.grace);
    expect(pluck(page, 'slug')).toEqual(['api', 'old', 'open', 'web']);
    expect(pluck(page, 'archived')).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('shows nobody what is public, and nothing that would need a permission', async () => {
    const { bitbucket } = await dataCenters.startCompany();
    const seen = await get(bitbucket, '/repos');
    const granted = await get(bitbucket, '/repos?permission=REPO_READ');
    expect([seen.status, pluck(seen, 'slug')]).toEqual([200, ['open']]);
    expect([granted.status, pluck(granted, 'slug')]).toEqual([200, []]);
  });

  it.each(['permission=REPO_OWNER', 'archived=SOME', 'visibility=internal', 'state=GONE', 'start=x'])(
    'refuses %s',
    async (query) => {
      const { bitbucket, tokens } = await dataCenters.startCompany();
      expect((await get(bitbucket, `/repos?${query}`, tokens.ada)).status).toBe(400);
    },
  );

  it('agrees with the levels that the world computes, also for administrators of the whole forge', async () => {
    const { world, viewer } = generateWorld({
      seed: 5,
      repositories: 120,
      reach: 0.6,
      levels: ['read', 'write', 'admin'],
      customRoles: false,
      visibilities: ['private', 'public'],
    });
    const root = world.addPerson({ username: 'root', administrator: true });
    const bitbucket = await dataCenters.start({ world });
    for (const person of [viewer, root]) {
      const token = bitbucket.tokens.issue({ kind: 'personal', person });
      const reach = [...reachOf(world, person, bitbucketDataCenterRules)];
      for (const [permission, levels] of [
        ['REPO_READ', ['read', 'write', 'admin']],
        ['REPO_WRITE', ['write', 'admin']],
        ['REPO_ADMIN', ['admin']],
      ] as const) {
        const page = await get(bitbucket, `/repos?permission=${permission}&archived=ALL&limit=1000`, token);
        const expected = reach.filter(([, { level }]) => levels.some((each) => each === level));
        expect(pluck(page, 'id').toSorted()).toEqual(expected.map(([{ id }]) => id).toSorted());
      }
    }
  });
});

describe('a repository', () => {
  it('is found by its path in whatever case, with where to clone it from', async () => {
    const { bitbucket, tokens, web } = await dataCenters.startCompany({ pathPrefix: '/bitbucket' });
    const { status, body } = await get(bitbucket, '/projects/acme/repos/WEB', tokens.ada);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: web.id,
      slug: 'web',
      project: { key: 'ACME', type: 'NORMAL' },
      public: false,
      origin: { slug: 'api' },
      links: {
        clone: [
          { name: 'http', href: `${bitbucket.webUrl}/scm/acme/web.git` },
          { name: 'ssh', href: 'ssh://git@127.0.0.1:7999/acme/web.git' },
        ],
      },
    });
    expect(fieldOf(body, 'defaultBranch')).toBeUndefined();
  });

  it('of a person is in the project of that name', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    const { body } = await get(bitbucket, '/projects/~ada/repos/notes', tokens.ada);
    expect(body).toMatchObject({ slug: 'notes', project: { key: '~ada', type: 'PERSONAL' } });
    expect((await get(bitbucket, '/projects/ada/repos/notes', tokens.ada)).status).toBe(404);
    expect((await get(bitbucket, '/projects/~ada', tokens.ada)).body).toMatchObject({ key: '~ada' });
  });

  it('tells its default branch at an address of its own', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    const { body } = await get(bitbucket, '/projects/ACME/repos/api/default-branch', tokens.eve);
    expect(body).toEqual({ id: 'refs/heads/main', displayId: 'main', type: 'BRANCH' });
  });

  it('is refused to whoever may not see it, and is not there where there is none', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    const hidden = await get(bitbucket, '/projects/ACME/repos/web', tokens.eve);
    const missing = await get(bitbucket, '/projects/ACME/repos/nothing', tokens.eve);
    const elsewhere = await get(bitbucket, '/projects/NONE', tokens.eve);
    expect([hidden.status, exceptionOf(hidden)]).toEqual([
      401,
      'com.atlassian.bitbucket.AuthorisationException',
    ]);
    expect([missing.status, exceptionOf(missing)]).toEqual([
      404,
      'com.atlassian.bitbucket.repository.NoSuchRepositoryException',
    ]);
    expect([elsewhere.status, exceptionOf(elsewhere)]).toEqual([
      404,
      'com.atlassian.bitbucket.project.NoSuchProjectException',
    ]);
  });

  it.each([
    ['redirect', 301],
    ['not-found', 404],
  ] as const)('that was renamed answers its old path with %s', async (oldPaths, status) => {
    const { bitbucket, tokens, world, web } = await dataCenters.startCompany({ oldPaths });
    world.renameRepository(web, 'site');
    const reply = await get(bitbucket, '/projects/ACME/repos/web/default-branch?x=1', tokens.ada);
    expect(reply.status).toBe(status);
    if (status === 301)
      expect(reply.headers.get('location')).toBe(
        `${bitbucket.apiUrl}/projects/ACME/repos/site/default-branch?x=1`,
      );
    else expect(exceptionOf(reply)).toMatch('NoSuchRepository');
  });
});

describe('projects', () => {
  it.each([
    ['', ['ACME', 'Open', 'OTHER']],
    ['?permission=PROJECT_VIEW', ['ACME', 'OTHER']],
    ['?permission=PROJECT_READ', ['OTHER']],
    ['?permission=PROJECT_WRITE', ['OTHER']],
    ['?permission=PROJECT_ADMIN', []],
    ['?name=oth', ['OTHER']],
  ])('are listed by what the caller has in them (%p), without people’s own', async (query, keys) => {
    const { bitbucket, tokens, world, developers, grace } = await dataCenters.startCompany();
    const other = world.addOrganization({ slug: 'OTHER', name: 'Other', owners: [grace] });
    world.grant({ to: developers, on: other, level: 'write' });
    const open = world.addOrganization({ slug: 'Open', owners: [grace] });
    world.addRepository({ owner: open, name: 'seen-by-all', visibility: 'public' });
    expect(pluck(await get(bitbucket, `/projects${query}`, tokens.ada), 'key')).toEqual(keys);
  });

  it('show of their repositories what the caller sees', async () => {
    const { bitbucket, tokens } = await dataCenters.startCompany();
    const page = await get(bitbucket, '/projects/ACME/repos', tokens.eve);
    expect(pluck(page, 'slug')).toEqual(['api', 'open']);
  });

  it('are refused to whoever has nothing in them', async () => {
    const { bitbucket, tokens, world, grace } = await dataCenters.startCompany();
    world.addOrganization({ slug: 'SECRET', owners: [grace] });
    expect(exceptionOf(await get(bitbucket, '/projects/SECRET', tokens.ada))).toMatch('Authorisation');
  });
});

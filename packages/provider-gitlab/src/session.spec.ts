import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Paged } from '@anyforge/core';
import type { GitlabSimulator } from '@anyforge/forge-simulator';
import { createWorld, gitlabRules, holdersOf, startGitlabSimulator } from '@anyforge/forge-simulator';
import { inspect } from 'node:util';
import { gitlabPlugin } from './index.js';

const scopes = ['read_api', 'read_repository'];

async function collect<T>(listing: Paged<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of listing) items.push(item);
  return items;
}

function makeCompany() {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada' });
  const grace = world.addPerson({ username: 'grace', email: 'grace@acme.example' });
  const acme = world.addOrganization({ slug: 'acme', owners: [grace] });
  const platform = world.addOrganization({ slug: 'plattform-größe', parent: acme });
  const strangers = world.addOrganization({ slug: 'strangers' });
  world.addRepository({ owner: strangers, name: 'site', visibility: 'public' });
  return {
    world,
    ada,
    grace,
    acme,
    platform,
    api: world.addRepository({ owner: platform, name: 'api' }),
    open: world.addRepository({ owner: platform, name: 'open', visibility: 'public' }),
    empty: world.addRepository({ owner: acme, name: 'empty', empty: true }),
  };
}

describe('a session with GitLab', () => {
  let company: ReturnType<typeof makeCompany>;
  let gitlab: GitlabSimulator;

  beforeEach(async () => {
    company = makeCompany();
    gitlab = await startGitlabSimulator({ world: company.world });
  });
  afterEach(() => gitlab.close());

  const sessionOf = (token: string) =>
    gitlabPlugin.create({ baseUrl: gitlab.webUrl }).signIn({ kind: 'token', token });
  const personal = (person = company.ada, more: object = {}) =>
    gitlab.tokens.issue({ kind: 'personal', person, scopes, ...more });
  const levelsOf = async (token: string) =>
    Object.fromEntries(
      (await collect(sessionOf(token).repositories())).map(({ path, permission }) => [
        path,
        `${permission.level} ${permission.native}`,
      ]),
    );

  it('reads the code as a Guest only where GitLab shows it', async () => {
    const { world, ada, acme, api, open, empty } = company;
    world.setMember({ organization: acme, person: ada, level: 'none', roleName: 'guest' });
    const expected = { [api.path]: 'none Guest', [open.path]: 'read Guest', [empty.path]: 'none Guest' };
    expect(await levelsOf(personal())).toEqual(expected);
    const one = await sessionOf(personal()).repository({ path: api.path });
    expect(one.permission).toEqual({ level: 'none', native: 'Guest' });
    world.setMember({ organization: acme, person: ada, level: 'none', roleName: 'planner' });
    expect(await levelsOf(personal())).toMatchObject({ [api.path]: 'none Planner' });
    world.setMember({ organization: acme, person: ada, level: 'read', roleName: 'security_manager' });
    expect(await levelsOf(personal())).toMatchObject({ [api.path]: 'read Security Manager' });
  });

  it('does not list what is merely public, and says so when it is asked for', async () => {
    const { api, open } = company;
    expect(await levelsOf(personal())).toEqual({});
    const session = sessionOf(personal());
    expect((await session.repository({ path: open.path })).permission).toEqual({
      level: 'read',
      native: 'public',
    });
    await expect(session.repository({ path: api.path })).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('counts what comes through the invitations of an invited group, as the listing does', async () => {
    const { world, ada, acme } = company;
    const friends = world.addOrganization({ slug: 'friends' });
    const partners = world.addOrganization({ slug: 'partners' });
    const joint = world.addRepository({ owner: acme, name: 'joint' });
    world.setMember({ organization: friends, person: ada, level: 'write' });
    world.grant({ to: friends, on: partners, level: 'write' });
    world.grant({ to: partners, on: joint, level: 'write' });
    expect(await levelsOf(personal())).toEqual({ [joint.path]: 'write Developer' });
    const { permission } = await sessionOf(personal()).repository({ path: joint.path });
    expect(permission).toEqual({ level: 'write', native: 'Developer' });
  });

  it.each([
    ['is shown to nobody', 403, {}],
    ['awaits approval', 200, { access_level: 50, membership_state: 'awaiting' }],
  ])('asks the listing where the membership %s', async (_, status, change) => {
    const { world, ada, api } = company;
    world.grant({ to: ada, on: api, level: 'write' });
    const row = { id: ada.id, username: 'ada', state: 'active', ...change };
    const body = status === 200 ? row : { message: '403 Forbidden' };
    gitlab.faults.add({ match: { path: /members\/all\/\d+$/ }, effect: { kind: 'respond', status, body } });
    const { permission } = await sessionOf(personal()).repository({ path: api.path });
    expect(permission).toEqual({ level: 'write', native: 'Developer' });
  });

  it('says what gives somebody who is no member the code, and takes no other project for it', async () => {
    const { world, ada, acme, open } = company;
    const internal = world.addRepository({ owner: acme, name: 'internal', visibility: 'internal' });
    const later = world.addRepository({ owner: acme, name: 'later' });
    world.grant({ to: ada, on: later, level: 'admin' });
    const session = sessionOf(personal());
    for (const { path, visibility } of [internal, open])
      expect((await session.repository({ path })).permission).toEqual({ level: 'read', native: visibility });
  });

  it('finds a project at the path that it had before', async () => {
    const { world, grace, acme } = company;
    const session = sessionOf(personal(grace));
    const moved = world.addRepository({ owner: acme, name: 'before' });
    const { path } = moved;
    world.renameRepository(moved, 'after');
    expect(await session.repository({ path })).toMatchObject({ id: String(moved.id), path: 'acme/after' });
  });

  it('names no default branch for an empty project', async () => {
    const { grace, api, empty } = company;
    const session = sessionOf(personal(grace));
    expect((await session.repository({ id: String(empty.id) })).defaultBranch).toBeUndefined();
    expect((await session.repository({ id: String(api.id) })).defaultBranch).toBe('main');
  });

  it('lists the groups of the account, nested ones too, in the order of ids, and no others', async () => {
    const { world, grace, platform } = company;
    world.addOrganization({ slug: 'aaa', owners: [grace] });
    const groups = await collect(sessionOf(personal(grace)).organizations());
    expect(groups.map(({ path }) => path)).toEqual(['acme', 'acme/plattform-größe', 'aaa']);
    expect(groups[1]).toMatchObject({
      id: String(platform.id),
      webUrl: expect.stringContaining(gitlab.webUrl),
    });
  });

  it('lists the groups of an administrator, not those of the whole instance', async () => {
    const { world } = company;
    const root = world.addPerson({ username: 'root', administrator: true });
    world.addOrganization({ slug: 'operations', owners: [root] });
    const groups = await collect(sessionOf(personal(root)).organizations());
    expect(groups.map(({ path }) => path)).toEqual(['operations']);
  });

  it('knows who the token acts as, what it may do and until when', async () => {
    const { grace } = company;
    const token = personal(grace, { scopes: ['read_api'], expiresOn: '2027-01-31' });
    expect(await sessionOf(token).identity()).toEqual({
      account: expect.objectContaining({ id: String(grace.id), username: 'grace', kind: 'user' }),
      email: 'grace@acme.example',
      scopes: ['read_api'],
      missingScopes: ['read_repository'],
      expiresAt: new Date('2027-01-31T00:00:00Z'),
    });
  });

  it('knows what an OAuth token may do, as a credential of its own or as a plain token', async () => {
    const { ada } = company;
    const expiresAt = new Date(Date.now() + 3_600_000);
    const token = gitlab.tokens.issue({ kind: 'oauth', person: ada, scopes: ['api'], expiresAt });
    const provider = gitlabPlugin.create({ baseUrl: gitlab.webUrl });
    for (const credential of [
      { kind: 'token', token } as const,
      { kind: 'oauth', accessToken: token } as const,
    ]) {
      const identity = await provider.signIn(credential).identity();
      expect(identity).toMatchObject({ account: { username: 'ada' }, scopes: ['api'], missingScopes: [] });
      const distance = (identity.expiresAt?.getTime() ?? 0) - expiresAt.getTime();
      expect(Math.abs(distance)).toBeLessThan(5_000);
    }
  });

  it('takes the user of a token of a project or a group for a bot', async () => {
    const { grace, acme, api } = company;
    const ofProject = gitlab.tokens.issue({ kind: 'project', project: api, level: 'maintain', scopes });
    const ofGroup = gitlab.tokens.issue({ kind: 'group', group: acme, level: 'write', scopes });
    for (const token of [ofProject, ofGroup])
      expect((await sessionOf(token).identity()).account.kind).toBe('bot');
    expect(await levelsOf(ofProject)).toEqual({ [api.path]: 'maintain Maintainer' });
    const people = await collect(sessionOf(personal(grace)).permissions({ path: api.path }));
    expect(people.map(({ account }) => account.kind).toSorted()).toEqual(['bot', 'bot', 'user']);
  });

  it('lists everybody with what they can do, and where it comes from as far as that is told', async () => {
    const { world, ada, grace, acme } = company;
    const lin = world.addPerson({ username: 'lin' });
    const blocked = world.addPerson({ username: 'blocked', suspended: true });
    const partners = world.addOrganization({ slug: 'partners', owners: [lin] });
    const project = world.addRepository({ owner: acme, name: 'joint' });
    world.grant({ to: ada, on: project, level: 'write' });
    world.grant({ to: blocked, on: project, level: 'write' });
    const session = sessionOf(personal(grace));
    const told = async () =>
      Object.fromEntries(
        (await collect(session.permissions({ id: String(project.id) })))
          .filter(({ account }) => account.kind === 'user')
          .map(({ account, permission, via }) => [
            account.username,
            [permission.level, permission.native, via],
          ]),
      );
    expect(await told()).toMatchObject({
      ada: ['write', 'Developer', ['direct']],
      grace: ['admin', 'Owner', ['inherited']],
      blocked: ['none', 'Developer', ['direct']],
    });
    world.grant({ to: partners, on: project, level: 'read' });
    expect(await told()).toMatchObject({
      ada: ['write', 'Developer', ['direct']],
      grace: ['admin', 'Owner', ['inherited']],
      lin: ['read', 'Reporter', undefined],
    });
  });

  it('lists as many people as there are', async () => {
    const { world, grace, acme } = company;
    const project = world.addRepository({ owner: acme, name: 'crowded' });
    for (let index = 0; index < 230; index += 1)
      world.grant({ to: world.addPerson({ username: `person-${index}` }), on: project, level: 'read' });
    const listed = await collect(sessionOf(personal(grace)).permissions({ path: project.path }));
    expect(new Set(listed.map(({ account }) => account.id)).size).toBe(
      holdersOf(world, project, gitlabRules).size,
    );
  });

  it('takes no answer to nobody for a listing, where the credential is lost on the way', async () => {
    const { grace, acme } = company;
    const stripped: typeof fetch = (input, init) => {
      const request = new Request(input, init);
      request.headers.delete('authorization');
      return fetch(request);
    };
    const session = gitlabPlugin
      .create({ baseUrl: gitlab.webUrl }, { fetch: stripped })
      .signIn({ kind: 'token', token: personal(grace) });
    const narrowed = { organizations: [{ id: String(acme.id) }] };
    for (const listing of [session.repositories(), session.repositories(narrowed), session.organizations()])
      await expect(collect(listing)).rejects.toMatchObject({ kind: 'unauthenticated' });
  });

  it('believes that there is nothing where the token may not read its own user', async () => {
    gitlab.faults.add({
      match: { path: '/user' },
      times: 2,
      effect: { kind: 'respond', status: 403, body: { error: 'insufficient_granular_scope' } },
    });
    const session = sessionOf(personal());
    expect(await collect(session.repositories())).toEqual([]);
    expect(await collect(session.organizations())).toEqual([]);
  });

  it('reaches all of GitLab through Gitbeaker, which throws the same errors', async () => {
    const { grace, api } = company;
    const token = personal(grace);
    const { gitbeaker } = sessionOf(token);
    expect((await gitbeaker.Users.showCurrentUser()).username).toBe('grace');
    const projects = await gitbeaker.Projects.all({ membership: true });
    expect(projects.map(({ id }) => id)).toContain(api.id);
    gitlab.tokens.revoke(token);
    const error: unknown = await gitbeaker.Users.showCurrentUser().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'unauthenticated' });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(token);
  });

  it('gives the credential for git', async () => {
    expect(await sessionOf('glpat-1').gitCredential()).toEqual({
      kind: 'basic',
      username: 'oauth2',
      password: 'glpat-1',
    });
  });

  it.each([
    { path: 'acme' },
    { path: 'acme/../user' },
    { path: '../user/x' },
    { path: 'a//b' },
    { id: '../user' },
    { id: 'acme%2Fapi' },
  ])('asks nothing for a reference that cannot be one: %j', async (reference) => {
    const session = sessionOf('glpat-1');
    await expect(session.repository(reference)).rejects.toMatchObject({ kind: 'invalid_request' });
    expect(gitlab.log.entries).toEqual([]);
  });
});

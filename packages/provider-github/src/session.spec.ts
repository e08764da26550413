import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CallEvent, Page, Paged, Repository } from '@anyforge/core';
import type { GithubSimulator, TokenRequest } from '@anyforge/forge-simulator';
import {
  createWorld,
  generateWorld,
  holdersOf,
  reachOf,
  startGithubSimulator,
} from '@anyforge/forge-simulator';
import { inspect } from 'node:util';
import { githubPlugin } from './index.js';

const allScopes = ['repo', 'read:org', 'read:user'];

async function collect<T>(listing: Paged<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of listing) items.push(item);
  return items;
}

async function collectPages<T>(listing: Paged<T>): Promise<Page<T>[]> {
  const pages: Page<T>[] = [];
  for await (const page of listing.pages()) pages.push(page);
  return pages;
}

const summarize = ({ path, permission }: Repository) => `${path} ${permission.level}`;

describe.each(['cloud', 'enterprise-server'] as const)('a session with GitHub (%s)', (profile) => {
  const { world, viewer } = generateWorld({ seed: 7, repositories: 450, reach: 0.9 });
  let github: GithubSimulator;

  beforeEach(async () => {
    github = await startGithubSimulator({ world, profile });
  });
  afterEach(() => github.close());

  const provider = () => githubPlugin.create({ baseUrl: github.webUrl, apiUrl: github.apiUrl });
  const signIn = (request: Partial<TokenRequest> = {}) => {
    const token = github.tokens.issue({
      kind: 'classic',
      person: viewer,
      scopes: allScopes,
      ...request,
    } as TokenRequest);
    return { token, session: provider().signIn({ kind: 'token', token }) };
  };
  const expected = () =>
    [...reachOf(world, viewer)].map(([{ path }, { level }]) => `${path} ${level}`).toSorted();

  it('knows who the token acts as, what it may do and until when', async () => {
    const expiresAt = new Date('2027-01-31T00:00:00Z');
    const { session } = signIn({ scopes: ['repo'], expiresAt });
    expect(await session.identity()).toMatchObject({
      account: { id: String(viewer.id), username: 'ada', kind: 'user', displayName: 'Ada Viewer' },
      scopes: ['repo'],
      missingScopes: ['read:org', 'read:user'],
      expiresAt,
    });
  });

  it('lists every repository that the account reaches, each with the effective permission', async () => {
    const { session } = signIn();
    const repositories = await collect(session.repositories());
    expect(repositories.map(summarize).toSorted()).toEqual(expected());
    expect(repositories.map(({ path }) => path.toLowerCase())).toEqual(
      repositories.map(({ path }) => path.toLowerCase()).toSorted(),
    );
  });

  it('asks for each page once, and how many there are in the end', async () => {
    const { session } = signIn();
    await collect(session.repositories());
    const pages = github.log
      .to('/user/repos')
      .map(({ query }) => `${query['page'] ?? '1'} of ${query['per_page'] ?? ''}`);
    expect(pages.toSorted()).toEqual([
      '1 of 100',
      '100 of 1',
      ...[2, 3, 4, 5].map((page) => `${page} of 100`),
    ]);
  });

  it('goes on after any page in a new session, and refuses the page of another listing', async () => {
    const { session, token } = signIn();
    const pages = await collectPages(session.repositories());
    const whole = pages.flatMap(({ items }) => items.map(({ id }) => id));
    for (const [index, { resume }] of pages.entries()) {
      if (resume === undefined) {
        expect(index).toBe(pages.length - 1);
        continue;
      }
      const later = provider().signIn({ kind: 'token', token });
      const rest = await collect(later.repositories({ resume }));
      const before = pages.slice(0, index + 1).flatMap(({ items }) => items.map(({ id }) => id));
      expect([...before, ...rest.map(({ id }) => id)]).toEqual(whole);
    }
    const resume = pages[0]?.resume;
    for (const other of [{ patterns: ['acme/**'] }, { organizations: [{ id: '1' }] }]) {
      const foreign = collect(session.repositories({ resume, ...other }));
      await expect(foreign).rejects.toMatchObject({ kind: 'invalid_request' });
    }
  });

  it('narrows a listing by organizations and patterns', async () => {
    const { session } = signIn();
    const [organization] = await collect(session.organizations());
    const { id = '', path = '' } = organization ?? {};
    const all = await collect(session.repositories());
    const owned = all.filter(({ namespace }) => namespace === path).map(({ path: name }) => name);
    const names = async (query: Parameters<typeof session.repositories>[0]) =>
      (await collect(session.repositories(query))).map(({ path: name }) => name);
    expect(owned.length).toBeGreaterThan(0);
    expect(await names({ organizations: [{ id }] })).toEqual(owned);
    expect(await names({ organizations: [{ path: path.toUpperCase() }] })).toEqual(owned);
    expect(await names({ organizations: [{ id: '999999' }] })).toEqual([]);
    expect(await names({ patterns: [`${path}/**`, '!**/*-api-*'] })).toEqual(
      owned.filter((name) => !name.includes('-api-')),
    );
  });

  it('lists the organizations that the account is a member of', async () => {
    const { session } = signIn();
    const organizations = await collect(session.organizations());
    const memberships = [...world.membershipsOf(viewer)].map(({ organization }) => organization.slug);
    expect(organizations.map(({ path }) => path).toSorted()).toEqual(memberships.toSorted());
    expect(organizations[0]?.webUrl).toBe(`${github.webUrl}/${organizations[0]?.path ?? ''}`);
  });

  it('offers to resume only what can be resumed', async () => {
    const { session } = signIn();
    for (let index = 0; index < 101; index += 1) {
      world.addOrganization({ slug: `many-${index}`, members: [viewer] });
    }
    const pages = await collectPages(session.organizations());
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.every(({ resume }) => resume === undefined)).toBe(true);
    for (let index = 0; index < 101; index += 1) {
      const organization = world.organization(`many-${index}`);
      if (organization !== undefined) world.removeMember(organization, viewer);
    }
  });

  it('does not list an organization that the account is only invited to', async () => {
    const { session } = signIn();
    const organization = world.addOrganization({ slug: 'inviting' });
    world.setMember({ organization, person: viewer, state: 'pending' });
    expect((await collect(session.organizations())).map(({ path }) => path)).not.toContain('inviting');
    world.removeMember(organization, viewer);
  });

  it('finds one repository by id and by path', async () => {
    const { session } = signIn();
    const [first] = await collect(session.repositories());
    const { id = '', path = '' } = first ?? {};
    expect(await session.repository({ id })).toMatchObject({ id, path, permission: first?.permission });
    expect(await session.repository({ path })).toMatchObject({ id, path });
  });

  it("lists everyone's permission on a repository", async () => {
    const { session } = signIn();
    const repository = [...reachOf(world, viewer)].find(([, { level }]) => level === 'admin')?.[0];
    if (repository === undefined) throw new Error('the viewer administers no repository');
    const people = await collect(session.permissions({ id: String(repository.id) }));
    expect(github.log.entries.at(-1)?.query).toMatchObject({ affiliation: 'all', per_page: '100' });
    expect(
      people.map(({ account, permission }) => `${account.username} ${permission.level}`).toSorted(),
    ).toEqual(
      [...holdersOf(world, repository)].map(([{ username }, { level }]) => `${username} ${level}`).toSorted(),
    );
  });

  it('says why it may not tell the permissions of others', async () => {
    const { session } = signIn();
    const repository = [...reachOf(world, viewer)].find(([, { level }]) => level === 'read')?.[0];
    const refused = collect(session.permissions({ path: repository?.path ?? '' }));
    await expect(refused).rejects.toMatchObject({ kind: 'forbidden', message: /push access/ });
  });

  it('refuses a token that is revoked in the middle of a listing, after the pages before it', async () => {
    const { session, token } = signIn();
    github.faults.add({
      match: { path: '/user/repos', nth: 3 },
      effect: {
        kind: 'run',
        action: () => {
          github.tokens.revoke(token);
        },
      },
    });
    await expect(collect(session.repositories())).rejects.toMatchObject({ kind: 'unauthenticated' });
  });

  it('never follows a link or a redirect to another origin', async () => {
    const elsewhere = await startGithubSimulator({ world, profile });
    const { session, token } = signIn();
    github.faults.add({
      match: { path: '/user/repos' },
      effect: { kind: 'next-link', url: `${elsewhere.apiUrl}/user/repos?page=2` },
    });
    github.faults.add({
      match: { path: '/user' },
      effect: { kind: 'redirect', location: `${elsewhere.apiUrl}/user` },
    });
    await expect(collect(session.repositories())).rejects.toMatchObject({ kind: 'invalid_response' });
    const error: unknown = await session.identity().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'invalid_response' });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(token);
    expect(elsewhere.log.entries).toEqual([]);
    await elsewhere.close();
  });

  it.each([
    ['cut-json', { kind: 'cut-json' }, 'invalid_response'],
    ['a link loop', { kind: 'link-loop' }, 'invalid_response'],
    ['a page of HTML', { kind: 'html-page', status: 200 }, 'invalid_response'],
  ] as const)('throws rather than end a listing early on %s', async (_, effect, kind) => {
    const { session } = signIn();
    github.faults.add({ match: { path: '/user/repos', query: { page: '5' } }, times: 10, effect });
    await expect(collect(session.repositories())).rejects.toMatchObject({ kind });
  });

  it('recovers from a reset connection and a cut body without losing an item', async () => {
    const { session } = signIn();
    github.faults.add({ match: { path: '/user/repos', nth: 2 }, effect: { kind: 'reset' } });
    github.faults.add({ match: { path: '/user/repos', nth: 4 }, effect: { kind: 'cut-body' } });
    const repositories = await collect(session.repositories());
    expect(repositories.map(summarize).toSorted()).toEqual(expected());
  });

  it('stops every request when the call is cancelled', async () => {
    const { session } = signIn();
    const controller = new AbortController();
    const reason = new Error('the person went away');
    github.faults.add({
      match: { path: '/user/repos', nth: 2 },
      times: 100,
      effect: { kind: 'hang-before-headers' },
    });
    const listing = collect(session.repositories({}, { signal: controller.signal }));
    for (const page of ['2', '3', '4', '5']) await github.log.waitFor(({ query }) => query['page'] === page);
    controller.abort(reason);
    await expect(listing).rejects.toBe(reason);
    const asked = github.log.entries.length;
    await session.identity();
    expect(github.log.entries.length).toBe(asked + 1);
  });

  it.each([['a reason of the caller'], [new Error('closed')], [new DOMException('left', 'AbortError')]])(
    'rejects a cancelled call with the very reason, be it %p',
    async (reason) => {
      const { session, token } = signIn();
      const controller = new AbortController();
      const { signal } = controller;
      github.faults.add({ match: { path: '/user' }, times: 2, effect: { kind: 'hang-before-headers' } });
      const identity = session.identity({ signal });
      const direct = session.octokit.request('GET /user', { request: { signal } });
      await github.log.waitFor(({ sequence }) => sequence === 2);
      controller.abort(reason);
      await expect(identity).rejects.toBe(reason);
      await expect(direct).rejects.toBe(reason);
      await expect(session.gitCredential({ signal })).rejects.toBe(reason);
      expect(inspect(session, { depth: 9 })).not.toContain(token);
    },
  );

  it('follows the links of GitHub to the letter', async () => {
    const { session } = signIn();
    const url = `${github.apiUrl}/user/repos?per_page=100&page=2&after=Y:abc&before={x}`;
    github.faults.add({ match: { path: '/user/repos' }, effect: { kind: 'next-link', url } });
    await collect(session.repositories());
    expect(github.log.to('/user/repos')[1]?.query).toMatchObject({ after: 'Y:abc', before: '{x}' });
  });

  it('tells what happens on the wire without any secret', async () => {
    const { session, token } = signIn();
    const events: CallEvent[] = [];
    await session.identity({ onEvent: (event) => events.push(event) });
    expect(events).toContainEqual(expect.objectContaining({ kind: 'request', method: 'GET', status: 200 }));
    expect(JSON.stringify(events)).not.toContain(token);
  });

  it('gives the credential for git', async () => {
    const { session, token } = signIn();
    expect(await session.gitCredential()).toEqual({
      kind: 'basic',
      username: 'x-access-token',
      password: token,
    });
  });

  it('says at once that a token is no good', async () => {
    const session = provider().signIn({ kind: 'token', token: 'ghp_wrong' });
    await expect(session.identity()).rejects.toMatchObject({
      kind: 'unauthenticated',
      details: { repair: { text: expect.stringContaining('Sign in again') } },
    });
  });

  it.each([
    { path: 'acme' },
    { path: 'acme/../user' },
    { path: '../user' },
    { path: 'a/b/c' },
    { id: '../user' },
  ])('asks nothing for a reference that cannot be one: %j', async (reference) => {
    const { session } = signIn();
    await expect(session.repository(reference)).rejects.toMatchObject({ kind: 'invalid_request' });
    expect(github.log.entries).toEqual([]);
  });
});

describe('a session with GitHub.com', () => {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada' });
  const acme = world.addOrganization({ slug: 'acme', members: [ada], basePermission: 'write' });
  const open = world.addOrganization({ slug: 'open', members: [ada], basePermission: 'read' });
  for (const name of ['one', 'two']) {
    world.addRepository({ owner: acme, name });
    world.addRepository({ owner: open, name });
  }
  const busy = world.addOrganization({ slug: 'busy', members: [ada], basePermission: 'read' });
  for (let index = 0; index < 120; index += 1) world.addRepository({ owner: busy, name: `r${index}` });
  let github: GithubSimulator;

  beforeEach(async () => {
    github = await startGithubSimulator({ world });
  });
  afterEach(() => github.close());

  const signIn = (token: string) =>
    githubPlugin.create({ baseUrl: github.webUrl, apiUrl: github.apiUrl }).signIn({ kind: 'token', token });

  it('names the organizations that a short list leaves out for want of single sign-on', async () => {
    github.policies.set(acme, { singleSignOn: true });
    const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: allScopes });
    const pages = await collectPages(signIn(token).repositories());
    const paths = pages.flatMap(({ items }) => items.map(({ path }) => path));
    expect(paths.filter((path) => !path.startsWith('busy/'))).toEqual(['open/one', 'open/two']);
    expect(pages.length).toBeGreaterThan(1);
    for (const { omitted } of pages) {
      expect(omitted).toEqual([{ organization: { id: String(acme.id) }, reason: 'sso_required' }]);
    }
    await expect(signIn(token).repository({ path: 'acme/one' })).rejects.toMatchObject({
      kind: 'sso_required',
      details: { repair: { url: expect.stringContaining(`${github.webUrl}/orgs/acme/sso`) } },
    });
  });

  it('tells a restriction of the organization from all other refusals', async () => {
    github.policies.set(acme, { classicTokens: 'forbidden', oauthApps: ['Approved'] });
    const classic = github.tokens.issue({ kind: 'classic', person: ada, scopes: allScopes });
    const oauth = github.tokens.issue({
      kind: 'oauth',
      person: ada,
      scopes: allScopes,
      application: 'anyforge',
    });
    for (const token of [classic, oauth]) {
      await expect(signIn(token).repository({ path: 'acme/one' })).rejects.toMatchObject({
        kind: 'organization_restricted',
      });
    }
  });

  it('says which scope is missing to list organizations', async () => {
    const token = github.tokens.issue({ kind: 'classic', person: ada, scopes: ['repo'] });
    await expect(collect(signIn(token).organizations())).rejects.toMatchObject({
      kind: 'insufficient_scope',
      details: { repair: { text: expect.stringContaining('read:org') } },
    });
  });

  it.each([
    ['fine-grained', { kind: 'fine-grained', person: ada, resourceOwner: acme }],
    ['GitHub App user', { kind: 'app-user', person: ada, application: 'anyforge' }],
  ] as const)('knows a %s token, whose scopes nobody can tell', async (_, request) => {
    const identity = await signIn(github.tokens.issue(request)).identity();
    expect(identity.account.username).toBe('ada');
    expect(identity.scopes).toBeUndefined();
  });

  it('waits for no longer than it may when a limit is spent', async () => {
    await github.close();
    github = await startGithubSimulator({ world, limits: { authenticatedPerHour: 1 } });
    const session = signIn(github.tokens.issue({ kind: 'classic', person: ada, scopes: allScopes }));
    await session.identity();
    await expect(session.identity({ maxWaitMs: 0 })).rejects.toMatchObject({
      kind: 'rate_limited',
      details: { retryAt: expect.any(Date) },
    });
    expect(github.log.entries).toHaveLength(1);
  });

  it('finds a repository that was renamed, by its old path', async () => {
    const moved = world.addRepository({ owner: open, name: 'before' });
    world.renameRepository(moved, 'after');
    const session = signIn(github.tokens.issue({ kind: 'classic', person: ada, scopes: allScopes }));
    expect(await session.repository({ path: 'open/before' })).toMatchObject({ path: 'open/after' });
    world.deleteRepository(moved);
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import type { CallEvent, Page, Paged, Repository } from '@anyforge/core';
import type {
  BitbucketDataCenterSimulator,
  BitbucketDataCenterSimulatorOptions,
  Person,
} from '@anyforge/forge-simulator';
import {
  bitbucketDataCenterRules,
  generateWorld,
  holdersOf,
  reachOf,
  startBitbucketDataCenterSimulator,
} from '@anyforge/forge-simulator';
import { bitbucketDataCenterPlugin } from '../index.js';

const running: BitbucketDataCenterSimulator[] = [];
afterEach(() => Promise.all(running.splice(0).map((simulator) => simulator.close())));

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

async function setUp(options: Partial<BitbucketDataCenterSimulatorOptions> = {}, reach = 0.8) {
  const { world, viewer } = generateWorld({
    seed: 11,
    repositories: 300,
    reach,
    levels: ['read', 'write', 'admin'],
    customRoles: false,
    visibilities: ['private', 'private', 'public'],
  });
  const bitbucket = await startBitbucketDataCenterSimulator({
    world,
    pathPrefix: '/bitbucket',
    pageCaps: { repositories: 40, users: 4, projects: 2 },
    ...options,
  });
  running.push(bitbucket);
  const provider = () => bitbucketDataCenterPlugin.create({ baseUrl: `${bitbucket.webUrl}/` });
  const signIn = (person: Person) =>
    provider().signIn({ kind: 'token', token: bitbucket.tokens.issue({ kind: 'personal', person }) });
  return { world, viewer, bitbucket, provider, signIn, session: signIn(viewer) };
}

const summarize = ({ id, permission }: Repository) => `${id} ${permission.level} ${permission.native}`;
const words = { read: 'REPO_READ', write: 'REPO_WRITE', admin: 'REPO_ADMIN' } as const;

describe('the repositories of a session', () => {
  it.each(['all', 'shown'] as const)(
    'are all that the account was granted something on, each once with what it may do (starts count %s)',
    async (starts) => {
      const { world, viewer, session } = await setUp({ starts });
      const expected = [...reachOf(world, viewer, bitbucketDataCenterRules)].map(
        ([{ id }, { level }]) => `${id} ${level} ${words[level as keyof typeof words]}`,
      );
      const listed = await collect(session.repositories());
      expect(listed.map(summarize).toSorted()).toEqual(expected.toSorted());
      const levels = listed.map(({ permission }) => permission.level).join(' ');
      expect(levels).toMatch(/^(admin ?)+(write ?)+(read ?)+$/);
    },
  );

  it('take next to no more requests than there are pages in two rounds', async () => {
    const { session, bitbucket } = await setUp({ starts: 'shown' });
    const listed = await collect(session.repositories());
    const count = (...levels: string[]) =>
      listed.filter(({ permission }) => levels.includes(permission.level)).length;
    const pages = (items: number) => Math.ceil((items - 40) / 30) + 1;
    expect(bitbucket.log.to('/repos')).toHaveLength(
      2 * (pages(count('admin')) + pages(count('admin', 'write')) + pages(listed.length)),
    );
  });
});

describe('a session', () => {
  it('throws when its token is no longer recognized in the middle of a listing, rather than end it', async () => {
    const { viewer, bitbucket, provider } = await setUp();
    const token = bitbucket.tokens.issue({ kind: 'personal', person: viewer });
    bitbucket.onRequest(() => {
      if (bitbucket.log.to('/repos').length === 8) bitbucket.tokens.revoke(token);
    });
    const listing = collect(provider().signIn({ kind: 'token', token }).repositories());
    await expect(listing).rejects.toMatchObject({ kind: 'unauthenticated' });
  });

  it.each(['anonymous', 'refused'] as const)(
    'is unauthenticated by a token that Bitbucket does not know, whatever it makes of it (%s)',
    async (unrecognizedTokens) => {
      const { provider } = await setUp({ unrecognizedTokens });
      const session = provider().signIn({ kind: 'token', token: 'BBDC-nothing' });
      const calls = [
        () => session.identity(),
        () => collect(session.organizations()),
        () => collect(session.repositories()),
        () => session.repository({ path: 'org-1/nothing' }),
        () => collect(session.permissions({ id: '1' })),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ kind: 'unauthenticated' });
    },
  );

  it('lists each project once, with its page', async () => {
    const { session, bitbucket } = await setUp();
    const projects = await collect(session.organizations());
    expect(projects.map(({ path }) => path).toSorted()).toEqual(['clients', 'org-1', 'org-2', 'org-3']);
    expect(projects.find(({ path }) => path === 'org-1')).toMatchObject({
      name: 'Organization 1',
      webUrl: `${bitbucket.webUrl}/projects/org-1`,
    });
  });

  it('finds by id what has moved, and by path with its default branch and permission', async () => {
    const { session, world, viewer } = await setUp({ oldPaths: 'not-found' });
    const mine = [...reachOf(world, viewer, bitbucketDataCenterRules)].find(
      ([{ owner }, { level }]) => owner.path === 'org-1' && level === 'write',
    )?.[0];
    const other = [...world.organizations].find(({ slug }) => slug === 'clients');
    if (mine === undefined || other === undefined) throw new Error('the world has both');
    const { path } = mine;
    const before = await session.repository({ path });
    expect(before).toMatchObject({
      id: String(mine.id),
      defaultBranch: mine.defaultBranch,
      permission: { level: 'write', native: 'REPO_WRITE' },
    });
    world.grant({ to: viewer, on: mine, level: 'write' });
    world.transferRepository(mine, other);
    const found = await session.repository({ id: before.id, path });
    expect([found.id, found.namespace]).toEqual([before.id, 'clients']);
    await expect(session.repository({ path })).rejects.toMatchObject({ kind: 'not_found' });
    world.addRepository({ owner: world.organization('org-1') ?? other, name: path.split('/')[1] ?? '' });
    expect((await session.repository({ id: before.id, path })).namespace).toBe('clients');
  });

  it('tells what everybody may who sees a repository where nothing was granted', async () => {
    const { session, world } = await setUp();
    const open = world.addRepository({
      owner: world.addOrganization({ slug: 'open' }),
      name: 'seen-by-all',
      visibility: 'public',
    });
    const { permission } = await session.repository({ path: open.path });
    expect(permission).toEqual({ level: 'read', native: 'public' });
  });

  it('tells no permission that nobody had when it changes, or the repository is renamed, while it is asked for', async () => {
    for (let moment = 1; moment <= 9; moment += 1) {
      const { bitbucket, session, world, viewer } = await setUp();
      const owner = world.addOrganization({ slug: 'open' });
      const visibility = 'public';
      const renamed = world.addRepository({ owner, name: 'old-name', visibility });
      world.grant({ to: viewer, on: renamed, level: 'admin' });
      const demoted = world.addRepository({ owner, name: 'demoted', visibility });
      world.grant({ to: viewer, on: demoted, level: 'admin' });
      const { path } = renamed;
      let left = moment;
      bitbucket.onRequest(() => {
        left -= 1;
        if (left !== 0) return;
        world.renameRepository(renamed, 'another');
        world.revoke(viewer, demoted);
      });
      const first = await session.repository({ path });
      expect(['admin', 'unknown']).toContain(first.permission.level);
      world.grant({ to: viewer, on: demoted, level: 'admin' });
      world.renameRepository(renamed, 'renamed');
      left = moment;
      const second = await session.repository({ path: demoted.path });
      expect(second.permission.native).toMatch(/^(REPO_ADMIN|public|)$/);
    }
  });

  it('looks through few projects alone, named by path or by id, and no more than they hold', async () => {
    const { session, bitbucket, world } = await setUp();
    const all = await collect(session.repositories());
    const project = world.organization('org-2');
    const organizations = [{ path: 'ORG-1' }, { id: String(project?.id) }];
    bitbucket.log.clear();
    const listed = await collect(session.repositories({ organizations }));
    expect(listed.map(summarize).toSorted()).toEqual(
      all
        .filter(({ namespace }) => ['org-1', 'org-2'].includes(namespace))
        .map(summarize)
        .toSorted(),
    );
    const keys = bitbucket.log.to('/repos').map(({ query }) => query['projectkey']);
    expect(new Set(keys)).toEqual(new Set(['ORG-1', 'org-2']));
    bitbucket.log.clear();
    expect(await collect(session.repositories({ organizations: [{ id: '987654' }] }))).toEqual([]);
  });

  it('tells everybody with a licence who may do anything in a repository, and how much', async () => {
    const isLicensed = ({ id }: Person) => id % 3 !== 0;
    const { session, world, viewer } = await setUp({ isLicensed });
    for (const repository of [...reachOf(world, viewer, bitbucketDataCenterRules).keys()].slice(0, 10)) {
      const expected = [...holdersOf(world, repository, bitbucketDataCenterRules)]
        .filter(([person]) => isLicensed(person))
        .map(([{ username }, { level }]) => `${username} ${level}`);
      const told = await collect(session.permissions({ id: String(repository.id) }));
      expect(
        told.map(({ account, permission }) => `${account.username} ${permission.level}`).toSorted(),
      ).toEqual(expected.toSorted());
    }
  });

  it('knows the token of a project or repository as nobody’s account', async () => {
    const { bitbucket, provider, world } = await setUp();
    const [project] = world.organizations;
    const [repository] = world.repositories;
    if (project === undefined || repository === undefined) throw new Error('the world has both');
    const tokens = [
      bitbucket.tokens.issue({ kind: 'project', project, permission: 'PROJECT_WRITE' }),
      bitbucket.tokens.issue({ kind: 'repository', repository, permission: 'REPO_ADMIN' }),
    ];
    for (const token of tokens) {
      const session = provider().signIn({ kind: 'token', token });
      const { account } = await session.identity();
      expect(account).toMatchObject({ kind: 'token' });
      bitbucket.faults.add({
        match: { path: /^\/users\// },
        effect: { kind: 'edit', edit: (response) => ({ ...response, status: 404, body: '{"errors":[]}' }) },
      });
      const withoutPage = await session.identity();
      expect(withoutPage.account).toMatchObject({
        id: account.id,
        username: account.username,
        kind: 'token',
      });
    }
    const [ofProject = ''] = tokens;
    const listed = await collect(provider().signIn({ kind: 'token', token: ofProject }).repositories());
    expect(new Set(listed.map(summarize).map((each) => each.split(' ')[1]))).toEqual(new Set(['write']));
    expect(listed).toHaveLength([...world.repositoriesOf(project)].length);
  });

  it('knows an account whose name is not as it stands in addresses, and takes no other for it', async () => {
    const { bitbucket, world, signIn } = await setUp();
    const jane = world.addPerson({ username: 'Jane.DOE', name: 'Jane' });
    const { account, email } = await signIn(jane).identity();
    expect([account.id, account.username, email]).toEqual([
      String(jane.id),
      'Jane.DOE',
      'Jane.DOE@example.com',
    ]);
    expect(account.webUrl).toBe(`${bitbucket.webUrl}/users/jane.doe`);
    bitbucket.faults.add({
      match: { path: '/users/jane.doe' },
      effect: {
        kind: 'edit',
        edit: (response) => ({ ...response, body: response.body.replace(String(jane.id), '1') }),
      },
    });
    // Whose name stands in addresses in another way is found among all people.
    expect((await signIn(jane).identity()).account).toEqual(account);
  });

  it.each(['jane.doe', 'Jane.DOE'])(
    'knows an account where its id is not told, by its name or how that stands in addresses (%s)',
    async (told) => {
      const { bitbucket, world, signIn } = await setUp();
      const jane = world.addPerson({ username: 'Jane.DOE', name: 'Jane' });
      bitbucket.faults.add({
        match: { path: '/application-properties' },
        times: 2,
        effect: {
          kind: 'edit',
          edit: (response) => ({
            ...response,
            headers: { ...response.headers, 'x-ausername': told, 'x-auserid': '' },
          }),
        },
      });
      expect((await signIn(jane).identity()).account).toMatchObject({ id: String(jane.id), kind: 'user' });
      bitbucket.faults.add({
        match: { path: /^\/users/ },
        times: 2,
        effect: {
          kind: 'edit',
          edit: (response) => ({ ...response, body: response.body.replaceAll(/jane\.doe/gi, 'john') }),
        },
      });
      await expect(signIn(jane).identity()).rejects.toMatchObject({ kind: 'invalid_response' });
    },
  );

  it('tells what OAuth granted, and what is missing', async () => {
    const { bitbucket, viewer, provider } = await setUp();
    const identityWith = async (...scopes: string[]) => {
      const accessToken = bitbucket.tokens.issue({ kind: 'oauth', person: viewer, scopes });
      return provider().signIn({ kind: 'oauth', accessToken, scopes }).identity();
    };
    expect(await identityWith('REPO_WRITE')).toMatchObject({
      scopes: ['REPO_WRITE'],
      missingScopes: ['REPO_ADMIN'],
    });
    expect(await identityWith('PROJECT_ADMIN')).toMatchObject({
      scopes: ['PROJECT_ADMIN'],
      missingScopes: [],
    });
  });

  it('does not take for the account’s what OAuth was not granted more than', async () => {
    const { bitbucket, viewer, provider, world } = await setUp();
    const scopes = ['REPO_WRITE'];
    const accessToken = bitbucket.tokens.issue({ kind: 'oauth', person: viewer, scopes });
    const session = provider().signIn({ kind: 'oauth', accessToken, scopes });
    const listed = await collect(session.repositories());
    const levels = new Map(
      [...reachOf(world, viewer, bitbucketDataCenterRules)].map(([{ id }, { level }]) => [String(id), level]),
    );
    expect(listed).toHaveLength(levels.size);
    for (const { id, permission } of listed)
      expect(permission.level).toBe(levels.get(id) === 'read' ? 'read' : 'unknown');
    const beyond = listed.find(({ permission }) => permission.level === 'unknown');
    const found = await session.repository({ path: beyond?.path ?? '' });
    expect(found.permission).toEqual(beyond?.permission);
  });

  it('gives git a bearer token, and a password where it knows whose it is', async () => {
    const { provider } = await setUp();
    const expiresAt = new Date('2026-12-01T00:00:00Z');
    const credentials = [
      { kind: 'token', token: 'BBDC-1' },
      { kind: 'token', token: 'BBDC-2', username: 'ada' },
      { kind: 'oauth', accessToken: 'access', expiresAt },
    ] as const;
    const given = credentials.map((credential) => provider().signIn(credential).gitCredential());
    expect(await Promise.all(given)).toEqual([
      { kind: 'bearer', token: 'BBDC-1' },
      { kind: 'basic', username: 'ada', password: 'BBDC-2' },
      { kind: 'bearer', token: 'access', expiresAt },
    ]);
  });

  it('asks for anything else on the same transport', async () => {
    const { session } = await setUp();
    const events: CallEvent[] = [];
    const fetch = session.fetch({ onEvent: (event) => events.push(event) });
    const response = await fetch(`${session.apiUrl}/profile/recent/repos?limit=1`);
    expect(await response.json()).toMatchObject({ size: 1 });
    expect(events).toMatchObject([{ kind: 'request', status: 200 }]);
    await expect(fetch(`${session.apiUrl}/nothing`)).rejects.toMatchObject({ kind: 'unsupported' });
    await expect(fetch('https://elsewhere.example/')).rejects.toMatchObject({ kind: 'invalid_request' });
  });

  it('offers no page to resume, and refuses to', async () => {
    const { session } = await setUp();
    const pages = await collectPages(session.repositories());
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.every(({ resume, items }) => resume === undefined && items.length > 0)).toBe(true);
    const resumed = collect(session.repositories({ resume: 'anything' }));
    await expect(resumed).rejects.toMatchObject({ kind: 'invalid_request' });
  });

  it('waits for a full bucket where Bitbucket does not say for how long', async () => {
    const { session } = await setUp({ limits: { capacity: 3, fillPerSecond: 1000, headers: false } });
    expect(await collect(session.organizations())).toHaveLength(4);
  });
});

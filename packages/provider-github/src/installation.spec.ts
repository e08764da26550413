import { afterEach, describe, expect, it } from '@jest/globals';
import type { Paged } from '@anyforge/core';
import type { GithubSimulator, Owner } from '@anyforge/forge-simulator';
import { createWorld, startGithubSimulator } from '@anyforge/forge-simulator';
import { createScriptedFetch } from '@anyforge/provider-kit/testing';
import { githubPlugin } from './index.js';

const running: GithubSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((github) => github.close()));
});

async function collect<T>(listing: Paged<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of listing) items.push(item);
  return items;
}

async function setUp(repositories = 3) {
  const world = createWorld();
  const ada = world.addPerson({ username: 'ada' });
  const acme = world.addOrganization({ slug: 'acme', owners: [ada] });
  for (let number = 1; number <= repositories; number += 1)
    world.addRepository({ owner: acme, name: `service-${number}`, visibility: 'private' });
  world.addRepository({ owner: ada, name: 'notes', visibility: 'private' });
  const github = await startGithubSimulator({ world });
  running.push(github);
  const provider = githubPlugin.create({ baseUrl: github.webUrl, apiUrl: github.apiUrl });
  const install = (account: Owner, format: 'opaque' | 'stateless' = 'opaque') => {
    const installation = github.installations.add({ application: 'deployer', account });
    const token = github.tokens.issue({ kind: 'installation', installation, format });
    return { token, session: provider.signIn({ kind: 'token', token }) };
  };
  const asPerson = () => {
    const token = github.tokens.issue({ kind: 'app-user', person: ada, application: 'deployer' });
    return provider.signIn({ kind: 'token', token });
  };
  return { ada, acme, github, provider, install, asPerson };
}

describe.each(['opaque', 'stateless'] as const)(
  'a session with the %s token of an installation',
  (format) => {
    it('is no user, and names the account that the app is installed on', async () => {
      const { acme, install } = await setUp();
      const { session, token } = install(acme, format);
      expect(await session.identity()).toMatchObject({
        account: {
          id: `installation:${acme.id}`,
          username: 'acme',
          kind: 'token',
          displayName: 'App installation on acme',
        },
        scopes: undefined,
        missingScopes: undefined,
      });
      expect(await session.gitCredential()).toMatchObject({ username: 'x-access-token', password: token });
    });

    it('lists what the installation sees, without a guess at what it may do there', async () => {
      const { acme, install } = await setUp();
      const repositories = await collect(install(acme, format).session.repositories());
      expect(repositories.map(({ path }) => path)).toEqual([
        'acme/service-1',
        'acme/service-2',
        'acme/service-3',
      ]);
      for (const { permission } of repositories)
        expect(permission).toEqual({
          level: 'unknown',
          native: '',
          reason: expect.stringMatching(/not tell/),
        });
    });
  },
);

describe('the flags beside a repository', () => {
  const wire = {
    id: 1,
    name: 'engine',
    full_name: 'acme/engine',
    owner: { id: 7, login: 'acme', type: 'Organization' },
    private: true,
    html_url: 'https://github.com/acme/engine',
    permissions: { admin: false, maintain: false, push: true, triage: true, pull: true },
    role_name: 'write',
  };

  it.each([
    ['ghs_installation', { level: 'unknown', native: '' }],
    ['ghp_person', { level: 'write', native: 'push' }],
  ])('say for the token %s what it may do there: %j', async (token, permission) => {
    const { fetch } = createScriptedFetch(({ url }) => {
      if (url.includes('/repos/acme/engine')) return { body: wire };
      return { body: url.includes('/installation/') ? { total_count: 1, repositories: [wire] } : [wire] };
    });
    const session = githubPlugin
      .create({ baseUrl: 'https://github.com' }, { fetch })
      .signIn({ kind: 'token', token });
    expect((await session.repository({ path: 'acme/engine' })).permission).toMatchObject(permission);
    expect(await collect(session.repositories())).toMatchObject([{ permission }]);
  });
});

describe('a session with the token of an installation', () => {
  it('lists every page, goes on after any, and narrows as for people', async () => {
    const { acme, github, provider, install } = await setUp(250);
    const { session, token } = install(acme);
    const pages = [];
    for await (const page of session.repositories().pages()) pages.push(page);
    const paths = pages.flatMap(({ items }) => items.map(({ path }) => path));
    expect([pages.length, new Set(paths).size]).toEqual([3, 250]);
    const later = provider.signIn({ kind: 'token', token });
    const rest = await collect(later.repositories({ resume: pages[0]?.resume }));
    expect(rest.map(({ path }) => path)).toEqual(paths.slice(100));
    expect(await collect(session.repositories({ patterns: ['acme/service-7'] }))).toHaveLength(1);
    expect(github.log.to('/user/repos')).toEqual([]);
  });

  it('lists the organization that the app is installed on, and none for a person', async () => {
    const { ada, acme, install } = await setUp();
    expect(await collect(install(acme).session.organizations())).toMatchObject([
      { id: String(acme.id), path: 'acme' },
    ]);
    const { session } = install(ada);
    expect(await collect(session.organizations())).toEqual([]);
    expect((await session.identity()).account.username).toBe('ada');
  });

  it('tells of an installation without a repository no more than it knows', async () => {
    const { acme, install } = await setUp(0);
    const { session } = install(acme);
    expect((await session.identity()).account).toMatchObject({ id: 'installation', kind: 'token' });
    expect(await collect(session.organizations())).toEqual([]);
    expect(await collect(session.repositories())).toEqual([]);
  });
});

describe('a session with the user token of a GitHub App', () => {
  it('lists in one listing what all installations would, and what is public besides', async () => {
    const { ada, acme, github, install, asPerson } = await setUp();
    install(acme);
    install(ada);
    const session = asPerson();
    const { data } = await session.octokit.rest.apps.listInstallationsForAuthenticatedUser();
    const reached = await Promise.all(
      data.installations.map(async ({ id }) => {
        const options = { installation_id: id };
        const answer = await session.octokit.rest.apps.listInstallationReposForAuthenticatedUser(options);
        return answer.data.repositories.map(({ full_name: name }) => name);
      }),
    );
    const listed = (await collect(session.repositories())).map(({ path }) => path);
    expect(reached.flat().toSorted()).toEqual(listed.toSorted());
    expect(listed).toHaveLength(4);
    expect(github.log.to('/user/repos')).toHaveLength(1);
  });
});

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Paged, Repository } from '@anyforge/core';
import type { GitlabSimulator } from '@anyforge/forge-simulator';
import { generateWorld, gitlabRules, reachOf, startGitlabSimulator } from '@anyforge/forge-simulator';
import { inspect } from 'node:util';
import { gitlabPlugin } from './index.js';

// Each test lists more than a thousand projects, from a server in this same process.
jest.setTimeout(30_000);

const scopes = ['read_api', 'read_repository'];

async function collect<T>(listing: Paged<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of listing) items.push(item);
  return items;
}

const summarize = ({ path, permission }: Repository) => `${path} ${permission.level}`;

describe.each([
  ['com', 'inherited', undefined],
  ['self-managed', 'immediate', '/git/lab'],
] as const)('a session with GitLab (%s)', (profile, groupAccess, pathPrefix) => {
  const { world, viewer } = generateWorld({
    seed: 5,
    repositories: 1_150,
    reach: 0.95,
    nesting: 3,
    shares: true,
    teamsPerOrganization: 0,
    levels: ['read', 'write', 'maintain', 'admin'],
    guestRoles: ['guest', 'planner'],
  });
  let gitlab: GitlabSimulator;

  beforeEach(async () => {
    gitlab = await startGitlabSimulator({ world, profile, groupAccess, ...(pathPrefix && { pathPrefix }) });
  });
  afterEach(() => gitlab.close());

  const signIn = () => {
    const token = gitlab.tokens.issue({ kind: 'personal', person: viewer, scopes });
    return {
      token,
      session: gitlabPlugin.create({ baseUrl: gitlab.webUrl }).signIn({ kind: 'token', token }),
    };
  };
  const reach = reachOf(world, viewer, gitlabRules);

  it('lists every project that the account reaches, in the order of ids, with the effective permission', async () => {
    const { session } = signIn();
    const repositories = await collect(session.repositories());
    expect(repositories.map(summarize).toSorted()).toEqual(
      [...reach].map(([{ path }, { level }]) => `${path} ${level}`).toSorted(),
    );
    expect(repositories.map(({ id }) => Number(id))).toEqual(
      [...reach.keys()].map(({ id }) => id).toSorted((one, other) => one - other),
    );
  });

  it('asks per level and page, never per project, and ten at once at most', async () => {
    const { session } = signIn();
    await collect(session.repositories());
    const most = 8 * Math.ceil(reach.size / 100);
    expect(gitlab.log.entries.length).toBeLessThan(most);
    expect(gitlab.log.entries.every(({ path }) => path.endsWith('/projects'))).toBe(true);
    expect(gitlab.log.peakConcurrency).toBeLessThanOrEqual(10);
  });

  it('does not go on with from a page of another address', async () => {
    const { session, token } = signIn();
    const checkpoints: (string | undefined)[] = [];
    for await (const { resume } of session.repositories().pages()) checkpoints.push(resume);
    const [resume] = checkpoints;
    expect(resume).toBeDefined();
    const elsewhere = gitlabPlugin
      .create({ baseUrl: gitlab.webUrl.replace('127.0.0.1', 'localhost') })
      .signIn({ kind: 'token', token });
    await expect(collect(elsewhere.repositories({ resume }))).rejects.toMatchObject({
      kind: 'invalid_request',
    });
  });

  it('narrows a listing to the subtree of groups, as the whole one filtered', async () => {
    const { session } = signIn();
    const all = await collect(session.repositories());
    const nested = [...world.organizations].find(({ parent }) => parent !== undefined);
    const top = nested?.parent;
    if (nested === undefined || top === undefined) throw new Error('the world has no nested group');
    for (const [group, reference] of [
      [nested, { id: String(nested.id) }],
      [top, { path: top.path.toUpperCase() }],
    ] as const) {
      const within = all.filter(({ path }) => path.startsWith(`${group.path}/`)).map(summarize);
      expect(within.length).toBeGreaterThan(0);
      const narrowed = await collect(session.repositories({ organizations: [reference] }));
      expect(narrowed.map(summarize)).toEqual(within);
    }
    expect(await collect(session.repositories({ organizations: [{ id: '999999' }] }))).toEqual([]);
  });

  it('tells the same of one project as the listing, whatever gives the permission', async () => {
    const { session } = signIn();
    const all = await collect(session.repositories());
    for (const listed of all.filter((_, index) => index % 23 === 0)) {
      const one = await session.repository({ id: listed.id });
      expect([one.path, one.permission.level]).toEqual([listed.path, listed.permission.level]);
    }
  });

  it('shows its token in nothing that can be inspected', () => {
    const { session, token } = signIn();
    expect(inspect(session, { depth: 9, showHidden: true })).not.toContain(token);
  });
});

import { afterEach, describe, expect, it } from '@jest/globals';
import { generateWorld } from '../world/generate.js';
import { reachOf } from '../world/access.js';
import { ManualClock } from '../http/manual-clock.fixture.js';
import { get, pluck, readScopes, Simulators } from './acme.fixture.js';
import type { BitbucketCloudSimulator } from './simulator.js';

const simulators = new Simulators();
afterEach(() => simulators.closeAll());

const size = {
  levels: ['read', 'write', 'admin'],
  visibilities: ['private', 'public'],
  customRoles: false,
} as const;

/** Follows `next` to the end. */
async function all(bitbucket: BitbucketCloudSimulator, first: string, token: string): Promise<unknown[]> {
  const names: unknown[] = [];
  for (let path: string | undefined = first; path !== undefined;) {
    const { body } = await get(bitbucket, path, token);
    names.push(...pluck(body, 'full_name'));
    path = /"next":"([^"]+)"/.exec(JSON.stringify(body))?.[1];
  }
  return names;
}

describe('a listing', () => {
  it.each(['numbers', 'cursors'] as const)('is whole by following next, told by %s', async (pageNaming) => {
    const { world, viewer } = generateWorld({ ...size, repositories: 120, organizations: 1 });
    const bitbucket = await simulators.start({ world, pageNaming });
    const token = bitbucket.tokens.issue({ kind: 'oauth', person: viewer, scopes: readScopes });
    const workspaces = pluck((await get(bitbucket, '/user/workspaces', token)).body, 'workspace', 'slug');
    const names: unknown[] = [];
    for (const workspace of workspaces)
      names.push(
        ...(await all(bitbucket, `/repositories/${String(workspace)}?role=member&pagelen=7`, token)),
      );
    const reached = [...reachOf(world, viewer).keys()].map(({ path }) => path);
    expect(names.toSorted()).toEqual(reached.toSorted());
  });

  it('has ten on a page, a hundred at most, and need not tell how many there are', async () => {
    const { bitbucket, token } = await simulators.startAcme();
    expect((await get(bitbucket, '/repositories/acme', token)).body).toMatchObject({
      page: 1,
      pagelen: 10,
      size: 4,
    });
    expect((await get(bitbucket, '/repositories/acme?pagelen=101', token)).status).toBe(400);
    expect((await get(bitbucket, '/repositories/acme?page=0', token)).status).toBe(400);
    const silent = await simulators.startAcme({ tellsSize: false });
    const { body } = await get(silent.bitbucket, '/repositories/acme?pagelen=2&page=2', silent.token);
    expect(body).not.toHaveProperty('size');
    expect(body).toMatchObject({ page: 2, previous: expect.stringContaining('page=1') });
    expect(body).not.toHaveProperty('next');
  });

  it('leads elsewhere where it is scripted to', async () => {
    const { bitbucket, token } = await simulators.startAcme();
    bitbucket.faults.add({ effect: { kind: 'next-link', url: 'https://elsewhere.example/' } });
    const { body } = await get(bitbucket, '/repositories/acme', token);
    expect(body).toMatchObject({ next: 'https://elsewhere.example/' });
  });

  it('follows the world while it is read', async () => {
    const { bitbucket, token, world, acme, ada } = await simulators.startAcme();
    await get(bitbucket, '/repositories/acme', token);
    world.grant({ to: ada, on: world.addRepository({ owner: acme, name: 'new' }), level: 'read' });
    expect((await get(bitbucket, '/repositories/acme', token)).body).toMatchObject({ size: 5 });
  });
});

describe('the limit', () => {
  it('is for repository data, over a rolling hour, and names no time to come back', async () => {
    const clock = new ManualClock();
    const { bitbucket, token } = await simulators.startAcme({ clock, limits: { repositoriesPerHour: 2 } });
    await get(bitbucket, '/repositories/acme', token);
    clock.advance(1_800_000);
    await get(bitbucket, '/repositories/acme/api', token);
    const { status, text, headers } = await get(bitbucket, '/repositories/acme', token);
    expect({ status, text }).toEqual({ status: 429, text: 'Rate limit for this resource has been exceeded' });
    expect(headers.get('content-type')).toBe('text/plain');
    expect([...headers.keys()].filter((name) => /ratelimit|retry/.test(name))).toEqual([]);
    expect((await get(bitbucket, '/user', token)).status).toBe(200);
    clock.advance(1_800_000);
    expect((await get(bitbucket, '/repositories/acme', token)).status).toBe(200);
    expect((await get(bitbucket, '/repositories/acme', token)).status).toBe(429);
  });

  it('is told in headers only where it was scaled', async () => {
    const limits = { repositoriesPerHour: 3, scaled: true };
    const { bitbucket, token } = await simulators.startAcme({ limits });
    const near = async () =>
      (await get(bitbucket, '/repositories/acme', token)).headers.get('x-ratelimit-nearlimit');
    expect([await near(), await near(), await near()]).toEqual(['false', 'false', 'true']);
  });

  it('is of a user, of an access token or of all of a consumer, and lower without a credential', async () => {
    const limits = { repositoriesPerHour: 1, anonymousPerHour: 1 };
    const { bitbucket, acme, ada, eve } = await simulators.startAcme({ limits });
    const scopes = readScopes;
    const ask = async (token: Parameters<typeof get>[2]) =>
      (await get(bitbucket, '/repositories/acme', token)).status;
    const consumer = 'one consumer';
    expect(await ask(bitbucket.tokens.issue({ kind: 'oauth', person: ada, scopes, consumer }))).toBe(200);
    expect(await ask(bitbucket.tokens.issue({ kind: 'oauth', person: eve, scopes, consumer }))).toBe(429);
    expect(await ask(bitbucket.tokens.issue({ kind: 'oauth', person: eve, scopes }))).toBe(200);
    expect(await ask(bitbucket.tokens.issue({ kind: 'oauth', person: eve, scopes }))).toBe(429);
    expect(await ask(bitbucket.tokens.issue({ kind: 'access', target: acme, scopes }))).toBe(200);
    expect(await ask({})).toBe(200);
    expect(await ask({})).toBe(429);
  });
});

import type { Fault } from '@anyforge/forge-simulator';
import { bitbucketCloudUuid } from '@anyforge/forge-simulator';
import { describe, expect, it } from '@jest/globals';
import { acmeStarter, addReadable, describeAll, readable } from './acme.fixture.js';

const startAcme = acmeStarter();

describe('repositories() while the workspace changes', () => {
  async function setUp(visibility: 'private' | 'public' = 'private') {
    const started = await startAcme({ tellsSize: false });
    const added = addReadable(started.world, started.ada, 250, visibility);
    return { ...started, added };
  }

  /** Before this page of the repositories, or of the permissions, is answered. */
  function before(page: string, path: RegExp, action: () => void): Fault {
    return { match: { path, query: { page } }, effect: { kind: 'run', action } };
  }

  const repositories = /^\/repositories\//;
  const permissions = /permissions\/repositories$/;

  it('finds what slipped to a page that was read before', async () => {
    const { session, world, bitbucket, api, added } = await setUp();
    // The permissions are read whole before the second page is asked for, and after that something goes away.
    bitbucket.faults.add(
      before('2', repositories, () => {
        world.deleteRepository(api);
      }),
    );
    const lines = await describeAll(session.repositories());
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines).toEqual(expect.arrayContaining([...added]));
  });

  it('finds what slipped in either, where both are in the same order and something goes away early', async () => {
    const { session, world, bitbucket, api, added } = await setUp();
    bitbucket.faults.add(
      before('2', permissions, () => {
        world.deleteRepository(api);
      }),
    );
    expect(await describeAll(session.repositories())).toEqual(expect.arrayContaining([...added]));
  });

  it.each(['private', 'public'] as const)(
    'finds the permission on what is %s and slipped to a page of permissions that was read before',
    async (visibility) => {
      const { session, world, bitbucket, api, added } = await setUp(visibility);
      bitbucket.faults.add(
        before('3', permissions, () => {
          world.deleteRepository(api);
        }),
      );
      const lines = await describeAll(session.repositories());
      expect(new Set(lines).size).toBe(lines.length);
      expect(lines).toEqual(expect.arrayContaining([...added]));
    },
  );

  it('lists what moved to a later page once', async () => {
    const { session, world, acme, ada, bitbucket } = await setUp();
    bitbucket.faults.add(
      before('2', repositories, () => {
        world.grant({ to: ada, on: world.addRepository({ owner: acme, name: 'a-new' }), level: 'write' });
      }),
    );
    const lines = await describeAll(session.repositories());
    expect(lines).toHaveLength(254);
    expect(new Set(lines).size).toBe(254);
  });

  describe('and something is granted after the permissions were read', () => {
    async function setUpGrant(visibility: 'private' | 'public' = 'private') {
      const started = await setUp();
      const { world, acme, ada, bitbucket } = started;
      bitbucket.faults.add(
        before('2', repositories, () => {
          const on = world.addRepository({ owner: acme, name: 's-new', visibility });
          world.grant({ to: ada, on, level: 'admin' });
        }),
      );
      return started;
    }
    const question = { q: 'repository.full_name="acme/s-new"' };

    it.each(['private', 'public'] as const)(
      'asks for the permission on it when it is %s',
      async (visibility) => {
        const { session } = await setUpGrant(visibility);
        expect(await describeAll(session.repositories())).toContain('acme/s-new admin');
      },
    );

    it('says unknown of it alone when that is refused', async () => {
      const { session, bitbucket, added } = await setUpGrant();
      bitbucket.faults.add({
        match: { query: question },
        effect: { kind: 'respond', status: 403, body: { type: 'error', error: { message: 'No.' } } },
      });
      const lines = await describeAll(session.repositories());
      expect(lines).toEqual(expect.arrayContaining([...readable, ...added, 'acme/s-new unknown']));
    });

    it('leaves it out when it is public and was taken away again', async () => {
      const { session, world, ada, bitbucket, added } = await setUpGrant('public');
      bitbucket.faults.add({
        match: { query: question },
        effect: {
          kind: 'run',
          action: () => {
            const on = world.repository('acme/s-new');
            if (on !== undefined) world.revoke(ada, on);
          },
        },
      });
      expect(await describeAll(session.repositories())).toHaveLength(readable.length + added.length);
    });
  });

  it('finds all that slipped by, however much it is', async () => {
    const { session, bitbucket, added } = await setUp();
    bitbucket.faults.add({
      match: { path: repositories, query: { page: '3' } },
      effect: {
        kind: 'edit',
        edit: (response) => ({ ...response, body: JSON.stringify({ values: [] }) }),
      },
    });
    const lines = await describeAll(session.repositories());
    expect(new Set(lines)).toEqual(new Set([...readable, ...added]));
    expect(bitbucket.log.peakConcurrency).toBeLessThanOrEqual(10);
  });

  it('leaves out what has a permission and is not there, however much it is', async () => {
    const { session, bitbucket } = await startAcme();
    const gone = Array.from({ length: 30 }, (_, index) => ({
      permission: 'read',
      repository: { uuid: bitbucketCloudUuid('repository', 5_000 + index) },
    }));
    bitbucket.faults.add({
      match: { path: permissions },
      times: Infinity,
      effect: {
        kind: 'edit',
        edit: (response) => ({
          ...response,
          body: response.body.replace('"values":[', `$&${gone.map((row) => JSON.stringify(row)).join()},`),
        }),
      },
    });
    expect(await describeAll(session.repositories())).toEqual(readable);
  });
});

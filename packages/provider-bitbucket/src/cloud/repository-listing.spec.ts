import { bitbucketCloudUuid } from '@anyforge/forge-simulator';
import { describe, expect, it } from '@jest/globals';
import { acmeStarter, addReadable, describeAll, oauthOf, readable, signIn } from './acme.fixture.js';

const startAcme = acmeStarter();

describe('repositories()', () => {
  it('lists what was granted in every workspace, with effective permissions, and nothing that is only public', async () => {
    const { session } = await startAcme();
    expect(await describeAll(session.repositories())).toEqual(readable);
  });

  it.each(['numbers', 'cursors'] as const)(
    'follows next to the end where pages are named by %s and no size is told',
    async (pageNaming) => {
      const { session, world, ada } = await startAcme({ pageNaming, tellsSize: false });
      addReadable(world, ada, 250);
      expect(await describeAll(session.repositories())).toHaveLength(254);
    },
  );

  it.each([
    ['its permissions', /permissions\/repositories$/],
    ['a workspace', /^\/repositories\//],
  ])('reads ten pages of %s at once', async (_, path) => {
    const { session, world, ada, bitbucket } = await startAcme();
    addReadable(world, ada, 1_000);
    let waiting = 0;
    let release = (): void => undefined;
    const enough = new Promise<void>((resolve) => (release = resolve));
    bitbucket.faults.add({
      // After the first pages of both workspaces.
      match: { path, nth: 3 },
      times: 10,
      effect: {
        kind: 'run',
        action: async () => {
          waiting += 1;
          if (waiting === 10) release();
          await enough;
        },
      },
    });
    expect(await describeAll(session.repositories())).toHaveLength(1_004);
    expect(bitbucket.log.peakConcurrency).toBe(10);
    expect(bitbucket.log.entries).toHaveLength(1 + 2 * 11 + 2);
  });

  it('asks for no part of an answer that it does not read', async () => {
    const { session, bitbucket } = await startAcme();
    await describeAll(session.repositories());
    const listings = bitbucket.log.entries.filter(({ path }) => path.startsWith('/repositories/'));
    expect(listings.map(({ query }) => query['fields'])).toEqual(
      Array(2).fill(expect.stringMatching(/^next,page,pagelen,size,values\.uuid,/)),
    );
  });

  it('lists the chosen workspaces alone, by id or by slug in whatever case', async () => {
    const { session, bitbucket, acme } = await startAcme();
    const id = bitbucketCloudUuid('workspace', acme.id);
    for (const organization of [{ id }, { path: 'ACME' }, { id, path: 'renamed' }])
      expect(await describeAll(session.repositories({ organizations: [organization] }))).toEqual(
        readable.slice(0, 3),
      );
    bitbucket.log.clear();
    expect(await describeAll(session.repositories({ organizations: [{ path: 'none' }] }))).toEqual([]);
    expect(bitbucket.log.entries.map(({ path }) => path)).toEqual(['/user/workspaces']);
  });

  it('chooses by patterns on the path', async () => {
    const { session } = await startAcme();
    expect(await describeAll(session.repositories({ patterns: ['**', '!acme/{api,lib}'] }))).toEqual([
      'acme/bare read',
      'ada/notes admin',
    ]);
  });

  it('gives what was given before the page to resume at no second time', async () => {
    const { session, world, ada, bitbucket } = await startAcme();
    addReadable(world, ada, 120);
    for await (const { items, resume } of session.repositories().pages()) {
      const again = signIn(bitbucket, oauthOf(bitbucket, ada));
      const rest = await describeAll(again.repositories({ resume }));
      expect(items.length + rest.length).toBe(124);
      break;
    }
  });

  it('goes on with the next workspace when the one to resume in is gone', async () => {
    const { session, world, ada, acme, bitbucket } = await startAcme();
    addReadable(world, ada, 120);
    let resume: string | undefined;
    for await (const page of session.repositories().pages()) {
      resume = page.resume;
      break;
    }
    for (const repository of [...world.repositoriesOf(acme)]) world.deleteRepository(repository);
    world.removeMember(acme, ada);
    expect(resume).toEqual(expect.any(String));
    const again = signIn(bitbucket, oauthOf(bitbucket, ada));
    expect(await describeAll(again.repositories({ resume }))).toEqual(['ada/notes admin']);
  });

  it.each([
    [403, 'No.'],
    [401, 'You do not have access to view this workspace.'],
  ])('says unknown, with the reason, where Bitbucket answers %i to the question', async (status, message) => {
    const { session, bitbucket } = await startAcme();
    bitbucket.faults.add({
      match: { path: /permissions\/repositories$/ },
      times: 9,
      effect: { kind: 'respond', status, body: { type: 'error', error: { message } } },
    });
    const permissions = [];
    for await (const { permission } of session.repositories()) permissions.push(permission);
    const unknown = { level: 'unknown', reason: expect.stringContaining(message) };
    expect(permissions).toMatchObject(readable.map(() => unknown));
  });

  it.each([400, 410])('lists the same where Bitbucket answers %i to a role', async (status) => {
    const { session, bitbucket } = await startAcme();
    bitbucket.faults.add({
      match: { query: { role: 'member' } },
      times: Infinity,
      effect: { kind: 'respond', status, body: { type: 'error', error: { message: 'No roles.' } } },
    });
    expect(await describeAll(session.repositories())).toEqual(readable);
  });

  it('says unknown of a permission that it has never heard of', async () => {
    const { session, bitbucket } = await startAcme();
    bitbucket.faults.add({
      match: { path: /permissions\/repositories$/ },
      effect: {
        kind: 'edit',
        edit: (response) => ({ ...response, body: response.body.replace('"write"', '"emperor"') }),
      },
    });
    const [first] = await describeAll(session.repositories({ organizations: [{ path: 'acme' }] }));
    expect(first).toBe('acme/api unknown');
  });

  it('names a workspace that refuses the account, and lists the others', async () => {
    const { session, bitbucket, acme } = await startAcme();
    const message = "Your IP address is not on this workspace's allowlist";
    bitbucket.faults.add({
      match: { path: `/repositories/${encodeURIComponent(bitbucketCloudUuid('workspace', acme.id))}` },
      effect: { kind: 'respond', status: 403, body: { type: 'error', error: { message } } },
    });
    const pages = [];
    for await (const page of session.repositories().pages()) pages.push(page);
    const organization = { id: bitbucketCloudUuid('workspace', acme.id), path: 'acme' };
    expect(pages.map(({ omitted }) => omitted)).toEqual([
      [{ organization, reason: 'organization_restricted' }],
      undefined,
    ]);
    expect(pages.flatMap(({ items }) => items.map(({ path }) => path))).toEqual(['ada/notes']);
  });
});

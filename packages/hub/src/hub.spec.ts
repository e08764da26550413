import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callerOf } from './testing/callers.js';
import type { FakeAccount } from './testing/fake-forge.js';
import { fakeRepositories, FakeForge } from './testing/fake-forge.js';
import { addProvider, gate, syncEnd, syncWhen, TestHubs, visiblePaths } from './testing/test-hub.js';

describe('a hub', () => {
  let hubs: TestHubs;
  let forge: FakeForge;
  let ada: FakeAccount;

  beforeEach(() => {
    hubs = new TestHubs();
    forge = new FakeForge();
    ada = forge.addAccount('token-of-ada', 'ada', fakeRepositories(5));
  });

  afterEach(() => hubs.cleanUp());

  it('lists the repositories of a person who has signed in with a token', async () => {
    const hub = await hubs.open(forge);
    const gitProviderId = await addProvider(hub);
    ada.scopes = ['repo'];
    ada.missingScopes = ['read:org'];

    const { connection, syncId } = await hub.connections.putToken(callerOf('person'), gitProviderId, {
      username: 'Ada',
      token: ' token-of-ada\n',
    });
    expect(connection).toMatchObject({
      gitProviderId,
      kind: 'token',
      account: { id: 'id-of-ada', username: 'ada', kind: 'user' },
      scopes: ['repo'],
      missingScopes: ['read:org'],
    });

    const sync = await syncEnd(hub, 'person', syncId);
    expect(sync).toMatchObject({
      state: 'succeeded',
      done: 1,
      tasks: [{ gitProviderId, state: 'succeeded', pages: 3, repositories: 5, total: 5 }],
    });
    const { items, total } = await hub.repositories.list('person', { limit: 200 });
    expect(total).toBe(5);
    const { permission: _, ...first } = items[0] ?? {};
    expect(first).toMatchObject({
      gitProviderId,
      id: '000001',
      path: 'acme/repository-000001',
      archived: false,
    });
    expect(items.map((item) => item.permission)).toEqual(
      Array.from({ length: 5 }, () => ({ level: 'write', native: 'push' })),
    );
    expect((await hub.connections.get('person', gitProviderId))?.visible).toEqual({
      completedAt: hubs.clock.now(),
      omitted: [],
    });
  });

  it('shows nothing of one person to another', async () => {
    const hub = await hubs.open(forge);
    const gitProviderId = await addProvider(hub);
    const { syncId } = await hub.connections.putToken(callerOf('person'), gitProviderId, {
      token: 'token-of-ada',
    });
    await syncEnd(hub, 'person', syncId);

    expect(await hub.repositories.list('other', { limit: 10 })).toEqual({ items: [], total: 0 });
    expect(await hub.connections.get('other', gitProviderId)).toBeNull();
    expect((await hub.gitProviders.get('other', gitProviderId)).connection).toBeNull();
    expect(await hub.syncs.list('other')).toEqual([]);
    await expect(hub.syncs.get('other', syncId)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(hub.repositories.get('other', gitProviderId, '000001')).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('keeps everything from one start to the next', async () => {
    const dataDirectory = await hubs.folder();
    const before = await hubs.open(forge, { dataDirectory });
    const gitProviderId = await addProvider(before);
    const { syncId } = await before.connections.putToken(callerOf('person'), gitProviderId, {
      token: 'token-of-ada',
    });
    await syncEnd(before, 'person', syncId);
    await before.close();

    const after = await hubs.open(forge, { dataDirectory });
    expect(await visiblePaths(after, 'person')).toHaveLength(5);
    await syncEnd(after, 'person', (await after.syncs.start('person')).id);
    expect(
      (await after.gitProviders.list('person')).map(({ name, connection }) => [
        name,
        connection?.account.username,
      ]),
    ).toEqual([['Forge', 'ada']]);
  });

  it('goes on at its next start with a sync that it closed on', async () => {
    const dataDirectory = await hubs.folder();
    const before = await hubs.open(forge, { dataDirectory });
    const gitProviderId = await addProvider(before);
    const never = gate();
    forge.before = ({ page }) => (page === 2 ? never.opened : undefined);
    const { syncId } = await before.connections.putToken(callerOf('person'), gitProviderId, {
      token: 'token-of-ada',
    });
    await syncWhen(before, 'person', syncId, (sync) => sync.tasks[0]?.pages === 2);
    await before.close();

    forge.before = () => undefined;
    forge.requests.length = 0;
    const after = await hubs.open(forge, { dataDirectory });
    expect((await syncEnd(after, 'person', syncId)).tasks).toMatchObject([
      { state: 'succeeded', pages: 3, repositories: 5 },
    ]);
    expect(forge.requests.map((request) => request.page)).toEqual([2]);
    expect(await visiblePaths(after, 'person')).toHaveLength(5);
  });

  it('lets a sweep that is under way end before it lets go of the store', async () => {
    const hub = await hubs.open(forge);
    const gitProviderId = await addProvider(hub);
    const { syncId } = await hub.connections.putToken(callerOf('person'), gitProviderId, {
      token: 'token-of-ada',
    });
    await syncEnd(hub, 'person', syncId);
    await hub.connections.signOut(callerOf('person'), gitProviderId);
    await hub.close();
    expect(hubs.logger.lines).toEqual([]);
  });

  it('closes at once though an adapter ignores its signal, and ends the waiting of those who watch', async () => {
    const hub = await hubs.open(forge);
    const gitProviderId = await addProvider(hub);
    const never = gate();
    forge.before = ({ kind }) => (kind === 'page' ? never.opened : undefined);
    const { syncId } = await hub.connections.putToken(callerOf('person'), gitProviderId, {
      token: 'token-of-ada',
    });
    const running = await syncWhen(hub, 'person', syncId, (sync) => sync.state === 'running');
    const watching = hub.syncs.changed('person', syncId, { after: running.revision + 1000 });
    const watched = expect(watching).rejects.toMatchObject({ kind: 'closed' });
    await hub.close();
    await watched;
  });
});

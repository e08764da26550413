import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Hub } from '../hub.js';
import { callerOf } from '../testing/callers.js';
import type { FakeAccount } from '../testing/fake-forge.js';
import { fakeRepositories, fakeRepository, FakeForge } from '../testing/fake-forge.js';
import { addProvider, gate, syncEnd, syncWhen, TestHubs, visiblePaths } from '../testing/test-hub.js';

const person = 'person';

describe('a sync', () => {
  let hubs: TestHubs;
  let forge: FakeForge;
  let ada: FakeAccount;
  let hub: Hub;
  let gitProviderId: string;

  beforeEach(async () => {
    hubs = new TestHubs();
    forge = new FakeForge();
    ada = forge.addAccount('token-of-ada', 'ada', fakeRepositories(6));
    hub = await hubs.open(forge);
    gitProviderId = await addProvider(hub);
  });

  afterEach(() => hubs.cleanUp());

  async function signIn(token = 'token-of-ada', provider = gitProviderId): Promise<string> {
    return (await hub.connections.putToken(callerOf(person), provider, { token })).syncId;
  }

  async function signInAndSync(): Promise<void> {
    await syncEnd(hub, person, await signIn());
  }

  it('shows the last complete list until the new one is complete', async () => {
    await signInAndSync();
    ada.repositories = [fakeRepository('000003'), fakeRepository('000004'), fakeRepository('000009')];
    const held = gate();
    forge.before = ({ page }) => (page === 1 ? held.opened : undefined);

    const { id } = await hub.syncs.start(person);
    await syncWhen(hub, person, id, (sync) => sync.tasks[0]?.pages === 1);
    expect(await visiblePaths(hub, person)).toEqual(fakeRepositories(6).map(({ path }) => path));

    held.open();
    await syncEnd(hub, person, id);
    expect(await visiblePaths(hub, person)).toEqual(ada.repositories.map(({ path }) => path));
  });

  it('keeps the last complete list when it fails, and says why', async () => {
    await signInAndSync();
    const before = await hub.connections.get(person, gitProviderId);
    hubs.clock.advance(60_000);
    forge.before = ({ page }) => {
      if (page === 1) throw forge.error('invalid_response', 'The forge is down for maintenance.');
    };

    const sync = await syncEnd(hub, person, (await hub.syncs.start(person)).id);
    expect(sync).toMatchObject({
      state: 'failed',
      tasks: [
        {
          state: 'failed',
          error: { kind: 'invalid_response', message: 'The forge is down for maintenance.' },
        },
      ],
    });
    expect(await visiblePaths(hub, person)).toHaveLength(6);
    expect((await hub.connections.get(person, gitProviderId))?.visible).toEqual(before?.visible);
  });

  it('hides the list at once when the forge has revoked the credential, until the next sign-in', async () => {
    await signInAndSync();
    forge.before = ({ page }) => {
      if (page === 1) forge.accounts.delete('token-of-ada');
    };
    const sync = await syncEnd(hub, person, (await hub.syncs.start(person)).id);
    expect(sync.tasks[0]?.error?.kind).toBe('unauthenticated');
    expect(await visiblePaths(hub, person)).toEqual([]);
    expect((await hub.connections.get(person, gitProviderId))?.needsAttention).toEqual({
      reason: 'The token is wrong or was revoked.',
      since: hubs.clock.now(),
    });

    forge.before = () => undefined;
    forge.accounts.set('new-token', ada);
    await syncEnd(hub, person, await signIn('new-token'));
    expect(await visiblePaths(hub, person)).toHaveLength(6);
    expect((await hub.connections.get(person, gitProviderId))?.needsAttention).toBeUndefined();
  });

  it('needs no attention any more when the forge takes the same credential again', async () => {
    const id = await signIn();
    forge.accounts.delete('token-of-ada');
    await syncEnd(hub, person, id);
    expect((await hub.connections.get(person, gitProviderId))?.needsAttention).toBeDefined();

    forge.accounts.set('token-of-ada', ada);
    await syncEnd(hub, person, (await hub.syncs.start(person)).id);
    expect((await hub.connections.get(person, gitProviderId))?.needsAttention).toBeUndefined();
  });

  it('waits for a rate limit without a worker and goes on after the last page', async () => {
    const limit = { retryAt: new Date(hubs.clock.now().getTime() + 3 * 60 * 60 * 1000), hit: false };
    forge.before = ({ page }) => {
      if (page !== 1 || limit.hit) return;
      limit.hit = true;
      throw forge.error('rate_limited', 'The limit of this hour is used up.', limit.retryAt);
    };
    const id = await signIn();
    const waiting = await syncWhen(hub, person, id, (sync) => sync.state === 'waiting');
    expect(waiting.tasks[0]).toMatchObject({
      pages: 1,
      repositories: 2,
      waitingUntil: limit.retryAt,
      error: { kind: 'rate_limited' },
    });
    for (let hour = 0; hour < 3; hour += 1) {
      hubs.clock.advance(60 * 60 * 1000);
      await Promise.resolve();
      await Promise.resolve();
    }

    const ended = await syncEnd(hub, person, id);
    expect(ended.tasks[0]).toMatchObject({ state: 'succeeded', pages: 3, repositories: 6, error: undefined });
    expect(forge.requests.filter(({ kind }) => kind === 'page').map(({ page }) => page)).toEqual([
      0, 1, 1, 2,
    ]);
  });

  it('waits on at the next start of the server for as long as was left', async () => {
    const dataDirectory = await hubs.folder();
    const before = await hubs.open(forge, { dataDirectory });
    const provider = await addProvider(before);
    const retryAt = new Date(hubs.clock.now().getTime() + 60_000);
    forge.before = ({ kind }) => {
      if (kind === 'page') throw forge.error('rate_limited', 'Slow down.', retryAt);
    };
    const { syncId } = await before.connections.putToken(callerOf(person), provider, {
      token: 'token-of-ada',
    });
    await syncWhen(before, person, syncId, (sync) => sync.state === 'waiting');
    await before.close();
    forge.before = () => undefined;

    const after = await hubs.open(forge, { dataDirectory });
    expect((await after.syncs.get(person, syncId)).tasks[0]).toMatchObject({
      state: 'waiting',
      waitingUntil: retryAt,
    });
    hubs.clock.advance(60_000);
    expect((await syncEnd(after, person, syncId)).state).toBe('succeeded');
  });

  it.each([
    ['invalid_request', 'This cursor is too old.'],
    ['not_found', 'There is no such cursor.'],
  ] as const)(
    'lists again from the start, as a list of its own, when going on is %s',
    async (kind, words) => {
      const limit = { hit: false };
      forge.before = ({ page }) => {
        if (page !== 2 || limit.hit) return;
        limit.hit = true;
        ada.repositories = fakeRepositories(6).slice(2);
        throw forge.error('rate_limited', 'Slow down.', hubs.clock.now());
      };
      const id = await signIn();
      await syncWhen(hub, person, id, (sync) => sync.state === 'waiting');
      forge.before = ({ page }) => {
        if (page !== 2) return;
        throw forge.error(kind, words);
      };
      hubs.clock.advance(1000);

      expect((await syncEnd(hub, person, id)).tasks[0]).toMatchObject({
        state: 'succeeded',
        pages: 2,
        repositories: 4,
      });
      expect(await visiblePaths(hub, person)).toEqual(ada.repositories.map(({ path }) => path));
    },
  );

  it('leaves no trace of a sign-in that has been replaced while it was listed', async () => {
    const held = gate();
    forge.before = ({ username, page }) => (username === 'ada' && page === 1 ? held.opened : undefined);
    const id = await signIn();
    await syncWhen(hub, person, id, (sync) => sync.tasks[0]?.pages === 1);

    const former = forge.requests.find(({ kind, username }) => kind === 'page' && username === 'ada');
    forge.addAccount('token-of-bob', 'bob', [fakeRepository('7', { path: 'bob/own' })]);
    expect(await signIn('token-of-bob')).toBe(id);
    expect(former?.signal?.aborted).toBe(true);
    held.open();

    expect((await syncEnd(hub, person, id)).tasks).toMatchObject([{ state: 'succeeded', repositories: 1 }]);
    expect(await visiblePaths(hub, person)).toEqual(['bob/own']);
  });

  it('hides the list of one account as soon as another signs in, and keeps it for the same one', async () => {
    await signInAndSync();
    const held = gate();
    forge.before = ({ kind }) => (kind === 'page' ? held.opened : undefined);
    forge.accounts.set('second-token', ada);
    await signIn('second-token');
    expect(await visiblePaths(hub, person)).toHaveLength(6);

    forge.addAccount('token-of-bob', 'bob', []);
    await signIn('token-of-bob');
    expect(await visiblePaths(hub, person)).toEqual([]);
  });

  it('ends, and shows nothing, when the person signs out in the middle', async () => {
    const never = gate();
    forge.before = ({ page }) => (page === 1 ? never.opened : undefined);
    const id = await signIn();
    await syncWhen(hub, person, id, (sync) => sync.tasks[0]?.pages === 1);

    await hub.connections.signOut(callerOf(person), gitProviderId);
    expect(await hub.syncs.get(person, id)).toMatchObject({ state: 'cancelled', done: 1 });
    never.open();
    expect(await visiblePaths(hub, person)).toEqual([]);
    expect(forge.requests.at(-1)?.signal?.aborted).toBe(true);
  });

  it('is joined by whoever asks again while it runs', async () => {
    const held = gate();
    forge.before = ({ kind }) => (kind === 'page' ? held.opened : undefined);
    const id = await signIn();
    const [again, atOnce] = await Promise.all([hub.syncs.start(person), hub.syncs.start(person)]);
    expect([again.id, atOnce.id]).toEqual([id, id]);
    held.open();
    expect((await syncEnd(hub, person, id)).tasks).toHaveLength(1);
    expect(forge.requests.filter(({ kind }) => kind === 'page')).toHaveLength(3);
  });

  it('takes in what is missing, and tries again what has failed, when asked again', async () => {
    const second = await addProvider(hub, 'Second');
    forge.addAccount('token-of-bob', 'bob', [fakeRepository('7', { path: 'bob/own' })]);
    const held = gate();
    const failing = { now: true };
    forge.before = async ({ kind, username }) => {
      if (kind === 'page' && username === 'ada') await held.opened;
      if (kind === 'page' && username === 'bob' && failing.now)
        throw forge.error('invalid_response', 'Too slow.');
    };
    const id = await signIn();
    expect(await signIn('token-of-bob', second)).toBe(id);
    await syncWhen(hub, person, id, (sync) => sync.done === 1);
    failing.now = false;
    expect((await hub.syncs.start(person)).id).toBe(id);
    held.open();

    const ended = await syncEnd(hub, person, id);
    expect(ended).toMatchObject({ state: 'succeeded', done: 2 });
    expect(await visiblePaths(hub, person)).toHaveLength(7);
  });

  it('runs again what has ended, when asked again while another git provider lets us wait', async () => {
    const second = await addProvider(hub, 'Second');
    forge.addAccount('token-of-bob', 'bob', [fakeRepository('7', { path: 'bob/own' })]);
    forge.before = ({ kind, username }) => {
      if (kind === 'page' && username === 'bob') throw forge.error('rate_limited', 'In an hour.');
    };
    const id = await signIn('token-of-bob', second);
    await syncWhen(hub, person, id, (sync) => sync.state === 'waiting');
    expect(await signIn()).toBe(id);
    await syncWhen(hub, person, id, (sync) => sync.done === 1);

    ada.repositories = fakeRepositories(5);
    const again = await hub.syncs.start(person);
    expect(again).toMatchObject({ id, done: 0 });
    await syncWhen(hub, person, id, (sync) => sync.done === 1);
    expect(await visiblePaths(hub, person)).toHaveLength(5);
    expect(forge.requests.filter(({ username }) => username === 'bob')).toHaveLength(2);
  });

  it('tells of its git providers in the order in which they are listed', async () => {
    for (const name of ['Zebra', 'alpha', 'Beta', 'gamma', 'Delta']) {
      const token = `token-of-${name}`;
      forge.addAccount(token, name, []);
      await syncEnd(hub, person, await signIn(token, await addProvider(hub, name)));
    }
    const { tasks } = await hub.syncs.start(person);
    const listed = (await hub.gitProviders.list(person)).map(({ id }) => id);
    expect(tasks.map((task) => task.gitProviderId)).toEqual(listed.filter((id) => id !== gitProviderId));
  });

  it('goes on with the others when one git provider fails, and has failed in the end', async () => {
    const second = await addProvider(hub, 'Second');
    forge.addAccount('token-of-bob', 'bob', [fakeRepository('7', { path: 'bob/own' })]);
    const held = gate();
    forge.before = async ({ kind, username }) => {
      if (kind === 'page' && username === 'ada') await held.opened;
      if (kind === 'page' && username === 'bob') throw forge.error('forbidden', 'Not from here.');
    };
    const id = await signIn();
    await signIn('token-of-bob', second);
    const halfway = await syncWhen(hub, person, id, (sync) => sync.done === 1);
    expect(halfway.state).toBe('running');
    held.open();

    const ended = await syncEnd(hub, person, id);
    expect(ended.state).toBe('failed');
    expect(new Map(ended.tasks.map((task) => [task.gitProviderId, task.state]))).toEqual(
      new Map([
        [gitProviderId, 'succeeded'],
        [second, 'failed'],
      ]),
    );
    expect(await visiblePaths(hub, person)).toHaveLength(6);
  });

  it('believes a list that shrank below half only when the forge still knows who asks', async () => {
    await signInAndSync();
    ada.repositories = [];
    forge.before = ({ kind }) => {
      if (kind === 'identity') throw forge.error('unauthenticated', 'Who are you?');
    };
    const refused = await syncEnd(hub, person, (await hub.syncs.start(person)).id);
    expect(refused.tasks[0]?.error?.kind).toBe('unauthenticated');

    forge.before = () => undefined;
    ada.repositories = fakeRepositories(6);
    await signInAndSync();
    ada.repositories = [];
    const believed = await syncEnd(hub, person, (await hub.syncs.start(person)).id);
    expect(believed.state).toBe('succeeded');
    expect(await visiblePaths(hub, person)).toEqual([]);
  });

  it.each([
    [2, 1],
    [3, 0],
  ])('asks who it is when of six repositories %d are left: %d times', async (left, times) => {
    await signInAndSync();
    ada.repositories = fakeRepositories(left);
    forge.requests.length = 0;
    const ended = await syncEnd(hub, person, (await hub.syncs.start(person)).id);
    expect(ended.state).toBe('succeeded');
    expect(forge.requests.filter(({ kind }) => kind === 'identity')).toHaveLength(times);
  });

  it('believes no shrunken list of another account, and says whose it is', async () => {
    await signInAndSync();
    const bob = forge.addAccount('token-of-bob', 'bob', fakeRepositories(1));
    forge.accounts.set('token-of-ada', bob);
    const ended = await syncEnd(hub, person, (await hub.syncs.start(person)).id);
    expect(ended.tasks[0]?.error).toMatchObject({
      kind: 'unauthenticated',
      message: expect.stringContaining('another account, bob'),
    });
    expect(await visiblePaths(hub, person)).toEqual([]);
  });

  it('tells once what the forge left out, however often the forge says so', async () => {
    ada.omitted = [
      { organization: { id: '1', path: 'secretive' }, reason: 'sso_required', url: 'https://forge.test/sso' },
      { organization: { id: '2', path: 'other' }, reason: 'sso_required', url: 'https://evil.example/sso' },
    ];
    await signInAndSync();
    expect((await hub.connections.get(person, gitProviderId))?.visible?.omitted).toEqual([
      ada.omitted[0],
      { organization: { id: '2', path: 'other' }, reason: 'sso_required' },
    ]);
    expect((await hub.syncs.list(person))[0]?.tasks[0]?.omitted).toEqual([
      ada.omitted[0],
      { organization: { id: '2', path: 'other' }, reason: 'sso_required' },
    ]);
  });

  it('tells of an unexpected fault in general words, and its place to the log only', async () => {
    forge.before = ({ kind }) => {
      if (kind === 'page') throw new TypeError('reading property "x" of undefined');
    };
    const ended = await syncEnd(hub, person, await signIn());
    expect(ended.tasks[0]?.error?.kind).toBe('internal');
    expect(ended.tasks[0]?.error?.message).not.toContain('property');
    expect(hubs.logger.lines).toEqual([expect.stringContaining('TypeError at ')]);
    expect(hubs.logger.lines.join()).not.toContain('property');
  });

  it('refuses to start when the person is signed in nowhere', async () => {
    await expect(hub.syncs.start('nobody')).rejects.toMatchObject({ kind: 'not_connected' });
    expect(await hub.syncs.list('nobody')).toEqual([]);
  });

  it('is listed with the newest first', async () => {
    await signInAndSync();
    hubs.clock.advance(1000);
    const { id } = await hub.syncs.start(person);
    await syncEnd(hub, person, id);
    const listed = await hub.syncs.list(person);
    expect(listed).toHaveLength(2);
    expect(listed[0]).toEqual(await hub.syncs.get(person, id));
  });

  it('is told as it is to a watcher who has waited long enough', async () => {
    const held = gate();
    forge.before = ({ kind }) => (kind === 'page' ? held.opened : undefined);
    const sync = await syncWhen(hub, person, await signIn(), ({ state }) => state === 'running');
    const watching = hub.syncs.changed(person, sync.id, { after: sync.revision, maxWaitMs: 5_000 });
    hubs.clock.advance(5_000);
    expect(await watching).toEqual(sync);
    held.open();
  });

  it('is counted while it is open', async () => {
    const held = gate();
    forge.before = ({ kind }) => (kind === 'page' ? held.opened : undefined);
    const id = await signIn();
    await syncWhen(hub, person, id, ({ state }) => state === 'running');
    expect(await hub.syncs.openTasks()).toEqual([{ providerType: 'fake', state: 'running', count: 1 }]);
    held.open();
    await syncEnd(hub, person, id);
    expect(await hub.syncs.openTasks()).toEqual([]);
  });

  it('is told at once to whoever waits for a change of one that has ended', async () => {
    await signInAndSync();
    const sync = (await hub.syncs.list(person))[0];
    const told = await hub.syncs.changed(person, sync?.id ?? '', { after: sync?.revision });
    expect(told).toEqual(sync);
  });

  it('leaves nothing behind on the signal of a watcher, which may outlive many watches', async () => {
    await signInAndSync();
    const sync = (await hub.syncs.list(person))[0];
    const { signal } = new AbortController();
    const joined = jest.spyOn(AbortSignal, 'any');
    await hub.syncs.changed(person, sync?.id ?? '', { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(joined).not.toHaveBeenCalled();
    joined.mockRestore();
  });

  it('is watched no more once the watching is over, though the rest goes on', async () => {
    const held = gate();
    forge.before = ({ kind }) => (kind === 'page' ? held.opened : undefined);
    const id = await signIn();
    const running = await syncWhen(hub, person, id, (sync) => sync.state === 'running');
    const watching = hub.syncs.changed(person, id, { after: running.revision });
    const ended = expect(watching).rejects.toMatchObject({ kind: 'closed' });
    hub.stopWatching();
    await ended;
    await expect(hub.syncs.changed(person, id)).rejects.toMatchObject({ kind: 'closed' });
    expect(await hub.syncs.get(person, id)).toEqual(running);
    held.open();
  });

  it('stops being watched when the watcher goes', async () => {
    const held = gate();
    forge.before = ({ kind }) => (kind === 'page' ? held.opened : undefined);
    const { id, revision } = await syncWhen(hub, person, await signIn(), ({ state }) => state === 'running');
    const leaving = new AbortController();
    const watching = hub.syncs.changed(person, id, { after: revision, signal: leaving.signal });
    const left = expect(watching).rejects.toThrow('gone');
    leaving.abort(new Error('gone'));
    await left;
    held.open();
  });
});

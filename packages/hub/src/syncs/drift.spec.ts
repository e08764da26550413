import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Repository } from '@anyforge/core';
import type { Hub } from '../hub.js';
import { callerOf } from '../testing/callers.js';
import type { FakeAccount, FakeRequest } from '../testing/fake-forge.js';
import { fakeRepositories, fakeRepository, FakeForge } from '../testing/fake-forge.js';
import { addProvider, syncEnd, syncWhen, TestHubs, visiblePaths } from '../testing/test-hub.js';
import type { Sync } from './sync-view.js';

const person = 'person';

describe('what a listing lacks of the one before', () => {
  let hubs: TestHubs;
  let forge: FakeForge;
  let ada: FakeAccount;
  let hub: Hub;
  let gitProviderId: string;

  beforeEach(async () => {
    hubs = new TestHubs();
    forge = new FakeForge();
    ada = forge.addAccount('token', 'ada', fakeRepositories(6));
    hub = await hubs.open(forge);
    gitProviderId = await addProvider(hub);
  });

  afterEach(() => hubs.cleanUp());

  async function signInAndSync(): Promise<void> {
    const { syncId } = await hub.connections.putToken(callerOf(person), gitProviderId, { token: 'token' });
    expect((await syncEnd(hub, person, syncId)).state).toBe('succeeded');
    forge.requests.length = 0;
    hubs.clock.advance(1000);
  }

  async function sync(): Promise<Sync> {
    return syncEnd(hub, person, (await hub.syncs.start(person)).id);
  }

  const asked = (kind: FakeRequest['kind']) =>
    forge.requests.filter((request) => request.kind === kind).map(({ page }) => page);

  /** Of the first pass over the list, or of each, before its second page is answered. */
  function betweenPages(change: () => void, often = 1): void {
    let left = often;
    forge.before = ({ kind, page }) => {
      if (kind !== 'page' || page !== 1 || left === 0) return;
      left -= 1;
      change();
    };
  }

  const dropFirst = (): void => {
    ada.repositories = ada.repositories.slice(1);
  };

  const pathsOf = (repositories: readonly Repository[]) => repositories.map(({ path }) => path);

  it('stays when it only slipped through, because one before it was deleted meanwhile', async () => {
    await signInAndSync();
    betweenPages(dropFirst);
    expect((await sync()).tasks).toMatchObject([{ state: 'succeeded', repositories: 6, pages: 3 }]);
    // The one that was deleted had been listed before, and is gone with the next sync.
    expect(await visiblePaths(hub, person)).toEqual(pathsOf(fakeRepositories(6)));
    expect(asked('repository')).toHaveLength(1);
    expect(asked('page')).toEqual([0, 1, 2]);
  });

  it('stays at its new place when it was renamed as well', async () => {
    await signInAndSync();
    betweenPages(() => {
      dropFirst();
      ada.repositories = ada.repositories.map((repository) =>
        repository.id === '000003' ? fakeRepository('000003', { path: 'acme/renamed' }) : repository,
      );
    });
    await sync();
    expect(await visiblePaths(hub, person)).toContain('acme/renamed');
  });

  it('is gone when the forge does not know it any more', async () => {
    await signInAndSync();
    ada.repositories = fakeRepositories(6).slice(2);
    await sync();
    expect(await visiblePaths(hub, person)).toEqual(pathsOf(ada.repositories));
    expect(asked('page')).toEqual([0, 1]);
  });

  it.each(['forbidden', 'sso_required', 'organization_restricted'] as const)(
    'is gone when the answer is %s',
    async (kind) => {
      await signInAndSync();
      ada.repositories = fakeRepositories(5);
      forge.before = (request) => {
        if (request.kind === 'repository') throw forge.error(kind, 'No.');
      };
      const { tasks } = await sync();
      expect(tasks).toMatchObject([{ state: 'succeeded', repositories: 5 }]);
      expect((await hub.connections.get(person, gitProviderId))?.visible?.omitted).toEqual(
        kind === 'forbidden' ? [] : [{ organization: { path: 'acme' }, reason: kind, url: undefined }],
      );
    },
  );

  it('is gone from a place that has no name which could be told', async () => {
    ada.repositories = [...fakeRepositories(5), fakeRepository('6', { path: 'alone' })];
    await signInAndSync();
    ada.repositories = fakeRepositories(5);
    forge.before = ({ kind }) => {
      if (kind === 'repository') throw forge.error('sso_required', 'No.');
    };
    expect((await sync()).tasks).toMatchObject([{ state: 'succeeded', repositories: 5 }]);
    expect((await hub.connections.get(person, gitProviderId))?.visible?.omitted).toEqual([]);
  });

  it('hides at once, and the list with it, when the forge has revoked the sign-in', async () => {
    await signInAndSync();
    ada.repositories = fakeRepositories(5);
    forge.before = ({ kind }) => {
      if (kind === 'repository') forge.accounts.delete('token');
    };
    expect((await sync()).tasks).toMatchObject([{ state: 'failed', error: { kind: 'unauthenticated' } }]);
    expect(await visiblePaths(hub, person)).toEqual([]);
  });

  it('is not decided by an answer that says nothing of it', async () => {
    await signInAndSync();
    ada.repositories = fakeRepositories(5);
    forge.before = ({ kind }) => {
      if (kind === 'repository') throw forge.error('invalid_response', 'What?');
    };
    expect((await sync()).tasks).toMatchObject([{ state: 'failed', error: { kind: 'invalid_response' } }]);
    expect(await visiblePaths(hub, person)).toHaveLength(6);
  });

  describe('and everybody may look at', () => {
    beforeEach(() => {
      ada.repositories = fakeRepositories(6, { visibility: 'public' });
    });

    it('stays when the list has it after all, read once more', async () => {
      await signInAndSync();
      betweenPages(dropFirst);
      expect((await sync()).tasks).toMatchObject([{ state: 'succeeded', repositories: 6, pages: 3 }]);
      expect(await visiblePaths(hub, person)).toEqual(expect.arrayContaining([...pathsOf(ada.repositories)]));
      expect(asked('page')).toEqual([0, 1, 2, 0, 1, 2]);
    });

    it('is gone when the list, read once more, has all the rest again', async () => {
      await signInAndSync();
      const [left, ...rest] = ada.repositories;
      ada.repositories = rest;
      ada.unlisted = left === undefined ? [] : [left];
      expect((await sync()).tasks).toMatchObject([{ state: 'succeeded', repositories: 5 }]);
      expect(await visiblePaths(hub, person)).toEqual(pathsOf(rest));
      expect(asked('page')).toEqual([0, 1, 2, 0, 1, 2]);
    });

    it('is read for until two readings agree', async () => {
      ada.repositories = fakeRepositories(12, { visibility: 'public' });
      await signInAndSync();
      ada.unlisted = ada.repositories.slice(-1);
      ada.repositories = ada.repositories.slice(0, -1);
      betweenPages(dropFirst, 2);
      expect((await sync()).state).toBe('succeeded');
      expect(asked('page').filter((page) => page === 0)).toHaveLength(4);
      // Those that were deleted were listed before that.
      expect(await visiblePaths(hub, person)).toEqual(
        pathsOf(fakeRepositories(11, { visibility: 'public' })),
      );
    });

    it('stays with all the rest when the list keeps changing, and the task is tried again later', async () => {
      ada.repositories = fakeRepositories(40, { visibility: 'public' });
      await signInAndSync();
      const before = await hub.connections.get(person, gitProviderId);
      ada.unlisted = ada.repositories.slice(-1);
      ada.repositories = ada.repositories.slice(0, -1);
      betweenPages(dropFirst, 4);
      const { id } = await hub.syncs.start(person);
      const waiting = await syncWhen(hub, person, id, ({ state }) => state === 'waiting');
      expect(waiting.tasks).toMatchObject([
        {
          error: {
            kind: 'unavailable',
            message: 'The list kept changing while it was read; the last complete list stays.',
            repair: { text: 'Start a sync to try again.' },
          },
          waitingUntil: new Date(hubs.clock.now().getTime() + 30_000),
        },
      ]);
      expect((await hub.connections.get(person, gitProviderId))?.visible).toEqual(before?.visible);
      expect(await visiblePaths(hub, person)).toHaveLength(40);
      expect(asked('page').filter((page) => page === 0)).toHaveLength(4);

      await sync();
      expect(await visiblePaths(hub, person)).toEqual(pathsOf(ada.repositories));
    });
  });

  describe('of more than are asked for one by one', () => {
    async function askedWhere(lost: number, pageSize: number) {
      ada.repositories = fakeRepositories(160);
      forge.pageSize = pageSize;
      await signInAndSync();
      ada.repositories = ada.repositories.slice(lost);
      expect((await sync()).tasks).toMatchObject([{ state: 'succeeded', repositories: 160 - lost }]);
      const readings = asked('page').filter((page) => page === 0).length;
      return { readings, questions: asked('repository').length };
    }

    it.each([
      ['a short list', 6, 100],
      ['a list of fewer pages', 12, 20],
      ['the longest list', 51, 1],
    ])('is gone when the list, read once more, has all the rest again: %s', async (_, lost, pageSize) => {
      expect(await askedWhere(lost, pageSize)).toEqual({ readings: 2, questions: 0 });
    });

    it.each([
      ['a short list', 5, 100],
      ['a list of as many pages', 8, 20],
      ['the longest list', 50, 1],
    ])('is asked for up to so many: %s', async (_, lost, pageSize) => {
      expect(await askedWhere(lost, pageSize)).toEqual({ readings: 1, questions: lost });
    });
  });

  describe('outside the organization settings', () => {
    const acme = { id: 'acme', path: 'acme', name: 'Acme' };
    const lock = { organizations: [acme], patterns: [] };
    const update = (change: object) =>
      hub.gitProviders.update(callerOf('administrator'), gitProviderId, change);

    beforeEach(async () => {
      ada.organizations = [acme];
      await update({ organizations: lock.organizations });
    });

    it('is gone when it was transferred out of the lock', async () => {
      await signInAndSync();
      const [moved, ...rest] = ada.repositories;
      ada.repositories = [...rest, fakeRepository(moved?.id ?? '', { path: 'other/moved' })];
      expect((await sync()).state).toBe('succeeded');
      expect(await visiblePaths(hub, person)).toEqual(pathsOf(rest));
    });

    it('stays, slipped through, where it has not moved', async () => {
      await signInAndSync();
      betweenPages(dropFirst);
      await sync();
      expect(await visiblePaths(hub, person)).toEqual(pathsOf(fakeRepositories(6)));
      expect(asked('page')).toEqual([0, 1, 2]);
    });

    it('is gone when its new name matches no pattern', async () => {
      await update({ organizations: [], patterns: ['acme/**'] });
      await signInAndSync();
      const [moved, ...rest] = ada.repositories;
      ada.repositories = [...rest, fakeRepository(moved?.id ?? '', { path: 'other/moved' })];
      await sync();
      expect(await visiblePaths(hub, person)).toEqual(pathsOf(rest));
      expect(asked('page')).toEqual([0, 1, 2]);
    });
  });

  it('hides without a question, and with the reason, where the forge left its organization out', async () => {
    await signInAndSync();
    ada.repositories = [];
    ada.omitted = [{ organization: { path: 'acme' }, reason: 'sso_required' }];
    await sync();
    expect(await visiblePaths(hub, person)).toEqual([]);
    expect(asked('repository')).toEqual([]);
    expect((await hub.connections.get(person, gitProviderId))?.visible?.omitted).toMatchObject(ada.omitted);
  });

  it('is asked for again, without the list being read again, after a rate limit', async () => {
    await signInAndSync();
    ada.repositories = fakeRepositories(5);
    let refused = false;
    forge.before = ({ kind }) => {
      if (kind !== 'repository' || refused) return;
      refused = true;
      throw forge.error('rate_limited', 'Slow down.');
    };
    const { id } = await hub.syncs.start(person);
    await syncWhen(hub, person, id, ({ state }) => state === 'waiting');
    hubs.clock.advance(60_000);
    expect((await syncEnd(hub, person, id)).tasks).toMatchObject([
      { state: 'succeeded', repositories: 5, pages: 3 },
    ]);
    expect(asked('page')).toEqual([0, 1, 2]);
    expect(asked('repository')).toHaveLength(2);
  });

  it('is read for on, in the same pass, by the attempt that follows one which was stopped', async () => {
    ada.repositories = fakeRepositories(6, { visibility: 'public' });
    await signInAndSync();
    dropFirst();
    ada.unlisted = fakeRepositories(1, { visibility: 'public' });
    forge.before = () => {
      if (asked('page').length !== 5) return;
      throw forge.error('rate_limited', 'Slow down.');
    };
    const { id } = await hub.syncs.start(person);
    await syncWhen(hub, person, id, ({ state }) => state === 'waiting');
    hubs.clock.advance(60_000);
    expect((await syncEnd(hub, person, id)).tasks).toMatchObject([
      { state: 'succeeded', repositories: 5, pages: 3 },
    ]);
    expect(asked('page')).toEqual([0, 1, 2, 0, 1, 1, 2]);
  });

  describe('with lists that are hidden first', () => {
    beforeEach(async () => {
      await hub.gitProviders.update(callerOf('administrator'), gitProviderId, { syncPolicy: 'revoke-first' });
      await signInAndSync();
    });

    it('stays when it only slipped through', async () => {
      betweenPages(dropFirst);
      await sync();
      expect(await visiblePaths(hub, person)).toEqual(pathsOf(fakeRepositories(6)));
    });

    it('is believed of more than half only when the forge still knows who asks', async () => {
      forge.accounts.set('token', forge.addAccount('token-of-bob', 'bob', fakeRepositories(2)));
      expect((await sync()).tasks).toMatchObject([{ state: 'failed', error: { kind: 'unauthenticated' } }]);
      expect(asked('identity')).toHaveLength(1);
    });

    it('is compared with the last complete list, when the one before has failed', async () => {
      forge.before = ({ page }) => {
        if (page === 1) throw forge.error('invalid_response', 'What?');
      };
      expect((await sync()).state).toBe('failed');
      expect(await visiblePaths(hub, person)).toHaveLength(2);
      betweenPages(dropFirst);
      expect((await sync()).state).toBe('succeeded');
      expect(await visiblePaths(hub, person)).toEqual(pathsOf(fakeRepositories(6)));
    });
  });
});

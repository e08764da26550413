import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Hub } from '../../hub.js';
import { callerOf } from '../../testing/callers.js';
import { crashForge, crashPerson, crashRepositories } from '../../testing/crash-forge.js';
import { fakeRepositories, FakeForge } from '../../testing/fake-forge.js';
import { startSyncingServer } from '../../testing/start-syncing-server.js';
import { databaseOf, openTestStore } from '../../testing/test-database.js';
import type { TestClock } from '../../testing/test-clock.js';
import { addProvider, gate, syncEnd, syncWhen, TestHubs, visiblePaths } from '../../testing/test-hub.js';

const person = 'person';
const token = 'token-of-ada';

/** Lets a second pass on a clock, again and again, until it has happened. */
async function asTimePasses<Result>(clock: TestClock, happening: Promise<Result>): Promise<Result> {
  const pending = Symbol();
  for (;;) {
    const result = await Promise.race([happening, setTimeout(30, pending)]);
    if (result !== pending) return result;
    clock.advance(1_000);
  }
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    signal?.addEventListener('abort', () => {
      resolve();
    });
  });
}

describe('two hubs on one database', () => {
  let hubs: TestHubs;
  let forge: FakeForge;
  let dataDirectory: string;
  let one: Hub;
  let other: Hub;
  let gitProviderId: string;

  beforeEach(async () => {
    hubs = new TestHubs();
    forge = new FakeForge();
    forge.addAccount(token, 'ada', fakeRepositories(5));
    dataDirectory = await hubs.folder();
    one = await hubs.open(forge, { dataDirectory });
    other = await hubs.open(forge, { dataDirectory });
    gitProviderId = await addProvider(one);
  });

  afterEach(() => hubs.cleanUp());

  const signIn = (hub: Hub) => hub.connections.putToken(callerOf(person), gitProviderId, { token });

  it('show what the other has listed', async () => {
    const { syncId } = await signIn(one);
    await syncEnd(one, person, syncId);
    expect(await visiblePaths(other, person)).toHaveLength(5);
  });

  it('tell who watches of what the other does', async () => {
    const held = gate();
    forge.before = ({ kind }) => (kind === 'page' ? held.opened : undefined);
    const { syncId } = await signIn(one);
    const watched = syncEnd(other, person, syncId);
    held.open();
    expect(await asTimePasses(hubs.clock, watched)).toMatchObject({ state: 'succeeded' });
  });

  it('join one sync, and list each connection once, when both are asked at the same time', async () => {
    await syncEnd(one, person, (await signIn(one)).syncId);
    for (let round = 0; round < 10; round += 1) {
      const held = gate();
      forge.requests.length = 0;
      forge.before = ({ kind }) => (kind === 'page' ? held.opened : undefined);
      const started = await Promise.all([one, other, one, other].map((hub) => hub.syncs.start(person)));
      expect(new Set(started.map(({ id }) => id)).size).toBe(1);
      held.open();
      await asTimePasses(hubs.clock, syncEnd(one, person, started[0]?.id ?? ''));
      expect(forge.requests.map(({ page }) => page)).toEqual([0, 1, 2]);
    }
  });

  it('open one sync for sign-ins to two git providers at the same time', async () => {
    const second = await addProvider(one, 'Another');
    for (let round = 0; round < 10; round += 1) {
      // Otherwise the first one's sync may have ended when the second one comes.
      const both = gate();
      forge.before = ({ kind }) => (kind === 'page' ? both.opened : undefined);
      const signedIn = await Promise.all([
        one.connections.putToken(callerOf(person), gitProviderId, { token }),
        other.connections.putToken(callerOf(person), second, { token }),
      ]);
      both.open();
      expect(new Set(signedIn.map(({ syncId }) => syncId)).size).toBe(1);
      await asTimePasses(hubs.clock, syncEnd(one, person, signedIn[0].syncId));
      for (const id of [gitProviderId, second]) await one.connections.signOut(callerOf(person), id);
    }
  });

  it('keep one connection when a person signs in at both at the same time', async () => {
    const signedIn = await Promise.all([signIn(one), signIn(other), signIn(one), signIn(other)]);
    expect(new Set(signedIn.map(({ syncId }) => syncId)).size).toBe(1);
    const sync = await asTimePasses(hubs.clock, syncEnd(one, person, signedIn[0].syncId));
    expect(sync).toMatchObject({ state: 'succeeded', tasks: [{ repositories: 5 }] });
    expect(await visiblePaths(other, person)).toHaveLength(5);
  });

  it('show nothing any more of what one still lists when the person has signed out at the other', async () => {
    const held = gate();
    forge.before = ({ page }) => (page === 2 ? held.opened : undefined);
    const { syncId } = await signIn(one);
    await syncWhen(one, person, syncId, ({ tasks }) => tasks[0]?.pages === 2);
    await other.connections.signOut(callerOf(person), gitProviderId);
    held.open();
    expect(await asTimePasses(hubs.clock, syncEnd(one, person, syncId))).toMatchObject({
      state: 'cancelled',
    });
    expect(await visiblePaths(one, person)).toEqual([]);
    expect(await visiblePaths(other, person)).toEqual([]);
  });

  it('start nothing for a sign-in that the other is about to end', async () => {
    await syncEnd(one, person, (await signIn(one)).syncId);
    const store = await openTestStore(dataDirectory, hubs.clock);
    const { database } = store;
    try {
      let settled = false;
      const starting = await database.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('connections').where('person_id', '=', person).execute();
        const started = Promise.allSettled([one.syncs.start(person)]).finally(() => {
          settled = true;
        });
        const waiting = sql`select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        while (!settled && (await waiting.execute(database)).rows.length === 0);
        return { started };
      });
      expect(await starting.started).toMatchObject([
        { status: 'rejected', reason: { kind: 'not_connected' } },
      ]);
      expect(
        await database.selectFrom('sync_tasks').where('finished_at', 'is', null).selectAll().execute(),
      ).toEqual([]);
    } finally {
      await store.close();
    }
  });

  it('never show a list by halves while the other replaces and sweeps it', async () => {
    await syncEnd(one, person, (await signIn(one)).syncId);
    const done = new AbortController();
    const list = async () => {
      const seen: (readonly number[])[] = [];
      while (!done.signal.aborted) {
        const { items, total } = await other.repositories.list(person, { limit: 200 });
        seen.push([items.length, total]);
      }
      return seen;
    };
    const listing = Promise.all([list(), list(), list(), list()]);
    for (let round = 0; round < 20; round += 1) {
      await syncEnd(one, person, (await one.syncs.start(person)).id);
    }
    done.abort();
    const seen = (await listing).flat();
    expect(seen.length).toBeGreaterThan(20);
    expect(seen.filter(([items, total]) => items !== 5 || total !== 5)).toEqual([]);
  });

  it('leave the other what it is running, however long that takes', async () => {
    const held = gate();
    forge.before = ({ kind }) => (kind === 'page' ? held.opened : undefined);
    const { syncId } = await signIn(one);
    await syncWhen(one, person, syncId, ({ state }) => state === 'running');
    await asTimePasses(hubs.clock, setTimeout(3_000));
    held.open();
    await asTimePasses(hubs.clock, syncEnd(other, person, syncId));
    expect(forge.requests.map(({ page }) => page)).toEqual([0, 0, 1, 2]);
  });

  it('go on with what the other was asked for and has not begun when it stops', async () => {
    const never = gate();
    forge.before = ({ kind, signal }) => {
      if (kind !== 'page' || forge.requests.length > 2) return;
      return Promise.race([never.opened, aborted(signal)]);
    };
    // Otherwise it may be the one that runs it.
    await other.close();
    const { syncId } = await signIn(one);
    await syncWhen(one, person, syncId, ({ state }) => state === 'running');
    other = await hubs.open(forge, { dataDirectory });
    await one.close();
    expect(await asTimePasses(hubs.clock, syncEnd(other, person, syncId))).toMatchObject({
      state: 'succeeded',
    });
    expect(await visiblePaths(other, person)).toHaveLength(5);
  });

  it('let one that was taken for dead by mistake write no more', async () => {
    const held = gate();
    let first = true;
    forge.before = ({ page }) => {
      if (page !== 1 || !first) return;
      first = false;
      return held.opened;
    };
    const { syncId } = await signIn(one);
    await syncWhen(one, person, syncId, ({ tasks }) => tasks[0]?.pages === 1);
    const store = await openTestStore(dataDirectory, hubs.clock);
    await store.database.updateTable('sync_tasks').set({ runner_id: 'dead' }).execute();
    await store.close();
    expect(await asTimePasses(hubs.clock, syncEnd(other, person, syncId))).toMatchObject({
      state: 'succeeded',
    });
    held.open();
    await one.close();
    expect(await other.syncs.get(person, syncId)).toMatchObject({
      state: 'succeeded',
      tasks: [{ repositories: 5 }],
    });
    expect(await visiblePaths(other, person)).toHaveLength(5);
  });
});

describe('a hub whose neighbour is killed', () => {
  it('goes on with what that was running, within a minute', async () => {
    const hubs = new TestHubs();
    try {
      const dataDirectory = await hubs.folder();
      await databaseOf(dataDirectory);
      hubs.clock.advance(Date.now() - hubs.clock.now().getTime());
      const neighbour = startSyncingServer(dataDirectory, { takeOverAfterMs: 30_000, unansweredPage: 3 });
      let changes = 0;
      for await (const _ of neighbour.changes) {
        changes += 1;
        if (changes === 2) await neighbour.kill();
      }
      hubs.clock.advance(Math.max(0, Date.now() - hubs.clock.now().getTime()));
      const killedAt = hubs.clock.now().getTime();
      const forge = crashForge();
      let takenUpAt = Number.POSITIVE_INFINITY;
      forge.before = () => {
        takenUpAt = Math.min(takenUpAt, hubs.clock.now().getTime());
      };
      const hub = await hubs.open(forge, { dataDirectory });
      const [sync] = await hub.syncs.list(crashPerson);
      const ended = syncEnd(hub, crashPerson, sync?.id ?? '');
      expect(await asTimePasses(hubs.clock, ended)).toMatchObject({ state: 'succeeded' });
      expect(takenUpAt - killedAt).toBeLessThan(60_000);
      expect(await visiblePaths(hub, crashPerson)).toEqual(crashRepositories.map(({ path }) => path));
    } finally {
      await hubs.cleanUp();
    }
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { SyncTaskState } from '../store/schema.js';
import { callerOf } from '../testing/callers.js';
import { ChangesBench } from './changes-bench.fixture.js';

const hourMs = 3_600_000;

let bench: ChangesBench;
beforeEach(async () => {
  bench = await ChangesBench.open();
});
afterEach(() => bench.close());

/** Puts the end of a task beside those that there are. */
async function end(state: SyncTaskState, finishedAt: Date, tookMs = 0): Promise<void> {
  const { database } = bench.store;
  const task = await database.selectFrom('sync_tasks').selectAll().orderBy('id').executeTakeFirstOrThrow();
  const sync = { id: randomUUID(), person_id: 'ada', revision: 1, created_at: 0 };
  await database.insertInto('syncs').values(sync).execute();
  const finished = finishedAt.getTime();
  const values = { id: randomUUID(), sync_id: sync.id, generation: null, state };
  const times = { started_at: finished - tookMs, finished_at: finished };
  await database
    .insertInto('sync_tasks')
    .values({ ...task, ...values, ...times })
    .execute();
}

describe('the history of a git provider’s syncs', () => {
  it('is what has ended, in numbers that name nobody', async () => {
    const id = await bench.add();
    await bench.signIn('ada', id);
    bench.forge.before = ({ kind }) => {
      if (kind === 'page') throw bench.forge.error('forbidden', 'ada may not see acme/secret-plans');
    };
    bench.clock.advance(hourMs);
    await bench.sync('ada');
    const history = await bench.hub.gitProviders.syncHistory(id, { days: 1 });
    const to = bench.clock.now();
    const nothing = { succeeded: 0, failed: 0, cancelled: 0, interrupted: 0 };
    expect(history).toEqual({
      from: new Date(to.getTime() - 24 * hourMs),
      to,
      bucketMinutes: 60,
      items: [
        { ...nothing, from: new Date(to.getTime() - hourMs), succeeded: 1, medianMs: 0, maxMs: 0 },
        { ...nothing, from: to, failed: 1 },
      ],
    });
    expect(JSON.stringify(history)).not.toMatch(/ada|acme|secret/);
  });

  it('stays when the person whose they were signs out', async () => {
    const id = await bench.add();
    await bench.signIn('bob', id);
    await bench.hub.connections.signOut(callerOf('bob'), id);
    const { items } = await bench.hub.gitProviders.syncHistory(id, { days: 1 });
    expect(items).toMatchObject([{ succeeded: 1 }]);
  });

  it('has the middle and the longest of what succeeded, in periods that begin with the clock', async () => {
    const id = await bench.add();
    await bench.signIn('ada', id);
    const noon = Date.parse('2026-11-19T12:00:00Z');
    bench.clock.advance(20 * 60_000);
    for (const [minute, tookMs] of [
      [0, 400],
      [20, 100],
      [40, 90_000],
      [59, 200],
    ] as const)
      await end('succeeded', new Date(noon + minute * 60_000), tookMs);
    await end('failed', new Date(noon + 60_000), 500_000);
    await end('cancelled', new Date(noon + 61 * 60_000));
    await end('interrupted', new Date(noon + 62 * 60_000));
    const { from, items } = await bench.hub.gitProviders.syncHistory(id, { days: 1 });
    expect(from).toEqual(new Date('2026-11-19T10:00:00Z'));
    const nothing = { succeeded: 0, failed: 0, cancelled: 0, interrupted: 0 };
    expect(items.slice(0, 2)).toEqual([
      { ...nothing, from: new Date(noon), succeeded: 4, failed: 1, medianMs: 200, maxMs: 90_000 },
      { ...nothing, from: new Date(noon + hourMs), cancelled: 1, interrupted: 1 },
    ]);
  });

  it.each([
    [2, 60, '2026-11-18T10:00:00Z'],
    [3, 360, '2026-11-17T06:00:00Z'],
    [14, 360, '2026-11-06T06:00:00Z'],
    [30, 720, '2026-10-21T00:00:00Z'],
  ])('of %d days has periods of %d minutes since %s', async (days, bucketMinutes, from) => {
    const id = await bench.add();
    await bench.signIn('ada', id);
    await end('succeeded', new Date(Date.parse(from) - 1));
    await end('failed', new Date(from));
    const history = await bench.hub.gitProviders.syncHistory(id, { days });
    expect(history).toMatchObject({ bucketMinutes, from: new Date(from) });
    expect(history.items).toMatchObject([
      { from: new Date(from), succeeded: 0, failed: 1 },
      { succeeded: 1 },
    ]);
  });

  it('is its own', async () => {
    const id = await bench.add();
    const other = await bench.add({ baseUrl: 'https://elsewhere.test' }, 'Other');
    await bench.signIn('ada', id);
    expect((await bench.hub.gitProviders.syncHistory(other, { days: 30 })).items).toEqual([]);
    await expect(bench.hub.gitProviders.syncHistory('nothing', { days: 1 })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it.each([0, 31, 1.5, NaN])('cannot be told of %d days', async (days) => {
    const id = await bench.add();
    await expect(bench.hub.gitProviders.syncHistory(id, { days })).rejects.toMatchObject({
      kind: 'invalid_input',
      message: 'days: must be a whole number from 1 to 30.',
    });
  });
});

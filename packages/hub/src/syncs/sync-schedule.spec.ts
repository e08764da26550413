import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SyncPlan } from './sync-planner.js';
import { SyncSchedule } from './sync-schedule.js';
import { addConnection, openTestResources } from '../testing/test-store.js';

const minuteMs = 60_000;
const everyMinutes = 60;

describe('the schedule of a git provider', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;
  let schedule: SyncSchedule;
  /** The tasks that were queued in each round. */
  let queued: number[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
    queued = [];
    schedule = new SyncSchedule(resources, {
      carryOut: ({ queue }: SyncPlan) => {
        queued.push(queue.length);
        return Promise.resolve();
      },
    });
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function addPeople(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) await addConnection(resources, `person-${String(index)}`);
  }

  async function switchOn(minutes: number | null = everyMinutes): Promise<void> {
    await resources.store.database.updateTable('git_providers').set({ schedule_minutes: minutes }).execute();
  }

  /** @returns how many syncs it started */
  async function round(): Promise<number> {
    const before = queued.length;
    for await (const _ of schedule.batches());
    return queued.slice(before).reduce((sum, count) => sum + count, 0);
  }

  /** A round each minute. */
  async function rounds(minutes: number): Promise<readonly number[]> {
    const started: number[] = [];
    for (let minute = 0; minute < minutes; minute += 1) {
      resources.clock.advance(minuteMs);
      started.push(await round());
    }
    return started;
  }

  const tasks = () => resources.store.database.selectFrom('sync_tasks').selectAll().execute();

  const endAll = (change: { readonly state: 'succeeded' | 'failed'; readonly error_kind?: 'forbidden' }) =>
    resources.store.database
      .updateTable('sync_tasks')
      .set({ ...change, finished_at: resources.clock.now().getTime() })
      .execute();

  const updateConnections = (
    change: Partial<Record<'attention_reason' | 'bound_to', string> & { credential_refused: number }>,
  ) => resources.store.database.updateTable('connections').set(change).execute();

  it('is off unless somebody switches it on', async () => {
    await addPeople(2);
    expect(await rounds(3 * everyMinutes)).toEqual(Array(3 * everyMinutes).fill(0));
  });

  it('synchronizes each connection once in the first interval, and not all at once', async () => {
    await addPeople(20);
    await switchOn();
    const started = await rounds(everyMinutes);
    expect(started.reduce((sum, count) => sum + count, 0)).toBe(20);
    expect(Math.max(...started)).toBeLessThanOrEqual(5);
    expect(new Set((await tasks()).map((task) => task.connection_id)).size).toBe(20);
  });

  it('starts a sync of that person, which they see', async () => {
    await addPeople(1);
    await switchOn();
    await rounds(everyMinutes);
    const syncs = await resources.store.database.selectFrom('syncs').selectAll().execute();
    expect(syncs).toMatchObject([{ person_id: 'person-0' }]);
    expect(await tasks()).toMatchObject([
      { connection_id: 'connection-of-person-0', sync_id: syncs[0]?.id, state: 'queued' },
    ]);
  });

  it('goes on for as long as it is on', async () => {
    await addPeople(1);
    await switchOn();
    await rounds(everyMinutes);
    await endAll({ state: 'succeeded' });
    await rounds(2 * everyMinutes);
    expect(await tasks()).toHaveLength(2);
    await endAll({ state: 'succeeded' });
    await switchOn(null);
    await rounds(3 * everyMinutes);
    expect(await tasks()).toHaveLength(2);
  });

  it('leaves a sync alone that goes on for longer than the interval', async () => {
    await addPeople(1);
    await switchOn();
    await rounds(5 * everyMinutes);
    expect(await tasks()).toHaveLength(1);
  });

  it.each([
    { attention_reason: 'The token has expired.' },
    { credential_refused: 1 },
    { bound_to: '{"addresses":["elsewhere"]}' },
  ])('passes over a connection that needs its person: %j', async (change) => {
    await addPeople(1);
    await updateConnections(change);
    await switchOn();
    await rounds(3 * everyMinutes);
    expect(await tasks()).toEqual([]);
  });

  it('tries a connection once a day that the forge refuses', async () => {
    await addPeople(1);
    await switchOn();
    await rounds(everyMinutes);
    await endAll({ state: 'failed', error_kind: 'forbidden' });
    resources.clock.advance(22 * 60 * minuteMs);
    await rounds(60);
    expect(await tasks()).toHaveLength(1);
    // A tenth of a day later at most.
    await rounds(60 + 150);
    expect(await tasks()).toHaveLength(2);
  });

  it('catches up little by little when no server has run for a while', async () => {
    await addPeople(60);
    await switchOn();
    await rounds(everyMinutes);
    await endAll({ state: 'succeeded' });
    resources.clock.advance(24 * 60 * minuteMs);
    const started = await rounds(everyMinutes);
    expect(started.reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(Math.max(...started)).toBeLessThanOrEqual(5);
  });

  it('starts each sync once, however many processes look at the same time', async () => {
    await addPeople(5);
    await switchOn();
    await round();
    resources.clock.advance(everyMinutes * minuteMs);
    await Promise.all([round(), round(), round()]);
    expect(await tasks()).toHaveLength(5);
    expect(queued.reduce((sum, count) => sum + count, 0)).toBe(5);
  });

  it('goes on at once when the clock was ahead for a while, and was put right', async () => {
    await addPeople(1);
    await switchOn();
    resources.clock.advance(365 * 24 * 60 * minuteMs);
    await rounds(everyMinutes);
    await endAll({ state: 'succeeded' });
    await rounds(2);
    resources.clock.advance(-365 * 24 * 60 * minuteMs);
    await rounds(2 * everyMinutes);
    expect(await tasks()).toHaveLength(2);
  });

  it('does without the connections of a git provider that was switched off meanwhile', async () => {
    await addPeople(1);
    await switchOn();
    await round();
    resources.clock.advance(everyMinutes * minuteMs);
    const batches = schedule.batches();
    await batches.next();
    await switchOn(null);
    for await (const _ of batches);
    expect(await tasks()).toEqual([]);
  });
});

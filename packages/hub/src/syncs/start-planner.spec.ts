import type { BudgetStore, RateBudget, TimedBudget } from '@anyforge/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LimitOwner } from '../budgets/limit-owner.js';
import type { GitProviderView } from '../git-providers/git-provider-view.js';
import type { Hub } from '../hub.js';
import type { SyncTaskRow } from '../store/schema.js';
import { callerOf } from '../testing/callers.js';
import { FakeForge, fakeRepositories } from '../testing/fake-forge.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { addProvider, syncEnd, syncWhen, TestHubs } from '../testing/test-hub.js';
import { StartPlanner } from './start-planner.js';
import type { SyncAttempt } from './sync-attempt.js';
import { SyncPlanner } from './sync-planner.js';

const person = 'ada';
const hourMs = 3_600_000;
const noon = Date.parse('2026-11-20T12:00:00Z');

interface Kind {
  readonly resumable?: boolean;
  readonly policy?: GitProviderView['syncPolicy'];
}

/** A hub on a forge whose last complete listing of ada's took three pages. */
describe('a sync before its start', () => {
  let hubs: TestHubs;
  let forge: FakeForge;
  let hub: Hub;
  let budgets: BudgetStore;

  beforeEach(() => {
    hubs = new TestHubs();
    forge = new FakeForge();
    forge.addAccount('token', person, fakeRepositories(6));
  });

  afterEach(() => hubs.cleanUp());

  async function openListed({ resumable = false, policy = 'staged' }: Kind = {}): Promise<void> {
    forge.resumable = resumable;
    hub = await hubs.open(forge, {
      providerContext: (stores) => {
        budgets = stores.budgets;
        return {};
      },
    });
    const id = await addProvider(hub);
    await hub.gitProviders.update(callerOf('administrator'), id, { syncPolicy: policy });
    const { syncId } = await hub.connections.putToken(callerOf(person), id, { token: 'token' });
    await syncEnd(hub, person, syncId);
  }

  async function leave(remaining: number, resetInMs: number): Promise<Date> {
    const key = forge.requests.at(-1)?.key ?? '';
    const scope = `fake https://forge.test ${key} core`;
    const resetAt = new Date(hubs.clock.now().getTime() + resetInMs);
    const budget: RateBudget = { scope, per: 'credential', limit: 20, remaining, resetAt };
    await budgets.write(scope, budget);
    return resetAt;
  }

  const pagesAsked = (): number => forge.requests.filter(({ kind }) => kind === 'page').length;

  it('waits for the reset when it could not be finished and would have to start over', async () => {
    await openListed();
    const resetAt = await leave(7, hourMs);
    const asked = pagesAsked();
    const { id } = await hub.syncs.start(person);
    const waiting = await syncWhen(hub, person, id, ({ state }) => state === 'waiting');
    expect(waiting.tasks[0]).toMatchObject({
      state: 'waiting',
      waitingUntil: resetAt,
      error: {
        kind: 'rate_limited',
        message: expect.stringContaining('The sync begins when there are more.'),
      },
    });
    expect(pagesAsked()).toBe(asked);
    hubs.clock.advance(hourMs);
    expect((await syncEnd(hub, person, id)).state).toBe('succeeded');
    expect(pagesAsked()).toBe(asked + 3);
  });

  it('waits once only, whatever is left then', async () => {
    await openListed();
    await leave(0, hourMs);
    const { id } = await hub.syncs.start(person);
    await syncWhen(hub, person, id, ({ state }) => state === 'waiting');
    await leave(0, 2 * hourMs);
    hubs.clock.advance(hourMs);
    expect((await syncEnd(hub, person, id)).state).toBe('succeeded');
  });

  it.each([
    ['enough is left for it beside what is kept for people', 8, {}],
    ['it can go on where the limit stops it', 0, { resumable: true }],
    ['a part of its list shows more than nothing', 0, { policy: 'revoke-first' }],
  ] as const)('begins when %s', async (_, remaining, kind) => {
    await openListed(kind);
    await leave(remaining, hourMs);
    const { id } = await hub.syncs.start(person);
    expect((await syncEnd(hub, person, id)).state).toBe('succeeded');
  });
});

describe('what a sync has to look at before its start', () => {
  let folder: string;
  let resources: Awaited<ReturnType<typeof openTestResources>>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    resources = await openTestResources(folder);
  });

  afterEach(async () => {
    await resources.store.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Whose limits are asked for before a task; undefined when nothing is. */
  async function ownersAskedFor(
    tasks: readonly Partial<SyncTaskRow>[],
    {
      kind = 'token',
      left = [],
    }: { readonly kind?: 'token' | 'oauth'; readonly left?: readonly TimedBudget[] } = {},
  ): Promise<readonly LimitOwner[] | undefined> {
    const connection = await addConnection(resources);
    const { database } = resources.store;
    const config = JSON.stringify({ baseUrl: 'https://forge.test/git', oauth: { clientId: 'client 1' } });
    await database.updateTable('git_providers').set({ config }).execute();
    await database.updateTable('connections').set({ kind }).execute();
    await database
      .transaction()
      .execute((transaction) => new SyncPlanner(resources).signIn(transaction, 'person', connection));
    const sync = await database.selectFrom('syncs').selectAll().executeTakeFirstOrThrow();
    const queued = await database.selectFrom('sync_tasks').selectAll().executeTakeFirstOrThrow();
    const ended = { ...queued, state: 'succeeded', epoch: 1, resumable: 0, finished_at: noon } as const;
    for (const [index, task] of tasks.entries()) {
      const id = `ended-${index}`;
      await database
        .insertInto('syncs')
        .values({ ...sync, id })
        .execute();
      await database
        .insertInto('sync_tasks')
        .values({ ...ended, id, sync_id: id, ...task })
        .execute();
    }
    let asked: readonly LimitOwner[] | undefined;
    const of = (owners: readonly LimitOwner[]): Promise<readonly TimedBudget[]> => {
      asked = owners;
      return Promise.resolve(left);
    };
    await new StartPlanner(resources, { of }).check(attemptOf(connection.id));
    return asked;
  }

  const forge = { type: 'fake', origins: ['https://forge.test'] };
  const account = { ...forge, key: 'connection-of-person.1' };
  const application = { ...forge, key: 'application:client 1' };

  it.each([
    ['there is none', []],
    ['those that there are failed or were cancelled', [{ state: 'failed' }, { state: 'cancelled' }]],
    ['those that there are were of an earlier sign-in', [{ epoch: 0 }]],
  ] as const)('is nothing without a list of its account that was complete: %s', async (_, tasks) => {
    expect(await ownersAskedFor(tasks)).toBeUndefined();
  });

  it('is what its account may ask', async () => {
    expect(await ownersAskedFor([{}])).toEqual([account]);
  });

  it('is what the accounts of its OAuth application share as well', async () => {
    expect(await ownersAskedFor([{}], { kind: 'oauth' })).toEqual([account, application]);
  });

  it.each([
    ['long then', [{ pages: 300 }, { pages: 3, finished_at: noon - 1 }], true],
    ['short then', [{ pages: 3 }, { pages: 300, finished_at: noon - 1 }], false],
  ] as const)('goes by the newest list, which was %s', async (_, tasks, waits) => {
    const resetAt = new Date(resources.clock.now().getTime() + hourMs);
    const scope = 'fake https://forge.test connection-of-person.1 core';
    const left = [{ scope, per: 'credential', limit: 5_000, remaining: 700, resetAt } as const];
    const begun = ownersAskedFor(tasks, { left });
    if (waits)
      await expect(begun).rejects.toMatchObject({ kind: 'rate_limited', details: { retryAt: resetAt } });
    else expect(await begun).toEqual([account]);
  });
});

function attemptOf(connectionId: string): SyncAttempt {
  return {
    taskId: 'task-2',
    syncId: 'sync-2',
    attempt: 1,
    connectionId,
    gitProviderId: 'provider',
    providerType: 'fake',
    epoch: 1,
    settingsVersion: 1,
    selection: { organizations: [], patterns: [] },
    revokesFirst: false,
    generation: 'generation-2',
    resume: undefined,
    omitted: [],
    pass: 1,
    isListed: false,
    isFirst: true,
    startedAt: new Date(0),
    retries: 0,
  };
}

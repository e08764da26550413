import type { BudgetStore, RateBudget } from '@anyforge/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitProviderView } from '../git-providers/git-provider-view.js';
import type { Hub } from '../hub.js';
import { callerOf } from '../testing/callers.js';
import { FakeForge, fakeRepositories } from '../testing/fake-forge.js';
import { addConnection, openTestResources } from '../testing/test-store.js';
import { addProvider, syncEnd, syncWhen, TestHubs } from '../testing/test-hub.js';
import { StartPlanner } from './start-planner.js';
import type { SyncAttempt } from './sync-attempt.js';
import { SyncPlanner } from './sync-planner.js';

const person = 'ada';
const hourMs = 3_600_000;

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
    const resetAt = await leave(4, hourMs);
    const asked = pagesAsked();
    const { id } = await hub.syncs.start(person);
    const waiting = await syncWhen(hub, person, id, ({ state }) => state === 'waiting');
    expect(waiting.tasks[0]).toMatchObject({
      state: 'waiting',
      waitingUntil: resetAt,
      error: { kind: 'rate_limited', message: expect.stringContaining('The sync begins then.') },
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
    ['enough is left for it beside what is kept for people', 5, {}],
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

  /** The keys of the limits that were asked for; undefined when nothing was. */
  async function keysAskedFor({
    listedBefore = true,
    oauth = false,
  }): Promise<readonly string[] | undefined> {
    const connection = await addConnection(resources);
    const { database } = resources.store;
    const config = JSON.stringify({ baseUrl: 'https://forge.test', oauth: { clientId: 'client 1' } });
    await database.updateTable('git_providers').set({ config }).execute();
    if (oauth) await database.updateTable('connections').set({ kind: 'oauth' }).execute();
    if (listedBefore) await addSucceededTask(connection);
    let asked: readonly string[] | undefined;
    const planner = new StartPlanner(resources, {
      of: (keys) => {
        asked = keys;
        return Promise.resolve([]);
      },
    });
    await planner.check(attemptOf(connection.id));
    return asked;
  }

  async function addSucceededTask(connection: Awaited<ReturnType<typeof addConnection>>): Promise<void> {
    const { database } = resources.store;
    await database
      .transaction()
      .execute((transaction) => new SyncPlanner(resources).signIn(transaction, 'person', connection));
    const now = resources.clock.now().getTime();
    await database
      .updateTable('sync_tasks')
      .set({ state: 'succeeded', pages: 3, started_at: now, finished_at: now })
      .execute();
  }

  it('is nothing for a connection of which no list was complete', async () => {
    expect(await keysAskedFor({ listedBefore: false })).toBeUndefined();
  });

  it('is what its account may ask', async () => {
    expect(await keysAskedFor({})).toEqual(['connection-of-person']);
  });

  it('is what the accounts of its OAuth application share as well', async () => {
    expect(await keysAskedFor({ oauth: true })).toEqual(['connection-of-person', 'application:client 1']);
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

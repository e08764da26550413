import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { crashForge, crashPerson, crashRepositories } from '../testing/crash-forge.js';
import { startSyncingServer } from '../testing/start-syncing-server.js';
import { databaseOf, openTestStore } from '../testing/test-database.js';
import { gate, syncEnd, TestHubs, visiblePaths } from '../testing/test-hub.js';

/** After how many changes of the sync each process is killed: before, in, and after a whole listing of 20 pages. */
const killedAfter = [1, 2, 7, 30, 3, 12, 50, 1, 21, 5];
const all = crashRepositories.map(({ path }) => path);

describe('a sync whose process is killed', () => {
  let hubs: TestHubs;
  let dataDirectory: string;

  beforeEach(async () => {
    hubs = new TestHubs();
    dataDirectory = await hubs.folder();
    await databaseOf(dataDirectory);
  });

  afterEach(() => hubs.cleanUp());

  async function runAndKill(changes: number): Promise<void> {
    const server = startSyncingServer(dataDirectory);
    let seen = 0;
    for await (const _ of server.changes) {
      seen += 1;
      if (seen === changes) await server.kill();
    }
    expect(seen).toBeGreaterThanOrEqual(changes);
  }

  /** What people see after the next start, before anything of the sync has gone on. */
  async function visibleAfterRestart(): Promise<readonly string[]> {
    const forge = crashForge();
    const never = gate();
    forge.before = () => never.opened;
    const hub = await hubs.open(forge, { dataDirectory });
    const paths = await visiblePaths(hub, crashPerson);
    await hub.close();
    return paths;
  }

  it('shows the last complete list after every restart, and is finished in the end', async () => {
    const seen: number[] = [];
    for (const changes of killedAfter) {
      await runAndKill(changes);
      const paths = await visibleAfterRestart();
      seen.push(paths.length);
      expect([[], all]).toContainEqual(paths);
    }
    // Once a list was complete it never went away again, and the kills came both before and after the first one.
    expect(seen.indexOf(all.length)).toBeGreaterThan(0);
    expect(seen.slice(seen.indexOf(all.length))).not.toContain(0);

    // By its clock, the last of them has been silent for a minute.
    hubs.clock.advance(Math.max(0, Date.now() + 60_000 - hubs.clock.now().getTime()));
    const hub = await hubs.open(crashForge(), { dataDirectory });
    for (const { id } of await hub.syncs.list(crashPerson)) {
      expect((await syncEnd(hub, crashPerson, id)).state).toBe('succeeded');
    }
    expect(await visiblePaths(hub, crashPerson)).toEqual(all);
    await hub.close();

    const store = await openTestStore(dataDirectory, hubs.clock);
    if (!store.shared) {
      expect((await sql`pragma integrity_check`.execute(store.database)).rows).toEqual([
        { integrity_check: 'ok' },
      ]);
    }
    await store.close();
  }, 120_000);
});

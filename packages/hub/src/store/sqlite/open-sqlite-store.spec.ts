import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Store } from '../store.js';
import { nextWorker } from '../../testing/next-worker.js';
import { openSqliteStore } from './open-sqlite-store.js';

describe('the embedded store', () => {
  let folder: string;
  let opened: Store[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    opened = [];
  });

  afterEach(async () => {
    await Promise.all(opened.map((store) => store.close()));
    await rm(folder, { recursive: true, force: true });
  });

  async function open(directory = folder): Promise<Store> {
    const store = await openSqliteStore(directory, () => new Date(0));
    opened.push(store);
    return store;
  }

  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

  it('makes a folder and files that only their owner may read', async () => {
    const directory = join(folder, 'deep', 'data');
    const store = await open(directory);
    await store.database.insertInto('meta').values({ key: 'a', value: 'b' }).execute();
    expect(await mode(directory)).toBe('700');
    expect(await mode(join(directory, 'anyforge.db'))).toBe('600');
    expect(await mode(join(directory, 'anyforge.db-wal'))).toBe('600');
  });

  it('takes the permissions of others away from a database and a folder that it finds', async () => {
    await (await open()).close();
    const file = join(folder, 'anyforge.db');
    await chmod(file, 0o644);
    await chmod(folder, 0o755);
    await open();
    expect(await mode(file)).toBe('600');
    expect(await mode(folder)).toBe('700');
  });

  it('closes no folder to others in which somebody else keeps files', async () => {
    const shared = join(folder, 'shared');
    await mkdir(shared);
    await chmod(shared, 0o1777);
    await writeFile(join(shared, 'somebody-elses'), '');
    await expect(open(shared)).rejects.toMatchObject({
      kind: 'store_unusable',
      message: expect.stringContaining('not of anyforge'),
    });
    expect((await stat(shared)).mode & 0o7777).toBe(0o1777);
  });

  it('keeps the marks of an empty folder that is given to it', async () => {
    const given = join(folder, 'given');
    await mkdir(given);
    await chmod(given, 0o2775);
    await open(given);
    expect((await stat(given)).mode & 0o7777).toBe(0o2700);
  });

  it('refuses a second opening at once, and leaves the first unharmed', async () => {
    const first = await open();
    await expect(open()).rejects.toMatchObject({
      kind: 'store_locked',
      message: expect.stringContaining(folder),
    });
    await expect(open()).rejects.toMatchObject({ kind: 'store_locked' });
    await first.database.insertInto('meta').values({ key: 'a', value: 'b' }).execute();
    await first.close();
    const second = await open();
    expect(await second.database.selectFrom('meta').selectAll().execute()).toEqual([
      { key: 'a', value: 'b' },
    ]);
  });

  it('refuses a database that a newer version has written', async () => {
    const store = await open();
    await store.database
      .insertInto('schema_migrations')
      .values({ id: 1000, name: 'from-the-future', applied_at: 0 })
      .execute();
    await store.close();
    await expect(open()).rejects.toMatchObject({
      kind: 'store_too_new',
      message: expect.stringContaining('from-the-future'),
    });
    // Refused, and not locked by the refusal.
    await expect(open()).rejects.toMatchObject({ kind: 'store_too_new' });
  });

  it('refuses a file that is no database, in words', async () => {
    await writeFile(join(folder, 'anyforge.db'), 'This is a letter to my grandmother.'.repeat(100));
    await expect(open()).rejects.toMatchObject({
      kind: 'store_unusable',
      message: expect.stringContaining(folder),
    });
  });

  it("refuses a folder that it can't make, in words", async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(open(join(folder, 'file', 'data'))).rejects.toMatchObject({ kind: 'store_unusable' });
  });

  it('keeps a transaction apart from what others ask meanwhile', async () => {
    const { database } = await open();
    const add = (key: string) => database.insertInto('meta').values({ key, value: '' }).execute();
    const failed = database.transaction().execute(async (transaction) => {
      await transaction.insertInto('meta').values({ key: 'inside', value: '' }).execute();
      await transaction.selectFrom('meta').selectAll().execute();
      throw new Error('no');
    });
    await Promise.all([expect(failed).rejects.toThrow('no'), add('beside'), add('behind')]);
    const rows = await database.selectFrom('meta').select('key').orderBy('key').execute();
    expect(rows).toEqual([{ key: 'behind' }, { key: 'beside' }]);
  });

  it('takes queries that lock rows, and leaves the locks out', async () => {
    const { database } = await open();
    await database.insertInto('meta').values({ key: 'a', value: 'b' }).execute();
    const read = await database.transaction().execute(async (transaction) => {
      const one = transaction.selectFrom('meta').select('value').distinct();
      return [
        await one.forUpdate().execute(),
        await one.forShare().execute(),
        await one.forUpdate('meta').skipLocked().execute(),
        await one.forNoKeyUpdate().noWait().execute(),
      ];
    });
    expect(read).toEqual(Array(4).fill([{ value: 'b' }]));
  });

  it('tells the time of the one process that has the file', async () => {
    expect(await (await open()).now()).toBe(0);
  });

  it('enforces foreign keys and syncs every commit', async () => {
    const { database } = await open();
    const pragma = async (name: string) => (await sql.raw(`PRAGMA ${name}`).execute(database)).rows;
    expect(await pragma('foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    expect(await pragma('synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  });

  it('says that the disk is full, keeps what was stored, and works on when there is room', async () => {
    const { database } = await open();
    const add = (key: string, bytes: number) =>
      database.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('meta')
          .values({ key: `${key}-first`, value: '' })
          .execute();
        await transaction
          .insertInto('meta')
          .values({ key, value: 'x'.repeat(bytes) })
          .execute();
      });
    await add('small', 1);
    const { rows } = await sql<{ readonly page_count: number }>`pragma page_count`.execute(database);
    await sql.raw(`pragma max_page_count = ${String((rows[0]?.page_count ?? 0) + 2)}`).execute(database);
    const refused = {
      name: 'HubError',
      kind: 'store_full',
      message: expect.stringContaining('Free some space'),
    };
    await expect(add('large', 100_000)).rejects.toMatchObject(refused);
    await sql.raw('pragma max_page_count = 1000000').execute(database);
    await add('later', 100_000);
    const keys = await database.selectFrom('meta').select('key').orderBy('key').execute();
    expect(keys.map(({ key }) => key)).toEqual(['later', 'later-first', 'small', 'small-first']);
  });

  it('tells that its thread has died, to whoever asks and whoever waits', async () => {
    const worker = nextWorker();
    const store = await open();
    const told: Error[] = [];
    void store.failed.then((error) => told.push(error));
    await store.database.insertInto('meta').values({ key: 'a', value: 'b' }).execute();
    expect(told).toEqual([]);

    const waiting = expect(
      store.database.transaction().execute((transaction) => transaction.selectFrom('meta').execute()),
    ).rejects.toMatchObject({ kind: 'store_failed' });
    // No message of ours: it is what a fault in the thread looks like.
    worker().postMessage(null);
    await waiting;
    expect(await store.failed).toMatchObject({
      kind: 'store_failed',
      message: expect.stringContaining('Start the server again'),
    });
    await expect(store.database.selectFrom('meta').selectAll().execute()).rejects.toBe(told[0]);
    await store.close();
    expect(await (await open()).database.selectFrom('meta').selectAll().execute()).toEqual([
      { key: 'a', value: 'b' },
    ]);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Hub, HubOptions } from '../../hub.js';
import { openHub } from '../../hub.js';
import { cheapHashing } from '../../people/people.fixture.js';
import type { Caller } from '../../people/caller.js';
import { fakeRepositories, fakeRepository, FakeForge } from '../../testing/fake-forge.js';
import { TestClock } from '../../testing/test-clock.js';
import { databaseOf } from '../../testing/test-database.js';
import { catalogOf, syncEnd, TestLogger, visiblePaths } from '../../testing/test-hub.js';
import { rotateEncryptionKey } from '../../vault/rotate-encryption-key.js';
import type { MovedStore, MoveOptions } from '../moving/move-to-postgres.js';
import { moveToPostgres } from '../moving/move-to-postgres.js';
import { movedTables } from '../moving/moved-tables.js';
import { openSqliteStore } from '../sqlite/open-sqlite-store.js';
import { openPostgresStore } from './open-postgres-store.js';

const token = 'token-of-ada';
const administrator = { username: 'grace', password: 'a password that nobody guesses' };

const browser = { address: '127.0.0.1' };

describe('moving from the embedded database to a PostgreSQL', () => {
  let root: string;
  let dataDirectory: string;
  let url: string;
  let forge: FakeForge;
  let clock: TestClock;
  let opened: Hub[];
  /** Who has filled it. */
  let person: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'anyforge-hub-'));
    dataDirectory = join(root, 'data');
    url = (await databaseOf(root))?.url ?? '';
    forge = new FakeForge();
    forge.addAccount(token, 'ada', [
      ...fakeRepositories(5),
      fakeRepository('odd', { path: 'acme/ödd', description: 'NUL \u0000, half \uD800, "quotes" and 漢字' }),
    ]);
    clock = new TestClock();
    opened = [];
  });

  afterEach(async () => {
    await Promise.all(opened.map((hub) => hub.close()));
    await rm(root, { recursive: true, force: true });
  });

  async function open(options: Partial<HubOptions> = {}): Promise<Hub> {
    const hub = await openHub({
      dataDirectory,
      publicUrl: 'http://localhost:4400',
      plugins: catalogOf(forge.plugin),
      clock,
      logger: new TestLogger(),
      publicGitProviders: false,
      administrator,
      passwordHashing: cheapHashing,
      ...options,
    });
    opened.push(hub);
    return hub;
  }

  const openMoved = () => open({ database: { url } });
  const move = (onTable?: MoveOptions['onTable']): Promise<MovedStore> =>
    moveToPostgres({ dataDirectory, database: { url }, now: () => clock.now(), onTable });

  async function signIn(hub: Hub): Promise<Caller> {
    const { session } = await hub.authentication.signIn(administrator, browser);
    const caller = await hub.authentication.bySession(session.token);
    if (caller === undefined) throw new Error('Nobody is signed in.');
    return caller;
  }

  /** A server that was used: people, a git provider with a secret, a sign-in, a list, syncs. */
  async function fill(): Promise<{ readonly gitProviderId: string }> {
    const hub = await open();
    const caller = await signIn(hub);
    person = caller.personId;
    const { id: gitProviderId } = await hub.gitProviders.create(caller, {
      name: 'Forge',
      type: 'fake',
      config: { baseUrl: 'https://forge.test', oauth: { clientId: 'client', clientSecret: 'canary' } },
      patterns: ['acme/**'],
      schedule: { everyMinutes: 60 },
    });
    const { syncId } = await hub.connections.putToken(caller, gitProviderId, { token });
    await syncEnd(hub, person, syncId);
    await hub.close();
    return { gitProviderId };
  }

  it('takes everything along', async () => {
    await fill();
    const before = await open();
    const shown = async (hub: Hub) => ({
      gitProviders: await hub.gitProviders.list(person, 'administrator'),
      repositories: await hub.repositories.list(person, { limit: 100 }),
      syncs: await hub.syncs.list(person),
    });
    const was = await shown(before);
    await before.close();
    expect(was.repositories.items).toHaveLength(6);

    const { tables, shown: address } = await move();
    expect(tables.map(({ table }) => table)).toEqual([...movedTables]);
    expect(tables).toContainEqual({
      table: 'repositories',
      rows: 6,
      checksum: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(url).toContain(address.replace('postgresql://', ''));
    expect(await shown(await openMoved())).toEqual(was);
  });

  it('keeps secrets usable: sign-ins at the forges, and those of git providers', async () => {
    const { gitProviderId } = await fill();
    await move();
    const hub = await openMoved();
    forge.sent.length = 0;
    forge.addAccount(token, 'ada', fakeRepositories(2));
    const sync = await hub.syncs.start(person);
    expect(await syncEnd(hub, person, sync.id)).toMatchObject({ state: 'succeeded' });
    expect(forge.sent).toContainEqual({ baseUrl: 'https://forge.test', token });
    expect(await visiblePaths(hub, person)).toHaveLength(2);
    expect(await hub.gitProviders.get(person, gitProviderId)).toMatchObject({
      secretsSet: ['oauth.clientSecret'],
    });
    await hub.close();
    // It opens every one of them.
    expect(
      await rotateEncryptionKey({ dataDirectory, database: { url }, now: () => clock.now() }),
    ).toMatchObject({ reencrypted: 2 });
  });

  it('keeps passwords, sessions and API tokens', async () => {
    const before = await open();
    const { session } = await before.authentication.signIn(administrator, browser);
    const caller = await before.authentication.bySession(session.token);
    if (caller === undefined) throw new Error('Nobody is signed in.');
    const { token: apiToken } = await before.apiTokens.create(caller, { name: 'CI', scopes: ['read'] });
    await before.close();
    await move();
    const { authentication } = await openMoved();
    const { personId } = caller;
    expect(await authentication.bySession(session.token)).toMatchObject({ personId });
    expect(await authentication.byApiToken(apiToken)).toMatchObject({ personId });
    expect(await authentication.signIn(administrator, browser)).toMatchObject({ person: { id: personId } });
  });

  it('finishes on the PostgreSQL what was running', async () => {
    await fill();
    const hub = await open();
    forge.before = () => new Promise(() => undefined);
    const { id } = await hub.syncs.start(person);
    await hub.close();
    forge.before = () => undefined;
    await move();
    expect(await syncEnd(await openMoved(), person, id)).toMatchObject({ state: 'succeeded' });
  });

  it('leaves what is in the data folder as it is, and lets no server start on it by mistake', async () => {
    await fill();
    const { mark, shown } = await move();
    await expect(open()).rejects.toMatchObject({
      kind: 'store_unusable',
      message: expect.stringContaining(shown),
    });
    await expect(move()).rejects.toMatchObject({ kind: 'store_unusable' });
    await rm(mark);
    expect(await visiblePaths(await open(), person)).toHaveLength(6);
  });

  it('is refused while a server runs on the data folder', async () => {
    await fill();
    await open();
    await expect(move()).rejects.toMatchObject({ kind: 'store_locked' });
  });

  it('is refused where there is nothing to move, and makes nothing there', async () => {
    await expect(move()).rejects.toMatchObject({
      kind: 'store_unusable',
      message: expect.stringContaining('no embedded database'),
    });
    expect(await readdir(root)).not.toContain('data');
  });

  it('is refused into a database that a server has used, and changes nothing there', async () => {
    await fill();
    const used = await open({ database: { url }, dataDirectory: join(root, 'other') });
    await used.gitProviders.create(await signIn(used), {
      name: 'Theirs',
      type: 'fake',
      config: { baseUrl: 'https://forge.test' },
    });
    await expect(move()).rejects.toMatchObject({
      kind: 'store_unusable',
      message: expect.stringContaining('holds data of anyforge already'),
    });
    expect(await used.gitProviders.list(person)).toMatchObject([{ name: 'Theirs' }]);
    expect(await visiblePaths(await open(), person)).toHaveLength(6);
  });

  it('can be asked for again when only the mark is missing', async () => {
    await fill();
    const { mark, tables } = await move();
    await rm(mark);
    expect((await move()).tables).toEqual(tables);
    await expect(open()).rejects.toMatchObject({ kind: 'store_unusable' });
  });

  it('says that everything is there when only the mark can’t be written, and is done by another try', async () => {
    await fill();
    const inTheWay = join(dataDirectory, 'moved-to-postgres.txt');
    const moving = move(({ table }) => {
      if (table === movedTables.at(-1)) mkdirSync(inTheWay);
    });
    await expect(moving).rejects.toMatchObject({
      kind: 'store_failed',
      message: expect.stringMatching(/^Everything is in postgresql:.* \(EISDIR\): do not start a server/),
    });
    await rmdir(inTheWay);
    await move();
    await expect(open()).rejects.toMatchObject({ kind: 'store_unusable' });
    expect(await visiblePaths(await openMoved(), person)).toHaveLength(6);
  });

  it('is done, and the folder marked, also where the PostgreSQL can’t be analyzed', async () => {
    await fill();
    const target = await openPostgresStore(url, () => clock.now());
    await sql`create function no_analysis(id text) returns text immutable language plpgsql as
      $$ begin if current_query() ilike 'analyze%' then raise 'no'; end if; return id; end $$`.execute(
      target.database,
    );
    await sql`create index no_analysis on people (no_analysis(id))`.execute(target.database);
    await target.close();
    expect(await move()).toMatchObject({ mark: expect.stringContaining(dataDirectory) });
    await expect(open()).rejects.toMatchObject({ kind: 'store_unusable' });
  });

  it('is refused again when one of the two has been used since', async () => {
    await fill();
    const { mark } = await move();
    const moved = await openMoved();
    await signIn(moved);
    await moved.close();
    await rm(mark);
    await expect(move()).rejects.toMatchObject({
      kind: 'store_unusable',
      message: expect.stringContaining('has changed since'),
    });
  });

  it('leaves nothing behind when it is killed, and is done by the next try', async () => {
    // Three processes are started and killed.
    await fill();
    const store = await openSqliteStore(dataDirectory, () => clock.now());
    const many = sql`with recursive counted (number) as
      (select 1 union all select number + 1 from counted where number < 30000)`;
    await sql`insert into permissions (generation, forge_id, git_provider_id, path_key, level, level_rank, native)
      select * from (${many} select 'many', 'id-' || number, 'provider', 'path', 'read', 1, 'pull' from counted)`.execute(
      store.database,
    );
    await store.close();
    for (const table of ['people', 'repositories', 'permissions']) await moveUntil(table);

    const empty = await openPostgresStore(url, () => clock.now());
    for (const table of movedTables) {
      const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(empty.database);
      expect({ table, rows }).toEqual({ table, rows: [] });
    }
    await empty.close();
    expect((await move()).tables).toContainEqual(
      expect.objectContaining({ table: 'permissions', rows: 30_006 }),
    );
    expect(await visiblePaths(await openMoved(), person)).toHaveLength(6);
  });

  /** A process that is killed as soon as it has copied this table. */
  async function moveUntil(table: string): Promise<void> {
    const loader = new URL('../../testing/typescript-loader.js', import.meta.url);
    const script = fileURLToPath(new URL('../../testing/moving-process.ts', import.meta.url));
    const flags = ['--conditions', '@anyforge/source', '--import', loader.href];
    const child = spawn(process.execPath, [...flags, script, dataDirectory, url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout })) {
      if (line === table) child.kill('SIGKILL');
    }
    expect(await exited).toEqual([null, 'SIGKILL']);
  }
});

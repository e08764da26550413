import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newTestDatabase } from '@anyforge/test-postgres';
import { sql } from 'kysely';
import pg from 'pg';
import type { Store } from '../store.js';
import { openPostgresStore } from './open-postgres-store.js';

const run = () => process.env['ANYFORGE_TEST_POSTGRES'] ?? '';

/** Somebody between us and the server, who may cut every connection or take none. */
class Line {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #target: URL;
  open = true;

  constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((socket) => {
      this.#accept(socket);
    });
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    const url = new URL(this.#target);
    if (address !== null && typeof address === 'object') url.port = String(address.port);
    return url.href;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(socket: Socket): void {
    if (!this.open) {
      socket.destroy();
      return;
    }
    const upstream = connect(Number(this.#target.port), this.#target.hostname);
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      this.#sockets.add(from);
      from.on('error', () => undefined);
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }
}

describe('the store on PostgreSQL', () => {
  let url: string;
  const stores: Store[] = [];
  const lines: Line[] = [];

  beforeEach(async () => {
    url = await newTestDatabase(run());
  });

  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    for (const line of lines.splice(0)) await line.close();
  });

  async function open(address = url): Promise<Store> {
    const store = await openPostgresStore(address, () => new Date(0));
    stores.push(store);
    return store;
  }

  async function behindLine(): Promise<{ readonly line: Line; readonly store: Store }> {
    const line = new Line(url);
    lines.push(line);
    return { line, store: await open(await line.start()) };
  }

  async function ask(text: string, address = url): Promise<readonly unknown[]> {
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    try {
      return (await client.query<object>(text)).rows;
    } finally {
      await client.end();
    }
  }

  const put = ({ database }: Store, key: string) =>
    database.insertInto('meta').values({ key, value: '' }).execute();
  const keys = async ({ database }: Store) =>
    (await database.selectFrom('meta').select('key').orderBy('key').execute()).map(({ key }) => key);

  it('makes its tables once, though several processes start at the same time', async () => {
    const opened = await Promise.all([open(), open(), open(), open()]);
    for (const [index, store] of opened.entries()) await put(store, String(index));
    expect(
      await ask('select count(*) = max(id) and count(distinct id) = max(id) as once from schema_migrations'),
    ).toEqual([{ once: true }]);
  });

  it('waits for another process that makes them, for as long as that takes', async () => {
    const first = new pg.Client({ connectionString: url });
    await first.connect();
    await first.query(`begin; select pg_advisory_xact_lock(hashtextextended('anyforge migrations', 0))`);
    let done = false;
    const opening = open().then((store) => {
      done = true;
      return store;
    });
    const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`;
    while ((await ask(waiting)).length === 0);
    expect(done).toBe(false);
    await first.query('commit');
    await first.end();
    await put(await opening, 'a');
  });

  it('compares every text column by its bytes, whatever the language of the database', async () => {
    await open();
    expect(
      await ask(
        `select table_name, column_name from information_schema.columns
         where table_schema = 'public' and data_type = 'text' and collation_name is distinct from 'C'`,
      ),
    ).toEqual([]);
  });

  it('tells the time of the server', async () => {
    const store = await open();
    const [before] = (await ask(`select extract(epoch from now()) * 1000 as now`)) as readonly {
      readonly now: string;
    }[];
    const now = await store.now();
    expect(now).toBeGreaterThanOrEqual(Math.floor(Number(before?.now)));
    expect(now - Number(before?.now)).toBeLessThan(60_000);
  });

  it('gives no number that JavaScript would round', async () => {
    const { database } = await open();
    await expect(sql`select 9007199254740993 as large`.execute(database)).rejects.toThrow(/too large/);
    expect((await sql`select 1 as one`.execute(database)).rows).toEqual([{ one: 1 }]);
  });

  it('keeps the values out of what it says of errors about data', async () => {
    const store = await open();
    const refused = store.database
      .insertInto('attempt_limits')
      .values({ key: 'a', attempts: sql`cast(${'s3cret'} as integer)`, window_ends_at: 0 })
      .execute();
    await expect(refused).rejects.toMatchObject({ kind: 'other', message: 'A value was refused (22P02)' });
  });

  it('fails what is asked while the server is away, and works on when it is back', async () => {
    const { line, store } = await behindLine();
    const told: Error[] = [];
    void store.failed.then((error) => told.push(error));
    await put(store, 'before');
    line.open = false;
    line.cut();
    const refused = { name: 'HubError', kind: 'store_failed', status: 503 };
    // The first may still find the connection that was cut, the second finds none.
    await expect(put(store, 'during')).rejects.toMatchObject(refused);
    await expect(put(store, 'during')).rejects.toMatchObject(refused);
    await expect(store.now()).rejects.toMatchObject(refused);
    line.open = true;
    await put(store, 'after');
    expect(await keys(store)).toEqual(['after', 'before']);
    expect(told).toEqual([]);
  });

  it('undoes a transaction whose connection is cut, and says why', async () => {
    const { line, store } = await behindLine();
    const cut = store.database.transaction().execute(async (transaction) => {
      await transaction.insertInto('meta').values({ key: 'a', value: '' }).execute();
      line.cut();
      await transaction.insertInto('meta').values({ key: 'b', value: '' }).execute();
    });
    await expect(cut).rejects.toMatchObject({ kind: 'store_failed' });
    expect(await keys(store)).toEqual([]);
  });

  it('survives that the server ends all connections: the one in use, and those that wait fail once at most', async () => {
    const store = await open();
    const refused = { name: 'HubError', kind: 'store_failed' };
    await Promise.all([store.now(), store.now(), store.now()]);
    const inUse = store.database.transaction().execute(async (transaction) => {
      await transaction.insertInto('meta').values({ key: 'a', value: '' }).execute();
      await ask(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid != pg_backend_pid()`,
      );
      await transaction.insertInto('meta').values({ key: 'b', value: '' }).execute();
    });
    await expect(inUse).rejects.toMatchObject(refused);
    const stored: string[] = [];
    // More than connections were open.
    for (const key of ['c', 'd', 'e', 'f']) {
      await put(store, key).then(
        () => stored.push(key),
        (error: unknown) => {
          expect(error).toMatchObject(refused);
        },
      );
    }
    expect(stored).toContain('f');
    expect(await keys(store)).toEqual(stored);
  });

  it('gives up a statement that takes too long, says so, and works on', async () => {
    const store = await open();
    const slow = store.database.transaction().execute(async (transaction) => {
      await sql`set local statement_timeout = 20`.execute(transaction);
      await sql`select pg_sleep(60)`.execute(transaction);
    });
    await expect(slow).rejects.toMatchObject({
      kind: 'store_failed',
      message: expect.stringContaining('took too long'),
    });
    await put(store, 'a');
  });

  it('has limits for statements, locks and transactions that stand still', async () => {
    const { database } = await open();
    const { rows } = await sql`select current_setting('statement_timeout') as statement,
      current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle`.execute(
      database,
    );
    expect(rows).toEqual([{ statement: '1min', lock: '15s', idle: '5s' }]);
  });

  it('has them on every connection, whether a job is the first to use it or not', async () => {
    const { jobs } = await open();
    const limits = async () => jobs?.executeSql(`select current_setting('statement_timeout') as statement`);
    const atOnce = await Promise.all(Array.from({ length: 5 }, limits));
    expect(atOnce).toEqual(Array(5).fill(expect.objectContaining({ rows: [{ statement: '1min' }] })));
  });

  it('takes the locks from a process that stands still before those who wait for them give up', async () => {
    const { database } = await open();
    const { rows } = await sql<{ readonly name: string; readonly ms: number }>`
      select name, setting::integer as ms from pg_settings where unit = 'ms'`.execute(database);
    const limits = new Map(rows.map(({ name, ms }) => [name, ms]));
    const idle = limits.get('idle_in_transaction_session_timeout') ?? Number.NaN;
    expect(idle).toBeGreaterThan(0);
    expect(idle).toBeLessThan(limits.get('lock_timeout') ?? Number.NaN);
  });

  it('says that a transaction which stood still was undone, and works on with another connection', async () => {
    const store = await open();
    const ended = store.database.transaction().execute(async (transaction) => {
      await transaction.insertInto('meta').values({ key: 'a', value: '' }).execute();
      // What a process hears that goes on after it stood still.
      await sql`do $$ begin raise exception 'idle-in-transaction timeout' using errcode = '25P03'; end $$`.execute(
        transaction,
      );
    });
    await expect(ended).rejects.toMatchObject({ name: 'HubError', kind: 'store_failed' });
    expect(await keys(store)).toEqual([]);
  });

  it('refuses a database that a newer version has written', async () => {
    await open();
    await ask(`insert into schema_migrations values (999, 'from the future', 0)`);
    await expect(open()).rejects.toMatchObject({
      kind: 'store_too_new',
      message: expect.stringContaining('from the future'),
    });
  });

  describe('that can not be used', () => {
    const changed = (change: (address: URL) => void) => {
      const address = new URL(url);
      change(address);
      return address.href;
    };

    async function refusalOf(address: string): Promise<string> {
      const refusal = await open(address).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ name: 'HubError', kind: 'store_unusable' });
      expect(String(refusal)).not.toContain(new URL(address).password);
      return String(refusal);
    }

    it('says that nobody listens there', async () => {
      const refusal = await refusalOf(changed((address) => (address.port = '1')));
      expect(refusal).toMatch(
        /127\.0\.0\.1:1\/.* can't be reached. Start it, or correct the address \(ECONNREFUSED\)/,
      );
    });

    it('says that there is no such host', async () => {
      expect(await refusalOf(changed((address) => (address.hostname = 'none.invalid')))).toMatch(
        /can't be reached/,
      );
    });

    it('says that the password is wrong', async () => {
      expect(await refusalOf(changed((address) => (address.password = 'wr0ng')))).toMatch(
        /refuses the user or the password.*28P01/,
      );
    });

    it('says that there is no such database', async () => {
      expect(await refusalOf(changed((address) => (address.pathname = '/none')))).toMatch(
        /has no such database. Create it/,
      );
    });

    it('says that it does not speak TLS', async () => {
      expect(await refusalOf(`${url}?sslmode=require`)).toMatch(/does not speak TLS/);
    });

    it('says that its user may not make tables', async () => {
      const user = `reader_${String(Date.now())}`;
      await ask(`create role ${user} login password 'r3ader'; revoke create on schema public from public`);
      try {
        const refusal = await refusalOf(
          changed((address) => {
            address.username = user;
            address.password = 'r3ader';
          }),
        );
        expect(refusal).toMatch(/does not let its user make tables. Grant it "create"/);
      } finally {
        await ask(`drop owned by ${user}; drop role ${user}`);
      }
    });

    it('says that it keeps text in another encoding', async () => {
      const name = `${new URL(url).pathname.slice(1)}_latin`;
      await ask(`create database ${name} encoding 'LATIN1' locale 'C' template template0`);
      expect(await refusalOf(changed((address) => (address.pathname = `/${name}`)))).toMatch(
        /keeps text as LATIN1. Use a database with the encoding UTF8/,
      );
    });
  });
});

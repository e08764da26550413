import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { beginRun } from './databases.js';
import type { TestPostgres } from './index.js';
import { dropTestDatabase, newTestDatabase, startTestPostgres } from './index.js';
import { embeddedInstallation, findInstallations } from './installations.js';
import { runServer } from './run-server.js';

const waiting = fileURLToPath(new URL('starts-and-waits.fixture.js', import.meta.url));

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
    return rows.flat();
  } finally {
    await client.end();
  }
}

async function gone(path: string): Promise<void> {
  while (
    await access(path).then(
      () => true,
      () => false,
    )
  ) {
    await setTimeout(20);
  }
}

/** Runs with these in the environment of the process. */
async function withEnvironment<T>(
  changes: Record<string, string | undefined>,
  work: () => Promise<T>,
): Promise<T> {
  const before = { ...process.env };
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  try {
    return await work();
  } finally {
    for (const name of Object.keys(changes)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  }
}

describe('a PostgreSQL for tests', () => {
  const started: TestPostgres[] = [];

  async function start(given?: string): Promise<TestPostgres> {
    const postgres = await withEnvironment({ TEST_DATABASE_URL: given }, startTestPostgres);
    started.push(postgres);
    return postgres;
  }

  afterEach(async () => {
    for (const postgres of started.splice(0).reverse()) await postgres.stop();
  });

  it('makes databases that are empty and know nothing of each other', async () => {
    const postgres = await start();
    const databases = [postgres.url, await postgres.newDatabase(), await newTestDatabase(postgres.url)];
    for (const url of databases) {
      await ask(url, 'create table mine (id integer)');
      expect(await ask(url, `select count(*)::integer from pg_tables where schemaname = 'public'`)).toEqual([
        1,
      ]);
    }
  }, 60_000);

  it('copies a template, which is made once', async () => {
    const postgres = await start();
    const prepared: string[] = [];
    const template = {
      name: 'tables',
      prepare: async (url: string) => {
        prepared.push(url);
        await ask(url, 'create table kept (id integer)');
      },
    };
    const urls = await Promise.all([1, 2, 3].map(() => newTestDatabase(postgres.url, template)));
    for (const url of urls) expect(await ask(url, 'select count(*)::integer from kept')).toEqual([0]);
    expect(prepared).toHaveLength(1);
    expect(urls).not.toContain(prepared[0]);
  }, 60_000);

  it('makes a template again whose making has failed', async () => {
    const postgres = await start();
    const failing = { name: 'tables', prepare: () => Promise.reject(new Error('No tables today.')) };
    await expect(newTestDatabase(postgres.url, failing)).rejects.toThrow('No tables today.');
    const template = {
      name: 'tables',
      prepare: async (url: string) => {
        await ask(url, 'create table a ()');
      },
    };
    expect(
      await ask(await newTestDatabase(postgres.url, template), 'select count(*)::integer from a'),
    ).toEqual([0]);
  }, 60_000);

  it('drops a database that somebody is connected to', async () => {
    const postgres = await start();
    const database = await postgres.newDatabase();
    const client = new pg.Client({ connectionString: database });
    client.on('error', () => undefined);
    await client.connect();
    await dropTestDatabase(postgres.url, database);
    await expect(ask(database, 'select 1')).rejects.toMatchObject({ code: '3D000' });
    await client.end().catch(() => undefined);
  }, 60_000);

  it('is gone after it was stopped, whoever is still connected', async () => {
    const postgres = await start();
    const [folder] = await ask(postgres.url, 'show data_directory');
    const client = new pg.Client({ connectionString: postgres.url });
    client.on('error', () => undefined);
    const ended = new Promise((resolve) => client.once('end', resolve));
    await client.connect();
    await postgres.stop();
    await ended;
    await expect(ask(postgres.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(access(String(folder))).rejects.toMatchObject({ code: 'ENOENT' });
  }, 60_000);

  it.each(['SIGKILL', 'SIGINT'] as const)(
    'is gone when what started it ends by %s',
    async (signal) => {
      const { TEST_DATABASE_URL: _, ...env } = process.env;
      const child = spawn(process.execPath, [waiting], { env, stdio: ['pipe', 'pipe', 'inherit'] });
      const [line] = await once(createInterface({ input: child.stdout }), 'line');
      const url = String(line);
      const [folder] = await ask(url, 'show data_directory');
      child.kill(signal);
      await gone(String(folder));
      await expect(ask(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    },
    60_000,
  );

  it('uses the server that it is given, and leaves nothing there', async () => {
    const server = await start();
    const names = () =>
      ask(server.url, `select datname::text from pg_database where datname like 'anyforge%' order by 1`);
    const before = await names();
    const postgres = await start(server.url);
    await postgres.newDatabase();
    expect(await names()).toHaveLength(before.length + 2);
    await postgres.stop();
    expect(await names()).toEqual(before);
  }, 60_000);

  it('fails, and says why, when the server that it is given is not there', async () => {
    await expect(start('postgresql://nobody@127.0.0.1:1/none')).rejects.toThrow(
      /Set TEST_DATABASE_URL.*\n- TEST_DATABASE_URL: .*ECONNREFUSED/,
    );
  }, 60_000);

  it('finds the programs on the search path', async () => {
    const installation = await embeddedInstallation();
    const bin = fileURLToPath(new URL('.', `file://${installation.postgres}`));
    expect((await findInstallations(bin))[0]).toEqual({
      postgres: installation.postgres,
      initdb: installation.initdb,
    });
  });

  it('runs the programs of the package, where no PostgreSQL is installed', async () => {
    const server = await runServer(await embeddedInstallation());
    try {
      const run = await beginRun(server.url);
      expect(await ask(run.url, `select current_setting('server_version_num')::integer >= 180000`)).toEqual([
        true,
      ]);
    } finally {
      await server.stop();
    }
  }, 60_000);

  it('tells what the programs said when they fail, and leaves no folder', async () => {
    await expect(runServer({ postgres: 'postgres', initdb: '/bin/false' })).rejects.toThrow(/\/bin\/false/);
  });
});

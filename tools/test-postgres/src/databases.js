// @ts-check
import { randomBytes } from 'node:crypto';
import pg from 'pg';

/**
 * The databases of one run: their names begin with that of its first one, by which they are found again and dropped.
 *
 * @typedef {{ readonly url: string, drop(): Promise<void> }} Run
 */

/** @param {string} url @param {string} name */
function withDatabase(url, name) {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** @template T @param {string} url @param {(client: pg.Client) => Promise<T>} work */
async function connected(url, work) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection that is cut while it is idle is told by the next query.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const random = () => randomBytes(6).toString('hex');

/** @param {string} serverUrl Of any database on the server, for a user who may make databases. @returns {Promise<Run>} */
export async function beginRun(serverUrl) {
  const name = `anyforge_test_${random()}`;
  await connected(serverUrl, (client) => client.query(`create database ${name}`));
  return {
    url: withDatabase(serverUrl, name),
    drop: () =>
      connected(serverUrl, async (client) => {
        const { rows } = await client.query(
          'select datname from pg_database where starts_with(datname, $1)',
          [name],
        );
        for (const { datname } of rows) {
          await client.query(`drop database if exists ${client.escapeIdentifier(datname)} with (force)`);
        }
      }),
  };
}

/** @param {string} url */
function nameIn(url) {
  return new URL(url).pathname.slice(1);
}

/** @type {typeof import('./index.js').newTestDatabase} */
export async function newTestDatabase(url, template) {
  const name = `${nameIn(url)}_${random()}`;
  await connected(url, async (client) => {
    if (template === undefined) await client.query(`create database ${name}`);
    else await copyTemplate(client, url, template, name);
  });
  return withDatabase(url, name);
}

/**
 * One at a time, because nothing may be connected to a template while it is copied.
 *
 * @param {pg.Client} client @param {string} url @param {import('./index.js').TestTemplate} template @param {string} name
 */
async function copyTemplate(client, url, template, name) {
  const original = `${nameIn(url)}_${template.name}`;
  // The end of the connection gives it back.
  await client.query('select pg_advisory_lock(1)');
  const { rowCount } = await client.query('select from pg_database where datname = $1', [original]);
  if (rowCount === 0) {
    await client.query(`create database ${original}`);
    try {
      await template.prepare(withDatabase(url, original));
    } catch (error) {
      await client.query(`drop database ${original} with (force)`);
      throw error;
    }
  }
  await client.query(`create database ${name} template ${original} ${await quickStrategy(client)}`);
}

/**
 * To copy files is half the work of copying pages through the log. It takes checkpoints, which are slow where they wait
 * for a disk.
 *
 * @param {pg.Client} client
 */
async function quickStrategy(client) {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::integer >= 150000 and current_setting('fsync') = 'off' as quick`,
  );
  return rows[0]?.quick === true ? 'strategy file_copy' : '';
}

/** @type {typeof import('./index.js').dropTestDatabase} */
export async function dropTestDatabase(url, database) {
  await connected(url, (client) =>
    client.query(`drop database if exists ${client.escapeIdentifier(nameIn(database))} with (force)`),
  );
}

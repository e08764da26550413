import { openHub } from '@anyforge/hub';
import { systemClock } from '@anyforge/provider-kit';
import pg from 'pg';
import { median } from '../measure.js';
import { callerOf } from '../people.js';
import { catalogForge } from './catalog-forge.js';

const repositoriesEach = 10_000;
const crowd = 100;
const rounds = 25;
/** What reading may take longer for somebody among a hundred times as many rows. */
const mostTimes = 2;

/** @type {Readonly<Record<string, Omit<import('@anyforge/hub').RepositoryListRequest, 'cursor'>>>} */
const readings = {
  'first page': { limit: 50 },
  'deep page': { limit: 50 },
  search: { limit: 50, search: 'service-77' },
  'rare filter': { limit: 50, archived: true, level: 'admin' },
};

/** How many pages a person has turned before the deep one. */
const pagesTurned = 150;

/**
 * Reads one person's list of 10,000 repositories, alone in the database and among a hundred people's.
 *
 * @param {import('../sync/stage.js').Stage} stage
 * @param {import('../sync/stage.js').Database} database
 * @returns {Promise<import('../list/summary.js').Summary>}
 */
export async function reading(stage, database) {
  const { dataDirectory, encryptionKey, databaseUrl } = await stage.place(database);
  const plugin = catalogForge(repositoriesEach);
  const hub = await openHub({
    dataDirectory,
    encryptionKey,
    ...(databaseUrl !== undefined && { database: { url: databaseUrl } }),
    publicUrl: 'http://localhost:4400',
    publicGitProviders: false,
    plugins: { get: (type) => (type === plugin.type ? plugin : undefined), list: () => [plugin] },
    clock: systemClock,
    logger: { debug: () => undefined, warn: (fields, message) => console.error(message, fields) },
  });
  try {
    const { id } = await hub.gitProviders.create(personOf(0), {
      name: 'Catalog',
      type: plugin.type,
      config: { baseUrl: 'https://forge.test' },
    });
    await synchronize(hub, id, 0);
    if (databaseUrl !== undefined) await countAnew(databaseUrl);
    const alone = await readAll(hub);
    await Promise.all(Array.from({ length: crowd - 1 }, (_, index) => synchronize(hub, id, index + 1)));
    return summarize(database, alone, await readAll(hub));
  } finally {
    await hub.close();
  }
}

/**
 * As PostgreSQL does by itself within about a minute, at an instant of its own. Here it knows of one list from now on,
 * and may or may not find out that there are a hundred.
 *
 * @param {string} url
 */
async function countAnew(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('analyze');
  await client.end();
}

/**
 * @param {import('@anyforge/hub').Hub} hub
 * @param {string} gitProviderId
 * @param {number} number
 */
async function synchronize(hub, gitProviderId, number) {
  const caller = personOf(number);
  const { syncId } = await hub.connections.putToken(caller, gitProviderId, { token: String(number) });
  let sync = await hub.syncs.get(caller.personId, syncId);
  while (sync.finishedAt === undefined) {
    sync = await hub.syncs.changed(caller.personId, sync.id, { after: sync.revision });
  }
  if (sync.state !== 'succeeded') throw new Error(`A sync ended as ${JSON.stringify(sync)}`);
}

/**
 * @param {import('@anyforge/hub').Hub} hub
 * @returns {Promise<ReadonlyMap<string, number>>} milliseconds, by the name of the reading
 */
async function readAll(hub) {
  const { personId } = personOf(0);
  const deep = await cursorAfter(hub, pagesTurned);
  const times = new Map();
  for (const [name, request] of Object.entries(readings)) {
    const cursor = name === 'deep page' ? deep : undefined;
    const taken = [];
    for (let round = 0; round < rounds; round += 1) {
      const begin = performance.now();
      const { items } = await hub.repositories.list(personId, { ...request, cursor });
      taken.push(performance.now() - begin);
      if (items.length === 0) throw new Error(`Nothing was found: ${name}`);
    }
    times.set(name, median(taken));
  }
  return times;
}

/**
 * @param {import('@anyforge/hub').Hub} hub
 * @param {number} pages
 */
async function cursorAfter(hub, pages) {
  let cursor;
  for (let page = 0; page < pages; page += 1) {
    const list = await hub.repositories.list(personOf(0).personId, { limit: 50, cursor });
    cursor = list.nextCursor;
  }
  return cursor;
}

/**
 * @param {string} database
 * @param {ReadonlyMap<string, number>} alone
 * @param {ReadonlyMap<string, number>} among
 * @returns {import('../list/summary.js').Summary}
 */
function summarize(database, alone, among) {
  const found = [...alone].map(([name, ms]) => ({
    name: `${database} ${name}`,
    ms,
    later: among.get(name) ?? Number.NaN,
  }));
  return {
    rows: found.map(({ name, ms, later }) => ({
      bench: 'reading',
      subject: `${name}, among 1,000,000`,
      against: 'among 10,000',
      value: later,
      unit: 'ms',
      ratio: ms / later,
    })),
    verdicts: found.map(({ name, ms, later }) => ({
      name: `${name}: at most ${mostTimes} times as long among 1,000,000 rows`,
      met: later <= ms * mostTimes,
      found: `${(later / ms).toFixed(2)} times, ${later.toFixed(1)} ms`,
    })),
  };
}

/** @param {number} number */
function personOf(number) {
  return callerOf(`person-${number}`);
}

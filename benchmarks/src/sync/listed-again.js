import { openRaw } from './raw-database.js';
import { openWith } from './stage.js';

const repositories = 10_000;
const latencyMs = 50;
const leastUnchanged = 0.99;

/**
 * The same list again on GitHub, after the hub was restarted.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {import('./stage.js').Database} database
 * @returns {Promise<import('../list/summary.js').Summary>}
 */
export async function listedAgain(stage, database) {
  const { running, setLatency } = await stage.forge({ forge: 'github', repositories, limited: true });
  await setLatency(latencyMs);
  const hub = stage.hub();
  const place = await stage.place(database);
  await openWith(hub, place, running, 'ada');
  /** @type {import('./hub-process.js').Effort} */
  const first = await hub.ask({ kind: 'sync', person: 'ada' });
  await hub.ask({ kind: 'close' });
  await withRaw(place, (raw) => raw.countWrites('permissions'));
  await hub.ask({ kind: 'open', place, work: true });
  const before = await hub.ask({ kind: 'points', forge: running });
  /** @type {import('./hub-process.js').Effort} */
  const again = await hub.ask({ kind: 'sync', person: 'ada' });
  const points = (await hub.ask({ kind: 'points', forge: running })) - before;
  await hub.ask({ kind: 'close' });
  await stage.clear();
  const rows = await withRaw(place, async (raw) =>
    Number((await raw.query('select count from written'))[0]?.['count']),
  );
  return summarize(`github ${database}`, { first, again, points, rows });
}

/**
 * @template T
 * @param {import('./hub-process.js').Place} place
 * @param {(raw: import('./raw-database.js').RawDatabase) => Promise<T>} work
 */
async function withRaw(place, work) {
  const raw = await openRaw(place);
  try {
    return await work(raw);
  } finally {
    await raw.close();
  }
}

/**
 * @param {string} name
 * @param {{ readonly first: import('./hub-process.js').Effort, readonly again: import('./hub-process.js').Effort, readonly points: number, readonly rows: number }} found
 * @returns {import('../list/summary.js').Summary}
 */
function summarize(name, { first, again, points, rows }) {
  const unchanged = again.statuses['304'] ?? 0;
  const answers = Object.values(again.statuses).reduce((sum, count) => sum + count, 0);
  const share = unchanged / answers;
  return {
    rows: [
      {
        ...{ bench: 'sync again', subject: `${name}, nothing changed`, against: 'the first sync' },
        ...{ value: again.seconds, unit: 's', ratio: first.seconds / again.seconds },
      },
    ],
    verdicts: [
      {
        name: `${name}: at least ${leastUnchanged * 100} % answered 304`,
        met: share >= leastUnchanged,
        found: `${unchanged} of ${answers}`,
      },
      { name: `${name}: no primary points used`, met: points === 0, found: String(points) },
      { name: `${name}: no permission row written`, met: rows === 0, found: String(rows) },
    ],
  };
}

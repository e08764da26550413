import { median } from '../measure.js';
import { openWith } from './stage.js';

const repositories = 10_000;
const latencyMs = 50;
const rounds = 3;
const mostTimes = 1.2;

/**
 * A first sync, beside the listing alone: by the same adapter, in a process of the same kind.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {import('../list/forges.js').Forge} forge
 * @param {readonly import('./stage.js').Database[]} databases
 * @returns {Promise<import('../list/summary.js').Summary>}
 */
export async function besideListing(stage, { type }, databases) {
  const alone = await seconds(stage, type, async (hub, forge) => hub.ask({ kind: 'list', forge }));
  const syncs = [];
  for (const database of databases) {
    const taken = await seconds(stage, type, async (hub, forge) => {
      await openWith(hub, await stage.place(database), forge, 'ada');
      const effort = await hub.ask({ kind: 'sync', person: 'ada' });
      await hub.ask({ kind: 'close' });
      return effort;
    });
    syncs.push({ database, taken });
  }
  return {
    rows: syncs.map(({ database, taken }) => ({
      bench: 'sync',
      subject: `${type} ${database}`,
      against: `${type} listing alone`,
      value: taken,
      unit: 's',
      ratio: alone / taken,
    })),
    verdicts: syncs.map(({ database, taken }) => ({
      name: `${type} ${database}: a sync within ${mostTimes} times the time of the listing alone`,
      met: taken <= alone * mostTimes,
      found: `${(taken / alone).toFixed(2)} times`,
    })),
  };
}

/**
 * Of a forge of its own, so that nobody spends another one's rate limit.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {import('../list/forges.js').ForgeType} type
 * @param {(hub: import('./stage.js').HubProcess, forge: import('./forge-process.js').RunningForge) => Promise<import('./hub-process.js').Effort>} work
 */
async function seconds(stage, type, work) {
  const { running, setLatency } = await stage.forge({ forge: type, repositories, limited: true });
  await setLatency(latencyMs);
  const hub = stage.hub();
  const efforts = [];
  for (let round = 0; round < rounds; round += 1) {
    const effort = await work(hub, running);
    if (effort.repositories !== repositories) throw new Error(`${effort.repositories} of ${repositories}`);
    efforts.push(effort.seconds);
  }
  await stage.clear();
  return median(efforts);
}

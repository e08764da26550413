import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestPostgres } from '@anyforge/test-postgres';
import { startChild } from '../child.js';
import { chooseForges } from '../list/forges.js';
import { openOffice } from './office.js';
import { startWorkers } from './workers.js';

const people = 200;
const repositories = 500;
/** About what a forge takes for a page of 100. */
const latencyMs = 500;
const counts = /** @type {const} */ ([1, 2, 4]);

const crowdProcess = new URL('crowd-process.js', import.meta.url);

/**
 * Has the same people synchronize with one worker process, two and four on one PostgreSQL.
 *
 * @param {{ readonly only?: readonly string[] | undefined, readonly onProgress: (text: string) => void }} options
 * @returns {Promise<import('../list/summary.js').Summary>}
 */
export async function benchReplicas({ only, onProgress }) {
  const forges = chooseForges(only);
  const perForge = Math.ceil(people / forges.length);
  const processes = forges.map(() => startChild(crowdProcess));
  const postgres = await startTestPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-replicas-'));
  try {
    const size = { people: perForge, repositories, latencyMs };
    const crowds = /** @type {import('./crowd-process.js').RunningCrowd[]} */ (
      await Promise.all(processes.map((child, index) => child.ask({ forge: forges[index]?.type, ...size })))
    );
    const rates = [];
    for (const count of counts) {
      onProgress(`${count} worker processes, ${perForge * crowds.length} people`);
      const settings = {
        DATABASE_URL: await postgres.newDatabase(),
        ENCRYPTION_KEY: randomBytes(32).toString('base64'),
        PUBLIC_URL: 'http://localhost:4400',
        ALLOW_ADDRESSES: 'loopback',
        DATA_DIRECTORY: folder,
      };
      const seconds = await timeOf(count, settings, crowds);
      rates.push((perForge * crowds.length * repositories) / seconds);
    }
    return summarize(rates);
  } finally {
    await Promise.all(processes.map((child) => child.stop()));
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {number} count
 * @param {Readonly<Record<'DATABASE_URL' | 'ENCRYPTION_KEY' | 'PUBLIC_URL' | 'ALLOW_ADDRESSES' | 'DATA_DIRECTORY', string>>} settings
 * @param {readonly import('./crowd-process.js').RunningCrowd[]} crowds
 * @returns {Promise<number>} seconds from the first request for a sync to the end of the last one
 */
async function timeOf(count, settings, crowds) {
  const office = await openOffice(settings);
  try {
    await office.signIn(crowds);
    const stop = await startWorkers(count, settings);
    try {
      const begin = performance.now();
      await office.synchronize(repositories);
      return (performance.now() - begin) / 1000;
    } finally {
      await stop();
    }
  } finally {
    await office.close();
  }
}

/** @param {readonly number[]} rates repositories per second, one for each of `counts` */
function summarize(rates) {
  const [one = Number.NaN] = rates;
  const rows = rates.map((rate, index) => ({
    bench: 'replicas',
    subject: `worker processes: ${counts[index]}`,
    against: 'one',
    value: Math.round(rate),
    unit: 'repositories/s',
    ratio: rate / one,
  }));
  return { rows, verdicts: [] };
}

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestPostgres } from '@anyforge/test-postgres';
import { startChild } from '../child.js';

const forgeProcess = new URL('forge-process.js', import.meta.url);
const hubProcess = new URL('hub-process.js', import.meta.url);

/**
 * @typedef {import('./databases.js').Database} Database
 * @typedef {import('../child.js').Child<import('./hub-process.js').Task, any>} HubProcess
 */

/**
 * Where the parts of a bench come from, each in a process of its own, and what is left of them in the end.
 *
 * @param {readonly Database[]} used
 */
export async function openStage(used) {
  const postgres = used.includes('postgres') ? await startTestPostgres() : undefined;
  const folder = await mkdtemp(join(tmpdir(), 'anyforge-sync-'));
  /** @type {Set<{ stop: () => Promise<void> }>} */
  const children = new Set();
  let places = 0;

  /** @template {{ stop: () => Promise<void> }} T @param {T} child @returns {T} */
  const kept = (child) => {
    children.add(child);
    return child;
  };

  return {
    /** A forge with so many repositories. @param {Omit<import('./forge-process.js').Start, 'kind'>} size */
    async forge(size) {
      const child = kept(startChild(forgeProcess));
      const running = /** @type {import('./forge-process.js').RunningForge} */ (
        await child.ask({ kind: 'start', ...size })
      );
      return { running, setLatency: (/** @type {number} */ ms) => child.ask({ kind: 'latency', ms }) };
    },

    /** @param {readonly string[]} [flags] for Node.js @returns {HubProcess} */
    hub: (flags) => kept(startChild(hubProcess, { flags })),

    /** Room for the data of a hub. @param {Database} database @returns {Promise<import('./hub-process.js').Place>} */
    async place(database) {
      places += 1;
      const databaseUrl = database === 'postgres' ? await postgres?.newDatabase() : undefined;
      return {
        dataDirectory: join(folder, String(places)),
        encryptionKey: randomBytes(32).toString('base64'),
        ...(databaseUrl !== undefined && { databaseUrl }),
      };
    },

    /** Ends every process that was started until now. */
    async clear() {
      await Promise.all([...children].map((child) => child.stop()));
      children.clear();
    },

    async close() {
      await this.clear();
      await postgres?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof openStage>>} Stage */

/**
 * Opens a hub for somebody who has signed in and never synchronized.
 *
 * @param {HubProcess} hub
 * @param {import('./hub-process.js').Place} place
 * @param {import('./forge-process.js').RunningForge} forge
 * @param {string} person
 */
export async function openWith(hub, place, forge, person) {
  await hub.ask({ kind: 'open', place, work: false });
  await hub.ask({ kind: 'sign in', forge, person });
  await hub.ask({ kind: 'close' });
  await hub.ask({ kind: 'open', place, work: true });
}

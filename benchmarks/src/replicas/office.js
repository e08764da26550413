import { openHub } from '@anyforge/hub';
import { systemClock } from '@anyforge/provider-kit';
import { createGuardedFetch } from '@anyforge/provider-kit/guarded-fetch';
import { callerOf } from '../people.js';
import { catalog, configOf } from '../sync/forge-context.js';

/**
 * @typedef {object} Office where people sign in and ask for syncs, and that runs none itself
 * @property {(crowds: readonly import('./crowd-process.js').RunningCrowd[]) => Promise<void>} signIn
 * @property {(repositories: number) => Promise<void>} synchronize everybody; fails unless each has that many then
 * @property {() => Promise<void>} close
 */

/** More would wait for each other's connections to the database. */
const atOnce = 20;

/** @param {Readonly<Record<'DATABASE_URL' | 'ENCRYPTION_KEY' | 'PUBLIC_URL' | 'DATA_DIRECTORY', string>>} settings @returns {Promise<Office>} */
export async function openOffice(settings) {
  const hub = await openHub({
    dataDirectory: settings.DATA_DIRECTORY,
    database: { url: settings.DATABASE_URL },
    encryptionKey: settings.ENCRYPTION_KEY,
    publicUrl: settings.PUBLIC_URL,
    publicGitProviders: false,
    work: false,
    plugins: catalog,
    providerContext: () => ({ fetch: createGuardedFetch({ addresses: { private: false, loopback: true } }) }),
    clock: systemClock,
    logger: { debug: () => undefined, warn: (fields, message) => console.error(message, fields) },
  });
  /** @type {{ readonly personId: string }[]} */
  const people = [];
  return {
    async signIn(crowds) {
      for (const { forge, credentials, ...addresses } of crowds) {
        const { id } = await hub.gitProviders.create(callerOf('administrator'), {
          name: forge,
          type: forge,
          config: configOf(addresses),
        });
        await forEachOf(credentials, async ({ token, username }, index) => {
          const personId = `${forge}-${index}`;
          await hub.connections.putToken(callerOf(personId), id, { token, username });
          // What every sign-in starts is not what is measured.
          for (const sync of await hub.syncs.list(personId)) await hub.syncs.cancel(personId, sync.id);
          people.push({ personId });
        });
      }
    },

    async synchronize(repositories) {
      const started = await Promise.all(people.map(({ personId }) => hub.syncs.start(personId)));
      await Promise.all(
        started.map(async (first, index) => {
          const personId = people[index]?.personId ?? '';
          let sync = first;
          while (sync.finishedAt === undefined) {
            sync = await hub.syncs.changed(personId, sync.id, { after: sync.revision });
          }
          const [task] = sync.tasks;
          if (task?.state !== 'succeeded' || task.repositories !== repositories) {
            throw new Error(`A sync ended as ${JSON.stringify(sync)}`);
          }
        }),
      );
    },

    close: () => hub.close(),
  };
}

/**
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T, index: number) => Promise<void>} work
 */
async function forEachOf(items, work) {
  for (let start = 0; start < items.length; start += atOnce) {
    await Promise.all(items.slice(start, start + atOnce).map((item, index) => work(item, start + index)));
  }
}

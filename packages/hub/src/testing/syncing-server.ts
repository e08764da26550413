/**
 * A process that synchronizes on a data folder until it is killed: `node … syncing-server.ts FOLDER MILLISECONDS [PAGE]`.
 * It writes a line for every page that a sync has stored. Silent for that many milliseconds, it is taken for dead. With
 * a page, its forge never answers that one: no sync ends.
 */
import { setTimeout } from 'node:timers/promises';
import { openHub } from '../hub.js';
import { callerOf } from './callers.js';
import { crashForge, crashPerson, crashToken } from './crash-forge.js';
import { knownDatabase } from './test-database.js';
import { catalogOf, TestLogger } from './test-hub.js';

const [dataDirectory = '', takeOverAfterMs, unansweredPage] = process.argv.slice(2);
const forge = crashForge();
const never = new Promise<void>(() => undefined);
forge.before = ({ page }) => (String(page) === unansweredPage ? never : undefined);
const hub = await openHub({
  dataDirectory,
  database: await knownDatabase(dataDirectory),
  takeOverAfterMs: Number(takeOverAfterMs),
  publicUrl: 'http://localhost:4400',
  plugins: catalogOf(forge.plugin),
  clock: {
    now: () => new Date(),
    sleep: (ms, signal) =>
      setTimeout(ms, undefined, { signal }).catch((error: unknown) => {
        throw signal?.aborted === true ? signal.reason : error;
      }),
  },
  logger: new TestLogger(),
  publicGitProviders: false,
});
const providers = await hub.gitProviders.list(crashPerson);
const gitProviderId =
  providers[0]?.id ??
  (
    await hub.gitProviders.create(callerOf('administrator'), {
      name: 'Forge',
      type: 'fake',
      config: { baseUrl: 'https://forge.test' },
    })
  ).id;
if ((await hub.connections.get(crashPerson, gitProviderId)) === null) {
  await hub.connections.putToken(callerOf(crashPerson), gitProviderId, { token: crashToken });
}
for (;;) {
  let sync = await hub.syncs.start(crashPerson);
  while (sync.finishedAt === undefined) {
    process.stdout.write(`page\n`);
    sync = await hub.syncs.changed(crashPerson, sync.id, { after: sync.revision });
  }
}

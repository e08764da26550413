import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openHub } from '@anyforge/hub';
import { createSharedBudgets, systemClock } from '@anyforge/provider-kit';
import { serve } from '../child.js';
import { callerOf } from '../people.js';
import { catalog, configOf, createCountingFetch, now } from './forge-context.js';

/**
 * @typedef {object} Place where a hub keeps its data
 * @property {string} dataDirectory
 * @property {string} encryptionKey
 * @property {string} [databaseUrl]
 *
 * @typedef {{ readonly kind: 'open', readonly place: Place, readonly work: boolean }} Open
 * @typedef {{ readonly kind: 'close' }} Close
 * @typedef {{ readonly kind: 'list', readonly forge: import('./forge-process.js').RunningForge }} List
 * @typedef {{ readonly kind: 'sign in', readonly forge: import('./forge-process.js').RunningForge, readonly person: string }} SignIn
 * @typedef {{ readonly kind: 'sync', readonly person: string }} Sync
 * @typedef {{ readonly kind: 'points', readonly forge: import('./forge-process.js').RunningForge }} Points how many requests GitHub has counted
 * @typedef {{ readonly kind: 'begin', readonly person: string }} Begin starts a sync, and leaves it
 * @typedef {{ readonly kind: 'await request' }} AwaitRequest
 * @typedef {{ readonly kind: 'await end', readonly person: string, readonly syncId: string }} AwaitEnd
 * @typedef {{ readonly kind: 'cancel', readonly person: string, readonly syncId: string }} Cancel
 * @typedef {{ readonly kind: 'cancel here', readonly person: string, readonly syncId: string }} CancelHere cancels, and awaits the end
 *
 * @typedef {{ readonly repositories: number, readonly endedAt: number }} Outcome
 *
 * @typedef {object} Effort
 * @property {number} seconds
 * @property {number} repositories
 * @property {number} rssMB the most memory that the process had
 * @property {number} delayMs the 99th percentile of the event loop's delay
 * @property {Readonly<Record<string, number>>} statuses how often the forge answered how
 */

/** @typedef {Open | Close | List | SignIn | Sync | Points | Begin | AwaitRequest | AwaitEnd | Cancel | CancelHere} Task */

const sampleEveryMs = 20;
/** At the event loop. */
const lookEveryMs = 5;
/** @type {import('@anyforge/core').Logger} */
const logger = { debug: () => undefined, warn: (fields, message) => console.error(message, fields) };
const counting = createCountingFetch();

/** When the last sync has ended, and that was committed. */
let lastEndedAt = Number.NaN;
const ignore = () => undefined;
/** @type {import('@anyforge/hub').Measurements} */
const measurements = {
  requestMade: ignore,
  requestRetried: ignore,
  waitBegun: ignore,
  jobPickedUp: ignore,
  attemptBegun: ignore,
  attemptEnded: ignore,
  taskEnded: ignore,
  syncEnded: () => {
    lastEndedAt = now();
  },
  repositoriesStored: ignore,
};

/** @type {import('@anyforge/hub').Hub | undefined} */
let opened;

function hub() {
  if (opened === undefined) throw new Error('No hub is open.');
  return opened;
}

/** @param {Open} task */
async function open({ place, work }) {
  opened = await openHub({
    dataDirectory: place.dataDirectory,
    encryptionKey: place.encryptionKey,
    ...(place.databaseUrl !== undefined && { database: { url: place.databaseUrl } }),
    publicUrl: 'http://localhost:4400',
    publicGitProviders: false,
    work,
    plugins: catalog,
    providerContext: ({ budgets, responses }) => ({
      fetch: counting.fetch,
      budgets: createSharedBudgets({ clock: systemClock, logger, store: budgets }),
      responses,
    }),
    measurements,
    clock: systemClock,
    logger,
  });
}

/** @param {SignIn} task */
async function signIn({ forge, person }) {
  const { gitProviders, connections, syncs } = hub();
  const caller = callerOf(person);
  const known = (await gitProviders.list(person)).find(({ name }) => name === forge.forge);
  const input = { name: forge.forge, type: forge.forge, config: configOf(forge) };
  const { id } = known ?? (await gitProviders.create(caller, input));
  const { token, username } = forge.credential;
  const { syncId } = await connections.putToken(caller, id, { token, username });
  // What every sign-in starts is not what is measured.
  await syncs.cancel(person, syncId);
}

/** @param {string} person @param {string} syncId */
async function ended(person, syncId) {
  const { syncs } = hub();
  let sync = await syncs.get(person, syncId);
  while (sync.finishedAt === undefined) {
    sync = await syncs.changed(person, syncId, { after: sync.revision });
  }
  return sync;
}

/** As somebody who has the page open. @param {string} person @param {string} syncId */
async function watched(person, syncId) {
  const { syncs } = hub();
  let last;
  for await (const sync of syncs.watch(person, syncId)) last = sync;
  return last?.tasks ?? [];
}

/** @param {AwaitEnd | CancelHere} task */
async function whenEnded({ person, syncId }) {
  await ended(person, syncId);
  const endedAt = now();
  return { endedAt, stoppedAt: await counting.stopped() };
}

/** @param {Cancel | CancelHere} task @returns {Promise<number>} when it was asked for */
async function cancel({ person, syncId }) {
  const askedAt = now();
  await hub().syncs.cancel(person, syncId);
  return askedAt;
}

/** @param {List} task @returns {Promise<Outcome>} */
async function list({ forge }) {
  const plugin = catalog.get(forge.forge);
  if (plugin === undefined) throw new Error(`There is no forge called ${forge.forge}.`);
  const provider = plugin.create(configOf(forge), { fetch: counting.fetch });
  let count = 0;
  for await (const _repository of provider.signIn(forge.credential).repositories()) count += 1;
  return { repositories: count, endedAt: now() };
}

/** @param {Sync} task @returns {Promise<Outcome>} */
async function sync({ person }) {
  const { id } = await hub().syncs.start(person);
  const [task] = await watched(person, id);
  if (task?.state !== 'succeeded') throw new Error(`A sync ended as ${JSON.stringify(task)}`);
  return { repositories: task.repositories, endedAt: lastEndedAt };
}

/**
 * @param {() => Promise<Outcome>} work
 * @returns {Promise<Effort>}
 */
async function measured(work) {
  globalThis.gc?.();
  counting.statuses.clear();
  const delay = monitorEventLoopDelay({ resolution: lookEveryMs });
  let rss = 0;
  const sample = () => {
    rss = Math.max(rss, process.memoryUsage.rss());
  };
  const sampling = setInterval(sample, sampleEveryMs);
  delay.enable();
  const begin = now();
  try {
    const { repositories, endedAt } = await work();
    sample();
    return {
      seconds: (endedAt - begin) / 1000,
      repositories,
      rssMB: rss / 2 ** 20,
      // What is told is the time between two looks.
      delayMs: delay.percentile(99) / 1e6 - lookEveryMs,
      statuses: Object.fromEntries(counting.statuses),
    };
  } finally {
    delay.disable();
    clearInterval(sampling);
  }
}

/** @param {Points} task @returns {Promise<number>} */
async function points({ forge }) {
  const headers = { authorization: `Bearer ${forge.credential.token}` };
  const response = await counting.fetch(`${forge.apiUrl}/rate_limit`, { headers });
  const { resources } = /** @type {{ readonly resources: { readonly core: { readonly used: number } } }} */ (
    await response.json()
  );
  return resources.core.used;
}

/** @param {Task} task */
async function work(task) {
  switch (task.kind) {
    case 'open':
      return open(task);
    case 'close':
      return hub().close();
    case 'sign in':
      return signIn(task);
    case 'list':
      return measured(() => list(task));
    case 'sync':
      return measured(() => sync(task));
    case 'points':
      return points(task);
    case 'begin':
      return (await hub().syncs.start(task.person)).id;
    case 'await request':
      return counting.begun();
    case 'await end':
      return whenEnded(task);
    case 'cancel':
      return cancel(task);
    case 'cancel here': {
      const ending = whenEnded(task);
      return { askedAt: await cancel(task), ...(await ending) };
    }
  }
}

serve(work);

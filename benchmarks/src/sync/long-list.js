import { startChild } from '../child.js';
import { openWith } from './stage.js';

const repositories = 100_000;
const most = { seconds: 60, rssMB: 400, delayMs: 50 };

/**
 * A heap of this size has to do for it, in megabytes. Left alone, V8 collects little as long as the machine has memory,
 * and the process would tell more of the machine than of the sync.
 */
const smallHeap = ['--max-old-space-size=192', '--max-semi-space-size=8'];

const bulkProcess = new URL('bulk-process.js', import.meta.url);

/**
 * A list of 100,000, on a forge that answers at once and has no limits, beside the same rows written by one statement
 * for each table.
 *
 * @param {import('./stage.js').Stage} stage
 * @param {import('../list/forges.js').Forge} forge
 * @param {import('./stage.js').Database} database
 * @returns {Promise<import('../list/summary.js').Summary>}
 */
export async function longList(stage, { type }, database) {
  const { running } = await stage.forge({ forge: type, repositories, limited: false });
  const hub = stage.hub(smallHeap);
  const [place, empty] = [await stage.place(database), await stage.place(database)];
  await hub.ask({ kind: 'open', place: empty, work: false });
  await hub.ask({ kind: 'close' });
  await openWith(hub, place, running, 'ada');
  /** @type {import('./hub-process.js').Effort} */
  const effort = await hub.ask({ kind: 'sync', person: 'ada' });
  await hub.ask({ kind: 'close' });
  await stage.clear();
  if (effort.repositories !== repositories) throw new Error(`${effort.repositories} of ${repositories}`);
  const bulk = await writeInBulk(place, empty);
  const name = `${type} ${database}`;
  return {
    rows: [
      row(name, 'a bare bulk statement', effort.seconds, 's', bulk / effort.seconds),
      row(name, `${most.rssMB} MB`, effort.rssMB, 'MB memory', most.rssMB / effort.rssMB),
      row(name, `${most.delayMs} ms`, effort.delayMs, 'ms event loop p99', most.delayMs / effort.delayMs),
    ],
    verdicts: [
      verdict(`${name}: 100,000 stored in ${most.seconds} s`, effort.seconds, most.seconds, 's'),
      verdict(`${name}: in ${most.rssMB} MB`, effort.rssMB, most.rssMB, 'MB'),
      verdict(`${name}: event loop held up ${most.delayMs} ms`, effort.delayMs, most.delayMs, 'ms (p99)'),
    ],
  };
}

/**
 * @param {import('./hub-process.js').Place} from
 * @param {import('./hub-process.js').Place} to
 * @returns {Promise<number>} seconds
 */
async function writeInBulk(from, to) {
  /** @type {import('../child.js').Child<import('./bulk-process.js').Task, number>} */
  const child = startChild(bulkProcess);
  try {
    return await child.ask({ from, to });
  } finally {
    await child.stop();
  }
}

/**
 * @param {string} subject
 * @param {string} against
 * @param {number} value
 * @param {string} unit
 * @param {number} ratio
 */
function row(subject, against, value, unit, ratio) {
  return { bench: 'sync 100,000', subject, against, value, unit, ratio };
}

/**
 * @param {string} name
 * @param {number} value
 * @param {number} atMost
 * @param {string} unit
 */
function verdict(name, value, atMost, unit) {
  return { name, met: value <= atMost, found: `${value.toFixed(1)} ${unit}` };
}

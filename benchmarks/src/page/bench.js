import { median } from '../measure.js';
import { openerOf } from './first-rows.js';
import { initialScriptBytes } from './initial-script.js';
import { scrollThrough } from './scrolling.js';
import { openStage } from './stage.js';

const goals = { scriptKilobytes: 200, firstRowsRatio: 1.5, longestTaskMs: 50, rows: 200 };
const [few, many] = [10, 10_000];
const warmUps = 3;
const rounds = 15;

/**
 * What a browser loads of the page at first, how soon there are rows, and whether a long list scrolls.
 *
 * @param {{ readonly onProgress: (text: string) => void }} options
 * @returns {Promise<import('../list/summary.js').Summary>}
 */
export async function benchPage({ onProgress }) {
  const stage = await openStage();
  try {
    onProgress(`page: somebody with ${String(few)} repositories, somebody with ${String(many)}`);
    const viewers = [await stage.addViewer(few), await stage.addViewer(many)];
    const [short, long] = viewers;
    if (short === undefined || long === undefined) throw new Error('Nobody looks.');

    onProgress('page: what is loaded at first');
    const visitor = await stage.browser.newContext();
    const signIn = await initialScriptBytes(visitor, `${stage.url}/sign-in`);
    const list = await initialScriptBytes(short.context, `${stage.url}/repositories`);

    onProgress('page: time to first rows');
    const [fewMs, manyMs] = await firstRows(stage.url, short, long);

    onProgress('page: scrolling');
    const scrolled = await scrollThrough(stage, long);
    return summarize({ signIn, list, fewMs, manyMs, ...scrolled });
  } finally {
    await stage.close();
  }
}

/**
 * In turns, so that what else goes on on this machine meets both.
 *
 * @param {string} url @param {import('./stage.js').Viewer} short @param {import('./stage.js').Viewer} long
 * @returns {Promise<readonly [number, number]>} milliseconds: the middle of all rounds
 */
async function firstRows(url, short, long) {
  const [openShort, openLong] = [await openerOf(short, url), await openerOf(long, url)];
  /** @type {{ readonly short: number[], readonly long: number[] }} */
  const found = { short: [], long: [] };
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const [one, other] = [await openShort(), await openLong()];
    if (round < warmUps) continue;
    found.short.push(one);
    found.long.push(other);
  }
  return [median(found.short), median(found.long)];
}

/**
 * @param {{ readonly signIn: number, readonly list: number, readonly fewMs: number, readonly manyMs: number, readonly clockMs: number, readonly processorMs: number, readonly rowsAtMost: number }} found
 * @returns {import('../list/summary.js').Summary}
 */
function summarize({ signIn, list, fewMs, manyMs, clockMs, processorMs, rowsAtMost }) {
  const kilobytes = [signIn, list].map((bytes) => bytes / 1_000);
  const [signInKilobytes = NaN, listKilobytes = NaN] = kilobytes;
  const scriptGoal = `${String(goals.scriptKilobytes)} kB`;
  const taskGoal = `${String(goals.longestTaskMs)} ms`;
  const rows = [
    row('initial script', 'sign-in', signInKilobytes, 'kB', scriptGoal, goals.scriptKilobytes),
    row('initial script', 'repositories', listKilobytes, 'kB', scriptGoal, goals.scriptKilobytes),
    row('first rows', `${String(many)} repositories`, manyMs, 'ms', `${String(few)} repositories`, fewMs),
    row('scrolling', 'longest task, processor', processorMs, 'ms', taskGoal, goals.longestTaskMs),
    row('scrolling', 'longest task, clock', clockMs, 'ms', taskGoal, goals.longestTaskMs),
    row('scrolling', 'rows in the document', rowsAtMost, 'rows', `${String(many)} rows`, many),
  ];
  const ratio = manyMs / fewMs;
  const largest = Math.max(...kilobytes);
  return {
    rows,
    verdicts: [
      {
        name: `JavaScript at first within ${scriptGoal} of gzip`,
        met: largest <= goals.scriptKilobytes,
        found: `${largest.toFixed(1)} kB`,
      },
      {
        name: `first rows of ${String(many)} within ${String(goals.firstRowsRatio)} times those of ${String(few)}`,
        met: ratio <= goals.firstRowsRatio,
        found: `${ratio.toFixed(2)} times, ${manyMs.toFixed(0)} ms`,
      },
      {
        name: `no task takes the processor longer than ${taskGoal} while scrolling`,
        met: processorMs <= goals.longestTaskMs,
        found: `${processorMs.toFixed(1)} ms`,
      },
      {
        name: `at most ${String(goals.rows)} rows in the document`,
        met: rowsAtMost <= goals.rows,
        found: String(rowsAtMost),
      },
    ],
  };
}

/**
 * @param {string} bench @param {string} subject @param {number} value @param {string} unit @param {string} against
 * @param {number} reference
 * @returns {import('../report.js').Row}
 */
function row(bench, subject, value, unit, against, reference) {
  return { bench: `page ${bench}`, subject, against, value, unit, ratio: reference / value };
}

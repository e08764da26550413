import { median } from '../measure.js';
import { anyforge } from './forges.js';

/**
 * @typedef {object} Race all that was measured on one forge
 * @property {import('./forges.js').Forge} forge
 * @property {ReadonlyMap<string, readonly import('./entrant.js').Round[]>} rounds by the name of the contestant
 * @property {import('./entrant.js').Round} long anyforge's listing of very many repositories
 *
 * @typedef {object} Summary
 * @property {readonly import('../report.js').Row[]} rows
 * @property {readonly import('../report.js').Verdict[]} verdicts
 */

/** A listing of any length wants no more than this. */
const mostHeapMB = 60;

/**
 * @param {readonly Race[]} races
 * @returns {Summary}
 */
export function summarize(races) {
  return {
    rows: races.flatMap((race) => [...comparisons(race), memoryRow(race)]),
    verdicts: races.flatMap((race) => [
      ...race.forge.goals.flatMap((goal) => judge(race, goal)),
      judgeMemory(race),
    ]),
  };
}

/** @param {Race} race @returns {import('../report.js').Row[]} */
function comparisons(race) {
  const names = race.forge.contestants.map(({ name }) => name);
  return [
    ...names.map((name) => compared(race, anyforge.name, name)),
    ...names.map((name) => compared(race, name, anyforge.name)),
  ].flat();
}

/**
 * @param {Race} race
 * @param {string} subject
 * @param {string} against
 * @returns {import('../report.js').Row[]}
 */
function compared(race, subject, against) {
  const [ours, theirs] = [middle(race, subject), middle(race, against)];
  const row = { subject: `${race.forge.type} ${subject}`, against: `${race.forge.type} ${against}` };
  return [
    { bench: 'list', ...row, value: ours.seconds, unit: 's', ratio: theirs.seconds / ours.seconds },
    { bench: 'list', ...row, value: ours.requests, unit: 'requests', ratio: theirs.requests / ours.requests },
    { bench: 'list', ...row, value: ours.heapMB, unit: 'MB heap', ratio: theirs.heapMB / ours.heapMB },
  ];
}

/** @param {Race} race @returns {import('../report.js').Row} */
function memoryRow({ forge, long }) {
  return {
    bench: 'list 100,000',
    subject: `${forge.type} ${anyforge.name}`,
    against: `${mostHeapMB} MB`,
    value: long.heapMB,
    unit: 'MB heap',
    ratio: mostHeapMB / long.heapMB,
  };
}

/**
 * @param {Race} race
 * @param {import('./forges.js').Goal} goal
 * @returns {import('../report.js').Verdict[]}
 */
function judge(race, { against, ratio, requestsToo = false }) {
  const [ours, theirs] = [middle(race, anyforge.name), middle(race, against)];
  const reached = theirs.seconds / ours.seconds;
  const name = `${race.forge.type}: ${goalText(against, ratio)}`;
  const speed = { name, met: reached >= ratio, found: `${reached.toFixed(2)} times as fast` };
  if (!requestsToo) return [speed];
  return [
    speed,
    {
      name: `${race.forge.type}: no more requests than ${against}`,
      met: ours.requests <= theirs.requests,
      found: `${ours.requests} to ${theirs.requests}`,
    },
  ];
}

/**
 * @param {string} against
 * @param {number} ratio
 */
function goalText(against, ratio) {
  if (ratio >= 1) return `at least ${ratio} times as fast as ${against}`;
  return `within ${(1 / ratio).toFixed(1)} times the time of ${against}`;
}

/** @param {Race} race @returns {import('../report.js').Verdict} */
function judgeMemory({ forge, long }) {
  return {
    name: `${forge.type}: 100,000 repositories in ${mostHeapMB} MB of heap`,
    met: long.heapMB <= mostHeapMB,
    found: `${long.heapMB.toFixed(1)} MB`,
  };
}

/**
 * @param {Race} race
 * @param {string} name
 */
function middle({ rounds }, name) {
  const all = rounds.get(name) ?? [];
  return {
    seconds: median(all.map(({ seconds }) => seconds)),
    requests: median(all.map(({ requests }) => requests.length)),
    heapMB: median(all.map(({ heapMB }) => heapMB)),
  };
}

import { openEntrant } from './entrant.js';
import { anyforge, chooseForges } from './forges.js';
import { summarize } from './summary.js';

/** How many repositories one listing has whose memory is measured. */
const many = 100_000;

/**
 * A heap of this size has to do for it. Left alone, V8 collects little as long as the machine has memory, and the heap
 * would tell more of the machine than of the listing.
 */
const smallHeap = ['--max-old-space-size=64', '--max-semi-space-size=8'];

/**
 * Lists 10,000 repositories of each forge with every contestant, and 100,000 with anyforge.
 *
 * @param {{ readonly only?: readonly string[] | undefined, readonly onProgress: (text: string) => void }} options
 * @returns {Promise<import('./summary.js').Summary>}
 */
export async function benchList({ only, onProgress }) {
  const races = [];
  for (const forge of chooseForges(only)) {
    const setting = { forge: forge.type, repositories: 10_000, limited: true, latencyMs: 50 };
    const rounds = await compare(forge, setting, onProgress);
    onProgress(`${forge.type}: ${anyforge.name}, ${many} repositories`);
    const long = openEntrant(anyforge, { ...setting, repositories: many, limited: false }, smallHeap);
    try {
      races.push({ forge, rounds, long: await long.round({ requests: [], concurrency: 0 }) });
    } finally {
      await long.close();
    }
  }
  return summarize(races);
}

/**
 * Round after round, so that what else goes on on this machine meets everybody.
 *
 * @param {import('./forges.js').Forge} forge
 * @param {import('./entrant.js').Setting} setting
 * @param {(text: string) => void} onProgress
 */
async function compare(forge, setting, onProgress) {
  const entrants = [anyforge, ...forge.contestants].map((contestant) => openEntrant(contestant, setting));
  /** @type {Map<string, import('./entrant.js').Round[]>} */
  const rounds = new Map(entrants.map(({ contestant }) => [contestant.name, []]));
  /** @type {import('./entrant.js').Model} */
  let model = { requests: [], concurrency: 0 };
  try {
    for (let number = 1; entrants.some(({ contestant }) => number <= contestant.rounds); number += 1) {
      for (const { contestant, round } of entrants) {
        if (number > contestant.rounds) continue;
        onProgress(`${forge.type}: ${contestant.name}, round ${number} of ${contestant.rounds}`);
        const done = await round(model);
        rounds.get(contestant.name)?.push(done);
        if (contestant === anyforge) model = done;
      }
    }
    return rounds;
  } finally {
    await Promise.all(entrants.map((entrant) => entrant.close()));
  }
}

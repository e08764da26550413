import { chooseForges, forges } from '../list/forges.js';
import { besideListing } from './beside-listing.js';
import { cancels } from './cancels.js';
import { chooseDatabases } from './databases.js';
import { listedAgain } from './listed-again.js';
import { reading } from '../reading/bench.js';
import { longList } from './long-list.js';
import { openStage } from './stage.js';

/**
 * @param {{ readonly only?: readonly string[] | undefined, readonly onlyDatabase?: readonly string[] | undefined, readonly onProgress: (text: string) => void }} options
 * @returns {Promise<import('../list/summary.js').Summary>}
 */
export async function benchSync({ only, onlyDatabase, onProgress }) {
  const chosen = chooseForges(only);
  const used = chooseDatabases(onlyDatabase);
  const [one = forges[0]] = chosen;
  const stage = await openStage(used);
  /** @type {import('../list/summary.js').Summary[]} */
  const found = [];
  try {
    for (const forge of chosen) {
      onProgress(`${forge.type}: a sync beside the listing alone`);
      found.push(await besideListing(stage, forge, used));
    }
    for (const database of used) {
      if (one === undefined) continue;
      onProgress(`${database}: 100,000 repositories`);
      found.push(await longList(stage, one, database));
      onProgress(`${database}: cancels`);
      found.push(await cancels(stage, one, database));
      if (only === undefined) {
        onProgress(`${database}: reading one list among a million rows`);
        found.push(await reading(stage, database));
      }
      if (!chosen.some(({ type }) => type === 'github')) continue;
      onProgress(`${database}: the same list again`);
      found.push(await listedAgain(stage, database));
    }
  } finally {
    await stage.close();
  }
  return { rows: found.flatMap(({ rows }) => rows), verdicts: found.flatMap(({ verdicts }) => verdicts) };
}

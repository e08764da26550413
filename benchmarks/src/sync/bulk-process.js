import { serve } from '../child.js';
import { openRaw } from './raw-database.js';

/** @typedef {{ readonly from: import('./hub-process.js').Place, readonly to: import('./hub-process.js').Place }} Task */

const tables = ['repositories', 'permissions'];

/** Copies what was listed into tables that are empty, one statement each; says how many seconds these took. */
serve(async (/** @type {Task} */ { from, to }) => {
  const source = await openRaw(from);
  const target = await openRaw(to);
  let seconds = 0;
  for (const table of tables) {
    const json = JSON.stringify(await source.query(`select * from ${table}`));
    const statement = await target.insertAll(table);
    const begin = performance.now();
    await target.query(statement, [json]);
    seconds += (performance.now() - begin) / 1000;
  }
  await source.close();
  await target.close();
  return seconds;
});

import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchList } from './list/bench.js';
import { benchPage } from './page/bench.js';
import { benchReplicas } from './replicas/bench.js';
import { benchSync } from './sync/bench.js';
import { renderRows, renderVerdicts } from './report.js';

const usage = `npm run bench -- list|sync|replicas|page [--only FORGE]... [--only-database sqlite|postgres]... [--json FILE]`;

const benches = { list: benchList, sync: benchSync, replicas: benchReplicas, page: benchPage };

/** @param {string | undefined} name @returns {name is keyof typeof benches} */
function isBench(name) {
  return name !== undefined && Object.hasOwn(benches, name);
}

function readArguments() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      only: { type: 'string', multiple: true },
      'only-database': { type: 'string', multiple: true },
    },
  });
  const [bench] = positionals;
  if (!isBench(bench) || positionals.length !== 1) throw new Error(usage);
  const { json, only, 'only-database': onlyDatabase } = values;
  return { bench, json, only, onlyDatabase };
}

const { bench, json, ...chosen } = readArguments();
const { rows, verdicts } = await benches[bench]({ ...chosen, onProgress: (text) => console.error(text) });
console.log(`\n${renderRows(rows)}\n\n${renderVerdicts(verdicts)}`);
if (json !== undefined) writeFileSync(json, `${JSON.stringify(rows, undefined, 2)}\n`);
if (rows.length === 0 || verdicts.some(({ met }) => !met)) process.exitCode = 1;

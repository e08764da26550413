import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchList } from './list/bench.js';
import { renderRows, renderVerdicts } from './report.js';

const usage = `npm run bench -- list [--only FORGE]... [--json FILE]`;

const benches = { list: benchList };

/** @returns {{ readonly bench: keyof typeof benches, readonly only?: string[], readonly json?: string }} */
function readArguments() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, only: { type: 'string', multiple: true } },
  });
  const [bench] = positionals;
  if (bench !== 'list' || positionals.length !== 1) throw new Error(usage);
  return { bench, ...values };
}

const { bench, only, json } = readArguments();
const { rows, verdicts } = await benches[bench]({ only, onProgress: (text) => console.error(text) });
console.log(`\n${renderRows(rows)}\n\n${renderVerdicts(verdicts)}`);
if (json !== undefined) writeFileSync(json, `${JSON.stringify(rows, undefined, 2)}\n`);
if (rows.length === 0 || verdicts.some(({ met }) => !met)) process.exitCode = 1;

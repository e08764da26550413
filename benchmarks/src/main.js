import { writeFileSync } from 'node:fs';
import { help, readCommand } from './command-line.js';
import { benchList } from './list/bench.js';
import { benchPage } from './page/bench.js';
import { benchReplicas } from './replicas/bench.js';
import { renderRows, renderVerdicts } from './report.js';
import { benchSync } from './sync/bench.js';

const benches = { list: benchList, sync: benchSync, replicas: benchReplicas, page: benchPage };

/** @param {Extract<import('./command-line.js').Command, { kind: 'start' }>} command */
async function run({ bench, json, only, onlyDatabase }) {
  const onProgress = (/** @type {string} */ text) => {
    console.error(text);
  };
  const { rows, verdicts } = await benches[bench]({ only, onlyDatabase, onProgress });
  console.log(`\n${renderRows(rows)}\n\n${renderVerdicts(verdicts)}`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(rows, undefined, 2)}\n`);
  if (rows.length === 0 || verdicts.some(({ met }) => !met)) process.exitCode = 1;
}

const command = readCommand(process.argv.slice(2));
if (command.kind === 'start') await run(command);
else if (command.kind === 'help') process.stdout.write(help);
else {
  process.stderr.write(`${command.reason}\n`);
  process.exitCode = 2;
}

import { parseArgs } from 'node:util';
import type { Finding } from './findings.js';
import { toTable } from './findings.js';
import { raceRefreshes } from './race-refreshes.js';
import { renewingForgeTypes } from './renewing-forges.js';

const usage = `npm run race -- refresh [--forge ${renewingForgeTypes.join(' | ')}]… [--calls 200] [--rounds 20]`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    forge: { type: 'string', multiple: true, default: [...renewingForgeTypes] },
    calls: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '20' },
  },
});
const [calls, rounds] = [Number(values.calls), Number(values.rounds)];
const isKnown = values.forge.every((type) => renewingForgeTypes.includes(type));

if (positionals.join() !== 'refresh' || !isKnown || !(calls > 0) || !(rounds >= 0)) {
  process.stderr.write(`${usage}\n`);
  process.exitCode = 2;
} else {
  const findings: Finding[] = [];
  for (const type of values.forge) {
    process.stderr.write(`${type}…\n`);
    findings.push(...(await raceRefreshes({ type, calls, rounds })));
  }
  process.stdout.write(`${toTable(findings)}\n`);
  if (findings.some(({ isAsExpected }) => !isAsExpected)) process.exitCode = 1;
}

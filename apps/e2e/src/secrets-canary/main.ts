import { isClean, printReport } from './print-report.js';
import { runCanary } from './run-canary.js';
import { forgeTypes } from './watched-forges.js';

for (const database of ['sqlite', 'postgres'] as const) {
  const report = await runCanary({ database, forges: forgeTypes });
  process.stdout.write(printReport(report));
  if (!isClean(report)) process.exitCode = 1;
}

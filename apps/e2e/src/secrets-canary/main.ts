import { isClean, printReport } from './print-report.js';
import { runCanary } from './run-canary.js';
import { forgeTypes } from './watched-forges.js';

// Of a server that was given instead, the files may be anywhere.
const filesAreOurs = process.env['TEST_DATABASE_URL'] === undefined;

for (const database of ['sqlite', 'postgres'] as const) {
  const report = await runCanary({ database, forges: forgeTypes, filesAreOurs });
  process.stdout.write(printReport(report));
  if (!isClean(report)) process.exitCode = 1;
}

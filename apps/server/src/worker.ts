import { runProcess } from './run-process.js';
import { startWorker } from './start-worker.js';

await runProcess(startWorker, ({ metricsUrl }, { syncConcurrency }) => {
  const watched = metricsUrl === undefined ? '' : ` Whoever watches over it asks ${metricsUrl}.`;
  return `anyforge works on syncs, ${String(syncConcurrency)} at a time.${watched}\n`;
});

import { greetingOf } from './greeting.js';
import { runProcess } from './run-process.js';
import { startServer } from './server.js';

await runProcess(startServer, async (server, settings) =>
  greetingOf(server, settings, await server.needsSetUp()),
);

import { greetingOf } from './greeting.js';
import { findPageDirectory } from './page-directory.js';
import { runProcess } from './run-process.js';
import { startServer } from './server.js';

await runProcess(
  (settings, effects) => startServer(settings, effects, { pageDirectory: findPageDirectory() }),
  async (server, settings) => greetingOf(server, settings, await server.needsSetUp()),
);
